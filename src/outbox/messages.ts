import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { type Db, isUuid, type Tx, type Write, writing } from '#db';
import { isFree, type Lane } from './lanes.ts';

/** While it runs, nobody else takes the message; after it, the worker counts as dead. */
const LEASE_MS = 60_000;

/** A message taken for one attempt. */
export interface Claimed extends Lane {
  id: string;
  caseId: string;
  /** This attempt's number, from 1; also guards against a worker that comes back after its lease. */
  attempt: number;
}

export interface Parked {
  id: string;
  caseId: string;
  channel: string;
  attempts: number;
  lastError: string | null;
  createdAt: Date;
}

/** A message to a lane. Its id is its idempotency key. */
export function message(caseId: string, lane: Lane, at: Date): Write {
  const does = writing.insertInto('outbox').values({
    id: randomUUID(),
    case_id: caseId,
    ...lane,
    state: 'waiting',
    attempts: 0,
    next_at: at,
    last_error: null,
    created_at: at,
    done_at: null,
    taken_until: null,
  });
  return [{ does }];
}

/**
 * Takes messages of a lane that are due, oldest first; several office nodes can do so at once. Messages of one case on
 * one channel are taken in order: a later one waits for the earlier, also for a parked one.
 */
export async function claim(db: Db | Tx, lane: Lane, at: Date, most: number): Promise<Claimed[]> {
  const leased = new Date(at.getTime() + LEASE_MS);
  const { rows } = await sql<{ id: string; case_id: string; attempts: number }>`
    UPDATE outbox SET attempts = attempts + 1, next_at = ${leased}, taken_until = ${leased} WHERE id IN (
      SELECT id FROM outbox mine
      WHERE state = 'waiting' AND next_at <= ${at} AND channel = ${lane.channel} AND destination = ${lane.destination}
        AND NOT EXISTS (SELECT FROM outbox earlier WHERE earlier.case_id = mine.case_id
          AND earlier.channel = mine.channel AND earlier.state <> 'done'
          AND (earlier.created_at, earlier.id) < (mine.created_at, mine.id))
      ORDER BY next_at, created_at, id LIMIT ${most} FOR UPDATE SKIP LOCKED)
    RETURNING id, case_id, attempts`.execute(db);
  return rows.map((row) => ({ ...lane, id: row.id, caseId: row.case_id, attempt: row.attempts }));
}

/** Takes one message of a lane that leads outside, unless one is under way there on any node, or its receiver is away. */
export async function claimOne(db: Db, lane: Lane, at: Date): Promise<Claimed[]> {
  return db.transaction().execute(async (tx) => ((await isFree(tx, lane, at)) ? claim(tx, lane, at, 1) : []));
}

/** Says that the attempt is still under way. */
export async function renew(db: Db, taken: Claimed, at: Date): Promise<void> {
  const leased = new Date(at.getTime() + LEASE_MS);
  await db
    .updateTable('outbox')
    .set({ next_at: leased, taken_until: leased })
    .where('id', '=', taken.id)
    .where('state', '=', 'waiting')
    .where('attempts', '=', taken.attempt)
    .execute();
}

type Outcome =
  | { state: 'done'; at: Date }
  | { state: 'waiting'; next: Date; error: string }
  | { state: 'parked'; error: string };

/** Writes down how an attempt ended, unless the message has been taken again since. */
export async function writeEnd(db: Db, taken: Claimed, outcome: Outcome): Promise<void> {
  await db
    .updateTable('outbox')
    .set({
      state: outcome.state,
      taken_until: null,
      last_error: outcome.state === 'done' ? null : outcome.error,
      ...(outcome.state === 'done' ? { done_at: outcome.at } : {}),
      ...(outcome.state === 'waiting' ? { next_at: outcome.next } : {}),
    })
    .where('id', '=', taken.id)
    .where('state', '=', 'waiting')
    .where('attempts', '=', taken.attempt)
    .execute();
}

/** @returns messages that were given up, oldest first: somebody must look at them */
export async function listParked(db: Db): Promise<Parked[]> {
  return db
    .selectFrom('outbox')
    .select([
      'id',
      'case_id as caseId',
      'channel',
      'attempts',
      'last_error as lastError',
      'created_at as createdAt',
    ])
    .where('state', '=', 'parked')
    .orderBy('created_at')
    .limit(200)
    .execute();
}

/** Gives up for good what stands still of a case. @returns whether there was anything */
export async function abandon(tx: Tx, caseId: string, at: Date): Promise<boolean> {
  const result = await tx
    .updateTable('outbox')
    .set({ state: 'done', done_at: at })
    .where('case_id', '=', caseId)
    .where('state', '=', 'parked')
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** @returns the case that a message brings, also when it has arrived */
export async function caseOf(db: Db, id: string): Promise<string | undefined> {
  if (!isUuid(id)) return undefined;
  const row = await db.selectFrom('outbox').select('case_id').where('id', '=', id).executeTakeFirst();
  return row?.case_id;
}

/** @returns whether there was such a parked message */
export async function unpark(db: Db | Tx, id: string, at: Date): Promise<boolean> {
  const result = await db
    .updateTable('outbox')
    .set({ state: 'waiting', attempts: 0, next_at: at })
    .where('id', '=', id)
    .where('state', '=', 'parked')
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}
