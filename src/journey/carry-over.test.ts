import assert from 'node:assert/strict';
import { test } from 'node:test';
import { smallCity } from '#test/reference';
import { testService } from '#test/service';
import { carryOver, type Identified, type Progress, walk } from './index.ts';

const moment = { now: new Date('2026-11-23T09:00:00Z'), today: '2026-11-23', isHoliday: () => false };

const service = testService(`
identity: substantial
pages:
  - id: who
    kind: identify
    level: substantial
    otherwise: true
    questions:
      - { id: surname, kind: name, from: familyName, locked: true }
  - id: notice
    kind: information
  - id: things
    kind: questions
    questions:
      - { id: colour, kind: chooseOne, options: [{ id: red }, { id: blue }] }
      - { id: pieces, kind: number, max: 5 }
      - { id: day, kind: date }
      - { id: promise, kind: declaration }
`);

const before: Progress = {
  answers: { colour: 'red', pieces: 3, day: '2026-11-20', promise: true, gone: 'Sofa', surname: 'Typed' },
  seen: ['notice', 'things'],
};

const identity: Identified = {
  ...{ provider: 'bundid', level: 'substantial', means: 'eidas', at: '2026-11-23T08:00:00Z' },
  attributes: { familyName: 'Groß' },
};

test('what still answers a question of the same name stays, and nothing else', () => {
  const { answers } = carryOver(service, before, smallCity);
  assert.deepEqual(answers, { colour: 'red', pieces: 3, day: '2026-11-20', surname: 'Typed' });
});

test('an option that is gone and another kind of answer are asked again', () => {
  const wrong = { ...before, answers: { ...before.answers, colour: 'green', pieces: 'many', day: 4 } };
  assert.deepEqual(carryOver(service, wrong, smallCity).answers, { surname: 'Typed' });
});

test('what only informs is shown again, and a declaration is made in the words of now', () => {
  const after = carryOver(service, { ...before, answers: { ...before.answers, who: 'none' } }, smallCity);
  assert.equal(walk(service, after, moment).next?.id, 'notice');
  assert.equal(walk(service, { ...after, seen: ['notice'] }, moment).next?.id, 'things');
});

test('an identification stays what it was, proves what it can, and is not enough where more is asked for now', () => {
  const signedIn = { ...before, answers: { ...before.answers, who: 'substantial' }, identity };
  const after = carryOver(service, signedIn, smallCity);
  assert.equal(after.answers.surname, 'Groß');
  assert.equal(walk(service, after, moment).next?.id, 'notice');
  const low = {
    ...signedIn,
    answers: { ...signedIn.answers, who: 'low' },
    identity: { ...identity, level: 'low' } as const,
  };
  assert.equal(walk(service, carryOver(service, low, smallCity), moment).next?.id, 'who');
});
