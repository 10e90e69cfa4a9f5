import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { walk } from '#journey';
import { testService } from '#test/service';
import { momentOf } from '#time';
import type { Visit } from '#visit';
import { answered, shownAgain } from './shown-again.ts';

const service = testService(`
pages:
  - id: people
    kind: questions
    questions:
      - { id: note, kind: text, optional: true }
      - { id: persons, kind: group, questions: [{ id: name, kind: text }] }
  - { id: other, kind: questions, questions: [{ id: more, kind: text }] }
`);
const [page, other] = service.pages;
assert.ok(page && other);
const draft = {
  ...{ key: 'k', version: 1, seen: [] },
  answers: { persons: [{ name: 'Ayşe' }, { name: 'Łukasz' }] },
};
const moment = momentOf(new Date('2026-11-23T10:00:00+01:00'));
const here = { visit: {} as Visit, service, page, draft, moment, walked: walk(service, draft, moment) };

describe('a page that comes back', () => {
  it('shows what was typed in the entry that was open, and the others as they were answered', () => {
    assert.deepEqual(shownAgain(here, { 'persons[1].name': ['Đặng'] }), {
      fields: { 'persons[0].name': ['Ayşe'], 'persons[1].name': ['Đặng'] },
      entry: 1,
    });
  });

  it('opens no entry where none or several were typed in, and is as it was answered where nothing was', () => {
    assert.equal(shownAgain(here, { note: ['x'] }).entry, undefined);
    const both = { 'persons[0].name': ['x'], 'persons[1].name': ['y'] };
    assert.equal(shownAgain(here, both).entry, undefined);
    assert.deepEqual(shownAgain(here, undefined), { fields: undefined, entry: undefined });
  });
});

describe('what waits on a page that was not sent yet', () => {
  const errors = [{ field: 'more', code: 'required', own: false, params: {} }] as const;
  const unsent = { other: { fields: { more: ['x'] }, errors } };

  it('stays when another page is answered, and what was wrong with it is judged anew', () => {
    assert.deepEqual(answered({ ...draft, unsent }, page).unsent, { other: { ...unsent.other, errors: [] } });
  });

  it('is done with when its own page is', () => {
    assert.equal('unsent' in answered({ ...draft, unsent }, other), false);
    assert.equal('unsent' in answered(draft, page), false);
  });
});
