import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { afterFailure, breakerState } from './breaker.ts';

describe('a breaker', () => {
  it('opens after three failures, for longer each time, but never for more than five minutes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000 }), (failures) => {
        const at = new Date(0);
        const { openUntil, failures: count } = afterFailure({ failures }, at);
        assert.equal(count, failures + 1);
        assert.equal(openUntil === null, count < 3);
        const pause = openUntil?.getTime() ?? 0;
        assert.ok(pause <= 300_000);
        const longer = afterFailure({ failures: count }, at).openUntil?.getTime() ?? 0;
        assert.ok(longer > pause || pause === 300_000 || longer === 0);
        assert.equal(breakerState({ failures: count, openUntil }, new Date(pause)) === 'open', false);
      }),
    );
  });
});
