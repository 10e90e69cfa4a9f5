/** `amtomat city new NAME`: another municipality's folder, from the few things that nobody can guess. */
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { stringify } from 'yaml';
import { readCall, refuseCall } from '#call';
import { ID, type ListedStreet, streetProblems } from '#city';
import { homeFolder } from '#config';
import { type Answers, answersShape, filesOf, foreignAddresses, idOf, type Misfit, misfits } from '#founding';
import { formatProblems, type Problem, readSource } from '#source';
import { createClock, momentOf } from '#time';
import { type Ask, askAnswers } from './city-ask.ts';
import { readStreets } from './import.ts';
import { explain } from './words.ts';

const CITY = {
  name: 'city',
  help: `./amtomat city new NAME [--answers FILE] [--to FOLDER] [--no-start]
  Makes the folder of another municipality, checks it, and opens a trial office with it.
  NAME            small letters, digits and hyphens: city/NAME
  --answers FILE  takes the answers from a YAML file instead of asking (docs/second-city.md has one)
  --to FOLDER     makes the folder there instead of in city/
  --port N        the trial office's port (default 8080)
  --data FOLDER   its data folder (default data/cities/NAME of the program)
  --no-start      opens no office
  Exit code 0: all is well, 1: something is wrong, 2: a wrong call.

Example
  ./amtomat city new musterdorf`,
  options: { answers: 'text', to: 'text', port: 'text', data: 'text', 'no-start': 'flag' },
  words: 2,
} as const;

interface Told {
  answers: Answers;
  streets: ListedStreet[];
}

/** @returns answers of a file @throws Error naming file and line of everything that is wrong */
function answersIn(file: string): Told {
  const { source, problems } = readSource(file, answersShape);
  if (!source) throw new Error(formatProblems(problems));
  const answers = source.value;
  const { today } = momentOf(createClock().now());
  const spot = ({ path, message }: Misfit): Problem => ({
    ...{ file, line: source.lineOf(path), message: `${path[0]}: ${message}` },
  });
  const wrong = misfits(answers, today, answers.streets !== undefined).map(spot);
  if (wrong.length > 0) throw new Error(formatProblems(wrong));
  const notes = foreignAddresses(answers).map(spot);
  if (notes.length > 0) console.log(formatProblems(notes));
  const list = answers.streets === undefined ? undefined : resolve(dirname(file), answers.streets);
  if (list !== undefined && !existsSync(list))
    throw new Error(`${file}:${source.lineOf(['streets'])}: streets: there is no file ${list}`);
  return { answers, streets: streetsOf(list, answers) };
}

/** @returns the town's list @throws Error naming file and line of what is wrong in it */
function streetsOf(list: string | undefined, { postcodes }: Answers): ListedStreet[] {
  if (list === undefined) return [];
  const streets = readStreets(list);
  const problems = streetProblems(list, streets, postcodes);
  if (problems.length > 0) throw new Error(formatProblems(problems));
  return streets;
}

/** Somebody wants the question before again. */
class Back extends Error {}

/**
 * Asks, and keeps what was answered in a file at once: a Ctrl-C loses nothing.
 * @param kept a file that `--answers` takes
 */
async function answersAsked(name: string, kept: string): Promise<Told> {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  // A line for each question also where the answers come from a pipe, which readline would read ahead of them.
  const typed = lines[Symbol.asyncIterator]();
  const { today } = momentOf(createClock().now());
  const given: string[] = [];
  console.log('„zurück“ geht eine Frage zurück. Mit Strg-C hören Sie auf.');
  try {
    for (;;) {
      const draft: Record<string, unknown> = {};
      const before = given.splice(0);
      const ask: Ask = async (question, why) => {
        if (why !== undefined) given.pop();
        const again = before.shift();
        if (again !== undefined) {
          given.push(again);
          return again;
        }
        if (draft.name !== undefined) writeFileSync(kept, stringify(draft));
        process.stdout.write(`${why === undefined ? '' : `  ${why}\n`}${question}`);
        const { value, done } = await typed.next();
        if (done) throw new Error(ended(name, existsSync(kept) ? kept : undefined));
        if (value.trim().toLowerCase() === 'zurück') throw new Back();
        given.push(value);
        return value;
      };
      try {
        await askAnswers(ask, draft, today);
        writeFileSync(kept, stringify(draft));
        return answersIn(kept);
      } catch (error) {
        if (!(error instanceof Back)) throw error;
        given.pop();
      }
    }
  } finally {
    lines.close();
  }
}

function ended(name: string, kept: string | undefined): string {
  const why = 'Die Eingabe endete vor der letzten Frage.';
  if (kept === undefined) return why;
  return `${why} Ihre Antworten stehen in ${kept}: ergänzen Sie dort, was fehlt, dann nimmt sie ./amtomat city new ${name} --answers ${kept}`;
}

/**
 * All files or none, and only what the check finds well: a folder that is half there would be taken for a city.
 * @returns whether it is there
 */
async function found(folder: string, id: string, { answers, streets }: Told): Promise<boolean> {
  const making = `${folder}.new`;
  rmSync(making, { recursive: true, force: true });
  try {
    for (const [name, text] of Object.entries(filesOf(id, answers, streets))) {
      const file = join(making, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    process.env.AMTOMAT_CITY = making;
    const { run: check } = await import('./check.ts');
    if ((await check([])) !== 0) return false;
    renameSync(making, folder);
    console.log(`${folder} is made`);
    return true;
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
}

/**
 * @param argv the words after `city`
 * @returns the exit code; undefined when an office was opened, which goes on until a signal
 */
export async function run(argv: readonly string[]): Promise<number | undefined> {
  const call = readCall(CITY, argv);
  if (typeof call === 'number') return call;
  const { answers: file, to, port, data } = call.options;
  const [what, name] = call.words;
  if (what !== 'new') return refuseCall(CITY, 'it knows one thing to do: new');
  if (name === undefined || !ID.test(name))
    return refuseCall(
      CITY,
      `${name === undefined ? 'the name is missing' : `"${name}" cannot name a folder`}: small letters, digits and hyphens, such as ${idOf(name ?? 'musterdorf')}`,
    );
  const folder = to === undefined ? join(homeFolder(), 'city', name) : resolve(to);
  if (existsSync(folder)) return refuseCall(CITY, `${folder} is already there`);
  const kept = `${folder}.answers.yaml`;
  const made = await explain('nothing was made', async () => {
    const told = file === undefined ? await answersAsked(name, kept) : answersIn(file);
    if (await found(folder, name, told)) return 0;
    throw new Error(
      `the folder with these lines was taken away again; mend the answers in ${file ?? kept}, and --answers takes them`,
    );
  });
  if (made !== 0) return made;
  if (file === undefined) rmSync(kept, { force: true });
  const called = to === undefined ? name : folder;
  process.env.AMTOMAT_CITY = called;
  const cases = data ?? join(homeFolder(), 'data', 'cities', name);
  console.log(`AMTOMAT_CITY=${called} ./amtomat start --data ${cases} opens it again`);
  if (call.options['no-start']) return 0;
  const { run: start } = await import('./start.ts');
  return start(['--data', cases, ...(port === undefined ? [] : ['--port', port])]);
}
