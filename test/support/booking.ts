/** A booking office for tests: one area with few places, a clock that tests move, and cases to book for. */
import { randomUUID } from 'node:crypto';
import { type Booking, createBooking, type Tour, type TourCity } from '#booking';
import { meantStreetOf } from '#city';
import { freshDatabase, type TestDatabase } from '#test/database';

export const CALENDAR = 'sperrmuell';
export const AREA = 'mitte';

/** Monday, 23 November 2026, 10:00 in Karlsruhe. */
export const MONDAY = '2026-11-23T09:00:00Z';

/** Tours of every Wednesday; with lead 2 and horizon 16 the first three are 2, 9 and 16 days after {@link MONDAY}. */
export const wednesdays = (capacity: number, more: Partial<Tour> = {}): Tour => ({
  calendar: CALENDAR,
  area: AREA,
  weekday: 3,
  capacity,
  leadDays: 2,
  horizonDays: 16,
  changeUntil: { days: 1, time: '12:00' },
  ...more,
});

export interface BookingOffice extends TestDatabase {
  booking: Booking;
  /** Another node of the same office: same database, memory of its own. */
  anotherNode(city?: TourCity): Booking;
  time: { set(instant: string | Date): void; after(minutes: number): Date };
  /** @returns the id of a fresh case without content */
  newCase(): Promise<string>;
  /** @returns capacity and taken of every slot, and its held and confirmed bookings, by date */
  counts(): Promise<{ date: string; capacity: number; taken: number; held: number; confirmed: number }[]>;
}

const meantStreet = meantStreetOf({ streets: ['Am Dreispitz', 'Gerwigstraße', 'Im Grund', 'Am Grund'] });

/** Keyed hashes that are good enough to be compared. */
const keys = {
  index: (purpose: string, value: string): Buffer => Buffer.from(`${purpose}|${value}`),
};

export async function openBookingOffice(tours: readonly Tour[], connections = 10): Promise<BookingOffice> {
  const database = await freshDatabase(connections);
  const { db } = database;
  let now = new Date(MONDAY);
  const clock = { now: () => new Date(now) };
  const anotherNode = (city: TourCity = { tours, closedFor: () => undefined }): Booking =>
    createBooking({ db, city, clock, keys, meantStreet });
  return {
    ...database,
    booking: anotherNode(),
    anotherNode,
    time: {
      set: (instant) => {
        now = new Date(instant);
      },
      after: (minutes) => new Date(now.getTime() + minutes * 60_000),
    },
    async newCase() {
      const id = randomUUID();
      await db
        .insertInto('cases')
        .values({
          id,
          number: id,
          service: 'sperrmuell',
          service_version: 1,
          office: 'tsk',
          site: 'rathaus',
          language: 'de',
          state: 'new',
          assigned_to: null,
          key_id: null,
          wrapped_key: null,
          content: null,
          access_hash: Buffer.alloc(32),
          submission_key: randomUUID(),
          created_at: clock.now(),
          updated_at: clock.now(),
          delivered_at: null,
          closed_at: null,
          retain_from: 'closed',
          retain_days: 90,
          destroy_at: null,
          version: 1,
        })
        .execute();
      return id;
    },
    async counts() {
      const slots = await db
        .selectFrom('slot')
        .select(['id', 'date', 'capacity', 'taken'])
        .orderBy('date')
        .execute();
      const bookings = await db.selectFrom('booking').select(['slot_id', 'state']).execute();
      const count = (slot: string, state: string): number =>
        bookings.filter((row) => row.slot_id === slot && row.state === state).length;
      return slots.map(({ id, ...slot }) => ({
        ...slot,
        held: count(id, 'held'),
        confirmed: count(id, 'confirmed'),
      }));
    },
  };
}
