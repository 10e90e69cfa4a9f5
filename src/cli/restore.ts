/** `amtomat restore`: brings a backup back into an empty place. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { anchorsFile, describeVerification } from '#audit';
import { checkBackup, chosenFrom, copyKeys, type Restored, restoreBackup } from '#backup';
import { openDatabase } from '#db';
import { createFileKeys } from '#seal';
import { createClock } from '#time';
import { dataSettings, explain } from './data-settings.ts';

const USAGE = `amtomat restore --from FOLDER --keys FOLDER [--data FOLDER]
  Brings a backup back: into the data folder of a new office, or into the empty database of DATABASE_URL.
  --from FOLDER  one backup, or a folder of backups, of which the newest is taken
  --keys FOLDER  the keys that were backed up with it`;

interface Order {
  from: string;
  keys: string;
  data: string | undefined;
}

/** @returns what is asked for; undefined when that cannot be understood */
function readOrder(argv: readonly string[]): Order | undefined {
  try {
    const text = { type: 'string' } as const;
    const { values } = parseArgs({ args: [...argv], options: { from: text, keys: text, data: text } });
    const { from, keys, data } = values;
    return from && keys ? { from: resolve(from), keys: resolve(keys), data } : undefined;
  } catch {
    return undefined;
  }
}

function say({ manifest, verification, held }: Restored): void {
  const { takenAt, cases } = manifest;
  console.log(`restored: ${cases} cases as they were at ${takenAt}; whatever came after that is not there`);
  console.log(describeVerification(verification));
  if (held > 0)
    console.log(
      `${held} ${held === 1 ? 'delivery waits' : 'deliveries wait'} at the desk under "Hinweise": ask the authority whether it has arrived since`,
    );
  console.log(
    'sessions, unfinished visits and their drafts have ended; what is due for destruction goes when the office opens',
  );
}

/** @returns 0 when everything is back and fits, 1 when not, 2 for a wrong call */
export async function run(argv: readonly string[]): Promise<number> {
  const order = readOrder(argv);
  if (!order) {
    console.error(USAGE);
    return 2;
  }
  return explain('nothing was restored', async () => {
    const config = dataSettings(order.data);
    const from = chosenFrom(order.from);
    const keys = createFileKeys(order.keys, false);
    const manifest = await checkBackup(from, keys);
    await copyKeys(order.keys, config.keyFolder);
    const { url, close } = await openDatabase(config, console.error);
    try {
      const restored = await restoreBackup(
        {
          ...{ from, databaseUrl: url, keys },
          anchorsFile: anchorsFile(config.dataFolder),
          at: createClock(config.clockOffsetMs).now(),
        },
        manifest,
      );
      say(restored);
      return restored.verification.ok ? 0 : 1;
    } finally {
      await close();
    }
  });
}
