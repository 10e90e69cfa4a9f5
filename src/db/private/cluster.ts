import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { type Binaries, findBinaries } from './binaries.ts';
import { canEnter, canRun, databaseUser, type SystemUser } from './user.ts';

/** Where things go that the database's user cannot reach in their own place. Belongs to root. */
const SHARED_HOME = '/var/lib/amtomat';
/** `sun_path` of a unix socket holds 108 bytes with the closing zero. */
const SOCKET_PATH_BYTES = 107;

const NOT_WHOLE =
  'holds files, but no whole PostgreSQL cluster (PG_VERSION is missing or damaged): bring it back from the backup, or move it away to begin with an empty one';

/** What programs of PostgreSQL see of the environment: nothing of ours. */
export const SPARE_ENV = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/** A data folder that is ready to be started. */
export interface Cluster {
  folder: string;
  user: SystemUser | undefined;
  /** @returns the folder of the programs that fit it; looked for only when something must be started */
  bin(): string;
}

/** Makes the folder. Others may pass through a folder that is new or empty, not look: what comes inside guards itself. */
function makePassable(folder: string): void {
  mkdirSync(folder, { recursive: true });
  if (readdirSync(folder).length === 0) chmodSync(folder, 0o711);
}

/** Copies PostgreSQL to where the database's user can run it, once a version. */
function runnable(binaries: Binaries, user: SystemUser | undefined): string | undefined {
  if (!user || canRun(user, join(binaries.folder, 'postgres'))) return binaries.folder;
  if (!binaries.portable) return undefined;
  const copy = join(SHARED_HOME, `postgresql-${binaries.major}`);
  if (!existsSync(copy)) {
    makePassable(SHARED_HOME);
    const fresh = mkdtempSync(`${copy}-`);
    cpSync(binaries.portable, fresh, { recursive: true, verbatimSymlinks: true });
    chmodSync(fresh, 0o755);
    renameSync(fresh, copy);
  }
  return join(copy, 'bin');
}

function pickBinaries(
  major: number | undefined,
  user: SystemUser | undefined,
  path: string,
  cluster: string,
): string {
  const found = findBinaries(path);
  for (const binaries of found) {
    if (major !== undefined && binaries.major !== major) continue;
    const folder = runnable(binaries, user);
    if (folder) return folder;
  }
  if (found.length === 0) {
    throw new Error(
      'no PostgreSQL found: install it (Debian: apt-get install postgresql) or set DATABASE_URL to one',
    );
  }
  const have = [...new Set(found.map((one) => one.major))].join(', ');
  throw new Error(
    major === undefined
      ? `PostgreSQL ${have} is there, but the user it has to run as cannot reach it`
      : `${cluster} was made by PostgreSQL ${major}, here is only ${have}: install PostgreSQL ${major}`,
  );
}

/** Makes a cluster beside its place and moves it there when it is whole. */
function createCluster(place: string, bin: string, user: SystemUser | undefined, durable: boolean): void {
  makePassable(dirname(place));
  const reachable = !user || canEnter(user, dirname(place));
  if (!reachable) makePassable(SHARED_HOME);
  const fresh = mkdtempSync(join(reachable ? dirname(place) : SHARED_HOME, 'postgres-'));
  try {
    if (user) chownSync(fresh, user.uid, user.gid);
    const options = ['--encoding=UTF8', '--locale=C', '--auth-local=trust', '--auth-host=reject'];
    if (durable) options.push('--data-checksums');
    else options.push('--no-sync');
    execFileSync(join(bin, 'initdb'), ['-D', fresh, '-U', 'postgres', ...options], {
      ...user,
      cwd: '/',
      env: SPARE_ENV,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    if (reachable) renameSync(fresh, place);
    else symlinkSync(fresh, place);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    // Another office node may have been faster; then its cluster is ours too.
    if (!existsSync(join(place, 'PG_VERSION'))) throw error;
  }
}

/**
 * Finds the cluster in its place or makes it: folder 0700, UTF-8, with checksums, reachable by unix socket only.
 * When the database's user cannot get there (a checkout under /root), the cluster lives under /var/lib/amtomat and a
 * link stands in its place.
 * @param place the folder that shall hold the cluster
 * @param path search path for programs, as in the environment
 * @param durable false for tests, whose data may be lost
 * @throws Error saying what to install when there is no PostgreSQL that fits
 */
export function openCluster(place: string, path: string, durable: boolean): Cluster {
  const versionFile = join(place, 'PG_VERSION');
  if (!existsSync(versionFile)) {
    if (existsSync(place) && readdirSync(place).length > 0) throw new Error(`${place} ${NOT_WHOLE}`);
    const user = databaseUser(undefined);
    createCluster(place, pickBinaries(undefined, user, path, place), user, durable);
  }
  const folder = realpathSync(place);
  const user = databaseUser(folder);
  const major = Number(readFileSync(versionFile, 'utf8').trim());
  if (!(major > 0)) throw new Error(`${place} ${NOT_WHOLE}`);
  return { folder, user, bin: () => pickBinaries(major, user, path, place) };
}

/**
 * @returns the folder for the socket, closed to others: the cluster's own, or one under /tmp when the path is too long
 * @throws Error when somebody else sits in that place
 */
export function socketFolder({ folder, user }: Cluster): string {
  if (Buffer.byteLength(join(folder, '.s.PGSQL.5432')) <= SOCKET_PATH_BYTES) return folder;
  const short = `/tmp/amtomat-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`;
  try {
    mkdirSync(short, { mode: 0o700 });
    if (user) chownSync(short, user.uid, user.gid);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const found = lstatSync(short);
  const owner = user?.uid ?? process.getuid?.();
  if (!found.isDirectory() || found.uid !== owner || (found.mode & 0o077) !== 0) {
    throw new Error(`${short} is not ours: remove it, or choose a data folder with a shorter path`);
  }
  return short;
}
