/** `amtomat backup`: copies database and keys, apart from each other, while the office runs. */
import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { anchorsFile } from '#audit';
import { BackupError, copyKeys, type TakenBackup, takeBackup, together, within } from '#backup';
import { readCall, refuseCall } from '#call';
import { type Config, programVersion } from '#config';
import { type Db, openDatabase } from '#db';
import { createFileKeys } from '#seal';
import { createClock } from '#time';
import { keysThatDoNotFit, knownNames } from '../known-keys.ts';
import { assertThere, dataSettings } from './data-settings.ts';
import { explain } from './words.ts';

const BACKUP = {
  name: 'backup',
  help: `./amtomat backup --to FOLDER [--keys FOLDER] [--keep N] [--data FOLDER]
  Copies the database and the ends of the audit record into a new folder inside FOLDER, sealed, while the office runs.
  --to FOLDER    where backups belong, on another medium than the office's data
  --keys FOLDER  copies the keys, too, to another place: without them a backup cannot be read, with them it can
  --keep N       removes all but the newest N backups of this office when the new one is whole
  --data FOLDER  the office's data folder (default ./data of the program)
  Exit code 0: there is a new backup, 1: there is none, 2: a wrong call.

Example
  ./amtomat backup --data /var/lib/amtomat --to /mnt/backup/office --keys /mnt/keys/office --keep 14`,
  options: { to: 'text', keys: 'text', keep: 'text', data: 'text' },
} as const;

interface Order {
  to: string;
  keys: string | undefined;
  keep: number | undefined;
  data: string | undefined;
}

/** @returns what is asked for, or an exit code when nothing is left to do */
function readOrder(argv: readonly string[]): Order | number {
  const call = readCall(BACKUP, argv);
  if (typeof call === 'number') return call;
  const { to, keys, keep, data } = call.options;
  if (to === undefined) return refuseCall(BACKUP, '--to is missing');
  if (keep !== undefined && !/^[1-9]\d{0,4}$/.test(keep))
    return refuseCall(BACKUP, `--keep ${keep} is no number of backups from 1 on`);
  return {
    to: resolve(to),
    keys: keys === undefined ? undefined : resolve(keys),
    keep: keep === undefined ? undefined : Number(keep),
    data,
  };
}

/** @throws BackupError when whoever holds the backup would hold the keys, or whoever loses the data loses the copies */
function assertApart({ to, keys }: Order, { keyFolder, dataFolder }: Config): void {
  if (together(to, keyFolder))
    throw new BackupError(
      `${to} and the office's keys in ${keyFolder} would be copied together: take another folder`,
    );
  if (keys !== undefined && together(to, keys))
    throw new BackupError(`backup and keys must not lie in one folder: ${to}, ${keys}`);
  for (const copies of [to, keys])
    if (copies !== undefined && within(copies, dataFolder))
      throw new BackupError(
        `${copies} lies in the office's data folder ${dataFolder} and would be lost with it: take a folder on another medium`,
      );
}

/** @throws BackupError when these are other keys than the database was sealed with: nobody could open what was taken with them */
async function assertFit(db: Db, folder: string): Promise<void> {
  const strange = await keysThatDoNotFit(db, folder, await knownNames(db));
  if (strange.length > 0) throw new BackupError(strange.join('\n'));
}

function say({ folder, manifest, removed }: TakenBackup, keys: string | undefined): void {
  const { cases, audit } = manifest;
  console.log(`backup is whole: ${folder} (${cases} cases, audit record up to entry ${audit.entries})`);
  if (removed > 0) console.log(`${removed} older ${removed === 1 ? 'backup' : 'backups'} removed`);
  console.log(
    keys === undefined
      ? 'the keys are not in it: back them up apart, with --keys FOLDER or by hand'
      : `keys are in ${keys}: keep them where the backup is not`,
  );
}

/** @returns 0 when there is a new backup, 1 when there is none, 2 for a wrong call */
export async function run(argv: readonly string[]): Promise<number> {
  const order = readOrder(argv);
  if (typeof order === 'number') return order;
  return explain('nothing was backed up', async () => {
    const config = dataSettings(order.data);
    assertApart(order, config);
    assertThere(config);
    const keys = createFileKeys(config.keyFolder, false);
    const { db, url, close } = await openDatabase(config, console.error);
    try {
      await assertFit(db, config.keyFolder);
      if (order.keys !== undefined) await copyKeys(config.keyFolder, order.keys);
      const taken = await takeBackup({
        ...{ databaseUrl: url, keys, to: order.to, keep: order.keep, program: programVersion() },
        anchorsFile: anchorsFile(config.dataFolder),
        id: randomUUID(),
        at: createClock(config.clockOffsetMs).now(),
      });
      say(taken, order.keys);
      return 0;
    } finally {
      await close();
    }
  });
}
