import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { IDENTITY_LEVELS, lowest, reaches } from './index.ts';

const level = fc.constantFrom(...IDENTITY_LEVELS);

describe('levels of identity', () => {
  it('are in an order: each reaches itself, one of two reaches the other, and both only when they are the same', () => {
    fc.assert(
      fc.property(level, level, level, (one, other, third) => {
        assert.ok(reaches(one, one));
        assert.equal(reaches(one, other) && reaches(other, one), one === other);
        assert.ok(reaches(one, other) || reaches(other, one));
        if (reaches(one, other) && reaches(other, third)) assert.ok(reaches(one, third));
      }),
    );
    assert.ok(reaches('high', 'substantial') && reaches('substantial', 'low') && reaches('low', 'none'));
  });

  it('the lowest of several is one of them, and all reach it', () => {
    fc.assert(
      fc.property(level, fc.array(level), (first, others) => {
        const least = lowest(first, ...others);
        assert.ok([first, ...others].includes(least));
        assert.ok([first, ...others].every((one) => reaches(one, least)));
      }),
    );
  });
});
