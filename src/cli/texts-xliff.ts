/** Texts to translators and back: the files of `amtomat texts --export` and `--import`. */
import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fromProgram, inProgram, type Language, type Pair, SOURCE } from '#language';
import { compileService, type ServiceFolder } from '#service';
import { formatProblems, type Problem, whyUnread } from '#source';
import { type Change, readXliff, weigh, withSeen, withTexts, writeXliff, XliffError } from '#translators';

/** Of bytes: what is longer is not even read. */
const LONGEST = 80_000_000;

/** Writes texts for translators. @returns the exit code */
export function sendTexts(file: string, pairs: readonly Pair[]): number {
  writeFileSync(file, writeXliff(pairs));
  const count = pairs.reduce((sum, { source }) => sum + source.size, 0);
  console.log(`${count} texts written to ${file}`);
  return 0;
}

function readUnits(file: string, language: Language) {
  if (statSync(file).size > LONGEST) throw new XliffError(`is longer than ${LONGEST} bytes`);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    if (error instanceof TypeError) throw new XliffError('is not written in UTF-8');
    throw error;
  }
  return readXliff(text, language);
}

const read = (path: string): string | undefined =>
  existsSync(inProgram(path)) ? readFileSync(inProgram(path), 'utf8') : undefined;

/** @returns what the files of one translation hold afterwards, by path from the program's folder */
function filesOf(pair: Pair, changes: readonly Change[]): [string, string][] {
  const german = read(join(dirname(pair.file), `${SOURCE}.yaml`)) ?? '';
  const texts = new Map(changes.filter(({ isNew }) => isNew).map(({ name, text }) => [name, text]));
  const entries = new Map(changes.map(({ name, seen }) => [name, seen]));
  const seen: [string, string] = [pair.seenFile, withSeen(pair, entries)];
  if (texts.size === 0) return [seen];
  return [[pair.file, withTexts(german, read(pair.file), texts)], seen];
}

/** What services would say is wrong with them if these files stood there: the rules are theirs. */
function wrongInServices(
  folders: readonly ServiceFolder[],
  language: Language,
  files: ReadonlyMap<string, string>,
): Problem[] {
  const names = [`texts/${language}.yaml`, `texts/${language}.seen.yaml`];
  const withThem = <T extends Pick<ServiceFolder, 'path' | 'files'>>(folder: T): T => {
    const own = names.flatMap((name) => {
      const text = files.get(fromProgram(join(folder.path, name)));
      return text === undefined ? [] : [[name, text] as const];
    });
    return { ...folder, files: { ...folder.files, ...Object.fromEntries(own) } };
  };
  return folders.flatMap((folder) => {
    const own = folder.own && { own: withThem(folder.own) };
    return compileService({ ...withThem(folder), ...own }).problems;
  });
}

/** All beside their places first, then each in its place: a full disk leaves everything as it was. */
function writeAll(files: ReadonlyMap<string, string>): void {
  const written: [string, string][] = [];
  try {
    for (const [path, text] of files) {
      const place = inProgram(path);
      written.push([`${place}.new`, place]);
      writeFileSync(`${place}.new`, text);
    }
  } catch (error) {
    for (const [beside] of written) rmSync(beside, { force: true });
    throw error;
  }
  for (const [beside, place] of written) renameSync(beside, place);
}

function refuse(lines: string): 1 {
  console.error(`${lines}\namtomat: nothing was written`);
  return 1;
}

/**
 * Takes what came back from translators, all of it or nothing.
 * @param file the XLIFF file
 * @param pairs all texts of the language
 * @param folders the services as they are
 * @returns the exit code: 1 where something was wrong
 */
export function bringTexts(
  file: string,
  language: Language,
  pairs: readonly Pair[],
  folders: readonly ServiceFolder[],
): number {
  let found: ReturnType<typeof readUnits>;
  try {
    found = readUnits(file, language);
  } catch (error) {
    if (error instanceof Error && 'code' in error) return refuse(`${file}:1: ${whyUnread(error)}`);
    if (error instanceof XliffError) return refuse(`${file}: ${error.message}`);
    throw error;
  }
  const { changes, problems, told } = weigh(file, found, pairs);
  if (problems.length > 0) return refuse(formatProblems(problems));
  const byPair = Map.groupBy(changes, ({ pair }) => pair);
  const files = new Map([...byPair].flatMap(([pair, some]) => filesOf(pair, some)));
  const wrong = files.size > 0 ? wrongInServices(folders, language, files) : [];
  if (wrong.length > 0) return refuse(formatProblems(wrong));
  writeAll(files);
  if (told.length > 0) console.log(formatProblems(told));
  const taken = changes.filter(({ isNew }) => isNew).length;
  console.log(`${taken} texts of ${language} taken, ${changes.length - taken} approved as they stood`);
  return 0;
}
