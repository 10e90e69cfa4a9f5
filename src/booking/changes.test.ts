import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { AREA, CALENDAR, openBookingOffice, wednesdays } from '#test/booking';
import { SlotLostError } from './index.ts';

const HOLD_MINUTES = 15;

/** An office whose first Wednesday is booked by a case, with the ids of the three Wednesdays. */
async function officeWithBooking(capacity: number) {
  const office = await openBookingOffice([wednesdays(capacity), wednesdays(1, { area: 'nord' })]);
  const { booking, db } = office;
  const slots = (await booking.free(CALENDAR, AREA, 3)).map((slot) => slot.id);
  const [north] = await booking.free(CALENDAR, 'nord', 1);
  const caseId = await office.newCase();
  await db.transaction().execute((tx) => booking.confirm(tx, randomUUID(), slots[0] ?? '', caseId));
  const move = (slot: string | undefined) =>
    db.transaction().execute((tx) => booking.move(tx, caseId, slot ?? ''));
  const cancel = () => db.transaction().execute((tx) => booking.cancel(tx, caseId));
  return { ...office, slots, north: north?.id, caseId, move, cancel };
}

test('cancelling gives the place back once', async () => {
  const office = await officeWithBooking(1);
  await office.cancel();
  await office.cancel();
  assert.deepEqual(
    (await office.booking.days(CALENDAR)).filter((day) => day.taken > 0),
    [],
  );
  assert.equal(await office.booking.ofCase(office.caseId), undefined);
  assert.deepEqual(await office.booking.dayList(CALENDAR, '2026-11-25'), []);
  await assert.rejects(office.move(office.slots[1]), new SlotLostError('unknown'));
  await office.drop();
});

test('moving takes the new place and gives back the old one', async () => {
  const office = await officeWithBooking(1);
  assert.equal((await office.move(office.slots[1])).date, '2026-12-02');
  assert.equal((await office.move(office.slots[1])).date, '2026-12-02');
  const taken = (await office.booking.days(CALENDAR)).filter((day) => day.taken > 0);
  assert.deepEqual(
    taken.map((day) => [day.date, day.taken]),
    [['2026-12-02', 1]],
  );
  await office.drop();
});

test('moving to a full, foreign, made-up or past date changes nothing', async () => {
  const office = await officeWithBooking(1);
  const until = office.time.after(HOLD_MINUTES);
  await office.booking.hold(randomUUID(), office.slots[1] ?? '', until);
  await assert.rejects(office.move(office.slots[1]), new SlotLostError('full'));
  await assert.rejects(office.move(office.north), new SlotLostError('unknown'));
  await assert.rejects(office.move('nonsense'), new SlotLostError('unknown'));
  await office.booking.freeExpired();
  office.time.set('2026-11-24T09:00:00Z');
  assert.equal((await office.move(office.slots[2])).date, '2026-12-09');
  await assert.rejects(office.move(office.slots[0]), new SlotLostError('closed'));
  assert.equal((await office.booking.ofCase(office.caseId))?.slot.date, '2026-12-09');
  await office.drop();
});

test('what is booked can be moved and given up until the calendar says, and not from that moment on', async () => {
  const office = await officeWithBooking(1);
  const giveUp = () => office.db.transaction().execute((tx) => office.booking.giveUp(tx, office.caseId));
  // Wednesday's tour, until Tuesday noon.
  assert.equal(
    (await office.booking.ofCase(office.caseId))?.changeUntil.toISOString(),
    '2026-11-24T11:00:00.000Z',
  );
  office.time.set('2026-11-24T11:00:00Z');
  await assert.rejects(office.move(office.slots[1]), new SlotLostError('tooLate'));
  await assert.rejects(giveUp(), new SlotLostError('tooLate'));
  assert.equal((await office.booking.ofCase(office.caseId))?.slot.date, '2026-11-25');
  office.time.set('2026-11-24T10:59:59Z');
  assert.equal((await office.move(office.slots[1])).date, '2026-12-02');
  await giveUp();
  assert.equal(await office.booking.ofCase(office.caseId), undefined);
  assert.deepEqual(
    (await office.booking.days(CALENDAR)).filter((day) => day.taken > 0),
    [],
  );
  await office.drop();
});

test('the office itself can take a place back at any time', async () => {
  const office = await officeWithBooking(1);
  office.time.set('2026-11-25T05:00:00Z');
  await office.cancel();
  assert.equal(await office.booking.ofCase(office.caseId), undefined);
  await office.drop();
});
