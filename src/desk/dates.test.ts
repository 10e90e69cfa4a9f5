import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { addDays } from '#time';
import { dayName, dueIn, shortInstant } from './dates.ts';

describe('until when a case is due', () => {
  it('is said beside the date where it is near or over', () => {
    const today = '2026-11-23';
    assert.equal(dueIn('2026-11-23', today).text, 'heute');
    assert.equal(dueIn('2026-11-24', today).text, 'morgen');
    assert.equal(dueIn('2026-11-26', today).text, 'in 3 Tagen');
    assert.equal(dueIn('2026-11-27', today).text, undefined);
    assert.equal(dueIn('2026-11-22', today).text, 'seit gestern');
    assert.equal(dueIn('2026-11-02', today).text, 'seit 21 Tagen');
  });

  it('only ever gets more pressing', () => {
    const tones = ['fresh', 'soon', 'late'];
    const days = fc.integer({ min: 0, max: 60 });
    fc.assert(
      fc.property(days, days, (one, other) => {
        const on = (day: number) => dueIn('2026-12-01', addDays('2026-11-01', day)).tone;
        assert.ok(tones.indexOf(on(Math.min(one, other))) <= tones.indexOf(on(Math.max(one, other))));
      }),
    );
  });

  it('and its dates are written as people here write them', () => {
    assert.equal(dayName('2026-11-23'), 'Mo 23.11.2026');
    assert.equal(dayName('2026-11-29'), 'So 29.11.2026');
    assert.equal(shortInstant(new Date('2026-07-01T22:30:00Z')), '02.07.2026, 00:30');
  });
});
