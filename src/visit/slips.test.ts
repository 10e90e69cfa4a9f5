import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { LANGUAGES } from '#language';
import { formatCode, formatNumber, newCode, newNumber } from '#seal';
import { readPair, slipCode, slipText } from './slips.ts';

const below = (bound: number, seed: number): number => Math.abs(Math.floor(seed)) % bound;
const seeds = fc.array(fc.nat(), { minLength: 40, maxLength: 40 });
/** A pair as the office prints it, from chance that can be repeated. */
const pair = seeds.map((all) => {
  let at = 0;
  const random = (bound: number): number => below(bound, all[at++ % all.length] ?? 0);
  return { number: newNumber(random), code: newCode(random) };
});

describe('a number and a code that somebody has copied', () => {
  it('are read as printed, in the wrong fields, and both pasted into one of them', () => {
    fc.assert(
      fc.property(pair, ({ number, code }) => {
        const [n, c] = [formatNumber(number), formatCode(code)];
        for (const typed of [
          { number: n, code: c },
          { number: c, code: n },
          { number: ` ${n.toLowerCase()} `, code: c.toLowerCase() },
        ])
          assert.deepEqual(readPair(typed), { number, code });
      }),
    );
  });

  it('are said to be wrong where they are, in every language', () => {
    fc.assert(
      fc.property(pair, fc.constantFrom('number', 'code'), ({ number, code }, field) => {
        const slips = readPair({ number, code, [field]: '' });
        assert.ok(Array.isArray(slips));
        assert.deepEqual(slips.map(slipCode), [`${field}Missing`]);
        for (const slip of slips)
          for (const language of LANGUAGES) assert.ok(slipText(slip, 'receipt', language).length > 0);
      }),
    );
  });
});
