import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';

/** Who runs PostgreSQL. */
export interface SystemUser {
  uid: number;
  gid: number;
}

function passwdEntry(name: string): SystemUser | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((one) => one.startsWith(`${name}:`));
  if (!line) return undefined;
  const [, , uid, gid] = line.split(':');
  return { uid: Number(uid), gid: Number(gid) };
}

/**
 * PostgreSQL refuses to run as root, so root hands it to somebody with fewer rights.
 * @param cluster the data folder, if it exists already: its owner goes on running it
 * @returns whom to run it as, or undefined for "as we are"
 * @throws Error when root finds nobody
 */
export function databaseUser(cluster: string | undefined): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  if (cluster !== undefined) {
    const { uid, gid } = statSync(cluster);
    if (uid === 0) throw new Error(`${cluster} belongs to root, and PostgreSQL refuses to run as root`);
    return { uid, gid };
  }
  const user = passwdEntry('postgres') ?? passwdEntry('nobody');
  if (!user) throw new Error('PostgreSQL refuses to run as root, and there is no user postgres or nobody');
  return user;
}

/** @returns whether that user gets into the folder */
export function canEnter(user: SystemUser, folder: string): boolean {
  return spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], { ...user, cwd: '/' }).status === 0;
}

/** @returns whether that user can run the program */
export function canRun(user: SystemUser, program: string): boolean {
  return spawnSync(program, ['--version'], { ...user, cwd: '/' }).status === 0;
}
