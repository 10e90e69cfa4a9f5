import { loadCity } from '#city';
import { ConfigError, readConfig } from '#config';
import { makeKeys } from '#seal';
import { formatProblems } from '#source';

/** Makes the keys of the office that are missing and says where they are. */
export async function run(argv: readonly string[]): Promise<number> {
  // Other settings may still be missing; keys are among the first things a new office needs.
  const { config } = readConfig(process.env, argv);
  const { city, problems } = loadCity(config.cityFolder);
  if (!city) throw new ConfigError([formatProblems(problems)]);
  makeKeys(config.keyFolder, [...city.offices.keys()]);
  console.log(
    `keys are in ${config.keyFolder}: back them up apart from the database, and let nobody read them`,
  );
  return 0;
}
