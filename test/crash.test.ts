import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import { verify } from '#audit';
import { createFileKeys } from '#seal';
import { arrive, type Citizen, household } from '#test/citizen';
import type { Answer } from '#test/client';
import { freshDatabase, type TestDatabase } from '#test/database';
import { eventually } from '#test/eventually';
import { type OfficeProcess, startOffice } from '#test/office-process';
import { randomFrom } from '#test/random';

const SERVICE = 'sperrmuell';
const DONE = `/service/${SERVICE}/done`;
/** Each has tours of its own, so that nobody finds a date full. */
const PARTS_OF_THE_CITY = ['76133', '76135', '76149', '76189', '76137', '76227'];
/** How many times the office is killed at a random moment. */
const KILLS = 6;

const data = mkdtempSync(join(tmpdir(), 'amtomat-crash-'));
let database: TestDatabase;
let office: OfficeProcess;
let households = 0;
/** How far the clock of the office is ahead. */
let minutes = 0;

before(async () => {
  database = await freshDatabase();
});
after(async () => {
  await database.drop();
  rmSync(data, { recursive: true, force: true });
});

beforeEach(() => open());
afterEach(() => office.end('SIGKILL'));

/** Each office opens later than the one before, so that it takes up what a dead one had begun. */
async function open(): Promise<void> {
  minutes += 10;
  const env = {
    DATABASE_URL: database.url,
    AMTOMAT_RATE: '0',
    AMTOMAT_LOG: 'error',
    AMTOMAT_CLOCK: `+${minutes}m`,
  };
  office = await startOffice(['--data', data], env);
}

/** A person on the review page, with what they would send. */
interface Waiting {
  person: Citizen;
  fields: Record<string, string>;
}

async function atReview(): Promise<Waiting> {
  households += 1;
  const postcode = PARTS_OF_THE_CITY[households % PARTS_OF_THE_CITY.length] ?? '';
  const home = {
    ...household(households),
    ...{ 'address.street': 'Waldstraße', 'address.postcode': postcode },
  };
  const person = await arrive(office.origin);
  await person.walk(SERVICE, home);
  return { person, fields: Object.fromEntries(person.review(SERVICE).entries) as Record<string, string> };
}

/** Hands in at the office that is open now. @returns undefined when no answer came */
function handIn({ person, fields }: Waiting): Promise<Answer | undefined> {
  const url = `${office.origin}/service/${SERVICE}/review`;
  return person.client.post(url, fields).catch(() => undefined);
}

/** What the person holds. */
async function receiptOf({ person }: Waiting): Promise<string | undefined> {
  const { text } = await person.client.get(`${office.origin}${DONE}`);
  return /data-number="(\d+)"/.exec(text)?.[1];
}

async function numbers(): Promise<string[]> {
  const rows = await database.db.selectFrom('cases').select('number').execute();
  return rows.map(({ number }) => number);
}
const count = async (): Promise<number> => (await numbers()).length;

/** What must hold after any crash: nothing doubled, nothing left over, everything delivered once and written down. */
async function assertSound(people: number): Promise<void> {
  const { db } = database;
  assert.equal(await count(), people, 'one case a person');
  await eventually('everything is delivered', async () => {
    const open = await db.selectFrom('outbox').select('id').where('state', '<>', 'done').execute();
    return open.length === 0;
  });
  const { rows: deliveries } = await sql<{ times: number }>`
    SELECT count(a.seq)::int AS times FROM cases c
    LEFT JOIN audit_entry a ON a.subject = c.id::text AND a.action = 'case.delivered'
    GROUP BY c.id`.execute(db);
  assert.deepEqual(new Set(deliveries.map(({ times }) => times)), new Set([1]));
  const { rows: slots } = await sql`
    SELECT s.id FROM slot s LEFT JOIN booking b ON b.slot_id = s.id AND b.state <> 'cancelled'
    GROUP BY s.id HAVING s.taken <> count(b.id)`.execute(db);
  assert.deepEqual(slots, [], 'every slot counts its bookings');
  const { rows: unbooked } = await sql`
    SELECT id FROM cases WHERE (SELECT count(*) FROM booking WHERE case_id = cases.id AND state = 'confirmed') <> 1
    OR (SELECT count(*) FROM entitlement_use WHERE case_id = cases.id) <> 1
    OR (SELECT count(*) FROM outbox WHERE case_id = cases.id) <> 1`.execute(db);
  assert.deepEqual(unbooked, []);
  const secret = createFileKeys(join(data, 'keys')).secret('audit anchors');
  const record = await verify(db, { file: join(data, 'audit-anchors.log'), secret });
  assert.deepEqual(record.ok, true);
}

/** Holds the office back at a point of its work: a lock on what it needs next. */
async function holdBack(statement: string): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query('BEGIN');
  await client.query(statement);
  return () => client.end();
}

/** Kills the office and with it what the database was still about to do for it. */
async function kill(): Promise<void> {
  await office.end('SIGKILL');
  await sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'`.execute(database.db);
}

/** Waits until the office stands before the lock. */
const stands = () =>
  eventually('the office is held back', async () => {
    const { rows } = await sql`
      SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`.execute(
      database.db,
    );
    return rows.length > 0;
  });

describe('an office that is killed while somebody hands in', () => {
  it('before the commit: nothing was handed in, and the same page hands in once', async () => {
    const waiting = await atReview();
    const before = await count();
    const letGo = await holdBack('SELECT * FROM audit_head FOR UPDATE');
    const answer = handIn(waiting);
    await stands();
    await kill();
    await letGo();
    assert.equal(await answer, undefined);
    await eventually('its transaction is gone', async () => (await count()) === before);
    await open();
    assert.equal(await receiptOf(waiting), undefined);
    assert.equal((await handIn(waiting))?.headers.get('location'), DONE);
    await assertSound(before + 1);
  });

  it('after the commit, before the answer: the same page gives the receipt of that case', async () => {
    const waiting = await atReview();
    const known = await numbers();
    const before = known.length;
    // Handing in only looks whether the visit is still there; what comes after the commit writes to it.
    const letGo = await holdBack('SELECT * FROM visit FOR NO KEY UPDATE');
    const answer = handIn(waiting);
    await eventually('the case is written', async () => (await count()) === before + 1);
    await stands();
    await kill();
    await letGo();
    assert.equal(await answer, undefined);
    await open();
    assert.equal((await handIn(waiting))?.headers.get('location'), DONE);
    const [written] = (await numbers()).filter((number) => !known.includes(number));
    assert.equal(await receiptOf(waiting), written);
    await assertSound(before + 1);
  });

  it('during the delivery: the next office delivers, once', async () => {
    const waiting = await atReview();
    const before = await count();
    await sql`CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS
      $$BEGIN PERFORM pg_advisory_xact_lock(1); RETURN NEW; END$$`.execute(database.db);
    await sql`CREATE TRIGGER wait BEFORE INSERT ON audit_entry FOR EACH ROW
      WHEN (NEW.action = 'case.delivered') EXECUTE FUNCTION wait()`.execute(database.db);
    const letGo = await holdBack('SELECT pg_advisory_xact_lock(1)');
    assert.equal((await handIn(waiting))?.status, 303);
    await stands();
    await kill();
    await letGo();
    await sql`DROP FUNCTION wait CASCADE`.execute(database.db);
    await open();
    await assertSound(before + 1);
  });
});

describe('an office that is killed at any moment', () => {
  it('keeps what it has acknowledged, once', async (test) => {
    const seed = process.env.AMTOMAT_SEED ?? String(randomInt(1_000_000));
    test.diagnostic(`AMTOMAT_SEED=${seed}`);
    const random = randomFrom(Number(seed));
    const before = await count();
    let people = 0;
    let acknowledged = 0;
    let kills = 0;
    while (kills < KILLS) {
      const group = await Promise.all(Array.from({ length: 5 }, atReview));
      people += group.length;
      const answers = group.map(handIn);
      // Mostly early, but on a slow machine late enough too.
      await pause(random() ** 2 * 300);
      await office.end('SIGKILL');
      kills += 1;
      const came = await Promise.all(answers);
      await open();
      for (const [index, waiting] of group.entries()) {
        const held = await receiptOf(waiting);
        const told = came[index]?.headers.get('location') === DONE;
        if (told) acknowledged += 1;
        assert.ok(!told || held !== undefined, 'who was told so finds the receipt');
        assert.equal((await handIn(waiting))?.headers.get('location'), DONE);
        const holds = await receiptOf(waiting);
        assert.ok(holds !== undefined && (held === undefined || held === holds), 'the same receipt again');
      }
    }
    test.diagnostic(`${kills} kills, ${acknowledged} of ${people} hand-ins were answered before`);
    await office.end('SIGKILL');
    await open();
    await assertSound(before + people);
  });
});
