import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { asTyped } from '#typed';

test('what cannot be seen vanishes', () => {
  const hidden =
    '\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2066\u2067\u2068\u2069\u00ad\ufeff\ufe0f\u061c\u034f\u180e\u115f\u3164\u{e0041}\u{e007f}\u{e0100}\u0000\u0007\u007f';
  for (const sign of hidden) {
    assert.equal(asTyped(`${sign}Ma${sign}x${sign}`), 'Max', `U+${sign.codePointAt(0)?.toString(16)}`);
  }
});

test('digits of every script are digits', () => {
  const systems = Intl.supportedValuesOf('numberingSystem').map((system) =>
    new Intl.NumberFormat(`en-u-nu-${system}`, { useGrouping: false, minimumIntegerDigits: 10 }).format(
      123_456_789,
    ),
  );
  const positional = systems.filter((text) => /^\p{Nd}{10}$/u.test(text));
  assert.ok(positional.length > 20);
  for (const text of positional) assert.equal(asTyped(text), '0123456789', text);
  assert.equal(asTyped('ﬁscher, Haﬀner, Shuﬄe'), 'fischer, Haffner, Shuffle');
  assert.equal(asTyped('Ｎａｍｅ＠ｗｅｂ．ｄｅ'), 'Name@web.de');
});

test('the end of a line is one character, however it was sent', () => {
  for (const end of ['\n', '\r\n', '\r', '\u200b\r\n']) assert.equal(asTyped(`a${end}${end}b`), 'a\n\nb');
});

test('what can be seen stays, and reading twice changes nothing', () => {
  for (const text of [
    'Đặng',
    'Z\u0308ora',
    'K\u035fHan',
    'Иван',
    '山田',
    'a\tb\nc',
    '½ m²',
    'Kaʻiulani',
    '😀',
  ]) {
    assert.equal(asTyped(text), text);
  }
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const read = asTyped(text);
      assert.equal(asTyped(read), read);
      assert.ok(!read.includes('\r'));
      assert.ok(!/\p{Default_Ignorable_Code_Point}/u.test(read));
      assert.ok(!/(?![0-9])\p{Nd}/u.test(read));
    }),
  );
});
