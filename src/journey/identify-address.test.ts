import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Answer } from '#service';
import { compileService } from '#service';
import { smallCity } from '#test/reference';
import { testFolder, testService } from '#test/service';
import { momentOf } from '#time';
import {
  type Identified,
  isFromId,
  isLocked,
  type Progress,
  readPage,
  review,
  toldInPart,
  toldWrong,
  walk,
  withIdentity,
  withoutIdentity,
} from './index.ts';

const moment = momentOf(new Date('2026-11-23T09:00:00Z'));
const service = testService(`
identity: high
pages:
  - id: who
    kind: identify
    level: high
    questions:
      - { id: home, kind: address, within: anywhere, from: address }
      - { id: dwelling, kind: address, within: city, from: address, locked: false }
`);
const [page] = service.pages;
const [, home, dwelling] = page?.questions ?? [];
assert.ok(page && home && dwelling);

const kaiser = { street: 'Kaiserstraße', houseNumber: '10', postcode: '76133', city: 'Karlsruhe' };

function identified(address: Answer): Progress {
  const identity: Identified = {
    ...{
      provider: 'bundid',
      level: 'high',
      means: 'idCard',
      at: '2026-11-23T09:00:00Z',
      attributes: { address },
    },
  };
  assert.ok(page);
  return withIdentity(page, { answers: {}, seen: [] }, identity, smallCity);
}

describe('an address that an ID tells', () => {
  it('answers in the spelling of the city, however the register writes it', () => {
    for (const told of [
      { ...kaiser, country: 'DEU' },
      { ...kaiser, street: 'KAISERSTR.', city: 'Karlsruhe-Durlach' },
      { ...kaiser, street: 'Kaiserstr. 10', houseNumber: '' },
      { ...kaiser, postcode: 'D-76133' },
    ]) {
      const progress = identified(told);
      assert.deepEqual(progress.answers.dwelling, kaiser);
      assert.ok(isLocked(home, progress) && !isLocked(dwelling, progress) && isFromId(dwelling, progress));
      assert.deepEqual(toldWrong(page, progress, smallCity), []);
    }
  });

  it('may have a street that the list of the city does not have: the register knows it, and the clerk is told', () => {
    const { answers } = identified({ ...kaiser, street: 'Ganz Neue Gasse' });
    assert.deepEqual(answers.dwelling, { ...kaiser, street: 'Ganz Neue Gasse', unlisted: true });
    assert.deepEqual(answers.home, { ...kaiser, street: 'Ganz Neue Gasse' });
  });

  it('has to be in the city all the same, says so at the field, and can be corrected there', () => {
    const outside = { street: 'Hauptstraße', houseNumber: '5', postcode: '76275', city: 'Ettlingen' };
    const progress = identified({ ...outside, country: 'DEU' });
    assert.equal(progress.answers.dwelling, undefined);
    assert.deepEqual(progress.answers.home, outside);
    const wrong = toldWrong(page, progress, smallCity);
    assert.deepEqual(
      wrong.map(({ field, code, params }) => [field, code, params]),
      [
        ['dwelling.postcode', 'postcodeNotInCity', { city: 'Karlsruhe' }],
        ['dwelling.city', 'notInCity', { city: 'Karlsruhe' }],
      ],
    );
    const shown = toldInPart(page, progress);
    assert.deepEqual(shown['dwelling.street'], ['Hauptstraße']);
    const unchanged = readPage(service, page, shown, progress, moment, smallCity);
    assert.ok(unchanged.errors.some(({ field }) => field === 'dwelling.postcode'));
    const corrected = { 'dwelling.street': ['Kaiserstr. 10'], 'dwelling.postcode': ['76133'] };
    const read = readPage(service, page, corrected, progress, moment, smallCity);
    assert.deepEqual(read.errors, []);
    assert.deepEqual(read.answers.dwelling, kaiser);
    // What was typed beside somebody's ID goes with it.
    assert.deepEqual(withoutIdentity(page, { ...progress, answers: read.answers }).answers, {});
  });

  it('in another state is an answer where that can be, with its country, and not in the city', () => {
    const told = { street: 'Ringstrasse', houseNumber: '1', postcode: '1010', city: 'Wien', country: 'AUT' };
    const progress = identified(told);
    assert.deepEqual(progress.answers.home, told);
    assert.deepEqual(
      toldWrong(page, progress, smallCity).map(({ field, code }) => [field, code]),
      [['dwelling.city', 'notInCity']],
    );
    assert.deepEqual(toldInPart(page, progress), {});
    const bare = { street: 'Ballyhaunis', houseNumber: '', postcode: '', city: 'Y', country: 'IRL' };
    assert.deepEqual(identified(bare).answers.home, bare);
  });

  it('is told apart from what somebody has said instead', () => {
    const marks = (progress: Progress) =>
      review(service, walk(service, progress, moment), 'de')
        .flatMap(({ lines }) => lines)
        .map(({ field, mark }) => [field, mark]);
    const told = identified({ ...kaiser, street: 'KAISERSTR.' });
    const plain = [
      ['who', undefined],
      ['home', undefined],
    ];
    assert.deepEqual(marks(told), [...plain, ['dwelling', undefined]]);
    const moved = { ...told, answers: { ...told.answers, dwelling: { ...kaiser, houseNumber: '99' } } };
    assert.deepEqual(marks(moved), [...plain, ['dwelling', 'selbst angegeben']]);
  });

  it('fills in what it tells where it tells only a part, and blames nobody', () => {
    for (const told of [
      { ...kaiser, houseNumber: '' },
      { ...kaiser, street: '', houseNumber: '' },
    ]) {
      const progress = identified(told);
      assert.equal(progress.answers.dwelling, undefined);
      assert.equal(progress.answers.home, undefined);
      assert.ok(!isLocked(home, progress), 'what is missing must be possible to add');
      assert.deepEqual(toldWrong(page, progress, smallCity), []);
      assert.deepEqual(toldInPart(page, progress)['home.postcode'], ['76133']);
      // What somebody adds to their ID does not stay for the next one's.
      const added = { ...progress, answers: { ...progress.answers, home: kaiser } };
      assert.deepEqual(withoutIdentity(page, added).answers, {});
      assert.deepEqual(toldInPart(page, progress)['dwelling.street'], [told.street]);
    }
  });

  it('is never in the way where nobody can change it', () => {
    const odd = { street: 'Улица', houseNumber: '10', postcode: '1', city: 'Karlsruhe' };
    const progress = identified(odd);
    assert.deepEqual(progress.answers.home, odd);
    assert.ok(isLocked(home, progress));
  });
});

it('a service cannot lock an address to the city that an ID may tell outside of it', () => {
  const { problems } = compileService(
    testFolder(`
identity: high
pages:
  - id: who
    kind: identify
    level: high
    questions: [{ id: home, kind: address, within: city, from: address }]
`),
  );
  assert.match(problems.map(({ message }) => message).join('\n'), /`within: city` needs `locked: false`/);
});
