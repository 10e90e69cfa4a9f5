import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import type { Db } from '#db';
import { arrive, SOFA } from '#test/citizen';
import { freshDatabase } from '#test/database';
import { OfficeFailed, startOffice } from '#test/office-process';

const folder = mkdtempSync(join(tmpdir(), 'amtomat-start-'));
const data = join(folder, 'data');
after(() => rmSync(folder, { recursive: true, force: true }));

interface Json {
  status: number;
  body: Record<string, unknown>;
}

async function getJson(url: string): Promise<Json> {
  const answer = await fetch(url);
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

/** @returns the process id of the private PostgreSQL, undefined when none is announced */
function postgresPid(): number | undefined {
  const file = join(data, 'postgres/postmaster.pid');
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : undefined;
}

async function failure(args: readonly string[], env: Record<string, string>): Promise<OfficeFailed> {
  try {
    const office = await startOffice(args, env);
    await office.end();
  } catch (error) {
    assert.ok(error instanceof OfficeFailed);
    return error;
  }
  throw new assert.AssertionError({ message: 'the office started' });
}

describe('starting the office on its own database', () => {
  /** Of the first start: what it said, what it answered, how it ended. */
  let first: { origin: string; lines: string[]; health: Json; ready: Json; code: number | null };
  before(async () => {
    const office = await startOffice(['--data', data]);
    const { origin, lines } = office;
    const [health, ready] = [await getJson(`${origin}/health`), await getJson(`${origin}/ready`)];
    first = { origin, lines: [...lines], health, ready, code: await office.end('SIGTERM') };
  });

  it('says where everything is once it can be used, and ends with its database', () => {
    const { origin, lines, health, ready } = first;
    assert.equal(lines.filter((line) => line.startsWith('ready ')).length, 1);
    assert.equal(lines[0], `ready ${origin}`);
    const said = lines.join('\n');
    for (const path of ['/', '/terminal/rathaus-1', '/desk']) assert.ok(said.includes(`${origin}${path}`));
    assert.deepEqual(health, { status: 200, body: { status: 'alive' } });
    const { status, body } = ready;
    assert.equal(status, 200);
    assert.equal(body.status, 'ready');
    assert.equal(body.database, true);
    assert.equal(body.migrations, true);
    assert.ok(Number(body.services) > 0);
    assert.equal(first.code, 0);
    assert.equal(postgresPid(), undefined);
  });

  it('keeps its database and its keys to itself', () => {
    assert.equal(statSync(join(data, 'postgres')).mode & 0o077, 0);
    assert.equal(statSync(join(data, 'keys')).mode & 0o077, 0);
    assert.equal(statSync(join(data, 'keys/house.key')).mode & 0o077, 0);
  });

  it('finds everything again after a kill, with the same keys', async () => {
    const key = readFileSync(join(data, 'keys/house.key'), 'utf8');
    const first = await startOffice(['--data', data]);
    const server = postgresPid();
    assert.equal(await first.end('SIGKILL'), null);
    assert.equal(postgresPid(), server, 'PostgreSQL outlives a killed office');
    const second = await startOffice(['--data', data]);
    assert.equal(postgresPid(), server, 'and is adopted by the next one');
    assert.equal((await getJson(`${second.origin}/ready`)).status, 200);
    assert.equal(await second.end('SIGINT'), 0);
    assert.equal(postgresPid(), undefined);
    assert.equal(readFileSync(join(data, 'keys/house.key'), 'utf8'), key);
  });

  it('brings a database that was killed back, and goes on', async () => {
    const office = await startOffice(['--data', data], { AMTOMAT_LOG: 'error' });
    const server = postgresPid();
    assert.ok(server);
    process.kill(server, 'SIGKILL');
    let ready = { status: 0 };
    while (ready.status !== 200 || postgresPid() === server) ready = await getJson(`${office.origin}/ready`);
    assert.ok(office.lines.some((line) => line.includes('the private PostgreSQL is gone')));
    assert.equal(await office.end(), 0);
    assert.equal(postgresPid(), undefined);
  });
});

describe('starting the office on a given database', () => {
  it('uses that one and makes none of its own', async () => {
    const { url, db, drop } = await freshDatabase(1);
    const place = join(folder, 'given');
    const office = await startOffice(['--data', place], { DATABASE_URL: url });
    assert.equal((await getJson(`${office.origin}/ready`)).status, 200);
    assert.equal(existsSync(join(place, 'postgres')), false);
    assert.equal(await office.end(), 0);
    // It is not ours to stop.
    assert.deepEqual(await db.selectFrom('cases').select('id').execute(), []);
    await drop();
  });

  it('waits where nothing answers, says so without the password, and can be ended', async () => {
    const url = 'postgresql://office:hunter2@127.0.0.1:1/office';
    const lines: string[] = [];
    const waits = Promise.withResolvers<void>();
    const opening = startOffice(
      ['--data', join(folder, 'none')],
      { DATABASE_URL: url },
      undefined,
      (line, child) => {
        lines.push(line);
        if (!line.includes('waiting')) return;
        child.kill('SIGTERM');
        waits.resolve();
      },
    );
    const ended = opening.catch((error: unknown) => error);
    await waits.promise;
    const error = await ended;
    assert.ok(error instanceof OfficeFailed);
    assert.equal(error.code, 0);
    assert.equal(error.lines.length, 1);
    assert.match(lines.join(), /DATABASE_URL/);
    assert.doesNotMatch(lines.join(), /hunter2/);
  });

  it('says so when that database does not let it in, without the password', async () => {
    const { url, drop } = await freshDatabase(1);
    const other = new URL(url);
    other.pathname = '/nothing-of-that-name';
    other.password = 'hunter2';
    const failed = await failure(['--data', join(folder, 'none')], { DATABASE_URL: other.href });
    assert.equal(failed.code, 1);
    assert.match(failed.message, /DATABASE_URL/);
    assert.doesNotMatch(failed.message, /hunter2/);
    await drop();
  });
});

describe('starting the office on the database of a newer Amtomat', () => {
  /** Lets a database have taken one step more than this program knows. */
  async function further(db: Db, oldest: string): Promise<void> {
    const { rows } = await sql<{ name: string }>`SELECT max(name) AS name FROM kysely_migration`.execute(db);
    await sql`ALTER TABLE visit ADD COLUMN later text`.execute(db);
    await sql`INSERT INTO kysely_migration (name, timestamp, oldest)
      VALUES ('9999-later', '9999-01-01T00:00:00.000Z', ${oldest || rows[0]?.name})`.execute(db);
  }

  it('works where the step has only added, and says so', async () => {
    const { url, db, drop } = await freshDatabase(1);
    await further(db, '');
    const office = await startOffice(['--data', join(folder, 'newer')], { DATABASE_URL: url });
    assert.ok(office.lines.some((line) => line.includes('9999-later')));
    assert.equal((await getJson(`${office.origin}/ready`)).status, 200);
    const person = await arrive(office.origin);
    await person.walk('sperrmuell', SOFA);
    await person.handIn('sperrmuell');
    assert.equal((await db.selectFrom('cases').select('id').execute()).length, 1);
    assert.equal(await office.end(), 0);
    await drop();
  });

  it('says in words where it cannot, and touches nothing', async () => {
    const { url, db, drop } = await freshDatabase(1);
    await further(db, '9999-later');
    const failed = await failure(['--data', join(folder, 'too-new')], { DATABASE_URL: url });
    assert.equal(failed.code, 1);
    assert.match(failed.message, /newer Amtomat.*9999-later/);
    assert.doesNotMatch(failed.message, /^\s+at /m);
    const program = ['--import', './scripts/tsx-loader.ts', 'src/cli/main.ts', 'audit', 'verify'];
    const env = { PATH: process.env.PATH ?? '', DATABASE_URL: url };
    const audit = spawnSync(process.execPath, [...program, '--data', folder], { env, encoding: 'utf8' });
    assert.equal(audit.status, 1);
    assert.match(audit.stderr, /^amtomat: .*newer Amtomat.*9999-later/);
    assert.doesNotMatch(audit.stderr, /^\s+at /m);
    await drop();
  });
});

describe('refusing to start', () => {
  const unused = join(folder, 'unused');
  it('in production with anything missing, and says what', async () => {
    const env = { AMTOMAT_ENV: 'production', AMTOMAT_CLOCK: '+1d' };
    const failed = await failure(['--data', join(folder, 'production')], env);
    assert.equal(failed.code, 1);
    for (const name of [
      'DATABASE_URL',
      'AMTOMAT_PUBLIC_URL',
      'AMTOMAT_CLOCK',
      'AMTOMAT_OIDC_ISSUER',
      'AMTOMAT_OIDC_CLIENT_ID',
      'AMTOMAT_OIDC_CLIENT_SECRET',
      'house.key',
      'office-oa.key',
      'office-tsk.key',
      'city.yaml: imprint.operator is not filled in yet',
      'city.yaml: accessibility.contact',
    ]) {
      assert.ok(failed.message.includes(name), `${name} is named in:\n${failed.message}`);
    }
    assert.equal(existsSync(join(folder, 'production')), false, 'nothing is made before that');
  });

  it('on a port that is taken, in words', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    assert.ok(address && typeof address === 'object');
    const failed = await failure(['--data', unused, '--port', String(address.port)], {});
    assert.equal(failed.code, 1);
    assert.match(failed.message, new RegExp(`port ${address.port}`));
    assert.doesNotMatch(failed.message, /^\s+at /m);
    await new Promise((resolve) => other.close(resolve));
    assert.equal(existsSync(unused), false, 'nothing is made before that');
  });
});
