/** `amtomat texts LANGUAGE [NAME]`: what is left to translate, what somebody says of translations, and the way to translators and back. */
import { existsSync, writeFileSync } from 'node:fs';
import { readCall, refuseCall } from '#call';
import { loadCity } from '#city';
import { loadConfig } from '#config';
import {
  inProgram,
  isLanguage,
  LANGUAGES,
  type Pair,
  remember,
  SOURCE,
  seenFile,
  type Verdict,
} from '#language';
import { readServices } from '#service';
import { textPairs, textReport } from './text-list.ts';
import { bringTexts, sendTexts } from './texts-xliff.ts';

const TEXTS = {
  name: 'texts',
  help: `./amtomat texts LANGUAGE [NAME] [--right | --approved | --export FILE]
./amtomat texts LANGUAGE --import FILE
  Says which texts a language does not have, and which are older than their German; until then the German stands in their place.
  LANGUAGE    ${LANGUAGES.filter((one) => one !== SOURCE).join(', ')}
  NAME        only texts whose file or name begins so: src/web, services/sperrmuell, layout.skip
  --right     they say what the German says today, as they are
  --approved  the same, and a person who speaks the language has read them: "automatisch übersetzt" goes away
  A translation that is written anew needs neither.
  --export FILE  writes texts beside their German for translators' tools (XLIFF 1.2, docs/languages.md)
  --import FILE  takes what came back: only what was changed or approved there, and all of it or nothing

Example
  ./amtomat texts en src/web --right
  ./amtomat texts en --export en.xlf`,
  options: { right: 'flag', approved: 'flag', export: 'text', import: 'text' },
  words: 2,
} as const;

function isMeant(wanted: string, { file }: Pair, name: string): boolean {
  return wanted.includes('/')
    ? file.startsWith(wanted.replace(/^\.\//, ''))
    : wanted === '' || name === wanted || name.startsWith(`${wanted}.`);
}

/** Writes down what somebody says of the texts meant. */
function judge(pairs: readonly Pair[], wanted: string, verdict: Verdict): number {
  let count = 0;
  for (const pair of pairs) {
    const { source, own, file, grouped } = pair;
    if (!existsSync(inProgram(file))) continue;
    const seen = remember(source, own, (name) => {
      if (!isMeant(wanted, pair, name)) return undefined;
      count += 1;
      return verdict;
    });
    writeFileSync(inProgram(pair.seenFile), seenFile(seen, grouped));
  }
  return count;
}

/**
 * @param argv what follows `texts`
 * @returns the exit code: 2 for a wrong call
 */
export async function run(argv: readonly string[]): Promise<number> {
  const call = readCall(TEXTS, argv);
  if (typeof call === 'number') return call;
  const [language, wanted = ''] = call.words;
  if (!isLanguage(language) || language === SOURCE)
    return refuseCall(
      TEXTS,
      `which language? There are ${LANGUAGES.filter((one) => one !== SOURCE).join(', ')}`,
    );
  const { right, approved, export: to, import: from } = call.options;
  if ([right, approved, to, from].filter((option) => option !== undefined).length > 1)
    return refuseCall(TEXTS, '--right, --approved, --export and --import are four different things');
  if (from !== undefined && wanted !== '')
    return refuseCall(TEXTS, '--import takes the whole file, whatever it is named');
  const { servicesFolder, cityFolder } = loadConfig(process.env, []);
  const folders = readServices(servicesFolder, loadCity(cityFolder).city);
  const pairs = textPairs(folders).filter((pair) => pair.language === language);
  if (from !== undefined) return bringTexts(from, language, pairs, folders);
  if (right || approved) {
    console.log(`${judge(pairs, wanted, approved ? 'approved' : 'right')} texts of ${language} written down`);
    return 0;
  }
  const meant = pairs.map((pair) => ({
    ...pair,
    source: new Map([...pair.source].filter(([name]) => isMeant(wanted, pair, name))),
  }));
  if (to !== undefined) return sendTexts(to, meant);
  console.log(textReport(meant, [language]));
  return 0;
}
