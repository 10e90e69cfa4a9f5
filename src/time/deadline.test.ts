import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { describe, it } from 'node:test';
import type HolidaysClass from 'date-holidays';
import fc from 'fast-check';
import {
  addDays,
  daysBetween,
  deadline,
  easterOf,
  isWorkday,
  momentOf,
  nationwideHoliday,
  weekday,
} from '#time';

const dates = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
  .map((instant) => instant.toISOString().slice(0, 10));
const counts = fc.integer({ min: 0, max: 400 });
const none = () => false;

describe('a period of the law', () => {
  it('ends on the next working day', () => {
    const inTime: [string, string, string][] = [
      ['Monday to Monday', '2026-11-09', '2026-11-23'],
      ['Saturday to Monday', '2026-11-07', '2026-11-23'],
      ['Sunday to Monday', '2026-11-08', '2026-11-23'],
      ['Christmas Day, Saturday, Sunday', '2026-12-11', '2026-12-28'],
      ['Good Friday to the Tuesday after Easter', '2026-03-20', '2026-04-07'],
      ['Labour Day, a Friday', '2026-04-17', '2026-05-04'],
      ['New Year, a Friday', '2026-12-18', '2027-01-04'],
    ];
    for (const [what, event, last] of inTime) {
      assert.equal(deadline(event, 2, 'weeks', nationwideHoliday), last, what);
      assert.equal(deadline(event, 14, 'days', nationwideHoliday), last, what);
    }
  });

  it('knows the holidays it is given, and no others', () => {
    const corpusChristi = (date: string) => date === '2026-06-04';
    assert.equal(deadline('2026-05-21', 14, 'days', corpusChristi), '2026-06-05');
    assert.equal(deadline('2026-05-21', 14, 'days', nationwideHoliday), '2026-06-04');
  });

  it('of months ends on the same day of the month, or on its last (§ 188 Abs. 3 BGB)', () => {
    assert.equal(deadline('2027-01-31', 1, 'months', none), '2027-03-01', '28 February 2027 is a Sunday');
    assert.equal(deadline('2028-01-31', 1, 'months', none), '2028-02-29');
    assert.equal(deadline('2026-11-23', 6, 'months', none), '2027-05-24', '23 May 2027 is a Sunday');
    assert.equal(deadline('2024-02-29', 1, 'years', none), '2025-02-28');
  });

  it('never ends on a day off, never early, and never later than the first working day', () => {
    fc.assert(
      fc.property(dates, counts, (event, count) => {
        const last = deadline(event, count, 'days', nationwideHoliday);
        const planned = addDays(event, count);
        assert.ok(isWorkday(last, nationwideHoliday) && weekday(last) <= 5);
        assert.ok(last >= planned);
        for (let day = planned; day < last; day = addDays(day, 1)) {
          assert.ok(!isWorkday(day, nationwideHoliday));
        }
      }),
    );
  });

  it('never ends earlier for what happened later', () => {
    fc.assert(
      fc.property(dates, counts, (event, count) => {
        const [one, other] = [event, addDays(event, 1)].map((day) =>
          deadline(day, count, 'days', nationwideHoliday),
        );
        assert.ok((one ?? '') <= (other ?? ''));
      }),
    );
  });
});

describe('the holidays of every Land', () => {
  it('are what a maintained calendar says', () => {
    const Holidays = createRequire(import.meta.url)('date-holidays') as typeof HolidaysClass;
    const calendar = new Holidays('DE', { types: ['public'] });
    for (const year of [1999, 2000, 2019, 2024, 2026, 2027, 2038, 2049, 2076]) {
      // 2017 is left out: the day of the Reformation was a holiday everywhere, once.
      const expected = calendar.getHolidays(year).map((day) => day.date.slice(0, 10));
      const ours = Array.from({ length: 366 }, (_, ahead) => addDays(`${year}-01-01`, ahead)).filter(
        (date) => date.startsWith(`${year}-`) && nationwideHoliday(date),
      );
      assert.deepEqual(ours, expected, `${year}`);
    }
  });

  it('move with Easter, which is a Sunday between 22 March and 25 April', () => {
    assert.equal(easterOf(2026), '2026-04-05');
    assert.equal(easterOf(1981), '1981-04-19', 'not the 26th');
    assert.equal(easterOf(1954), '1954-04-18', 'not the 25th');
    fc.assert(
      fc.property(fc.integer({ min: 1900, max: 2199 }), (year) => {
        const easter = easterOf(year);
        assert.equal(weekday(easter), 7);
        assert.ok(daysBetween(`${year}-03-22`, easter) >= 0 && daysBetween(easter, `${year}-04-25`) >= 0);
      }),
    );
  });

  it('are the calendar of a moment that is given none', () => {
    assert.equal(momentOf(new Date('2026-12-25T10:00:00Z')).isHoliday('2026-12-25'), true);
  });
});
