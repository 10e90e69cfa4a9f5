import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compileMessage } from './message.ts';

const GERMAN = { tag: 'de-DE', direction: 'ltr' } as const;
const ARABIC = { tag: 'ar', direction: 'rtl' } as const;
const say = (
  text: string,
  values: Record<string, string | number>,
  written: Parameters<typeof compileMessage>[1] = GERMAN,
) => compileMessage(text, written).say(values);

describe('a sentence with something in it', () => {
  it('counts as its language counts', () => {
    const streets = '{count, plural, one {# Straße} other {# Straßen}}';
    assert.deepEqual(
      [0, 1, 2, 1234].map((count) => say(streets, { count })),
      ['0 Straßen', '1 Straße', '2 Straßen', '1.234 Straßen'],
    );
    const days = '{n, plural, zero {0} one {1} two {2} few {few} many {many} other {other}}';
    assert.deepEqual(
      [0, 1, 2, 3, 11, 100].map((n) => say(days, { n }, ARABIC)),
      ['0', '1', '2', 'few', 'many', 'other'],
    );
    assert.equal(say('{n, plural, =0 {none} other {some}}', { n: 0 }), 'none');
  });

  it('tells cases apart by a word, and takes the other one for any that it does not know', () => {
    const way = '{way, select, card {Karte} other {Seite}}';
    assert.deepEqual([say(way, { way: 'card' }), say(way, { way: 'x' })], ['Karte', 'Seite']);
  });

  it('writes Latin digits and Gregorian years whatever the language has of its own', () => {
    const persian = { tag: 'fa', direction: 'rtl' } as const;
    assert.equal(say('{n, number}', { n: 12 }, persian), '12');
  });

  it('keeps what is put into Arabic in its own order', () => {
    assert.equal(
      say('في {street} اليوم', { street: 'Kaiserstraße 10a' }, ARABIC),
      'في \u2068Kaiserstraße 10a\u2069 اليوم',
    );
    assert.equal(say('in der {street}', { street: 'Kaiserstraße 10a' }), 'in der Kaiserstraße 10a');
  });

  it('keeps what runs to the left in its own order inside a sentence that runs to the right', () => {
    assert.equal(say('{from} → {to}', { from: 'علي 12', to: 'Ali 12' }), '\u2068علي 12\u2069 → Ali 12');
  });

  it('says what cannot be read, and which plural forms a language has', () => {
    assert.throws(() => say('{count', {}), /the braces are wrong/);
    assert.throws(
      () => say('{n, plural, few {a} other {b}}', {}),
      /no plural form `few` in de-DE; there are one, other/,
    );
    assert.throws(() => say('{day, date}', {}), /only \{name\}/);
  });
});
