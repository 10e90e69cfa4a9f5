import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { priceOf } from './index.ts';

const cents = fc.nat(100_000);
const count = fc.integer({ min: 1, max: 100 });

test('every piece costs as much as the first where nothing else is said', () => {
  fc.assert(fc.property(cents, count, (each, pieces) => priceOf({ cents: each }, pieces) === each * pieces));
  assert.equal(priceOf({ cents: 1_500 }, 0), 0);
});

test('the first costs the fee, and one more costs exactly what a further one does', () => {
  fc.assert(
    fc.property(cents, cents, count, (first, further, pieces) => {
      const fee = { cents: first, further };
      assert.equal(priceOf(fee, 1), first);
      assert.equal(priceOf(fee, pieces + 1) - priceOf(fee, pieces), further);
    }),
  );
});
