import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { BEST_LEVEL, IDENTITY_LEVELS, MEANS, TOLD_MEANS, type ToldMeans } from '#service';
import { smallCity } from '#test/reference';
import { testService } from '#test/service';
import { type Identified, review, submission, walk, withIdentity } from './index.ts';

const moment = { now: new Date('2026-11-23T09:00:00Z'), today: '2026-11-23', isHoliday: () => false };

/** A service with an identify page; who has typed a birth name that was not read must prove it. */
const service = (rule: string) =>
  testService(`
identity: high
pages:
  - id: who
    kind: identify
    level: high
${rule}
    questions:
      - { id: surname, kind: name, from: familyName }
      - { id: birthName, kind: name, from: birthName }
  - { id: elsewhere, kind: finish, when: who == "none" }
  - id: proof
    kind: questions
    when: '!("birthName" in whoRead)'
    questions:
      - { id: sure, kind: declaration }
  - id: permit
    kind: information
    when: whoMeans == "residencePermit"
`);
const CARDS = '    means: [idCard, eidCard, residencePermit]\n    otherwise: ending';
const free = service('    otherwise: ending');
const cards = service(CARDS);
const onlyIdCard = service('    means: [idCard]\n    otherwise: ending');

const person = (means: ToldMeans, level: Identified['level'] = BEST_LEVEL[means]): Identified => ({
  ...{ provider: 'bundid', level, means, at: '2026-11-23T08:00:00Z' },
  attributes: { familyName: 'Groß', birthName: 'Groß' },
});

/** @returns the page that still needs something after this person has identified, or undefined */
function after(where: typeof free, identity: Identified | undefined): string | undefined {
  const [page] = where.pages;
  assert.ok(page);
  return walk(where, withIdentity(page, { answers: {}, seen: [] }, identity, smallCity), moment).next?.id;
}

test('a level below the one that is asked for never passes an identify page, by whatever means', () => {
  fc.assert(
    fc.property(fc.constantFrom(...TOLD_MEANS), fc.constantFrom('low', 'substantial'), (means, level) => {
      for (const where of [free, cards, onlyIdCard])
        assert.equal(after(where, person(means, level)), 'who', `${means} ${level}`);
    }),
  );
  assert.notEqual(after(free, person('eidas', 'high')), 'who');
});

test('where the law names the means, no other passes, however sure it is', () => {
  const passes = (where: typeof free) =>
    TOLD_MEANS.filter((one) => after(where, person(one, 'high')) !== 'who');
  assert.deepEqual(
    passes(free),
    TOLD_MEANS.filter((one) => one !== 'letterCode'),
  );
  assert.deepEqual(passes(cards), ['idCard', 'eidCard', 'residencePermit', 'onlineId']);
  // A German card of which the kind is not known may be the wrong one.
  assert.deepEqual(passes(onlyIdCard), ['idCard']);
});

test('an answer that says a level is nothing without the identification it comes from', () => {
  for (const level of IDENTITY_LEVELS.filter((one) => one !== 'none')) {
    const answers = { who: level, surname: 'Mallory', birthName: 'Mallory' };
    assert.equal(walk(free, { answers, seen: [] }, moment).next?.id, 'who', level);
    const low = { answers, seen: [], identity: person('password') };
    assert.equal(walk(free, low, moment).next?.id, 'who', level);
  }
});

test('who has none of the means comes to the ending, without being asked anything', () => {
  assert.equal(after(cards, undefined), 'elsewhere');
});

test('conditions see the means, and what was read from the card rather than typed', () => {
  const [page] = cards.pages;
  assert.ok(page);
  const permit = withIdentity(page, { answers: {}, seen: [] }, person('residencePermit'), smallCity);
  assert.deepEqual(
    walk(cards, permit, moment).pages.map(({ id }) => id),
    ['who', 'permit', 'review'],
  );
  const { birthName: _, ...attributes } = person('idCard').attributes;
  const read = withIdentity(page, { answers: {}, seen: [] }, { ...person('idCard'), attributes }, smallCity);
  const typed = { ...read, answers: { ...read.answers, birthName: 'Groß' } };
  assert.equal(walk(cards, typed, moment).next?.id, 'proof', 'typed, although it is the same name');
});

test('review and submission say the means', () => {
  const [page] = cards.pages;
  assert.ok(page);
  const walked = walk(
    cards,
    withIdentity(page, { answers: {}, seen: [] }, person('eidCard'), smallCity),
    moment,
  );
  assert.deepEqual(submission(cards, walked).identity, {
    ...{ provider: 'bundid', level: 'high', means: 'eidCard', at: '2026-11-23T08:00:00Z' },
  });
  const [section] = review(cards, walked, 'de');
  assert.match(section?.lines[0]?.value ?? '', /eID-Karte/);
});

test('the compiler knows means that cannot reach the level, and endings that do not follow', () => {
  const complains = (rule: string) => {
    try {
      service(rule);
      return 'nothing';
    } catch (error) {
      return (error as Error).message;
    }
  };
  assert.match(complains('    means: [idCard, elster]\n    otherwise: ending'), /`elster` never reaches/);
  for (const means of MEANS.filter((one) => BEST_LEVEL[one] === 'high'))
    assert.equal(complains(`    means: [${means}]\n    otherwise: ending`), 'nothing', means);
  assert.match(complains('    means: [passport]\n    otherwise: ending'), /means/);
  const ends = (when: string) => `
identity: low
pages:
  - id: who
    kind: identify
    level: low
    otherwise: ending
    questions: [{ id: surname, kind: name, from: familyName }]
  - { id: elsewhere, kind: finish, when: ${when} }
`;
  assert.throws(() => testService(ends('\'who == "low"\'')), /otherwise: ending/);
  assert.ok(testService(ends('\'who == "none"\'')));
});

test('an ending that sends people to an office says whether they need an appointment', () => {
  const page = (more: string) => `
pages:
  - id: what
    kind: questions
    questions: [{ id: here, kind: yesNo }]
  - { id: away, kind: finish, when: '!here'${more} }
`;
  assert.throws(() => testService(page(', office: oa')), /appointment: needed/);
  assert.throws(() => testService(page(', appointment: none')), /belongs to an `office`/);
  assert.throws(() => testService(page(', office: oa, appointment: soon')), /appointment/);
  for (const appointment of ['needed', 'express', 'none'])
    assert.equal(
      testService(page(`, office: oa, appointment: ${appointment}`)).pages[1]?.appointment,
      appointment,
    );
});

test('the compiler knows a code by letter that cannot be: another level, named means, no fields for what the letter says', () => {
  const letter = (level: string, more: string, rule: string) => () =>
    testService(`
identity: ${level}
pages:
  - id: who
    kind: identify
    level: ${level}
    letterCode: ${rule}
${more}
    questions: [{ id: surname, kind: name, from: familyName }]
  - id: landlord
    kind: questions
    questions:
      - { id: landlordName, kind: text }
      - { id: landlordAddress, kind: address }
`);
  const rule = '{ name: landlordName, address: landlordAddress }';
  const able = letter('low', '', rule)();
  const bare: Identified = {
    ...{ provider: 'letterCode', level: 'low', means: 'letterCode', at: '2026-11-23T08:00:00Z' },
    attributes: {},
  };
  // Without the rule, as in a city that did not choose it, the same identification is worth nothing.
  const without = testService(`
identity: low
pages:
  - id: who
    kind: identify
    level: low
    questions: [{ id: surname, kind: name, from: familyName }]
`);
  const answers = { who: 'low', surname: 'Groß' };
  const next = (where: typeof able) => walk(where, { answers, seen: [], identity: bare }, moment).next?.id;
  assert.equal(next(able), 'landlord');
  assert.equal(next(without), 'who');
  assert.throws(letter('substantial', '', rule), /reaches the level `low` and no other/);
  assert.throws(letter('low', '    means: [idCard]', rule), /no code by letter is lawful/);
  assert.throws(
    letter('low', '', '{ name: surname, address: landlordAddress }'),
    /of kind `text` on a later page/,
  );
  assert.throws(
    letter('low', '', '{ name: landlordName, address: landlordName }'),
    /of kind `address` on a later/,
  );
});
