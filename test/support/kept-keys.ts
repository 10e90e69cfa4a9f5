/**
 * Keys of the stand-in of FIT-Connect, made once for all test files of a run: four RSA keys of 4,096 bits take seconds of
 * every core, and who waits for them is not what these tests are about. They lie where Node keeps what it has compiled.
 */
import { copyFileSync, existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';

const NAME = 'fit-connect.json';
const cache = process.env.NODE_COMPILE_CACHE;
const kept = cache && join(cache, NAME);
const inFolder = (data: string): string => join(data, 'stand-ins', NAME);

/** Copies a file, whole or not at all, unless there is one already, or nothing to copy. */
function copy(from: string, to: string): void {
  if (existsSync(to)) return;
  const draft = `${to}.${process.pid}`;
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
  try {
    copyFileSync(from, draft);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  renameSync(draft, to);
}

/** Gives an office's data folder the keys that another one has made; where none has, it makes its own. */
export function takeKeptKeys(data: string): void {
  if (kept) copy(kept, inFolder(data));
}

/** Keeps the keys that the office with this data folder has made. */
export function keepKeys(data: string): void {
  if (kept) copy(inFolder(data), kept);
}
