import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { testService } from '#test/service';
import { addDays, momentOf } from '#time';
import { walk } from './index.ts';

const service = testService(`
pages:
  - id: way
    kind: questions
    questions:
      - { id: way, kind: chooseOne, options: [{ id: post }, { id: counter }] }
      - { id: until, kind: date, optional: true }
result:
  next:
    - {}
    - { when: way == "post" }
    - { when: way == "counter", day: until, days: -2 }
    - { when: until > today }
`);
const moment = momentOf(new Date('2026-11-23T09:00:00Z'));
const said = (answers: Record<string, string>) => walk(service, { answers, seen: [] }, moment).steps;
const lines = (answers: Record<string, string>) => said(answers).map(({ line }) => line);

test('what holds for everybody is said to everybody, the rest to those it holds for', () => {
  assert.deepEqual(lines({ way: 'post' }), [0, 1]);
  assert.deepEqual(lines({ way: 'counter' }), [0, 2]);
  assert.deepEqual(lines({}), [0], 'what asks for an answer that is missing does not hold');
});

test('today is the day on which it is handed in', () => {
  assert.deepEqual(lines({ way: 'post', until: '2026-11-24' }), [0, 1, 3]);
  assert.deepEqual(lines({ way: 'post', until: '2026-11-23' }), [0, 1]);
});

test('the day of a step is counted from what it names, and missing where that is', () => {
  assert.equal(said({ way: 'counter' })[1]?.day, undefined);
  const days = fc.integer({ min: -400, max: 400 }).map((count) => addDays('2026-11-23', count));
  fc.assert(
    fc.property(days, (until) => {
      assert.deepEqual(said({ way: 'counter', until })[1]?.day, {
        date: addDays(until, -2),
        fromBooked: undefined,
      });
    }),
  );
});
