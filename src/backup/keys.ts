/** Copies of the keys: kept apart from the backups, and brought back before anything else. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { BackupError } from './errors.ts';
import { real, syncFolder } from './places.ts';
import { writeDurably } from './sealed.ts';

/** @returns names of the key files in a folder; none where there is no folder */
export function keyFilesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.key'))
    .sort();
}

/** @throws BackupError when another key has one of the names there */
function assertSame(from: string, to: string): void {
  const names = new Set(keyFilesIn(from));
  for (const name of keyFilesIn(to)) {
    if (!names.has(name)) continue;
    if (!readFileSync(join(from, name)).equals(readFileSync(join(to, name))))
      throw new BackupError(`${join(to, name)} is another key than ${join(from, name)}: take another folder`);
  }
}

/**
 * Copies what is missing, readable by its owner alone. Keys do not change; one that is there is never replaced.
 * @returns how many keys are in the folder now
 * @throws BackupError when other keys are there already
 */
export async function copyKeys(from: string, to: string): Promise<number> {
  const names = keyFilesIn(from);
  if (names.length === 0) throw new BackupError(`${from} holds no keys`);
  if (real(from) === real(to)) return names.length;
  assertSame(from, to);
  mkdirSync(to, { recursive: true, mode: 0o700 });
  for (const name of names) {
    if (existsSync(join(to, name))) continue;
    const fresh = join(to, `.${name}-${process.pid}`);
    await writeDurably(fresh, Readable.from([readFileSync(join(from, name))]));
    renameSync(fresh, join(to, name));
  }
  await syncFolder(to);
  return keyFilesIn(to).length;
}
