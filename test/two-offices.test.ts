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

/** Where a delivery is held: before a change of such a row. */
interface Moment {
  table: string;
  when: string;
}

const MOMENTS: Readonly<Record<string, Moment>> = {
  'before the case came': {
    table: 'cases',
    when: 'OLD.delivered_at IS NULL AND NEW.delivered_at IS NOT NULL',
  },
  'after the case came, before that was written down': { table: 'outbox', when: "NEW.state = 'done'" },
};

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
beforeEach(async () => {
  // One after the other: who comes first makes the database and the keys.
  for (const node of NODES) if (!offices.has(node)) await open(node);
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

/** From now on a delivery stands still at that moment, for longer than the test needs. */
async function holdAt({ table, when }: Moment): Promise<void> {
  await sql`CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS
    $$BEGIN PERFORM pg_sleep(50); RETURN NEW; END$$`.execute(database.db);
  await sql`CREATE TRIGGER hold BEFORE UPDATE ON ${sql.table(table)} FOR EACH ROW
    WHEN (${sql.raw(when)}) EXECUTE FUNCTION hold()`.execute(database.db);
}

/** Waits until a delivery stands still. @returns the node that has it */
async function holder(): Promise<Node> {
  let found: Node | undefined;
  await eventually('a delivery stands still', async () => {
    const { rows } = await sql<{ name: Node }>`SELECT application_name AS name FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event = 'PgSleep'`.execute(database.db);
    assert.ok(rows.length < 2, 'one node brings it, not both');
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
