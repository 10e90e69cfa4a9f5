import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { hoursText } from './hours.ts';

const w = { weekdays: 'Mo,Di,Mi,Do,Fr,Sa,So' };
const NAMES = w.weekdays.split(',');
const morning = { from: '08:00', to: '12:00' };
const evening = { from: '14:00', to: '18:00' };

describe('opening hours', () => {
  it('put neighbouring days with the same hours together, and leave out days that are closed', () => {
    const hours = { 1: [morning], 2: [morning], 3: [morning, evening], 5: [morning], 6: [morning] };
    assert.deepEqual(hoursText(hours, w), [
      'Mo–Di 08:00–12:00',
      'Mi 08:00–12:00, 14:00–18:00',
      'Fr–Sa 08:00–12:00',
    ]);
    assert.deepEqual(hoursText({}, w), []);
  });

  it('name every day that is open, with its own hours, and no other', () => {
    const day = fc.constantFrom([], [morning], [evening], [morning, evening]);
    fc.assert(
      fc.property(fc.array(day, { minLength: 7, maxLength: 7 }), (week) => {
        const lines = hoursText(Object.fromEntries(week.map((one, index) => [index + 1, one])), w);
        const named = lines.flatMap((line) => {
          const [, first = '', last = first, times = ''] = /^(\w\w)(?:–(\w\w))? (.*)$/.exec(line) ?? [];
          return NAMES.slice(NAMES.indexOf(first), NAMES.indexOf(last) + 1).map((name) => `${name} ${times}`);
        });
        const open = week.flatMap((one, index) =>
          one.length > 0 ? [`${NAMES[index]} ${one.map(({ from, to }) => `${from}–${to}`).join(', ')}`] : [],
        );
        assert.deepEqual(named, open);
      }),
    );
  });
});
