import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, afterEach, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { freshDatabase, type TestDatabase } from '#test/database';
import {
  type Left,
  leftAtOffice,
  lineOf,
  MOST_IDLE_LOOKS,
  unread,
  untilNothingWaits,
} from '../bench/faults/left.ts';

const NOW = new Date('2026-11-30T09:00:00Z');
const inSeconds = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1_000);

let database: TestDatabase;
before(async () => {
  database = await freshDatabase();
});
afterEach(async () => {
  await sql`TRUNCATE cases, outbox, delivery_lane, payment, fit_connect_submission CASCADE`.execute(
    database.db,
  );
});
after(() => database.drop());

interface Delivery {
  state: 'waiting' | 'done' | 'parked';
  attempts?: number;
  next?: Date;
  taken?: Date;
  error?: string;
  came?: boolean;
}

/** A case on its way. @returns its id */
async function put(number: string, one: Delivery): Promise<string> {
  const { db } = database;
  const id = randomUUID();
  await sql`INSERT INTO cases (id, number, service, service_version, office, site, language, state, access_hash,
    submission_key, created_at, updated_at, delivered_at) VALUES (${id}, ${number}, 's', 1, 'o', 's', 'de', 'new', '',
    ${id}, ${NOW}, ${NOW}, ${one.came ? NOW : null})`.execute(db);
  await sql`INSERT INTO outbox (id, case_id, channel, destination, state, attempts, next_at, last_error, created_at,
    taken_until) VALUES (${randomUUID()}, ${id}, 'fit-connect', 'bfj', ${one.state}, ${one.attempts ?? 0},
    ${one.next ?? NOW}, ${one.error ?? null}, ${NOW}, ${one.taken ?? null})`.execute(db);
  return id;
}

const waitingLines = async (): Promise<string[]> => (await leftAtOffice(database.db, NOW)).waits.map(lineOf);

describe('what a campaign of faults waits for', () => {
  it('is told of each delivery: under way, when it is tried again, and that its receiver is left alone', async () => {
    await put('1', { state: 'waiting', attempts: 1, next: inSeconds(40), taken: inSeconds(40) });
    assert.deepEqual(await waitingLines(), [
      'case 1 to fit-connect bfj: attempt 1 is under way, or its office was killed; free in 40 s',
    ]);
    await sql`UPDATE outbox SET attempts = 3, taken_until = NULL, last_error = 'unreachable'`.execute(
      database.db,
    );
    await sql`INSERT INTO delivery_lane VALUES ('fit-connect', 'bfj', 3, ${inSeconds(20)})`.execute(
      database.db,
    );
    assert.deepEqual(await waitingLines(), [
      'case 1 to fit-connect bfj: tried 3 times (unreachable), again in 40 s; its receiver is left alone for 20 s',
    ]);
  });

  it('is nothing that came, and what was given up or forgotten stands', async () => {
    await put('1', { state: 'done', came: true });
    assert.deepEqual(await leftAtOffice(database.db, NOW), { waits: [], stands: [] });
    await put('2', { state: 'parked', error: 'refused-422' });
    await put('3', { state: 'done' });
    const { waits, stands } = await leftAtOffice(database.db, NOW);
    assert.deepEqual(waits, []);
    assert.deepEqual(stands.map(({ number }) => number).sort(), ['2', '3']);
  });

  it('is also what the authority was sent and has not looked at, although the office is done with it', async () => {
    const id = await put('1', { state: 'done', came: true });
    const [read, waits, never] = [randomUUID(), randomUUID(), randomUUID()];
    await sql`INSERT INTO fit_connect_submission (idempotency_key, case_id, state, submission_id, attachments, sent_tags,
      refused, created_at, updated_at) VALUES (${randomUUID()}, ${id}, 'submitted', ${waits}, '[]', '{}', '[]', ${NOW},
      ${NOW})`.execute(database.db);
    const found = await unread(database.db, [
      { id: read, state: 'accepted' },
      { id: waits, state: 'submitted' },
      { id: never, state: 'incomplete' },
    ]);
    assert.deepEqual(
      found.map(({ number }) => number),
      ['1'],
    );
  });
});

describe('waiting for the end of a campaign', () => {
  const waiting = (...names: string[]): Left => ({
    waits: names.map((what) => ({ what, number: what, why: 'it is tried again' })),
    stands: [],
  });
  /** Looks that find one after the other, and the last of them again and again. */
  function looks(...found: readonly Left[]) {
    let count = 0;
    const look = async (): Promise<Left> => found[Math.min(count++, found.length - 1)] ?? waiting();
    return { look, count: () => count };
  }
  const pause = async (): Promise<void> => {};

  it('goes on until nothing waits, and says for what it waits', async () => {
    const said: string[] = [];
    const { look, count } = looks(waiting('1', '2'), waiting('2'), waiting());
    assert.deepEqual(await untilNothingWaits(look, pause, (line) => said.push(line)), waiting());
    assert.equal(count(), 3);
    assert.match(said.join('\n'), /waits for 2\n {4}1: it is tried again\n {4}2: /);
  });

  it('does not wait for what stands', async () => {
    const { look, count } = looks({ waits: [], stands: waiting('1').waits });
    assert.equal((await untilNothingWaits(look, pause, () => {})).stands.length, 1);
    assert.equal(count(), 1);
  });

  it('has patience anew whenever something comes to its end, and ends when nothing does', async () => {
    const slow = Array.from({ length: MOST_IDLE_LOOKS }, () => waiting('1', '2'));
    const { look, count } = looks(...slow, waiting('2'));
    assert.deepEqual(await untilNothingWaits(look, pause, () => {}), waiting('2'));
    assert.ok(count() > 2 * MOST_IDLE_LOOKS - 2 && count() < 2 * MOST_IDLE_LOOKS + 2);
  });
});
