/** `amtomat restore`: brings a backup back into an empty place. */
import { resolve } from 'node:path';
import { anchorsFile, describeVerification } from '#audit';
import { checkBackup, chosenFrom, copyKeys, type Restored, restoreBackup } from '#backup';
import { readCall, refuseCall } from '#call';
import { openDatabase } from '#db';
import { createFileKeys } from '#seal';
import { createClock } from '#time';
import { dataSettings } from './data-settings.ts';
import { explain } from './words.ts';

const RESTORE = {
  name: 'restore',
  help: `./amtomat restore --from FOLDER --keys FOLDER [--data FOLDER]
  Brings a backup back: into the data folder of a new office, or into the empty database of DATABASE_URL.
  --from FOLDER  one backup, or a folder of backups, of which the newest is taken
  --keys FOLDER  the keys that were backed up with it
  --data FOLDER  the office's data folder, made where there is none (default ./data of the program)
  Exit code 0: everything is back and fits, 1: it is not, 2: a wrong call.

Example
  ./amtomat restore --from /mnt/backup/office --keys /mnt/keys/office --data /var/lib/amtomat`,
  options: { from: 'text', keys: 'text', data: 'text' },
} as const;

interface Order {
  from: string;
  keys: string;
  data: string | undefined;
}

/** @returns what is asked for, or an exit code when nothing is left to do */
function readOrder(argv: readonly string[]): Order | number {
  const call = readCall(RESTORE, argv);
  if (typeof call === 'number') return call;
  const { from, keys, data } = call.options;
  if (from === undefined) return refuseCall(RESTORE, '--from is missing');
  if (keys === undefined) return refuseCall(RESTORE, '--keys is missing');
  return { from: resolve(from), keys: resolve(keys), data };
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
  if (typeof order === 'number') return order;
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
