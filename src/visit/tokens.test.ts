import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { LANGUAGES } from '#language';
import { changeSettings, DEFAULT_SETTINGS } from '#web';
import { lookIn } from './context.ts';
import { heldIn, idIn, overOf, overToken, visitToken } from './tokens.ts';
import type { Draft, Over } from './visit.ts';

const slug = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/);
const look = fc.record({
  language: fc.constantFrom(...LANGUAGES),
  settings: fc
    .record({ size: fc.constantFrom('1', '2', '3'), contrast: fc.constantFrom('on', 'off') })
    .map((chosen) => changeSettings(DEFAULT_SETTINGS, chosen)),
});
const draft = (key: string): Draft => ({ key, version: 1, answers: {}, seen: [] });
const receipt = { key: 'k', caseId: 'c', number: 'n', accessCode: 'a', code: undefined };
const visit = fc
  .tuple(
    fc.uuid(),
    fc.uint8Array({ minLength: 32, maxLength: 32 }),
    look,
    fc.uniqueArray(slug),
    fc.boolean(),
    fc.uuid(),
  )
  .map(([id, key, read, slugs, sent, last]) => ({
    ...{ ...read, id, key: Buffer.from(key) },
    secret: {
      csrf: '',
      drafts: Object.fromEntries(slugs.map((one) => [one, draft(last)])),
      receipts: sent ? { other: receipt } : {},
    },
  }));

describe("the text of a visit's cookie", () => {
  it('says after the visit how its person reads, and what they were doing', () => {
    fc.assert(
      fc.property(visit, (one) => {
        const over = overOf(visitToken(one));
        const begun = Object.keys(one.secret.drafts).at(-1);
        assert.equal(over.language, one.language);
        assert.deepEqual(over.settings, one.settings);
        assert.equal(over.begun, begun);
        assert.equal(over.key, begun && one.secret.drafts[begun]?.key);
        assert.equal(over.sent, begun === undefined && 'other' in one.secret.receipts);
      }),
    );
  });

  it('opens the same visit however its person reads by now', () => {
    fc.assert(
      fc.property(visit, look, (one, now) => {
        assert.equal(heldIn(visitToken(one)), heldIn(visitToken({ ...one, ...now })));
        assert.equal(idIn(visitToken(one)), one.id);
      }),
    );
  });

  it('opens nothing any more once the visit is over, and goes on saying what became of it', () => {
    const over = fc.oneof(
      fc.record({ begun: slug, key: fc.uuid(), sent: fc.constant(false) }),
      fc.record({ begun: fc.constant(undefined), key: fc.constant(undefined), sent: fc.boolean() }),
    );
    fc.assert(
      fc.property(look, over, (read, what) => {
        const known: Over = { ...read, ...what };
        const token = overToken(known);
        assert.equal(heldIn(token), undefined);
        assert.deepEqual(overOf(token), known);
      }),
    );
  });

  it('may be anything that a browser sends', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        assert.ok(LANGUAGES.includes(overOf(text).language));
        const header = `a=b; __Host-visit=${encodeURIComponent(text)}`;
        assert.ok(LANGUAGES.includes(lookIn(header)?.language ?? 'de'));
      }),
    );
  });
});
