import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { createRateLimit } from './rate.ts';

it('lets nobody have more than the burst and the average', () => {
  const steps = fc.array(
    fc.record({
      wait: fc.integer({ min: 0, max: 2_000 }),
      client: fc.constantFrom('a', 'b'),
      cost: fc.integer({ min: 1, max: 8 }),
    }),
  );
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 3 }), (all, perSecond) => {
      let now = 0;
      const may = createRateLimit(perSecond, () => now);
      const passed = { a: 0, b: 0 };
      for (const { wait, client, cost } of all) {
        now += wait;
        if (may(client, cost)) passed[client as 'a' | 'b'] += cost;
      }
      const most = perSecond * 10 + (now / 1_000) * perSecond;
      return passed.a <= most && passed.b <= most;
    }),
  );
});

it('refuses the one who takes too much, not the others, and not for ever', () => {
  let now = 0;
  const may = createRateLimit(1, () => now);
  const taken = Array.from({ length: 12 }, () => may('greedy'));
  assert.deepEqual(taken, [...Array(10).fill(true), false, false]);
  assert.equal(may('other'), true);
  now += 1_000;
  assert.equal(may('greedy'), true);
  assert.equal(may('greedy'), false);
});

it('takes what costs more than may come at once for all of that', () => {
  let now = 0;
  const may = createRateLimit(1, () => now);
  assert.equal(may('large', 1_000), true);
  assert.equal(may('large', 1_000), false);
  now += 9_000;
  assert.equal(may('large', 1_000), false);
  assert.equal(may('large', 9), true, 'what was refused has cost nothing');
  now += 10_000;
  assert.equal(may('large', 1_000), true);
});

it('does not save up what was not used', () => {
  let now = 0;
  const may = createRateLimit(1, () => now);
  assert.equal(may('patient'), true);
  now += 3_600_000;
  const taken = Array.from({ length: 15 }, () => may('patient'));
  assert.equal(taken.filter(Boolean).length, 10);
});

it('does not grow with the number of clients', () => {
  let now = 0;
  const may = createRateLimit(1, () => now);
  for (let client = 0; client < 10; client += 1) assert.equal(may('greedy'), true);
  assert.equal(may('greedy'), false);
  for (let client = 0; client < 9_999; client += 1) may(`quiet-${client}`);
  now += 1_000;
  // All quiet buckets are full again and may be forgotten; the greedy one has one token and is remembered.
  assert.equal(may('one more'), true);
  assert.equal(may('greedy'), true);
  assert.equal(may('greedy'), false);
});

it('has no limit when told so', () => {
  const may = createRateLimit(0);
  assert.ok(Array.from({ length: 5_000 }, () => may('bench')).every(Boolean));
});
