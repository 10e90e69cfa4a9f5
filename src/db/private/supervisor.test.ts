import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import pg from 'pg';
import { type PrivateOptions, type PrivatePostgres, startPrivatePostgres } from './supervisor.ts';
import { canEnter } from './user.ts';

const root = join(import.meta.dirname, '../../..');
const isRoot = process.getuid?.() === 0;
const nobody = { uid: 65_534, gid: 65_534 };
const scratch = mkdtempSync(join(tmpdir(), 'amtomat-private-'));
chmodSync(scratch, 0o755);
const place = join(scratch, 'postgres');
const searchPath = process.env.PATH ?? '';
const running = new Set<PrivatePostgres>();
before(async () => {
  const server = await start(place, { searchPath });
  await ask(server.url, 'CREATE TABLE person (name text PRIMARY KEY)');
  await ask(server.url, "INSERT INTO person VALUES ('Łukasz Canary')");
  await server.stop();
});
// A test that fails half-way must not leave a server behind, nor keep the run waiting for it.
after(async () => {
  for (const server of running) await server.stop();
  rmSync(scratch, { recursive: true, force: true });
});

async function start(folder: string, options: PrivateOptions): Promise<PrivatePostgres> {
  const server = await startPrivatePostgres(folder, options);
  running.add(server);
  return {
    ...server,
    stop() {
      running.delete(server);
      return server.stop();
    },
  };
}

async function ask<T extends pg.QueryResultRow>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

function serverPid(folder = place): number {
  return Number(readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')[0]);
}

/** Starts the database in a process of its own, which stays until it is killed. @returns what it printed */
async function inOtherProcess(
  folder: string,
  user: object = {},
): Promise<{ said: string; kill(): Promise<void> }> {
  const code = `
    const { startPrivatePostgres } = await import(${JSON.stringify(join(import.meta.dirname, 'supervisor.ts'))});
    const { url, adopted } = await startPrivatePostgres(${JSON.stringify(folder)}, { searchPath: '/usr/bin:/bin' });
    console.log(JSON.stringify({ url, adopted, uid: process.getuid() }));
    process.stdin.resume();`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    ...user,
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [said] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
  return {
    said,
    async kill() {
      child.kill('SIGKILL');
      await once(child, 'close');
    },
  };
}

describe('a private PostgreSQL', () => {
  it('is made closed to everybody else, durable, and silent about what people typed', async () => {
    const server = await start(place, { searchPath });
    assert.equal(server.adopted, false);
    assert.equal(statSync(place).mode & 0o777, 0o700);
    if (isRoot) assert.notEqual(statSync(place).uid, 0);
    const settings = await ask<{ name: string; setting: string }>(
      server.url,
      `SELECT name, setting FROM pg_settings WHERE name IN ('listen_addresses', 'unix_socket_permissions', 'fsync',
        'synchronous_commit', 'full_page_writes', 'data_checksums', 'server_encoding', 'log_statement',
        'log_min_error_statement', 'log_parameter_max_length_on_error', 'log_error_verbosity') ORDER BY name`,
    );
    assert.deepEqual(Object.fromEntries(settings.map(({ name, setting }) => [name, setting])), {
      data_checksums: 'on',
      fsync: 'on',
      full_page_writes: 'on',
      listen_addresses: '',
      log_error_verbosity: 'terse',
      log_min_error_statement: 'panic',
      log_parameter_max_length_on_error: '0',
      log_statement: 'none',
      server_encoding: 'UTF8',
      synchronous_commit: 'on',
      unix_socket_permissions: '0700',
    });
    const [me] = await ask<{ rolsuper: boolean }>(
      server.url,
      'SELECT rolsuper FROM pg_roles WHERE rolname = current_user',
    );
    assert.equal(me?.rolsuper, false, 'the office is no superuser');
    await assert.rejects(ask(server.url, "INSERT INTO person VALUES ('Łukasz Canary')"), /duplicate key/);
    assert.doesNotMatch(readFileSync(join(place, 'server.log'), 'utf8'), /Canary/);
    assert.equal(await server.stop(), true);
    assert.equal(existsSync(join(place, 'postmaster.pid')), false);
  });

  it('has lost nothing at the next start', async () => {
    const server = await start(place, { searchPath });
    assert.deepEqual(await ask(server.url, 'SELECT name FROM person'), [{ name: 'Łukasz Canary' }]);
    await server.stop();
  });

  it('outlives an office that is killed, and is adopted', async () => {
    const office = await inOtherProcess(place);
    const pid = serverPid();
    await office.kill();
    const server = await start(place, { searchPath });
    assert.equal(server.adopted, true);
    assert.equal(serverPid(), pid);
    assert.equal(await server.stop(), true);
  });

  it('stays while another office uses it', async () => {
    const first = await start(place, { searchPath });
    const second = await start(place, { searchPath });
    assert.equal(second.adopted, true);
    assert.equal(await first.stop(), false);
    assert.equal((await ask(second.url, 'SELECT 1 AS one')).length, 1);
    assert.equal(await second.stop(), true);
  });

  it('is started once when two offices begin in the same moment', async () => {
    const [first, second] = await Promise.all([start(place, { searchPath }), start(place, { searchPath })]);
    assert.equal(first.url, second.url);
    assert.equal(await first.stop(), false);
    assert.equal(await second.stop(), true);
  });

  it('comes back after it was killed', async () => {
    const said: string[] = [];
    const back = Promise.withResolvers<void>();
    const server = await start(place, {
      searchPath,
      say: (line) => {
        said.push(line);
        if (line.endsWith('is back')) back.resolve();
      },
    });
    process.kill(serverPid(), 'SIGKILL');
    await back.promise;
    assert.equal(said[0], 'the private PostgreSQL is gone');
    assert.deepEqual(await ask(server.url, 'SELECT name FROM person'), [{ name: 'Łukasz Canary' }]);
    assert.equal(await server.stop(), true);
  });

  it('starts although its old process id belongs to another program now', async () => {
    const { uid, gid } = statSync(place);
    // A program of the same user, alive, that is not PostgreSQL: what PostgreSQL itself takes for a running server.
    const stranger = spawn('/bin/sleep', ['60'], { ...(isRoot ? { uid, gid } : {}), stdio: 'ignore' });
    writeFileSync(
      join(place, 'postmaster.pid'),
      `${stranger.pid}\n${place}\n1\n5432\n${place}\n\n  1 2\nready\n`,
    );
    if (isRoot) chownSync(join(place, 'postmaster.pid'), uid, gid);
    const server = await start(place, { searchPath });
    assert.equal(server.adopted, false);
    await server.stop();
    stranger.kill();
  });

  it('starts although its old socket belongs to another program by its process id', async () => {
    const { uid, gid } = statSync(place);
    const stranger = spawn('/bin/sleep', ['60'], { ...(isRoot ? { uid, gid } : {}), stdio: 'ignore' });
    const lock = `${stranger.pid}\n${place}\n1\n5432\n${place}\n`;
    for (const [name, text] of [
      ['.s.PGSQL.5432.lock', lock],
      ['.s.PGSQL.5432', ''],
      ['postmaster.pid', lock],
    ] as const) {
      writeFileSync(join(place, name), text);
      if (isRoot) chownSync(join(place, name), uid, gid);
    }
    const server = await start(place, { searchPath });
    assert.equal(server.adopted, false);
    assert.equal((await ask(server.url, 'SELECT 1 AS one')).length, 1);
    await server.stop();
    stranger.kill();
  });

  it('refuses a folder with half a cluster, and says what to do', async () => {
    for (const [name, file, text] of [
      ['half', 'base', ''],
      ['cut', 'PG_VERSION', ''],
      ['garbled', 'PG_VERSION', 'xx'],
    ] as const) {
      const half = join(scratch, name);
      mkdirSync(half);
      writeFileSync(join(half, file), text);
      if (isRoot) chownSync(half, nobody.uid, nobody.gid);
      await assert.rejects(startPrivatePostgres(half, { searchPath }), (error: Error) => {
        assert.ok(error.message.startsWith(`${half} holds files, but no whole PostgreSQL cluster`));
        assert.match(error.message, /backup/);
        return true;
      });
      assert.deepEqual(readdirSync(half), [file], 'nothing is touched');
    }
  });

  it('refuses a cluster of a version that is not here, and says which', async () => {
    const old = join(scratch, 'old');
    mkdirSync(old);
    if (isRoot) chownSync(old, nobody.uid, nobody.gid);
    writeFileSync(join(old, 'PG_VERSION'), '9\n');
    await assert.rejects(
      startPrivatePostgres(old, { searchPath }),
      /was made by PostgreSQL 9, here is only \d+/,
    );
  });

  it('puts its socket elsewhere when the path is too long for one', async () => {
    const long = join(scratch, 'ein-sehr-langer-ordnername-'.repeat(4), 'postgres');
    const server = await start(long, { searchPath, forTests: true });
    const socket = new URL(server.url).searchParams.get('host') ?? '';
    assert.match(socket, /^\/tmp\/amtomat-/);
    assert.equal(statSync(socket).mode & 0o777, 0o700);
    assert.equal((await ask(server.url, 'SELECT 1 AS one')).length, 1);
    await server.stop();
    assert.equal(existsSync(socket), false);
  });

  const reachable = isRoot && canEnter(nobody, root);
  it('runs as whoever starts it when that is not root', {
    skip: !reachable && 'needs root, and sources others may read',
  }, async () => {
    const home = join(scratch, 'of-nobody');
    mkdirSync(home);
    chownSync(home, nobody.uid, nobody.gid);
    const office = await inOtherProcess(join(home, 'postgres'), nobody);
    assert.equal((JSON.parse(office.said) as { uid: number }).uid, nobody.uid);
    assert.equal(statSync(join(home, 'postgres')).uid, nobody.uid);
    await office.kill();
    const byRoot = await start(join(home, 'postgres'), { searchPath });
    assert.equal(byRoot.adopted, true);
    await byRoot.stop();
    const again = await start(join(home, 'postgres'), { searchPath });
    assert.equal(
      statSync(join(home, 'postgres', 'postmaster.pid')).uid,
      nobody.uid,
      'the owner goes on running it',
    );
    await again.stop();
  });

  it('lives under /var/lib when only root gets into the data folder', {
    skip: !isRoot && 'needs root',
  }, async () => {
    const closed = mkdtempSync(join(tmpdir(), 'amtomat-closed-'));
    const inside = join(closed, 'data', 'postgres');
    const server = await start(inside, { searchPath, forTests: true });
    const real = readlinkSync(inside);
    assert.match(real, /^\/var\/lib\/amtomat\/postgres-/);
    assert.equal(lstatSync(closed).mode & 0o777, 0o700, 'the folder stays closed');
    assert.equal((await ask(server.url, 'SELECT 1 AS one')).length, 1);
    await server.stop();
    rmSync(real, { recursive: true });
    rmSync(closed, { recursive: true });
  });

  it('lives in an empty folder that was closed, and lets others pass it but not look', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'amtomat-empty-'));
    const server = await start(join(empty, 'postgres'), { searchPath, forTests: true });
    assert.equal(lstatSync(join(empty, 'postgres')).isDirectory(), true);
    assert.equal(statSync(empty).mode & 0o777, 0o711);
    await server.stop();
    rmSync(empty, { recursive: true });
  });

  it('leaves nothing half made when it cannot be made', async () => {
    const folder = join(scratch, 'nothing');
    await assert.rejects(start(join(folder, '\0', 'postgres'), { searchPath }));
    assert.deepEqual(
      readdirSync(scratch).filter((name) => name === 'nothing'),
      [],
    );
  });
});
