import { type ChildProcess, spawn } from 'node:child_process';
import { chownSync, closeSync, existsSync, openSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Cluster, SPARE_ENV, socketFolder } from './cluster.ts';
import { forgetDeadPostmaster, type Postmaster, readPostmaster } from './postmaster.ts';

const LOOK_EVERY_MS = 10;
const LOG_BYTES = 10_000_000;

/** Given at every start, so that they hold whatever stands in the cluster's own files. */
const ALWAYS = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  port: '5432',
  logging_collector: 'off',
  log_destination: 'stderr',
  // What citizens typed must not get into the server's log through a failing statement.
  log_min_error_statement: 'panic',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_error_verbosity: 'terse',
  log_statement: 'none',
  log_min_duration_statement: '-1',
  log_min_messages: 'fatal',
  log_checkpoints: 'off',
  timezone: 'UTC',
  jit: 'off',
  cluster_name: 'amtomat',
};
const DURABLE = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on', max_connections: '100' };
// Commits stay synchronous: without fsync that is cheap, and what VACUUM may mark depends on it.
const FOR_TESTS = { fsync: 'off', full_page_writes: 'off', max_connections: '300' };

function openLog(cluster: Cluster): number {
  const file = join(cluster.folder, 'server.log');
  if (existsSync(file) && statSync(file).size > LOG_BYTES) truncateSync(file);
  const handle = openSync(file, 'a', 0o600);
  if (cluster.user) chownSync(file, cluster.user.uid, cluster.user.gid);
  return handle;
}

function launch(cluster: Cluster, settings: Record<string, string>): ChildProcess {
  const log = openLog(cluster);
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // Detached: Ctrl-C reaches the office only, which stops the database after its last request.
  const place = ['-D', cluster.folder, '-k', socketFolder(cluster)];
  const child = spawn(join(cluster.bin(), 'postgres'), [...place, ...options], {
    ...cluster.user,
    cwd: '/',
    env: SPARE_ENV,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  child.unref();
  return child;
}

/** Waits as long as the server lives; recovery after a power cut may take its time. */
async function untilReady(
  cluster: Cluster,
  child?: ChildProcess,
  stopped?: AbortSignal,
): Promise<Postmaster | undefined> {
  let gone = false;
  child?.once('exit', () => {
    gone = true;
  });
  child?.once('error', () => {
    gone = true;
  });
  for (;;) {
    const server = readPostmaster(cluster.folder);
    if (server?.ready) return server;
    if (gone || (!child && !server)) return undefined;
    await pause(LOOK_EVERY_MS, undefined, { signal: stopped });
  }
}

function lastWords(cluster: Cluster): string {
  const lines = readFileSync(join(cluster.folder, 'server.log'), 'utf8').trim().split('\n');
  return lines.slice(-3).join('\n');
}

/**
 * Adopts the server that runs on this cluster, or starts one.
 * @throws Error with the server's last words when it does not start
 */
export async function startOrAdopt(
  cluster: Cluster,
  forTests: boolean,
  stopped?: AbortSignal,
): Promise<{ server: Postmaster; adopted: boolean }> {
  const running = readPostmaster(cluster.folder) && (await untilReady(cluster, undefined, stopped));
  if (running) return { server: running, adopted: true };
  forgetDeadPostmaster(cluster.folder, socketFolder(cluster));
  const child = launch(cluster, { ...ALWAYS, ...(forTests ? FOR_TESTS : DURABLE) });
  const server = await untilReady(cluster, child, stopped);
  if (server) return { server, adopted: server.pid !== child.pid };
  // Another office node may have started it in the same moment.
  const other = await untilReady(cluster, undefined, stopped);
  if (other) return { server: other, adopted: true };
  throw new Error(`the private PostgreSQL did not start:\n${lastWords(cluster)}`);
}

/** Asks the server to stop and waits until it has written everything. */
export async function shutDown(cluster: Cluster): Promise<void> {
  const server = readPostmaster(cluster.folder);
  // SIGINT asks PostgreSQL for a fast shutdown: open transactions are rolled back, everything is written.
  if (server) process.kill(server.pid, 'SIGINT');
  while (readPostmaster(cluster.folder)) await pause(LOOK_EVERY_MS);
}
