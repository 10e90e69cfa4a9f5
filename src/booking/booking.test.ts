import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { together } from '#db';
import { AREA, CALENDAR, openBookingOffice, wednesdays } from '#test/booking';
import { SlotLostError } from './index.ts';

const HOLD_MINUTES = 15;

test('slots of the tours exist once, also when several nodes start at the same time', async () => {
  const office = await openBookingOffice([wednesdays(3), wednesdays(2, { area: 'nord', weekday: 5 })]);
  await Promise.all(Array.from({ length: 6 }, () => office.anotherNode().ensureSlots()));
  await office.booking.ensureSlots();
  const days = await office.booking.days(CALENDAR);
  assert.deepEqual(
    days.map((day) => [day.date, day.area, day.capacity]),
    [
      ['2026-11-25', AREA, 3],
      ['2026-11-27', 'nord', 2],
      ['2026-12-02', AREA, 3],
      ['2026-12-04', 'nord', 2],
      ['2026-12-09', AREA, 3],
    ],
  );
  await office.drop();
});

test('a city that changes a capacity changes the slots, but takes away nobody’s place', async () => {
  const office = await openBookingOffice([wednesdays(3)]);
  const [first] = await office.booking.free(CALENDAR, AREA, 1);
  for (const visit of [randomUUID(), randomUUID()])
    await office.booking.hold(visit, first?.id ?? '', office.time.after(HOLD_MINUTES));
  await office.anotherNode({ tours: [wednesdays(1)], closedFor: () => undefined }).ensureSlots();
  assert.deepEqual(
    (await office.counts()).map((slot) => [slot.capacity, slot.taken]),
    [
      [2, 2],
      [1, 0],
      [1, 0],
    ],
  );
  await office.drop();
});

test('free dates are those of the area with places left, soonest first', async () => {
  const office = await openBookingOffice([wednesdays(1), wednesdays(1, { area: 'nord' })]);
  const offered = await office.booking.free(CALENDAR, AREA, 2);
  assert.deepEqual(
    offered.map((slot) => [slot.date, slot.left]),
    [
      ['2026-11-25', 1],
      ['2026-12-02', 1],
    ],
  );
  await office.booking.hold(randomUUID(), offered[0]?.id ?? '', office.time.after(HOLD_MINUTES));
  const left = await office.booking.free(CALENDAR, AREA, 2);
  assert.deepEqual(
    left.map((slot) => slot.date),
    ['2026-12-02', '2026-12-09'],
  );
  assert.deepEqual(await office.booking.free(CALENDAR, 'elsewhere', 5), []);
  await office.drop();
});

test('the horizon moves on with the calendar', async () => {
  const office = await openBookingOffice([wednesdays(1)]);
  await office.booking.free(CALENDAR, AREA, 9);
  office.time.set('2026-12-14T09:00:00Z');
  const offered = await office.booking.free(CALENDAR, AREA, 9);
  assert.deepEqual(
    offered.map((slot) => slot.date),
    ['2026-12-16', '2026-12-23', '2026-12-30'],
  );
  await office.drop();
});

test('when a hundred people take the last place at once, one gets it', async () => {
  const office = await openBookingOffice([wednesdays(1)], 20);
  const [last] = await office.booking.free(CALENDAR, AREA, 1);
  const results = await Promise.all(
    Array.from({ length: 100 }, () =>
      office.booking.hold(randomUUID(), last?.id ?? '', office.time.after(HOLD_MINUTES)),
    ),
  );
  assert.equal(results.filter((result) => result.ok).length, 1);
  assert.ok(results.every((result) => result.ok || result.reason === 'full'));
  assert.deepEqual((await office.counts())[0], {
    date: '2026-11-25',
    capacity: 1,
    taken: 1,
    held: 1,
    confirmed: 0,
  });
  await office.drop();
});

test('tapping a date many times holds one place', async () => {
  const office = await openBookingOffice([wednesdays(3)]);
  const [first] = await office.booking.free(CALENDAR, AREA, 1);
  const [visit, until] = [randomUUID(), office.time.after(HOLD_MINUTES)];
  const taps = Array.from({ length: 20 }, () => office.booking.hold(visit, first?.id ?? '', until));
  assert.ok((await Promise.all(taps)).every((tap) => tap.ok));
  assert.equal((await office.counts())[0]?.taken, 1);
  await office.drop();
});

test('a visit that holds another place gives the first one back, and keeps it when the other is full', async () => {
  const office = await openBookingOffice([wednesdays(1)]);
  const [first, second] = await office.booking.free(CALENDAR, AREA, 2);
  const [visit, other] = [randomUUID(), randomUUID()];
  const until = office.time.after(HOLD_MINUTES);
  await office.booking.hold(visit, first?.id ?? '', until);
  assert.deepEqual(await office.booking.hold(visit, second?.id ?? '', until), {
    ok: true,
    slot: { slot: second?.id, date: second?.date },
  });
  assert.deepEqual(
    (await office.counts()).map((slot) => slot.held),
    [0, 1, 0],
  );
  assert.deepEqual(await office.booking.hold(other, second?.id ?? '', until), { ok: false, reason: 'full' });
  await office.booking.hold(other, first?.id ?? '', until);
  assert.deepEqual(await office.booking.hold(other, second?.id ?? '', until), { ok: false, reason: 'full' });
  assert.deepEqual(
    (await office.counts()).map((slot) => slot.held),
    [1, 1, 0],
  );
  await office.drop();
});

test('two visits that swap their places over and over at once never block each other', async () => {
  const office = await openBookingOffice([wednesdays(2)], 20);
  const offered = await office.booking.free(CALENDAR, AREA, 2);
  const until = office.time.after(HOLD_MINUTES);
  const visits = [randomUUID(), randomUUID()];
  const swaps = Array.from({ length: 60 }, (_, turn) =>
    office.booking.hold(visits[turn % 2] ?? '', offered[(turn >> 1) % 2]?.id ?? '', until),
  );
  await Promise.all(swaps);
  const held = (await office.counts()).map((slot) => slot.held);
  assert.equal(
    held.reduce((sum, one) => sum + one, 0),
    2,
  );
  await office.drop();
});

test('a slot id that was made up, or is no longer offered, is unknown', async () => {
  const office = await openBookingOffice([wednesdays(1)]);
  const [first] = await office.booking.free(CALENDAR, AREA, 1);
  const until = office.time.after(HOLD_MINUTES);
  for (const id of ['', 'first-free', randomUUID()])
    assert.deepEqual(await office.booking.hold(randomUUID(), id, until), { ok: false, reason: 'unknown' });
  office.time.set('2026-11-24T09:00:00Z');
  assert.deepEqual(await office.booking.hold(randomUUID(), first?.id ?? '', until), {
    ok: false,
    reason: 'unknown',
  });
  await office.drop();
});

test('a slot of another area is unknown to somebody who lives here', async () => {
  const office = await openBookingOffice([wednesdays(1), wednesdays(1, { area: 'nord' })]);
  const [north] = await office.booking.free(CALENDAR, 'nord', 1);
  const until = office.time.after(HOLD_MINUTES);
  const hold = (area: string) =>
    office.booking.hold(randomUUID(), north?.id ?? '', until, { calendar: CALENDAR, area });
  assert.deepEqual(await hold(AREA), { ok: false, reason: 'unknown' });
  assert.equal((await hold('nord')).ok, true);
  await office.drop();
});

test('a visit that moves to a phone takes its place along', async () => {
  const office = await openBookingOffice([wednesdays(1)]);
  const [first] = await office.booking.free(CALENDAR, AREA, 1);
  const [terminal, phone] = [randomUUID(), randomUUID()];
  await office.booking.hold(terminal, first?.id ?? '', office.time.after(HOLD_MINUTES));
  await together(office.db, office.booking.transfer(terminal, phone));
  await office.booking.release(terminal);
  office.time.set(office.time.after(5));
  assert.equal(await office.booking.freeExpired(), 0);
  const caseId = await office.newCase();
  await office.db.transaction().execute((tx) => office.booking.confirm(tx, phone, first?.id ?? '', caseId));
  assert.equal((await office.booking.ofCase(caseId))?.slot.slot, first?.id);
  await office.drop();
});

test('a hold ends with the visit, or by itself when its time is over', async () => {
  const office = await openBookingOffice([wednesdays(1)]);
  const [first] = await office.booking.free(CALENDAR, AREA, 1);
  const visit = randomUUID();
  await office.booking.hold(visit, first?.id ?? '', office.time.after(HOLD_MINUTES));
  await office.booking.release(visit);
  await office.booking.release(visit);
  assert.equal((await office.booking.free(CALENDAR, AREA, 1))[0]?.id, first?.id);

  await office.booking.hold(visit, first?.id ?? '', office.time.after(HOLD_MINUTES));
  office.time.set(office.time.after(HOLD_MINUTES - 1));
  assert.equal(await office.booking.freeExpired(), 0);
  office.time.set(office.time.after(1));
  assert.equal((await office.booking.free(CALENDAR, AREA, 1))[0]?.id, first?.id);
  assert.equal((await office.counts())[0]?.taken, 0);
  await office.drop();
});

test('an expired hold makes room at once for somebody who asks for that place', async () => {
  const office = await openBookingOffice([wednesdays(1)]);
  const [first] = await office.booking.free(CALENDAR, AREA, 1);
  await office.booking.hold(randomUUID(), first?.id ?? '', office.time.after(HOLD_MINUTES));
  office.time.set(office.time.after(HOLD_MINUTES));
  const result = await office.booking.hold(randomUUID(), first?.id ?? '', office.time.after(HOLD_MINUTES));
  assert.equal(result.ok, true);
  await office.drop();
});

test('what the visit held belongs to the case, and only if the hand-in goes through', async () => {
  const office = await openBookingOffice([wednesdays(1)]);
  const { booking, db } = office;
  const [first] = await booking.free(CALENDAR, AREA, 1);
  const [visit, caseId] = [randomUUID(), await office.newCase()];
  await booking.hold(visit, first?.id ?? '', office.time.after(HOLD_MINUTES));
  const broken = db.transaction().execute(async (tx) => {
    await booking.confirm(tx, visit, first?.id ?? '', caseId);
    throw new Error('the hand-in broke');
  });
  await assert.rejects(broken, /the hand-in broke/);
  assert.equal(await booking.ofCase(caseId), undefined);

  await db.transaction().execute((tx) => booking.confirm(tx, visit, first?.id ?? '', caseId));
  assert.deepEqual(await booking.ofCase(caseId), {
    slot: { slot: first?.id, date: first?.date },
    calendar: CALENDAR,
    area: AREA,
    changeUntil: new Date('2026-11-24T11:00:00Z'),
  });
  await booking.release(visit);
  office.time.set(office.time.after(600));
  await booking.freeExpired();
  assert.equal((await office.counts())[0]?.confirmed, 1);
  assert.deepEqual(await booking.dayList(CALENDAR, '2026-11-25'), [{ caseId, area: AREA }]);
  await office.drop();
});

test('handing in after the hold expired takes the place again, unless somebody else has it', async () => {
  const office = await openBookingOffice([wednesdays(1)]);
  const { booking, db } = office;
  const [first, second] = await booking.free(CALENDAR, AREA, 2);
  const handIn = async (visit: string, slot: string): Promise<string> => {
    const caseId = await office.newCase();
    await db.transaction().execute((tx) => booking.confirm(tx, visit, slot, caseId));
    return caseId;
  };
  const visit = randomUUID();
  await booking.hold(visit, first?.id ?? '', office.time.after(HOLD_MINUTES));
  office.time.set(office.time.after(HOLD_MINUTES));
  await booking.freeExpired();
  assert.equal((await booking.ofCase(await handIn(visit, first?.id ?? '')))?.slot.date, first?.date);

  const late = randomUUID();
  await booking.hold(late, second?.id ?? '', office.time.after(HOLD_MINUTES));
  office.time.set(office.time.after(HOLD_MINUTES));
  await booking.hold(randomUUID(), second?.id ?? '', office.time.after(HOLD_MINUTES));
  await assert.rejects(handIn(late, second?.id ?? ''), new SlotLostError('full'));
  await assert.rejects(handIn(late, randomUUID()), new SlotLostError('unknown'));
  await office.drop();
});

test('a place held on a day that the city closes meanwhile cannot be confirmed, and those of other days can', async () => {
  const office = await openBookingOffice([wednesdays(2)]);
  const { booking, db } = office;
  const offered = await booking.free(CALENDAR, AREA, 2);
  const visits = offered.map(() => randomUUID());
  const until = office.time.after(HOLD_MINUTES);
  for (const [at, slot] of offered.entries()) await booking.hold(visits[at] ?? '', slot.id, until);
  const closed = office.anotherNode({
    tours: [wednesdays(2)],
    closedFor: (_calendar, date) => (date === offered[0]?.date ? 'Personalversammlung' : undefined),
  });
  const handIn = async (at: number): Promise<string> => {
    const caseId = await office.newCase();
    await db
      .transaction()
      .execute((tx) => closed.confirm(tx, visits[at] ?? '', offered[at]?.id ?? '', caseId));
    return caseId;
  };
  await assert.rejects(handIn(0), new SlotLostError('closed'));
  assert.equal((await closed.ofCase(await handIn(1)))?.slot.date, offered[1]?.date);
  assert.deepEqual(
    (await office.counts()).map((slot) => slot.confirmed),
    [0, 1, 0],
  );
  // A tour that the city has given up altogether, or moved to another day of the week.
  const moved = office.anotherNode({ tours: [wednesdays(2, { weekday: 4 })], closedFor: () => undefined });
  const late = db
    .transaction()
    .execute(async (tx) => moved.confirm(tx, visits[0] ?? '', offered[0]?.id ?? '', await office.newCase()));
  await assert.rejects(late, new SlotLostError('closed'));
  await office.drop();
});

test('a place that was held in time is confirmed after midnight, when its day is no longer offered', async () => {
  const office = await openBookingOffice([wednesdays(1)]);
  const { booking, db } = office;
  const [first] = await booking.free(CALENDAR, AREA, 1);
  const visit = randomUUID();
  office.time.set('2026-11-23T22:59:00Z');
  await booking.hold(visit, first?.id ?? '', office.time.after(HOLD_MINUTES));
  office.time.set('2026-11-23T23:01:00Z');
  const caseId = await office.newCase();
  await db.transaction().execute((tx) => booking.confirm(tx, visit, first?.id ?? '', caseId));
  assert.equal((await booking.ofCase(caseId))?.slot.date, '2026-11-25');
  await office.drop();
});

test('one client holds a handful of places in all its visits, not the dates of a month', async () => {
  const office = await openBookingOffice([wednesdays(40)]);
  const offered = await office.booking.free(CALENDAR, AREA, 3);
  const until = office.time.after(HOLD_MINUTES);
  const [client, other] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
  const tour = { calendar: CALENDAR, area: AREA };
  const hold = (slot: number, by: Buffer, visit: string = randomUUID()) =>
    office.booking.hold(visit, offered[slot]?.id ?? '', until, tour, by);
  const all = await Promise.all(Array.from({ length: 18 }, (_, index) => hold(index % 3, client)));
  assert.ok(
    all.every(({ ok }) => ok),
    'everybody can go on: the place is taken when it is handed in',
  );
  const held = async () => (await office.counts()).reduce((sum, slot) => sum + slot.held, 0);
  assert.equal(await held(), 5);
  assert.equal((await hold(0, other)).ok, true);
  assert.equal(await held(), 6, 'nobody else is touched');
  for (const { taken, held, confirmed } of await office.counts()) assert.equal(taken, held + confirmed);
  await office.drop();
});

test('half of a day can be held by people who have not handed in; who hands in gets a place', async () => {
  const office = await openBookingOffice([wednesdays(10)]);
  const [day] = await office.booking.free(CALENDAR, AREA, 1);
  const slot = day?.id ?? '';
  const until = office.time.after(HOLD_MINUTES);
  const tour = { calendar: CALENDAR, area: AREA };
  const strangers = Array.from({ length: 30 }, (_, index) =>
    office.booking.hold(randomUUID(), slot, until, tour, Buffer.alloc(32, index)),
  );
  for (const { ok } of await Promise.all(strangers)) assert.ok(ok);
  const [full] = await office.counts();
  assert.deepEqual([full?.held, full?.taken], [5, 5]);
  const [visit, caseId] = [randomUUID(), await office.newCase()];
  assert.deepEqual(await office.booking.hold(visit, slot, until, tour, Buffer.alloc(32, 99)), {
    ok: true,
    slot: { slot, date: day?.date },
  });
  await office.db.transaction().execute((tx) => office.booking.confirm(tx, visit, slot, caseId));
  // At a terminal one person stands at a time.
  await office.booking.hold(randomUUID(), slot, until, tour);
  const [after] = await office.counts();
  assert.deepEqual([after?.held, after?.confirmed, after?.taken], [6, 1, 7]);
  await office.drop();
});

test('the last places of a small day can be held, and a visit that chooses another day gives the first one back', async () => {
  const office = await openBookingOffice([wednesdays(1)]);
  const [first, second] = await office.booking.free(CALENDAR, AREA, 2);
  const until = office.time.after(HOLD_MINUTES);
  const [visit, client] = [randomUUID(), Buffer.alloc(32, 1)];
  for (const slot of [first, second, first]) {
    assert.ok((await office.booking.hold(visit, slot?.id ?? '', until, undefined, client)).ok);
    const held = (await office.counts()).map((one) => one.held);
    assert.deepEqual(held.slice(0, 2), slot === first ? [1, 0] : [0, 1]);
  }
  assert.deepEqual(
    await office.booking.hold(randomUUID(), first?.id ?? '', until, undefined, Buffer.alloc(32, 2)),
    {
      ok: false,
      reason: 'full',
    },
  );
  await office.drop();
});
