/** Any history of holding, waiting, handing in, cancelling and moving, against a model that fits on a screen. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { AREA, type BookingOffice, CALENDAR, MONDAY, openBookingOffice, wednesdays } from '#test/booking';
import { SlotLostError } from './index.ts';

const CAPACITY = 2;
const VISITS = 5;
const HOLD_MINUTES = 15;

type Step =
  | { do: 'hold' | 'confirm'; visit: number; slot: number }
  | { do: 'release'; visit: number }
  | { do: 'wait'; minutes: number }
  | { do: 'free' }
  | { do: 'cancel'; case: number }
  | { do: 'move'; case: number; slot: number };

const visit = fc.nat(VISITS - 1);
const slot = fc.nat(2);
const anyCase = fc.nat(6);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('hold' as const), visit, slot }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('confirm' as const), visit, slot }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('release' as const), visit }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 20 }) }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'free' as const }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel' as const), case: anyCase }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('move' as const), case: anyCase, slot }) },
);

let office: BookingOffice;
before(async () => {
  office = await openBookingOffice([wednesdays(CAPACITY)]);
});
after(() => office.drop());

/** What the rules say must happen, in plain arrays. */
interface Model {
  now: number;
  holds: { visit: number; slot: number; until: number }[];
  cases: { id: string; slot: number | undefined }[];
}

const live = (model: Model, slotIndex: number): number =>
  model.holds.filter((hold) => hold.slot === slotIndex && hold.until > model.now).length +
  model.cases.filter((one) => one.slot === slotIndex).length;

/** Asking for a place in a slot that looks full ends the expired holds there. */
function makeRoom(model: Model, slotIndex: number): void {
  const inSlot = [...model.holds, ...model.cases].filter((place) => place.slot === slotIndex);
  if (inSlot.length < CAPACITY) return;
  model.holds = model.holds.filter((hold) => hold.slot !== slotIndex || hold.until > model.now);
}

/** @returns whether the call was refused because the slot is gone */
async function lost(call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return false;
  } catch (error) {
    if (error instanceof SlotLostError) return true;
    throw error;
  }
}

async function play(one: Step, model: Model, slots: string[], visits: string[]): Promise<void> {
  const { booking, db } = office;
  const inTx = <T>(work: Parameters<ReturnType<typeof db.transaction>['execute']>[0]): Promise<T> =>
    db.transaction().execute(work) as Promise<T>;
  switch (one.do) {
    case 'hold': {
      const own = model.holds.find((hold) => hold.visit === one.visit);
      const room = own?.slot === one.slot || live(model, one.slot) < CAPACITY;
      if (own?.slot !== one.slot) makeRoom(model, one.slot);
      const until = model.now + HOLD_MINUTES;
      const result = await booking.hold(
        visits[one.visit] ?? '',
        slots[one.slot] ?? '',
        office.time.after(HOLD_MINUTES),
      );
      assert.equal(result.ok, room, 'a place is given exactly when one is free');
      if (room)
        model.holds = [
          ...model.holds.filter((hold) => hold !== own),
          { visit: one.visit, slot: one.slot, until },
        ];
      return;
    }
    case 'confirm': {
      const own = model.holds.find((hold) => hold.visit === one.visit && hold.slot === one.slot);
      const room = own !== undefined || live(model, one.slot) < CAPACITY;
      if (own === undefined) makeRoom(model, one.slot);
      const id = await office.newCase();
      const gone = await lost(
        inTx((tx) => booking.confirm(tx, visits[one.visit] ?? '', slots[one.slot] ?? '', id)),
      );
      assert.equal(gone, !room, 'handing in gets the place it held, or one that is free');
      if (!room) return;
      model.holds = model.holds.filter((hold) => hold !== own);
      model.cases.push({ id, slot: one.slot });
      return;
    }
    case 'release':
      await booking.release(visits[one.visit] ?? '');
      model.holds = model.holds.filter((hold) => hold.visit !== one.visit);
      return;
    case 'wait':
      model.now += one.minutes;
      office.time.set(office.time.after(one.minutes));
      return;
    case 'free':
      await booking.freeExpired();
      model.holds = model.holds.filter((hold) => hold.until > model.now);
      return;
    case 'cancel': {
      const target = model.cases[one.case];
      if (!target) return;
      await inTx((tx) => booking.cancel(tx, target.id));
      target.slot = undefined;
      return;
    }
    case 'move': {
      const target = model.cases[one.case];
      if (!target) return;
      const room = target.slot === one.slot || live(model, one.slot) < CAPACITY;
      if (target.slot !== undefined && target.slot !== one.slot) makeRoom(model, one.slot);
      const gone = await lost(inTx((tx) => booking.move(tx, target.id, slots[one.slot] ?? '')));
      assert.equal(gone, target.slot === undefined || !room, 'moving needs a booking and a free place');
      if (!gone) target.slot = one.slot;
    }
  }
}

test('taken is always held plus confirmed and never more than the capacity, whatever people do', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      await office.db.deleteFrom('booking').execute();
      await office.db.updateTable('slot').set({ taken: 0 }).execute();
      office.time.set(MONDAY);
      const slots = (await office.booking.free(CALENDAR, AREA, 3)).map((free) => free.id);
      const visits = Array.from({ length: VISITS }, () => randomUUID());
      const model: Model = { now: 0, holds: [], cases: [] };
      for (const one of steps) {
        await play(one, model, slots, visits);
        for (const [index, counts] of (await office.counts()).entries()) {
          assert.equal(counts.taken, counts.held + counts.confirmed);
          assert.ok(counts.taken <= counts.capacity);
          assert.equal(counts.confirmed, model.cases.filter((known) => known.slot === index).length);
        }
      }
      const left = await office.booking.free(CALENDAR, AREA, 3);
      for (const [index, id] of slots.entries())
        assert.equal(left.find((free) => free.id === id)?.left ?? 0, CAPACITY - live(model, index));
    }),
    { numRuns: 25 },
  );
});

test('the same holds when everything happens at once', async () => {
  await office.db.deleteFrom('booking').execute();
  await office.db.updateTable('slot').set({ taken: 0 }).execute();
  office.time.set(MONDAY);
  const { booking, db } = office;
  const slots = (await booking.free(CALENDAR, AREA, 3)).map((free) => free.id);
  const cases = await Promise.all(Array.from({ length: 20 }, () => office.newCase()));
  const person = async (caseId: string, index: number): Promise<void> => {
    const visitId = randomUUID();
    const first = slots[index % 3] ?? '';
    const second = slots[(index + 1) % 3] ?? '';
    // Every third hold is over at once, so that expiry runs against holding and handing in.
    const until = office.time.after(index % 3 === 0 ? 0 : HOLD_MINUTES);
    await booking.hold(visitId, first, until);
    await booking.hold(visitId, second, until);
    const tx = <T>(work: (tx: Parameters<typeof booking.cancel>[0]) => Promise<T>) =>
      lost(db.transaction().execute(work));
    const gone = await tx((inside) => booking.confirm(inside, visitId, second, caseId));
    if (gone) return booking.release(visitId);
    await tx((inside) => booking.move(inside, caseId, first));
    if (index % 2 === 0) await tx((inside) => booking.cancel(inside, caseId));
  };
  await Promise.all(cases.map(person));
  for (const counts of await office.counts()) {
    assert.equal(counts.taken, counts.held + counts.confirmed);
    assert.ok(counts.taken <= CAPACITY);
  }
});
