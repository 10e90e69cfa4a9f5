import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addDays, daysBetween, weekday } from '#time';
import { openDays, type Tour } from './tours.ts';

const tour: Tour = {
  calendar: 'sperrmuell',
  area: 'mitte',
  weekday: 3,
  capacity: 5,
  leadDays: 3,
  horizonDays: 21,
};
const noHolidays = { isHoliday: () => undefined };
const dates = (...found: { date: string }[]): string[] => found.map((day) => day.date);

test('a tour is offered on its weekday, from its lead time to its horizon', () => {
  // 2026-11-23 is a Monday; the Wednesday two days later is inside the lead time.
  const days = openDays({ tours: [tour], ...noHolidays }, '2026-11-23');
  assert.deepEqual(dates(...days), ['2026-12-02', '2026-12-09']);
});

test('no tour goes on a public holiday', () => {
  const isHoliday = (date: string): string | undefined => (date === '2026-12-02' ? 'Feiertag' : undefined);
  assert.deepEqual(dates(...openDays({ tours: [tour], isHoliday }, '2026-11-23')), ['2026-12-09']);
});

test('no tour goes on a Sunday, whatever the plan says', () => {
  assert.deepEqual(openDays({ tours: [{ ...tour, weekday: 7 }], ...noHolidays }, '2026-11-23'), []);
});

test('two tours through one area on the same day add up', () => {
  const days = openDays({ tours: [tour, { ...tour, capacity: 2 }], ...noHolidays }, '2026-11-23');
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
          { tours: [{ ...tour, weekday: day, leadDays, horizonDays }], ...noHolidays },
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
