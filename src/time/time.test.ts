import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  addDays,
  addMonths,
  civilDate,
  civilTime,
  createClock,
  daysBetween,
  isIsoDate,
  momentOf,
  parseClockSetting,
  weekday,
  zonedInstant,
} from '#time';

const instants = fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true });
const dates = instants.map((instant) => instant.toISOString().slice(0, 10));

describe('civil dates', () => {
  it('are those of the wall calendar in Germany, not of the universal one', () => {
    assert.equal(civilDate(new Date('2026-12-31T22:59:59Z')), '2026-12-31');
    assert.equal(civilDate(new Date('2026-12-31T23:00:00Z')), '2027-01-01');
    assert.equal(civilDate(new Date('2026-07-31T22:00:00Z')), '2026-08-01');
    assert.equal(civilTime(new Date('2026-12-31T23:00:00Z')), '00:00');
    assert.equal(momentOf(new Date('2026-07-31T22:00:00Z')).today, '2026-08-01');
  });

  it('pass over the change of the clocks, leap days and the end of the year', () => {
    assert.equal(addDays('2026-03-28', 1), '2026-03-29');
    assert.equal(addDays('2026-03-29', 1), '2026-03-30');
    assert.equal(addDays('2026-10-25', 1), '2026-10-26');
    assert.equal(addDays('2028-02-28', 1), '2028-02-29');
    assert.equal(addDays('2026-12-31', 1), '2027-01-01');
    assert.equal(daysBetween('2026-03-01', '2026-04-01'), 31);
  });

  it('add and subtract without loss', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -40_000, max: 40_000 }), (date, days) => {
        const other = addDays(date, days);
        assert.equal(daysBetween(date, other), days);
        assert.equal(addDays(other, -days), date);
        assert.equal(other > date, days > 0);
      }),
    );
  });

  it('add months to the day of the same number, or to the last day of a month that has no such day', () => {
    assert.equal(addMonths('2026-03-15', 30), '2028-09-15');
    assert.equal(addMonths('2021-08-31', 30), '2024-02-29');
    assert.equal(addMonths('2020-08-31', 30), '2023-02-28');
    assert.equal(addMonths('2024-02-29', 12), '2025-02-28');
    assert.equal(addMonths('2024-02-29', 48), '2028-02-29');
    assert.equal(addMonths('2026-01-31', -1), '2025-12-31');
    assert.equal(addMonths('2026-12-31', 2), '2027-02-28');
    fc.assert(
      fc.property(dates, dates, fc.integer({ min: -400, max: 400 }), (one, other, months) => {
        assert.equal(addMonths(one, months) < addMonths(other, months) && one > other, false);
        assert.equal(addMonths(one, months) > one, months > 0);
      }),
    );
    assert.throws(() => addMonths('2026-02-30T', 1), RangeError);
  });

  it('know their weekday', () => {
    assert.equal(weekday('2026-11-23'), 1);
    assert.equal(weekday('2026-11-29'), 7);
    fc.assert(fc.property(dates, (date) => weekday(addDays(date, 1)) === (weekday(date) % 7) + 1));
  });

  it('are only those that exist', () => {
    for (const text of [
      '2026-02-29',
      '2026-13-01',
      '2026-00-10',
      '2026-1-1',
      '26-01-01',
      '',
      '2026-01-01 ',
    ]) {
      assert.equal(isIsoDate(text), false, text);
    }
    fc.assert(fc.property(dates, isIsoDate));
    assert.throws(() => addDays('2026-02-30T', 1), RangeError);
  });
});

describe('wall time', () => {
  it('becomes the instant that shows it', () => {
    fc.assert(
      fc.property(instants, (instant) => {
        const shown = zonedInstant(civilDate(instant), civilTime(instant));
        assert.equal(civilDate(shown), civilDate(instant));
        assert.equal(civilTime(shown), civilTime(instant));
      }),
    );
    assert.equal(zonedInstant('2026-07-01', '08:00').toISOString(), '2026-07-01T06:00:00.000Z');
    assert.equal(zonedInstant('2026-12-01', '08:00').toISOString(), '2026-12-01T07:00:00.000Z');
  });

  it('takes the time after the hour that is left out in spring', () => {
    assert.equal(zonedInstant('2026-03-29', '02:30').toISOString(), '2026-03-29T01:30:00.000Z');
  });

  it('takes the first of the two hours in autumn', () => {
    assert.equal(zonedInstant('2026-10-25', '02:30').toISOString(), '2026-10-25T00:30:00.000Z');
  });
});

describe('the clock', () => {
  const started = Date.parse('2026-12-01T12:00:00Z');

  it('runs on from an instant it was set to', () => {
    const offset = parseClockSetting('2026-12-24T10:00:00+01:00', started);
    const clock = createClock(offset, () => started + 5_000);
    assert.equal(clock.now().toISOString(), '2026-12-24T09:00:05.000Z');
  });

  it('is shifted by seconds, minutes, hours and days', () => {
    const shifts = { '+30s': 30_000, '-2h': -7_200_000, '+90m': 5_400_000, '+3d': 259_200_000, '': 0 };
    for (const [setting, offset] of Object.entries(shifts)) {
      assert.equal(parseClockSetting(setting, started), offset);
    }
    assert.equal(parseClockSetting(undefined, started), 0);
  });

  it('refuses what could mean two things', () => {
    for (const setting of ['3d', '+3', '2026-12-24T10:00:00', 'morgen', '+1w']) {
      assert.throws(() => parseClockSetting(setting, started), /AMTOMAT_CLOCK/);
    }
  });
});
