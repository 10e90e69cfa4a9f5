import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { inLang, withoutMarks } from '#language';
import { endsIn, openEnded } from './label-end.ts';

const label = fc.string({ unit: 'grapheme', minLength: 1 }).map((text) => withoutMarks(text));
const open = label.filter((text) => /[^\s…?؟:.]$/u.test(text) && !text.includes('\n'));
const end = fc.constantFrom('', '?', '؟', ':', ' …', '...', '.');

it('a label ends as it ends, whether it is marked as being in another language or not', () => {
  fc.assert(
    fc.property(open, end, (text, after) => {
      const own = `${text}${after}`;
      const marked = inLang(own, 'de');
      assert.equal(openEnded(own), text);
      assert.equal(openEnded(marked), inLang(text, 'de'));
      assert.equal(endsIn(marked, '?؟'), /[?؟]$/.test(own));
    }),
  );
});

it('only what is asked for is taken off', () => {
  assert.equal(openEnded('Wo finden wir Ihre Sachen?', ':'), 'Wo finden wir Ihre Sachen?');
  assert.equal(openEnded('Name: ', ':'), 'Name');
});
