import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { type Db, type Tx, type Write, writing } from '#db';
import type { KeyProvider } from '#seal';
import type { SlotAnswer } from '#service';
import { addDays, type Clock, type IsoDate, momentOf } from '#time';
import { createEntitlements, type Entitlements } from './entitlement.ts';
import {
  confirmHeld,
  createSlotFinder,
  deleteExpired,
  type FreeSlot,
  givePlace,
  heldBy,
  holdUnlessTooMuch,
  insertBooking,
  isTooMuch,
  lockHolders,
  SlotLostError,
  type SlotRow,
  swapPlace,
  takePlace,
} from './slots.ts';
import { createOpenDays, goesOn, lastChange, type TourCity, type TourDay, type TourName } from './tours.ts';

export type HoldResult = { ok: true; slot: SlotAnswer } | { ok: false; reason: 'full' | 'unknown' };

export interface BookingOfCase extends TourName {
  slot: SlotAnswer;
  /** From this instant on the date can be neither moved nor given up. */
  changeUntil: Date;
}

/** One tour day as the desk sees it: places taken, and how many of those are only held by somebody choosing right now. */
export interface BookingDay {
  date: IsoDate;
  area: string;
  capacity: number;
  taken: number;
  held: number;
}

export interface Booking {
  /** Writes down the slots of the city's tours up to their horizon; may run on every node, as often as it likes. */
  ensureSlots(): Promise<void>;
  /** @returns the next dates with places left, soonest first; empty for an area without a tour */
  free(calendar: string, area: string, limit: number): Promise<FreeSlot[]>;
  /**
   * Holds a place for a visit until an instant. A visit holds one place: the former one is given back in the same step,
   * and kept when the new one is full. Holding the same slot again prolongs it.
   * Where one client holds a handful already, or half of a day is only held, the place can be chosen but is not kept: it is
   * taken when it is handed in, if there is still one. So nobody takes a month of dates by choosing them.
   * @param tour where the person may book: a slot of another calendar or area is unknown
   * @param client whom to count it for, as a keyed hash; undefined at a terminal of the office, where one person stands at a time
   */
  hold(
    visitId: string,
    slotId: string,
    until: Date,
    tour?: TourName,
    client?: Buffer | undefined,
  ): Promise<HoldResult>;
  /** Hands a hold over to the visit that goes on in its place. The new visit must hold nothing. */
  transfer(fromVisit: string, toVisit: string): Write;
  /** Gives back what the visit holds, if anything. */
  release(visitId: string): Promise<void>;
  /**
   * Makes the visit's held place the case's. A hold that has expired is taken again while there is room.
   * @throws SlotLostError `full` when there is none; `closed` when no tour goes on that day any more
   */
  confirm(tx: Tx, visitId: string, slotId: string, caseId: string): Promise<void>;
  ofCase(caseId: string): Promise<BookingOfCase | undefined>;
  /** @returns which tour a slot belongs to: an address that changes after choosing may have left its area */
  ofSlot(slotId: string): Promise<BookingOfCase | undefined>;
  /** Gives the case's place back; nothing when it has none. */
  cancel(tx: Tx, caseId: string): Promise<void>;
  /**
   * The citizen gives the case's place back; nothing when it has none.
   * @throws SlotLostError `tooLate` after the calendar's last moment for it
   */
  giveUp(tx: Tx, caseId: string): Promise<void>;
  /** Gives the place of a case back that was never handed in, and forgets the booking. */
  discard(tx: Tx, caseId: string): Promise<void>;
  /**
   * Moves a case to another date of the same calendar and area, both or nothing.
   * @throws SlotLostError `full`; `tooLate` after the calendar's last moment for it; `closed` when the new date is not
   * offered (any more); `unknown` when there is no such booking or slot
   */
  move(tx: Tx, caseId: string, newSlotId: string): Promise<SlotAnswer>;
  /** Gives back places whose hold is over. @returns how many */
  freeExpired(): Promise<number>;
  /** @returns the cases of one tour day by area, in the order they were handed in */
  dayList(calendar: string, date: IsoDate): Promise<{ caseId: string; area: string }[]>;
  /** @returns a calendar's days from a week ago on, by date and area */
  days(calendar: string): Promise<BookingDay[]>;
  entitlement: Entitlements;
}

const PAST_DAYS_SHOWN = 7;
const answerOf = (slot: { id: string; date: IsoDate }): SlotAnswer => ({ slot: slot.id, date: slot.date });

/** Inserts missing slots; one whose capacity the city has changed follows, but never below what is taken. */
async function writeSlots(db: Db, days: readonly TourDay[]): Promise<void> {
  if (days.length === 0) return;
  await db
    .insertInto('slot')
    .values(days.map((day) => ({ id: randomUUID(), taken: 0, ...day })))
    .onConflict((conflict) =>
      conflict
        .columns(['calendar', 'area', 'date'])
        .doUpdateSet({ capacity: sql`greatest(excluded.capacity, slot.taken)` })
        .whereRef('slot.capacity', '<>', sql`greatest(excluded.capacity, slot.taken)`),
    )
    .execute();
}

async function confirmedOf(db: Db | Tx, caseId: string) {
  return db
    .selectFrom('booking')
    .innerJoin('slot', 'slot.id', 'booking.slot_id')
    .select(['booking.id as booking', 'slot.id', 'slot.calendar', 'slot.area', 'slot.date'])
    .where('booking.case_id', '=', caseId)
    .where('booking.state', '=', 'confirmed')
    .executeTakeFirst();
}

async function cancelIn(tx: Tx, caseId: string): Promise<void> {
  const cancelled = await tx
    .updateTable('booking')
    .set({ state: 'cancelled' })
    .where('case_id', '=', caseId)
    .where('state', '=', 'confirmed')
    .returning('slot_id')
    .execute();
  for (const { slot_id } of cancelled) await givePlace(tx, slot_id);
}

/**
 * @param deps `city` decides which dates there are, `keys` hash the holders of allowances, `meantStreet` tells what a street
 *   outside the list is known again by
 */
export function createBooking(deps: {
  db: Db;
  city: TourCity;
  clock: Clock;
  keys: Pick<KeyProvider, 'index'>;
  meantStreet?: (street: string) => string;
}): Booking {
  const { db, city, clock } = deps;
  const open = createOpenDays(city, clock);
  const slotOf = createSlotFinder();
  let written: readonly TourDay[] | undefined;
  const ensureSlots = async (): Promise<void> => {
    const days = open.all();
    await writeSlots(db, days);
    written = days;
  };
  const isSettled = (slot: SlotRow): boolean => clock.now() >= lastChange(city, slot);
  const described = (slot: SlotRow): BookingOfCase => ({
    slot: answerOf(slot),
    calendar: slot.calendar,
    area: slot.area,
    changeUntil: lastChange(city, slot),
  });
  const freeExpired = (): Promise<number> => db.transaction().execute((tx) => deleteExpired(tx, clock.now()));

  return {
    ensureSlots,
    freeExpired,
    entitlement: createEntitlements(deps),

    async free(calendar, area, limit) {
      // The horizon moves on at midnight; whoever asks first on a new day writes the new slots.
      if (written !== open.all()) await ensureSlots();
      const dates = open.dates(calendar, area);
      if (dates.length === 0) return [];
      const list = () => listFree(db, { calendar, area, dates, limit, now: clock.now() });
      const first = await list();
      if (!first.expired) return first.slots;
      await freeExpired();
      return (await list()).slots;
    },

    async hold(visitId, slotId, until, tour, client) {
      const slot = await slotOf(db, slotId);
      if (!slot || !open.has(slot) || (tour && !goesOn(slot, tour))) return { ok: false, reason: 'unknown' };
      const now = clock.now();
      const wanted = { visitId, slotId: slot.id, client, until, now };
      const ok = await db.transaction().execute((tx) => holdIn(tx, wanted));
      return ok ? { ok, slot: answerOf(slot) } : { ok, reason: 'full' };
    },

    transfer(fromVisit, toVisit) {
      const does = writing
        .updateTable('booking')
        .set({ visit_id: toVisit })
        .where('visit_id', '=', fromVisit)
        .where('state', '=', 'held');
      return [{ does }];
    },

    async release(visitId) {
      await db.transaction().execute(async (tx) => {
        const held = await heldBy(tx, visitId);
        if (!held) return;
        await tx.deleteFrom('booking').where('id', '=', held.id).execute();
        await givePlace(tx, held.slot_id);
      });
    },

    async confirm(tx, visitId, slotId, caseId) {
      const slot = await slotOf(tx, slotId);
      if (!slot) throw new SlotLostError('unknown');
      // The city may have closed a day after somebody took a place on it.
      if (!open.goes(slot)) throw new SlotLostError('closed');
      if (await confirmHeld(tx, visitId, slot.id, caseId)) return;
      if (!open.has(slot)) throw new SlotLostError('closed');
      const now = clock.now();
      if (!(await takePlace(tx, slot.id, now))) throw new SlotLostError('full');
      await insertBooking(tx, { slotId: slot.id, visitId, caseId, now });
    },

    async ofCase(caseId) {
      const found = await confirmedOf(db, caseId);
      return found && described(found);
    },

    async ofSlot(slotId) {
      const found = await slotOf(db, slotId);
      return found && described(found);
    },

    cancel: cancelIn,

    async giveUp(tx, caseId) {
      const booked = await confirmedOf(tx, caseId);
      if (booked && isSettled(booked)) throw new SlotLostError('tooLate');
      await cancelIn(tx, caseId);
    },

    async discard(tx, caseId) {
      const gone = await tx
        .deleteFrom('booking')
        .where('case_id', '=', caseId)
        .returning(['slot_id', 'state'])
        .execute();
      for (const { slot_id, state } of gone) if (state === 'confirmed') await givePlace(tx, slot_id);
    },

    async move(tx, caseId, newSlotId) {
      await tx.selectFrom('booking').select('id').where('case_id', '=', caseId).forUpdate().execute();
      const old = await confirmedOf(tx, caseId);
      const slot = await slotOf(tx, newSlotId);
      if (!old || !slot || !goesOn(slot, old)) throw new SlotLostError('unknown');
      if (slot.id === old.id) return answerOf(slot);
      if (isSettled(old)) throw new SlotLostError('tooLate');
      if (!open.has(slot)) throw new SlotLostError('closed');
      if (!(await swapPlace(tx, old.id, slot.id, clock.now()))) throw new SlotLostError('full');
      await tx.updateTable('booking').set({ slot_id: slot.id }).where('id', '=', old.booking).execute();
      return answerOf(slot);
    },

    dayList: (calendar, date) =>
      db
        .selectFrom('booking')
        .innerJoin('slot', 'slot.id', 'booking.slot_id')
        .select([sql<string>`booking.case_id`.as('caseId'), 'slot.area'])
        .where('slot.calendar', '=', calendar)
        .where('slot.date', '=', date)
        .where('booking.state', '=', 'confirmed')
        .orderBy('slot.area')
        .orderBy('booking.created_at')
        .execute(),

    days: (calendar) =>
      db
        .selectFrom('slot')
        .select(['date', 'area', 'capacity', 'taken'])
        .select(
          sql<number>`(SELECT count(*)::int FROM booking WHERE slot_id = slot.id AND state = 'held')`.as(
            'held',
          ),
        )
        .where('calendar', '=', calendar)
        .where('date', '>=', addDays(momentOf(clock.now()).today, -PAST_DAYS_SHOWN))
        .orderBy('date')
        .orderBy('area')
        .execute(),
  };
}

/** One query for the usual case; it also tells when expired holds make the numbers too small. */
async function listFree(
  db: Db,
  wanted: { calendar: string; area: string; dates: IsoDate[]; limit: number; now: Date },
): Promise<{ slots: FreeSlot[]; expired: boolean }> {
  const { rows } = await sql<FreeSlot & { expired: boolean }>`
    SELECT id, date, capacity - taken AS left, EXISTS (
      SELECT FROM booking WHERE slot_id = slot.id AND state = 'held' AND held_until <= ${wanted.now}
    ) AS expired
    FROM slot WHERE calendar = ${wanted.calendar} AND area = ${wanted.area} AND date = ANY(${wanted.dates})
    ORDER BY date`.execute(db);
  const slots = rows.filter((row) => row.left > 0).map(({ id, date, left }) => ({ id, date, left }));
  return { slots: slots.slice(0, wanted.limit), expired: rows.some((row) => row.expired) };
}

interface Wanted {
  visitId: string;
  slotId: string;
  client: Buffer | undefined;
  until: Date;
  now: Date;
}

async function holdIn(tx: Tx, wanted: Wanted): Promise<boolean> {
  const { visitId, slotId, client, until, now } = wanted;
  await lockHolders(tx, visitId, client);
  const held = await heldBy(tx, visitId);
  const isKept = held?.slot_id === slotId;
  const isFree =
    isKept || (held ? await swapPlace(tx, held.slot_id, slotId, now) : await takePlace(tx, slotId, now));
  if (!isFree) return false;
  // Only now: with its place taken the slot is locked, and nobody else counts the same places.
  if (!held && client) {
    if (!(await holdUnlessTooMuch(tx, { slotId, visitId, client, until, now }))) await givePlace(tx, slotId);
    return true;
  }
  if (held && !isKept && client && (await isTooMuch(tx, { slotId, visitId, client, now }))) {
    await tx.deleteFrom('booking').where('id', '=', held.id).execute();
    await givePlace(tx, slotId);
    return true;
  }
  if (!held) await insertBooking(tx, wanted);
  else
    await tx
      .updateTable('booking')
      .set({ slot_id: slotId, held_until: until })
      .where('id', '=', held.id)
      .execute();
  return true;
}
