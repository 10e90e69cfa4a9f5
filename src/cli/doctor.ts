/** `amtomat doctor`: looks at everything an operator would look at before opening. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readCall } from '#call';
import { type City, loadCity } from '#city';
import { type Config, keyProblems, openKeyProblems, readConfig } from '#config';
import { type Db, hasDatabase, type OpenDatabase, openDatabase } from '#db';
import { examine, type Line, type State, verdict } from '#doctor';
import { formatProblems } from '#source';
import { createClock } from '#time';
import { strayTerminals, unconnected } from '../connected.ts';
import { keysThatDoNotFit, knownNames } from '../known-keys.ts';
import { loadCatalogueOf } from '../rooms.ts';
import { unfilledProblems } from './settings.ts';

const DOCTOR = {
  name: 'doctor',
  help: `./amtomat doctor [--json] [--data FOLDER]
  Looks at everything an office needs: one line for each thing, how it is and what to do. It makes and changes nothing.
  --json         as JSON
  --data FOLDER  the office's data folder (default ./data of the program)
  Exit code 0: all is well, 1: see to it soon, 2: something is bad, or a wrong call.

Example
  ./amtomat doctor --data /var/lib/amtomat`,
  options: { json: 'flag', data: 'text' },
} as const;

const MARKS: Readonly<Record<State, string>> = { well: 'ok  ', none: '-   ', soon: 'soon', bad: 'BAD ' };

/** What a start would say of services and connections. */
function problemsOf(config: Config, city: City): string[] {
  try {
    const catalogue = loadCatalogueOf(config, city);
    const stray = strayTerminals(config.connections, city);
    return config.production ? [...stray, ...unconnected(catalogue, config.connections)] : stray;
  } catch (error) {
    return [(error as Error).message];
  }
}

/** Keys that are there, and are not those of this database; of a database that cannot be asked another line tells. */
async function foreignKeys(db: Db, folder: string): Promise<string[]> {
  const names = await knownNames(db).catch(() => []);
  const there = names.filter((name) => existsSync(join(folder, `${name}.key`)));
  return keysThatDoNotFit(db, folder, there).catch(() => []);
}

/** Only a database that is there: looking makes none. */
async function openIfThere(config: Config): Promise<OpenDatabase | undefined> {
  if (!hasDatabase(config)) return undefined;
  // Its check says what is wrong.
  return openDatabase(config, () => {}).catch(() => undefined);
}

function lineOf({ state, name, says, todo }: Line): string {
  return `${MARKS[state]} ${name.en.padEnd(15)} ${says.en}${todo ? `: ${todo.en}` : ''}`;
}

/** @returns 0 when all is well, 1 when something is to be done soon, 2 when something is bad or the call is wrong */
export async function run(argv: readonly string[]): Promise<number> {
  const call = readCall(DOCTOR, argv);
  if (typeof call === 'number') return call;
  const { data, json } = call.options;
  const { config, problems } = readConfig(process.env, data === undefined ? [] : ['--data', data]);
  const { city, problems: mistakes } = loadCity(config.cityFolder, join(config.dataFolder, 'streets.txt'));
  if (mistakes.length > 0) problems.push(formatProblems(mistakes));
  if (city) problems.push(...problemsOf(config, city));
  if (city && config.production) problems.push(...unfilledProblems(config, city));
  // The keys have a line of their own.
  const keys = new Set([
    ...keyProblems(config.keyFolder, ['house']),
    ...openKeyProblems(config.keyFolder, ['house']),
  ]);
  const open = await openIfThere(config);
  try {
    if (open) problems.push(...(await foreignKeys(open.db, config.keyFolder)));
    const real = createClock();
    const lines = await examine({
      ...{ config, city, db: open?.db, problems: problems.filter((problem) => !keys.has(problem)) },
      at: createClock(config.clockOffsetMs).now(),
      realAt: real.now(),
    });
    const said = lines.map(({ id, name, state, says, todo }) => ({
      ...{ id, name: name.en, state, says: says.en, todo: todo?.en },
    }));
    const code = verdict(lines);
    console.log(json ? JSON.stringify({ code, lines: said }, null, 2) : lines.map(lineOf).join('\n'));
    return code;
  } finally {
    await open?.close();
  }
}
