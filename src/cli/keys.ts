import { within } from '#backup';
import { readCall } from '#call';
import { loadCity } from '#city';
import { type Config, ConfigError } from '#config';
import { hasDatabase, lastStep, openDatabase } from '#db';
import { keyNames, makeKeys } from '#seal';
import { formatProblems } from '#source';
import { keysThatDoNotFit } from '../known-keys.ts';
import { assertNamedIsThere, dataSettings } from './data-settings.ts';
import { explain } from './words.ts';

const KEYS = {
  name: 'keys',
  help: `./amtomat keys [--data FOLDER]
  Makes the offices' keys that are missing, in AMTOMAT_KEYS or <data>/keys. Keys that are there are never touched, and none
  is made in the place of one that the database was sealed with.
  --data FOLDER  the office's data folder (default ./data of the program)
  Exit code 0: all keys are there, 1: they are not, 2: a wrong call.

Example
  ./amtomat keys --data /var/lib/amtomat`,
  options: { data: 'text' },
} as const;

/** @returns what the database has against these keys; nothing where there is no database yet, or no office in it */
async function objections(config: Config, names: readonly string[]): Promise<string[]> {
  if (!hasDatabase(config)) return [];
  const { db, close } = await openDatabase(config, console.error);
  try {
    return (await lastStep(db)) === undefined ? [] : await keysThatDoNotFit(db, config.keyFolder, names);
  } finally {
    await close();
  }
}

/** Makes the keys of the office that are missing and says where they are. @returns 0, 1 when it did not, 2 for a wrong call */
export async function run(argv: readonly string[]): Promise<number> {
  const call = readCall(KEYS, argv);
  if (typeof call === 'number') return call;
  const { data } = call.options;
  return explain('no keys were made', async () => {
    // Other settings may still be missing; keys are among the first things a new office needs.
    const config = dataSettings(data);
    const { dataFolder, keyFolder } = config;
    if (within(keyFolder, dataFolder)) assertNamedIsThere(data);
    const { city, problems } = loadCity(config.cityFolder);
    if (!city) throw new ConfigError([formatProblems(problems)]);
    const offices = [...city.offices.keys()];
    const strange = await objections(config, keyNames(offices));
    if (strange.length > 0) throw new ConfigError(strange);
    makeKeys(keyFolder, offices);
    console.log(`keys are in ${keyFolder}: back them up apart from the database, and let nobody read them`);
    return 0;
  });
}
