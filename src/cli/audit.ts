import { anchorsOf, describeVerification, verify } from '#audit';
import { loadConfig } from '#config';
import { during, migrate, openDatabase } from '#db';
import { createFileKeys } from '#seal';

/** `audit verify`: checks the whole audit record. @returns 0 when it is whole, 1 when it is broken, 2 for a wrong call */
export async function run([what, ...argv]: readonly string[]): Promise<number> {
  if (what !== 'verify') {
    console.error('amtomat: "audit" knows one thing to do: verify');
    return 2;
  }
  const config = loadConfig(process.env, argv);
  const { db, close } = await openDatabase(config, console.error);
  try {
    const anchors = anchorsOf(config.dataFolder, createFileKeys(config.keyFolder, !config.production));
    // It may wait for locks and take as long as the record is.
    const result = await during('upkeep', 'audit verify', async () => {
      await migrate(db);
      return verify(db, anchors);
    });
    console.log(describeVerification(result));
    return result.ok ? 0 : 1;
  } finally {
    await close();
  }
}
