/** `amtomat texts LANGUAGE [NAME]`: what is left to translate, and what somebody says of translations. */
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

const TEXTS = {
  name: 'texts',
  help: `./amtomat texts LANGUAGE [NAME] [--right | --approved]
  Says which texts a language does not have, and which are older than their German; until then the German stands in their place.
  LANGUAGE    ${LANGUAGES.filter((one) => one !== SOURCE).join(', ')}
  NAME        only texts whose file or name begins so: src/web, services/sperrmuell, layout.skip
  --right     they say what the German says today, as they are
  --approved  the same, and a person who speaks the language has read them: "automatisch übersetzt" goes away
  A translation that is written anew needs neither.

Example
  ./amtomat texts en src/web --right`,
  options: { right: 'flag', approved: 'flag' },
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
  const { right, approved } = call.options;
  if (right && approved) return refuseCall(TEXTS, '--approved says --right as well');
  const { servicesFolder, cityFolder } = loadConfig(process.env, []);
  const pairs = textPairs(readServices(servicesFolder, loadCity(cityFolder).city)).filter(
    (pair) => pair.language === language,
  );
  if (!right && !approved) {
    const meant = pairs.map((pair) => ({
      ...pair,
      source: new Map([...pair.source].filter(([name]) => isMeant(wanted, pair, name))),
    }));
    console.log(textReport(meant, [language]));
    return 0;
  }
  console.log(`${judge(pairs, wanted, approved ? 'approved' : 'right')} texts of ${language} written down`);
  return 0;
}
