import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type FormFields, walk } from '#journey';
import { smallCity } from '#test/reference';
import { testService } from '#test/service';
import { momentOf } from '#time';
import type { Draft, Unsent, Visit } from '#visit';
import { stillWrong } from './still-wrong.ts';

const service = testService(`
pages:
  - id: who
    kind: questions
    questions:
      - { id: name, kind: text }
      - { id: count, kind: number, min: 1, max: 9 }
      - { id: born, kind: date }
`);
const [page] = service.pages;
assert.ok(page);
const moment = momentOf(new Date('2026-11-23T10:00:00+01:00'));
const QUESTIONS = ['name', 'count', 'born'] as const;
const RIGHT: FormFields = {
  ...{ name: ['Łukasz'], count: ['3'] },
  ...{ 'born.day': ['1'], 'born.month': ['2'], 'born.year': ['1990'] },
};
const of = (field: string): string => field.split('.')[0] ?? field;

const here = (unsent: Unsent | undefined) => {
  const draft: Draft = { key: 'k', version: 1, seen: [], answers: {}, unsent: unsent ? { who: unsent } : {} };
  return { visit: {} as Visit, service, page, draft, moment, walked: walk(service, draft, moment) };
};
const wrongAt = (field: string) => ({ field, code: 'required', own: false, params: {} });
const nothing = { answers: {}, errors: [] };
/** @returns the questions that are said to be wrong with this in the fields, after those were said to be */
function said(before: readonly string[], fields: FormFields, typed: FormFields = {}): string[] {
  const unsent = { fields: typed, errors: before.map(wrongAt) };
  const sent = { fields, uploads: new Map() };
  return stillWrong({ reference: smallCity }, here(unsent), sent, nothing).map(({ field }) => of(field));
}

const some = fc.subarray([...QUESTIONS]);
/** The right answers to some questions, and nothing at the others. */
const filled = (right: readonly string[]): FormFields =>
  Object.fromEntries(Object.entries(RIGHT).filter(([name]) => right.includes(of(name))));

describe('a page that comes back in another language', () => {
  it('says of each question that was wrong whether it still is, and nothing of those that were never sent', () => {
    fc.assert(
      fc.property(some, some, (before, mended) => {
        const left = before.filter((id) => !mended.includes(id));
        assert.deepEqual(new Set(said(before, filled(mended))), new Set(left));
      }),
    );
  });

  it('says what only the office could say as long as the page says the same, and not when something was changed', () => {
    const taken = { ...wrongAt('name'), code: 'formOutdated' };
    const unsent = { fields: RIGHT, errors: [taken] };
    const ask = (fields: FormFields) =>
      stillWrong({ reference: smallCity }, here(unsent), { fields, uploads: new Map() }, nothing);
    assert.deepEqual(ask(RIGHT), [taken]);
    assert.deepEqual(ask({ ...RIGHT, count: ['4'] }), []);
  });

  it('says what is wrong with files that came just now, and nothing else where nothing had been said', () => {
    const file = { field: 'count', code: 'fileEmpty', own: false, params: {} };
    const sent = { fields: {}, uploads: new Map() };
    const found = stillWrong({ reference: smallCity }, here(undefined), sent, {
      answers: {},
      errors: [file],
    });
    assert.deepEqual(found, [file]);
  });
});
