import { readConfig } from '#config';
import { createFileKeys } from '#seal';

/** Makes the office's keys that are missing and says where they are; existing keys are never touched. */
export async function run(argv: readonly string[]): Promise<number> {
  const { config } = readConfig(process.env, argv);
  createFileKeys(config.keyFolder).secret('keys');
  console.log(`keys are in ${config.keyFolder}: back them up apart from the database, and keep them secret`);
  return 0;
}
