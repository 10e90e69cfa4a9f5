import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { walk } from '#journey';
import type { FeeDue } from '#service';
import { testService } from '#test/service';
import { momentOf } from '#time';
import { isWhatWasShown, shownMarks, submissionKeyOf } from './marks.ts';

const PAGES = '[{ id: p, kind: questions, questions: [{ id: note, kind: text }] }]';
const moment = momentOf(new Date('2026-11-23T10:00:00+01:00'));
const service = testService(`pages: ${PAGES}`);
const free = { cents: 0, count: 1, eachCents: 0, furtherCents: 0, exemption: undefined };
const costly = { ...free, cents: 500, eachCents: 500, furtherCents: 500 };

function shown(fee: FeeDue, key: string, note: string) {
  const draft = { key, version: 1, answers: { note }, seen: ['p'] };
  return { draft, walked: { ...walk(service, draft, moment), fee } };
}
const word = fc.stringMatching(/^[a-z]{1,12}$/);

describe('what a page has shown', () => {
  it('is known by its marks, and nothing else is taken for it', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), word, word, (key, other, note, changed) => {
        const fields = Object.fromEntries(
          Object.entries(shownMarks(shown(free, key, note))).map(([name, mark]) => [name, [mark]]),
        );
        assert.equal(isWhatWasShown(shown(free, key, note), fields), true);
        assert.equal(isWhatWasShown(shown(free, key, changed), fields), note === changed);
        assert.equal(isWhatWasShown(shown(free, other, note), fields), key === other);
        assert.equal(isWhatWasShown(shown(free, key, note), {}), false);
      }),
    );
  });
});

describe('the key that makes handing in twice one case', () => {
  it("is the draft's own where nothing is paid, whatever is answered by then", () => {
    fc.assert(
      fc.property(fc.uuid(), word, (key, note) => {
        assert.equal(submissionKeyOf(shown(free, key, note)), key);
      }),
    );
  });

  it('is of the answers as well where something is, and an id like any other', () => {
    fc.assert(
      fc.property(fc.uuid(), word, word, (key, note, changed) => {
        const [one, other] = [note, changed].map((text) => submissionKeyOf(shown(costly, key, text)));
        assert.match(one ?? '', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
        assert.equal(one === other, note === changed);
        assert.equal(one, submissionKeyOf(shown(costly, key, note)));
      }),
    );
  });
});
