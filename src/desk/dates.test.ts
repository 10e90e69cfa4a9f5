import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { zonedInstant } from '#time';
import { ageOf, dayName, shortInstant } from './dates.ts';

describe('the age of a case', () => {
  const at = zonedInstant;

  it('is counted in days of the calendar, not in hours', () => {
    assert.equal(ageOf(at('2026-11-23', '00:05'), at('2026-11-23', '23:55')).text, 'heute');
    assert.equal(ageOf(at('2026-11-22', '23:55'), at('2026-11-23', '00:05')).text, 'gestern');
    assert.equal(ageOf(at('2026-11-20', '12:00'), at('2026-11-23', '08:00')).text, '3 Tage');
  });

  it('is right over the nights when clocks change', () => {
    assert.equal(ageOf(at('2026-03-28', '23:30'), at('2026-03-29', '23:30')).text, 'gestern');
    assert.equal(ageOf(at('2026-10-24', '00:30'), at('2026-10-25', '23:30')).text, 'gestern');
  });

  it('only ever gets later, and its tone with it', () => {
    const tones = ['fresh', 'soon', 'late'];
    const hours = fc.integer({ min: 0, max: 24 * 30 });
    fc.assert(
      fc.property(hours, hours, (one, other) => {
        const since = at('2026-11-01', '09:00');
        const after = (count: number) => ageOf(since, new Date(since.getTime() + count * 3_600_000));
        const [sooner, later] = [Math.min(one, other), Math.max(one, other)];
        assert.ok(tones.indexOf(after(sooner).tone) <= tones.indexOf(after(later).tone));
      }),
    );
  });

  it('and its dates are written as people here write them', () => {
    assert.equal(dayName('2026-11-23'), 'Mo 23.11.2026');
    assert.equal(dayName('2026-11-29'), 'So 29.11.2026');
    assert.equal(shortInstant(new Date('2026-07-01T22:30:00Z')), '02.07.2026, 00:30');
  });
});
