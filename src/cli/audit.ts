import { existsSync } from 'node:fs';
import { anchorsOf, describeVerification, verify } from '#audit';
import { readCall, refuseCall } from '#call';
import type { Config } from '#config';
import { assertReadable, during, openDatabase } from '#db';
import { createFileKeys } from '#seal';
import { assertThere, dataSettings } from './data-settings.ts';
import { explain } from './words.ts';

const AUDIT = {
  name: 'audit',
  help: `./amtomat audit verify [--data FOLDER]
  Checks the whole chain of audit entries, and its ends against <data>/audit-anchors.log. It changes nothing.
  --data FOLDER  the office's data folder (default ./data of the program)
  Exit code 0: the record is whole, 1: it is broken or cannot be read, 2: a wrong call.

Example
  ./amtomat audit verify --data /var/lib/amtomat`,
  options: { data: 'text' },
  words: 1,
} as const;

/** @throws Error where there is no office: without its folder the anchors would be missing without a word */
function assertOffice(config: Config): void {
  assertThere(config);
  if (!existsSync(config.dataFolder))
    throw new Error(`there is no office in ${config.dataFolder}: name its data folder with --data`);
}

/** `audit verify`: checks the whole audit record. @returns 0 when it is whole, 1 when it is broken, 2 for a wrong call */
export async function run(argv: readonly string[]): Promise<number> {
  const call = readCall(AUDIT, argv);
  if (typeof call === 'number') return call;
  if (call.words[0] !== 'verify') return refuseCall(AUDIT, 'it knows one thing to do: verify');
  return explain('the audit record was not checked', async () => {
    const config = dataSettings(call.options.data);
    assertOffice(config);
    const { db, close } = await openDatabase(config, console.error);
    try {
      // It may wait for locks and take as long as the record is.
      const result = await during('upkeep', 'audit verify', async () => {
        await assertReadable(db);
        return verify(db, anchorsOf(config.dataFolder, createFileKeys(config.keyFolder, false)));
      });
      console.log(describeVerification(result));
      return result.ok ? 0 : 1;
    } finally {
      await close();
    }
  });
}
