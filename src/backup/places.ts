/** Folders of backups: one inside for each, complete or not there, and never beside the keys. */
import { existsSync, mkdirSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';
import type { KeyProvider } from '#seal';
import { BackupError } from './errors.ts';
import { MANIFEST, readManifest } from './manifest.ts';

/** Sorted by their names, backups are sorted by their age. */
const NAME = /^amtomat-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z$/;
const UNFINISHED = /^\.unfinished-(.+)-(\d+)$/;

/** @returns the backup's own name; a little later where another one has it, as in a trial with a clock that was set */
export function nameIn(folder: string, takenAt: Date): string {
  const name = `amtomat-${takenAt.toISOString().replaceAll(/[:.]/g, '-')}`;
  return existsSync(join(folder, name)) ? nameIn(folder, new Date(takenAt.getTime() + 1)) : name;
}

/** @returns the folder with all links followed, also where its end is not there yet */
export function real(folder: string): string {
  const path = resolve(folder);
  if (existsSync(path)) return realpathSync(path);
  const above = dirname(path);
  return above === path ? path : join(real(above), path.slice(above.length));
}

const withEnd = (folder: string): string => `${real(folder)}${sep}`.replace('//', '/');

/** @returns whether a folder is another one or lies in it, by whatever way */
export function within(folder: string, other: string): boolean {
  return withEnd(folder).startsWith(withEnd(other));
}

/** @returns whether whoever copies one of the two folders copies the other, too */
export function together(one: string, other: string): boolean {
  return within(one, other) || within(other, one);
}

/** Makes the folder's names last through a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** @returns the complete backups in a folder, oldest first */
export function backupsIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => NAME.test(name) && existsSync(join(folder, name, MANIFEST)))
    .sort();
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Makes a place for a backup that is not whole yet, and takes away those that were given up on this machine. */
export function beginIn(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(folder)) {
    const [, host, pid] = UNFINISHED.exec(name) ?? [];
    if (host === hostname() && !lives(Number(pid))) rmSync(join(folder, name), { recursive: true });
  }
  const place = join(folder, `.unfinished-${hostname()}-${process.pid}`);
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place, { mode: 0o700 });
  return place;
}

/**
 * Removes the oldest backups of this office; another office's, and what cannot be read, stays.
 * @returns how many
 */
export function keepNewest(folder: string, keep: number, keys: Pick<KeyProvider, 'secret'>): number {
  const ours = backupsIn(folder).filter((name) => {
    try {
      return readManifest(join(folder, name), keys) !== undefined;
    } catch {
      return false;
    }
  });
  const old = ours.slice(0, -keep);
  for (const name of old) rmSync(join(folder, name), { recursive: true });
  return old.length;
}

/**
 * @param folder a backup, or a folder of backups
 * @returns the backup that is meant: that one, or the newest
 * @throws BackupError when there is none
 */
export function chosenFrom(folder: string): string {
  if (!existsSync(folder)) throw new BackupError(`${folder} is not there`);
  if (existsSync(join(folder, MANIFEST))) return folder;
  const newest = backupsIn(folder).at(-1);
  if (newest === undefined) throw new BackupError(`${folder} holds no whole backup`);
  return join(folder, newest);
}
