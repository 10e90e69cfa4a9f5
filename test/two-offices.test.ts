import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { sql } from 'kysely';
import { arrive, household } from '#test/citizen';
import { freshDatabase, type TestDatabase } from '#test/database';
import { eventually } from '#test/eventually';
import { type OfficeProcess, startOffice } from '#test/office-process';

const SERVICE = 'sperrmuell';
const NODES = ['one', 'two'] as const;
type Node = (typeof NODES)[number];

/** Where work is held: before a change of such a row. */
interface Moment {
  table: string;
  at?: string;
  when: string;
}

const MOMENTS: Readonly<Record<string, Moment>> = {
  'before the case came': {
    table: 'cases',
    when: 'OLD.delivered_at IS NULL AND NEW.delivered_at IS NOT NULL',
  },
  'after the case came, before that was written down': { table: 'outbox', when: "NEW.state = 'done'" },
};
/** A job that both offices have, and where it is held. */
const JOB = 'ended visits';
const SWEEPS = { table: 'handover', at: 'DELETE', when: 'true' };

const folder = mkdtempSync(join(tmpdir(), 'amtomat-two-'));
const offices = new Map<Node, OfficeProcess>();
let database: TestDatabase;
let households = 0;

/** One of two nodes: the database and the keys are shared, and the database knows which of them asks. */
async function open(node: Node): Promise<void> {
  const url = new URL(database.url);
  url.searchParams.set('application_name', node);
  const env = {
    ...{ DATABASE_URL: url.href, AMTOMAT_KEYS: join(folder, 'keys') },
    ...{ AMTOMAT_RATE: '0', AMTOMAT_LOG: 'error' },
  };
  offices.set(node, await startOffice(['--data', join(folder, node)], env));
}

before(async () => {
  database = await freshDatabase();
});
afterEach(async () => {
  await sql`DROP FUNCTION IF EXISTS hold CASCADE`.execute(database.db);
});
after(async () => {
  for (const office of offices.values()) await office.end('SIGKILL');
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** Hands in at a node. @returns the number of the case */
async function handIn(node: Node): Promise<string> {
  const office = offices.get(node);
  assert.ok(office);
  households += 1;
  const home = {
    ...household(households),
    ...{ 'address.street': 'Waldstraße', 'address.postcode': households % 2 ? '76133' : '76135' },
  };
  const person = await arrive(office.origin);
  await person.walk(SERVICE, home);
  await person.press(person.review(SERVICE));
  return person.receipt().number;
}

/** How far the delivery of a case is, and how often it was written down that it came. */
async function deliveryOf(number: string) {
  const { rows } = await sql<{ state: string; attempts: number; came: number }>`
    SELECT o.state, o.attempts, (SELECT count(*)::int FROM audit_entry a
      WHERE a.subject = c.id::text AND a.action = 'case.delivered') AS came
    FROM cases c JOIN outbox o ON o.case_id = c.id WHERE c.number = ${number}`.execute(database.db);
  assert.equal(rows.length, 1, 'one case, and one delivery of it');
  return rows[0];
}

/** From now on whoever comes there stands still at that moment, for longer than the test needs. */
async function holdAt({ table, at = 'UPDATE', when }: Moment): Promise<void> {
  await sql`CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS
    $$BEGIN PERFORM pg_sleep(50); RETURN coalesce(NEW, OLD); END$$`.execute(database.db);
  await sql`CREATE TRIGGER hold BEFORE ${sql.raw(at)} ON ${sql.table(table)} FOR EACH ROW
    WHEN (${sql.raw(when)}) EXECUTE FUNCTION hold()`.execute(database.db);
}

/** Waits until somebody stands still there. @returns the node that has it */
async function holder(): Promise<Node> {
  let found: Node | undefined;
  await eventually('somebody stands still there', async () => {
    const { rows } = await sql<{ name: Node }>`SELECT application_name AS name FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event = 'PgSleep'`.execute(database.db);
    assert.ok(rows.length < 2, 'one node is at it, not both');
    found = rows[0]?.name;
    return found !== undefined;
  });
  assert.ok(found);
  return found;
}

/** Kills a node, and with it what the database was still about to do for it. */
async function kill(node: Node): Promise<void> {
  await offices.get(node)?.end('SIGKILL');
  offices.delete(node);
  await sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = ${node}`.execute(database.db);
}

/** The time for which the dead node had taken it is over. */
async function leaseEnds(number: string): Promise<void> {
  await sql`UPDATE outbox SET next_at = now() - interval '1 second', taken_until = now() - interval '1 second'
    WHERE case_id = (SELECT id FROM cases WHERE number = ${number})`.execute(database.db);
}

const isDone = (number: string) => async () => (await deliveryOf(number))?.state === 'done';

describe('of two offices on one database', () => {
  beforeEach(async () => {
    // One after the other: who comes first makes the database and the keys.
    for (const node of NODES) if (!offices.has(node)) await open(node);
  });

  for (const [name, moment] of Object.entries(MOMENTS)) {
    it(`one is killed while it brings a case, ${name}: the other goes on when its time is over, and it came once`, async () => {
      await holdAt(moment);
      const number = await handIn('one');
      const dead = await holder();
      const alive = dead === 'one' ? 'two' : 'one';
      const { came } = (await deliveryOf(number)) ?? {};
      await kill(dead);
      await sql`DROP FUNCTION hold CASCADE`.execute(database.db);
      // What comes after it arrives: the other node looks, and leaves alone what was taken.
      const next = await handIn(alive);
      await eventually('the other node delivers', isDone(next));
      assert.deepEqual(await deliveryOf(number), { state: 'waiting', attempts: 1, came });
      await leaseEnds(number);
      await eventually('the other node takes over', isDone(number));
      assert.deepEqual(await deliveryOf(number), { state: 'done', attempts: 2, came: 1 });
      assert.deepEqual(await deliveryOf(next), { state: 'done', attempts: 1, came: 1 });
    });
  }
});

describe('a job of two offices on one database', () => {
  /** The job's row, and whether everything else that an office does when it opens has been done. */
  async function turn(): Promise<{ holder: string; result: string | null; othersDone: boolean }> {
    const { rows } = await sql<{ holder: string; result: string | null; others: number }>`
      SELECT holder, result, (SELECT count(*)::int FROM job WHERE name <> ${JOB} AND lease_until IS NOT NULL) AS others
      FROM job WHERE name = ${JOB}`.execute(database.db);
    const [{ holder = '', result = null, others = 0 } = {}] = rows;
    return { holder, result, othersDone: others === 0 };
  }

  /** Who does what every office does for itself; each that opens comes after the one before. */
  async function lastOpened(): Promise<string | undefined> {
    const { rows } = await sql<{
      holder: string;
    }>`SELECT holder FROM job WHERE name = 'audit anchor'`.execute(database.db);
    return rows[0]?.holder;
  }

  async function opens(node: Node): Promise<void> {
    const before = await lastOpened();
    await open(node);
    await eventually('it has looked for work', async () => (await lastOpened()) !== before);
    await eventually('and done it', async () => (await turn()).othersDone);
  }

  it('is done by one while it lives, and by the next that looks when that one is dead and its time over', async () => {
    for (const node of offices.keys()) await kill(node);
    await sql`DELETE FROM job`.execute(database.db);
    await sql`INSERT INTO handover (token_hash, secret, language, settings, expires_at)
      VALUES ('a', 'b', 'de', '{}', now() - interval '1 hour')`.execute(database.db);
    await holdAt(SWEEPS);
    await opens('one');
    assert.equal(await holder(), 'one');
    const first = (await turn()).holder;
    await opens('two');
    assert.equal(await holder(), 'one', 'the other leaves it alone');
    assert.equal((await turn()).holder, first);
    for (const node of ['one', 'two'] as const) await kill(node);
    await sql`DROP FUNCTION hold CASCADE`.execute(database.db);
    await sql`UPDATE job SET lease_until = now() - interval '1 second' WHERE name = ${JOB}`.execute(
      database.db,
    );
    await opens('two');
    await eventually('the other does it', async () => (await turn()).result === 'done');
    assert.notEqual((await turn()).holder, first);
    const { rows } = await sql`SELECT 1 FROM handover`.execute(database.db);
    assert.equal(rows.length, 0);
  });
});
