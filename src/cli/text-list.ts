/** What translators have still to do, as `check --texts` and `texts` say it. */
import {
  about,
  freshnessOfAll,
  fromProgram,
  LANGUAGES,
  type Language,
  type Pair,
  roomPairs,
  SOURCE,
} from '#language';
import { type ServiceFolder, textPairsOf } from '#service';
import { formatProblems, type Problem } from '#source';

/**
 * Every text of the office beside its German.
 * @param folders of services, with what the city lays over them
 * @throws Error naming what is wrong with the words of rooms
 */
export function textPairs(folders: readonly ServiceFolder[]): readonly Pair[] {
  const { pairs, problems } = roomPairs();
  if (problems.length > 0) throw new Error(formatProblems(problems));
  const ofServices = folders.flatMap((folder) =>
    [folder, ...(folder.own ? [folder.own] : [])].flatMap(textPairsOf),
  );
  return [...pairs, ...ofServices].map((pair) => ({
    ...pair,
    file: fromProgram(pair.file),
    seenFile: fromProgram(pair.seenFile),
  }));
}

const SHOWN = 70;
const short = (text: string): string => {
  const line = text.replace(/\s+/g, ' ');
  return line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line;
};

interface Found {
  missing: number;
  holes: Problem[];
  stale: Problem[];
  machine: number;
}

function look(pairs: readonly Pair[]): Found {
  const found: Found = { missing: 0, holes: [], stale: [], machine: 0 };
  for (const { source, own, file, lineOf } of pairs) {
    if (source.size === 0) continue;
    if (own.texts.size === 0) {
      found.missing += source.size;
      found.holes.push({ file, line: 1, message: `is missing: ${source.size} texts` });
      continue;
    }
    for (const [name, { state, machine }] of freshnessOfAll(source, own)) {
      const german = short(source.get(name) ?? '');
      if (state === 'hole') {
        found.missing += 1;
        found.holes.push({ file, line: lineOf(name), message: `\`${name}\` is missing: ${german}` });
      }
      if (state === 'stale')
        found.stale.push({ file, line: lineOf(name), message: `\`${name}\` is outdated, now: ${german}` });
      if (machine) found.machine += 1;
    }
  }
  return found;
}

/** @returns one line for each text that is missing or outdated, after a line for its language */
export function textReport(
  pairs: readonly Pair[],
  languages: readonly Language[] = LANGUAGES.filter((one) => one !== SOURCE),
): string {
  return languages
    .map((language) => {
      const { missing, holes, stale, machine } = look(pairs.filter((pair) => pair.language === language));
      const counts = [`${missing} missing`, `${stale.length} outdated`];
      if (machine > 0) counts.push(`${machine} translated by a machine and approved by nobody`);
      const head = `${language} (${about(language).name}): ${counts.join(', ')}`;
      return [head, ...[...holes, ...stale].map((one) => `  ${formatProblems([one])}`)].join('\n');
    })
    .join('\n');
}
