import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Config, ConfigError, readConfig } from '#config';
import { hasDatabase } from '#db';

/** What decides which data are meant. */
const DECIDES = /^(?:DATABASE_URL (?:is|leads)|AMTOMAT_(?:ENV|CLOCK)=|AMTOMAT_\w* is no setting)/i;

/**
 * What commands on the office's data need of the settings. Whether an office could be opened with the rest is not asked:
 * a backup must not wait for that, and before a restore the keys are not there yet.
 * @throws ConfigError when it is not clear which data are meant
 */
export function dataSettings(data: string | undefined): Config {
  const { config, problems } = readConfig(process.env, data === undefined ? [] : ['--data', data]);
  const unclear = problems.filter((problem) => DECIDES.test(problem));
  if (unclear.length > 0) throw new ConfigError(unclear);
  return config;
}

/**
 * The office that is meant, for commands that look at one or copy it.
 * @throws Error where there is none, instead of making one
 */
export function assertThere(config: Config): void {
  if (!hasDatabase(config))
    throw new Error(
      `${config.dataFolder} holds no office: name its data folder with --data, or set DATABASE_URL`,
    );
}

/**
 * For commands that put something into the data folder: one that was named must be there, or a slip of the hand would make it.
 * @param data as it was named; undefined: the program's own, which is made when it is needed
 * @throws Error when it is not there
 */
export function assertNamedIsThere(data: string | undefined): void {
  if (data !== undefined && !existsSync(data))
    throw new Error(`there is no folder ${resolve(data)}: name the office's data folder, or make it first`);
}
