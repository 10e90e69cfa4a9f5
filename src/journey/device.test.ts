import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Answers } from '#service';
import { testService } from '#test/service';
import { momentOf } from '#time';
import { type Progress, walk, withoutStrayOutcomes } from './index.ts';

const moment = momentOf(new Date('2026-11-23T09:00:00Z'));

/** Two devices, one after the other; what stands after them changes nothing of what they did. */
const card = testService(`
pages:
  - id: what
    kind: questions
    questions:
      - { id: what, kind: chooseOne, options: [{ id: set }, { id: change }, { id: advice }] }
      - { id: note, kind: text, optional: true }
  - id: reader
    kind: device
    when: what in ["set", "change"]
    device: { id: eid, modeFrom: what, outcomes: [done, failed] }
  - id: second
    kind: device
    when: what in ["set", "change"]
    device: { id: eid, modeFrom: what, outcomes: [done, failed] }
  - id: later
    kind: questions
    questions:
      - { id: later, kind: text, optional: true }
`);

const answers = fc.record<Answers>(
  {
    what: fc.constantFrom('set', 'change', 'advice'),
    note: fc.constantFrom('a', 'b'),
    reader: fc.constantFrom('done', 'failed'),
    second: fc.constantFrom('done', 'failed'),
    later: fc.constantFrom('a', 'b'),
  },
  { requiredKeys: [] },
);

const progress = (said: Answers): Progress => ({ answers: said, seen: ['what', 'later'] });

test('what a device did stays exactly as long as everything said before it', () => {
  fc.assert(
    fc.property(answers, answers, (one, other) => {
      const [before, after] = [progress(one), progress({ ...one, ...other })];
      const kept = withoutStrayOutcomes(card, before, after, moment).answers;
      const isSame = (names: readonly string[]) => {
        const [was, is] = [before, { ...after, answers: kept }].map(
          (each) => walk(card, each, moment).answers,
        );
        return names.every((name) => was?.[name] === is?.[name]);
      };
      assert.equal(kept.reader, isSame(['what', 'note']) ? after.answers.reader : undefined);
      assert.equal(kept.second, isSame(['what', 'note', 'reader']) ? after.answers.second : undefined);
      for (const name of ['what', 'note', 'later']) assert.equal(kept[name], after.answers[name]);
    }),
  );
});

test('who says the same anew wants it done once more', () => {
  const done = progress({ what: 'set', reader: 'done', second: 'done' });
  const [what, reader] = card.pages;
  assert.deepEqual(withoutStrayOutcomes(card, done, done, moment, what).answers, { what: 'set' });
  assert.deepEqual(withoutStrayOutcomes(card, done, done, moment, reader).answers, done.answers);
});

test('a way to the device leads back to nothing once something else was said', () => {
  const begun = { ...progress({ what: 'set' }), step: { page: 'reader' } };
  const changed = { ...begun, answers: { what: 'change' } };
  assert.equal(withoutStrayOutcomes(card, begun, changed, moment).step, undefined);
  assert.deepEqual(withoutStrayOutcomes(card, begun, begun, moment).step, { page: 'reader' });
});
