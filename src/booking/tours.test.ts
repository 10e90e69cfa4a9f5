import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addDays, daysBetween, weekday } from '#time';
import { lastChange, openDays, type Tour } from './tours.ts';

const tour: Tour = {
  calendar: 'sperrmuell',
  area: 'mitte',
  weekday: 3,
  capacity: 5,
  leadDays: 3,
  horizonDays: 21,
  changeUntil: { days: 1, time: '12:00' },
};
const neverClosed = { closedFor: () => undefined };
const dates = (...found: { date: string }[]): string[] => found.map((day) => day.date);

test('a tour is offered on its weekday, from its lead time to its horizon', () => {
  // 2026-11-23 is a Monday; the Wednesday two days later is inside the lead time.
  const days = openDays({ tours: [tour], ...neverClosed }, '2026-11-23');
  assert.deepEqual(dates(...days), ['2026-12-02', '2026-12-09']);
});

test('no tour goes on a day on which the city closes its calendar', () => {
  const closedFor = (calendar: string, date: string): string | undefined =>
    calendar === tour.calendar && date === '2026-12-02' ? 'Feiertag' : undefined;
  const other = { ...tour, calendar: 'weisse-ware' };
  assert.deepEqual(
    openDays({ tours: [tour, other], closedFor }, '2026-11-23').map(({ calendar, date }) => [calendar, date]),
    [
      ['sperrmuell', '2026-12-09'],
      ['weisse-ware', '2026-12-02'],
      ['weisse-ware', '2026-12-09'],
    ],
  );
});

test('a date can be changed until the moment that its calendar says, on the wall clock', () => {
  const city = { tours: [tour], ...neverClosed };
  const until = (date: string, calendar = tour.calendar) =>
    lastChange(city, { calendar, date }).toISOString();
  assert.equal(until('2026-12-02'), '2026-12-01T11:00:00.000Z');
  // Summer time begins on 29 March 2027: noon of the Saturday before is still winter time.
  assert.equal(until('2027-03-28'), '2027-03-27T11:00:00.000Z');
  assert.equal(until('2027-03-31'), '2027-03-30T10:00:00.000Z');
  // A calendar that the city no longer has: until the day begins.
  assert.equal(until('2026-12-02', 'gone'), '2026-12-01T23:00:00.000Z');
});

test('no tour goes on a Sunday, whatever the plan says', () => {
  assert.deepEqual(openDays({ tours: [{ ...tour, weekday: 7 }], ...neverClosed }, '2026-11-23'), []);
});

test('two tours through one area on the same day add up', () => {
  const days = openDays({ tours: [tour, { ...tour, capacity: 2 }], ...neverClosed }, '2026-11-23');
  assert.deepEqual(
    days.map((day) => [day.date, day.capacity]),
    [
      ['2026-12-02', 7],
      ['2026-12-09', 7],
    ],
  );
});

test('every day offered keeps lead time, horizon and weekday, and none that does is missing', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2000 }),
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 0, max: 20 }),
      fc.integer({ min: 0, max: 90 }),
      (offset, day, leadDays, horizonDays) => {
        const today = addDays('2026-01-01', offset);
        const days = openDays(
          { tours: [{ ...tour, weekday: day, leadDays, horizonDays }], ...neverClosed },
          today,
        );
        for (const { date } of days) {
          assert.equal(weekday(date), day);
          const ahead = daysBetween(today, date);
          assert.ok(ahead >= leadDays && ahead <= horizonDays);
        }
        const span = Math.max(0, horizonDays - leadDays + 1);
        assert.ok(days.length === Math.floor(span / 7) || days.length === Math.ceil(span / 7));
      },
    ),
  );
});
