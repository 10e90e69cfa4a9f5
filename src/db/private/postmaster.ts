import { existsSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** A PostgreSQL that has announced itself in its cluster's folder. */
export interface Postmaster {
  pid: number;
  socketFolder: string;
  /** It answers queries; before that it is starting or recovering. */
  ready: boolean;
}

const PID_LINE = 0;
const SOCKET_LINE = 4;
const STATUS_LINE = 7;

function pidFile(cluster: string): string {
  return join(cluster, 'postmaster.pid');
}

/** A process of that id works in this folder. Ids are given out again, so being alive is not enough. */
function worksIn(pid: number, cluster: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster);
  } catch {
    return false;
  }
}

/**
 * @param cluster a PostgreSQL data folder
 * @returns the server that runs on it, or undefined when there is none
 */
export function readPostmaster(cluster: string): Postmaster | undefined {
  let lines: string[];
  try {
    lines = readFileSync(pidFile(cluster), 'utf8').split('\n');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const pid = Number(lines[PID_LINE]);
  if (!(pid > 0) || !worksIn(pid, cluster)) return undefined;
  return {
    pid,
    socketFolder: lines[SOCKET_LINE] ?? '',
    ready: lines[STATUS_LINE]?.trim() === 'ready',
  };
}

/** The socket's own announcement has the process id in its first line, too. */
function forgetDeadSocket(cluster: string, socketFolder: string): void {
  const socket = join(socketFolder, '.s.PGSQL.5432');
  const lock = `${socket}.lock`;
  if (!existsSync(lock) || worksIn(Number.parseInt(readFileSync(lock, 'utf8'), 10), cluster)) return;
  rmSync(lock, { force: true });
  rmSync(socket, { force: true });
}

/**
 * Removes the announcements of a server that is gone. PostgreSQL does so itself unless the process id has been given
 * to somebody else, which is the rule in containers.
 */
export function forgetDeadPostmaster(cluster: string, socketFolder: string): void {
  if (readPostmaster(cluster) !== undefined) return;
  rmSync(pidFile(cluster), { force: true });
  forgetDeadSocket(cluster, socketFolder);
}
