import { BackupError } from '#backup';
import { type Config, ConfigError, readConfig } from '#config';
import { KeyFileError } from '#seal';

/**
 * What commands on the office's data need of the settings. Whether an office could be opened with the rest is not asked:
 * a backup must not wait for that, and before a restore the keys are not there yet.
 * @throws ConfigError when it is not clear which data are meant
 */
export function dataSettings(data: string | undefined): Config {
  const { config, problems } = readConfig(process.env, data === undefined ? [] : ['--data', data]);
  const unclear = problems.filter((problem) =>
    /^(?:DATABASE_URL (?:is|leads)|AMTOMAT_(?:ENV|CLOCK)=)/.test(problem),
  );
  if (unclear.length > 0) throw new ConfigError(unclear);
  return config;
}

/** Errors of disk and database that say by themselves what is wrong. */
function hasWords(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  return error instanceof BackupError || error instanceof KeyFileError || typeof code === 'string';
}

/**
 * Runs a command and says in words why it did not end well.
 * @param otherwise what that means
 * @returns the exit code: the work's own, or 1 when it did not end well
 */
export async function explain(otherwise: string, work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (!hasWords(error)) throw error;
    console.error(`amtomat: ${error.message}\namtomat: ${otherwise}`);
    return 1;
  }
}
