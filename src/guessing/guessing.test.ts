import assert from 'node:assert/strict';
import { it } from 'node:test';
import { waitAfter } from './guessing.ts';

it('waits twice as long each time, up to a quarter of an hour', () => {
  assert.deepEqual(
    [4, 5, 6, 7, 11, 12, 50].map((wrong) => waitAfter(wrong) / 1_000),
    [0, 10, 20, 40, 640, 900, 900],
  );
});
