/** `amtomat city new NAME`: another municipality's folder, from the few things that nobody can guess. */
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { readCall, refuseCall } from '#call';
import { ID } from '#city';
import { homeFolder } from '#config';
import { type Answers, answersShape, filesOf } from '#founding';
import { formatProblems, readSource } from '#source';
import { createClock, momentOf } from '#time';
import { askAnswers } from './city-ask.ts';
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

/** @returns answers of a file @throws Error naming file and line of everything that is wrong */
function answersIn(file: string): Answers {
  const { source, problems } = readSource(file, answersShape);
  if (!source) throw new Error(formatProblems(problems));
  const { streets } = source.value;
  return streets === undefined ? source.value : { ...source.value, streets: resolve(dirname(file), streets) };
}

async function answersAsked(): Promise<Answers> {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  // A line for each question also where the answers come from a pipe, which readline would read ahead of them.
  const typed = lines[Symbol.asyncIterator]();
  try {
    return answersShape.parse(
      await askAnswers(async (question) => {
        process.stdout.write(question);
        const { value, done } = await typed.next();
        if (done) throw new Error('the answers ended before the questions did');
        return value;
      }),
    );
  } finally {
    lines.close();
  }
}

/** All files or none: a folder that is half there would be taken for a city. */
function write(folder: string, files: Readonly<Record<string, string>>): void {
  const making = `${folder}.new`;
  rmSync(making, { recursive: true, force: true });
  for (const [name, text] of Object.entries(files)) {
    const file = join(making, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  renameSync(making, folder);
}

async function found(folder: string, id: string, answers: Answers): Promise<void> {
  const streets = answers.streets === undefined ? [] : readStreets(answers.streets);
  const { today } = momentOf(createClock().now());
  write(folder, filesOf(id, answers, streets, today));
  console.log(`${folder} is made`);
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
    return refuseCall(CITY, 'the name is missing: small letters, digits and hyphens');
  const folder = to === undefined ? join(homeFolder(), 'city', name) : resolve(to);
  if (existsSync(folder)) return refuseCall(CITY, `${folder} is already there`);
  const made = await explain('nothing was made', async () => {
    await found(folder, name, file === undefined ? await answersAsked() : answersIn(file));
    return 0;
  });
  if (made !== 0) return made;
  const called = to === undefined ? name : folder;
  process.env.AMTOMAT_CITY = called;
  const { run: check } = await import('./check.ts');
  const code = await check([]);
  if (code !== 0) {
    console.error(`amtomat: mend it in ${folder}; AMTOMAT_CITY=${called} ./amtomat check looks again`);
    return code;
  }
  const cases = data ?? join(homeFolder(), 'data', 'cities', name);
  console.log(`AMTOMAT_CITY=${called} ./amtomat start --data ${cases} opens it again`);
  if (call.options['no-start']) return 0;
  const { run: start } = await import('./start.ts');
  return start(['--data', cases, ...(port === undefined ? [] : ['--port', port])]);
}
