/**
 * Places in slots, as SQL. Two rules keep them right: `taken` of a slot is always the number of its held and confirmed
 * bookings, and rows are locked in the order visit, client, booking, slots by id, so that nobody waits in a circle.
 */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { type Db, isUuid, type Tx } from '#db';
import type { IsoDate } from '#time';

/** A date with places left, as offered to a citizen. */
export interface FreeSlot {
  id: string;
  date: IsoDate;
  left: number;
}

/**
 * Why a place cannot be had: others have it, there is none of that name, no tour goes on that day (any more), or what is
 * booked stays as it is by now.
 */
export type SlotLoss = 'full' | 'unknown' | 'closed' | 'tooLate';

/** The place somebody wanted is gone; nothing was changed by the call that throws this. */
export class SlotLostError extends Error {
  readonly reason: SlotLoss;
  constructor(reason: SlotLoss) {
    super(`the slot cannot be booked: ${reason}`);
    this.name = 'SlotLostError';
    this.reason = reason;
  }
}

export interface SlotRow {
  id: string;
  calendar: string;
  area: string;
  date: IsoDate;
}

/**
 * Finds slots by id. What a slot is never changes, only how full it is, so each is asked for once.
 * @returns a function that gives the slot, or undefined when the id (which comes from a form) names none; inside a
 * transaction it must be given that, because waiting for a second connection there could wait for ever
 */
export function createSlotFinder(): (db: Db | Tx, slotId: string) => Promise<SlotRow | undefined> {
  const known = new Map<string, SlotRow>();
  return async (db, slotId) => {
    if (!isUuid(slotId)) return undefined;
    const id = slotId.toLowerCase();
    const found = known.get(id) ?? (await findSlot(db, id));
    if (found) known.set(id, found);
    return found;
  };
}

function findSlot(db: Db | Tx, slotId: string): Promise<SlotRow | undefined> {
  return db
    .selectFrom('slot')
    .select(['id', 'calendar', 'area', 'date'])
    .where('id', '=', slotId)
    .executeTakeFirst();
}

/**
 * Everything that changes what one visit holds goes through here one after the other: two tabs, a double tap; and so does, after
 * that, what one client holds in all its visits.
 */
export async function lockHolders(tx: Tx, visitId: string, client: Buffer | undefined): Promise<void> {
  const names = [`booking of visit ${visitId}`];
  if (client) names.push(`bookings of client ${client.toString('hex')}`);
  const locks = names.map((name) => sql`pg_advisory_xact_lock(hashtextextended(${name}, 0))`);
  await sql`SELECT ${sql.join(locks)}`.execute(tx);
}

/** So many places one client may hold at once: a family, a shared line. */
const MOST_OF_A_CLIENT = 5;

/** A place that one visit wants to hold, and whom to count it for. */
export interface Hold {
  slotId: string;
  visitId: string;
  client: Buffer;
  now: Date;
}

/**
 * Slots where holding one more would not let people who do not hand in take what others need: more than a handful of one client,
 * or more than half of a day. Both slot and client must be locked. What this visit holds itself does not count.
 */
const withRoom = ({ slotId, visitId, client, now }: Hold) => sql`
  FROM slot WHERE id = ${slotId}
    AND (SELECT count(*) FROM booking WHERE slot_id = slot.id AND state = 'held' AND client IS NOT NULL
      AND held_until > ${now} AND visit_id <> ${visitId}) < greatest(1, capacity / 2)
    AND (SELECT count(*) FROM booking WHERE client = ${client} AND state = 'held'
      AND held_until > ${now} AND visit_id <> ${visitId}) < ${MOST_OF_A_CLIENT}`;

/** @returns whether it would be too much to hold this one more */
export async function isTooMuch(tx: Tx, wanted: Hold): Promise<boolean> {
  const { rows } = await sql`SELECT ${withRoom(wanted)}`.execute(tx);
  return rows.length === 0;
}

/** Holds a place that was taken with {@link takePlace}. @returns false when it would be too much: nothing is written then */
export async function holdUnlessTooMuch(tx: Tx, wanted: Hold & { until: Date }): Promise<boolean> {
  const { visitId, client, until, now } = wanted;
  const { rows } = await sql`
    INSERT INTO booking (id, slot_id, state, visit_id, held_until, client, created_at)
    SELECT ${randomUUID()}::uuid, id, 'held', ${visitId}::uuid, ${until}::timestamptz, ${client}::bytea,
      ${now}::timestamptz ${withRoom(wanted)} RETURNING id`.execute(tx);
  return rows.length > 0;
}

/** Locks slots in one order for everybody. */
async function lockSlots(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.selectFrom('slot').select('id').where('id', 'in', ids).orderBy('id').forUpdate().execute();
}

async function increase(tx: Tx, slotId: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('slot')
    .set({ taken: sql`taken + 1` })
    .where('id', '=', slotId)
    .whereRef('taken', '<', 'capacity')
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

/**
 * Takes one place, if need be one whose hold has expired.
 * @returns false when every place is held or confirmed
 */
export async function takePlace(tx: Tx, slotId: string, now: Date): Promise<boolean> {
  if (await increase(tx, slotId)) return true;
  return (await deleteExpired(tx, now, slotId)) > 0 && increase(tx, slotId);
}

/** Gives so many places back. */
export async function givePlace(tx: Tx, slotId: string, places = 1): Promise<void> {
  await tx
    .updateTable('slot')
    .set({ taken: sql`taken - ${places}` })
    .where('id', '=', slotId)
    .execute();
}

/** Takes a place in one slot and gives back one in another, both or nothing. @returns false when the first is full */
export async function swapPlace(tx: Tx, from: string, to: string, now: Date): Promise<boolean> {
  await lockSlots(tx, [from, to]);
  if (!(await takePlace(tx, to, now))) return false;
  await givePlace(tx, from);
  return true;
}

/**
 * Ends holds whose time is over. A row that somebody else works on right now is left to them.
 * @param slotId only in this slot
 * @returns how many places became free
 */
export async function deleteExpired(tx: Tx, now: Date, slotId?: string): Promise<number> {
  const expired = await tx
    .selectFrom('booking')
    .select(['id', 'slot_id'])
    .where('state', '=', 'held')
    .where('held_until', '<=', now)
    .$if(slotId !== undefined, (query) => query.where('slot_id', '=', slotId as string))
    .forUpdate()
    .skipLocked()
    .execute();
  if (expired.length === 0) return 0;
  const ids = expired.map((row) => row.id);
  await tx.deleteFrom('booking').where('id', 'in', ids).execute();
  const bySlot = Map.groupBy(expired, (row) => row.slot_id);
  for (const slot of [...bySlot.keys()].sort()) await givePlace(tx, slot, bySlot.get(slot)?.length ?? 0);
  return expired.length;
}

/** The hold of a visit, locked. */
export async function heldBy(tx: Tx, visitId: string): Promise<{ id: string; slot_id: string } | undefined> {
  return tx
    .selectFrom('booking')
    .select(['id', 'slot_id'])
    .where('visit_id', '=', visitId)
    .where('state', '=', 'held')
    .forUpdate()
    .executeTakeFirst();
}

/**
 * The usual case of handing in: what the visit holds becomes the case's.
 * @returns false when the visit does not hold this slot (any more)
 */
export async function confirmHeld(tx: Tx, visitId: string, slotId: string, caseId: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('booking')
    .set({ state: 'confirmed', case_id: caseId, held_until: null, client: null })
    .where('visit_id', '=', visitId)
    .where('slot_id', '=', slotId)
    .where('state', '=', 'held')
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

/** Writes down a place that was taken with {@link takePlace}: held for a visit, or confirmed for a case. */
export async function insertBooking(
  tx: Tx,
  place: { slotId: string; visitId: string; now: Date } & (
    | { until: Date; client: Buffer | undefined }
    | { caseId: string }
  ),
): Promise<void> {
  const held = 'until' in place;
  await tx
    .insertInto('booking')
    .values({
      id: randomUUID(),
      slot_id: place.slotId,
      state: held ? 'held' : 'confirmed',
      visit_id: place.visitId,
      case_id: held ? null : place.caseId,
      held_until: held ? place.until : null,
      client: held ? (place.client ?? null) : null,
      created_at: place.now,
    })
    .execute();
}
