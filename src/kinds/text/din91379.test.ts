import assert from 'node:assert/strict';
import { test } from 'node:test';
import { din91379 } from '#test/din91379';
import { notInNames, notInTexts } from './din91379.ts';

test('names of Europe are names', () => {
  for (const name of [
    'Đặng',
    'Łukasz',
    "Nguyễn-O'Brien",
    'Z\u0308ora',
    'von und zu Ünlü',
    'Þór',
    'Əli',
    'K\u035fHan',
  ]) {
    assert.deepEqual(notInNames(name), [], name);
    assert.deepEqual(notInNames(name.normalize('NFD')), [], `${name} decomposed`);
  }
});

test('other scripts, digits and signs are not in names, and are named', () => {
  assert.deepEqual(notInNames('Иван'), ['И', 'в', 'а', 'н']);
  assert.deepEqual(notInNames('R2D2'), ['2']);
  assert.deepEqual(notInNames('山田'), ['山', '田']);
  assert.deepEqual(notInNames('Ωmega @'), ['Ω', '@']);
  assert.deepEqual(notInNames('x\u0301'), ['x\u0301'], 'a combination that is not defined');
  assert.deepEqual(notInNames('\u0301'), ['\u0301'], 'a mark without a letter');
  assert.deepEqual(notInNames('a\u{1F600}'), ['\u{1F600}']);
});

test('texts may have digits, signs and line ends', () => {
  assert.deepEqual(notInTexts('Haus 3, 2. OG\n50 % (links) §19 – „x“'), ['–', '„', '“']);
  assert.deepEqual(notInTexts('Haus 3, 2. OG\n50 % (links) § 19'), []);
});

test('every character of the published table is judged as the standard says', () => {
  const glyphs = din91379();
  const latin = [...glyphs.LatinLetters, ...glyphs.NonLettersN1];
  assert.equal(latin.length, 649 + 18);
  for (const glyph of latin) assert.deepEqual(notInNames(glyph), [], glyph);
  const signs = [...glyphs.NonLettersN2, ...glyphs.NonLettersN3, ...glyphs.NonLettersN4];
  for (const glyph of signs) {
    assert.deepEqual(notInNames(glyph).length, 1, glyph);
    assert.deepEqual(notInTexts(glyph), [], glyph);
  }
  for (const glyph of [...glyphs.GreekLetters, ...glyphs.CyrillicLetters, ...glyphs.NonLettersE1]) {
    assert.equal(notInTexts(glyph).length, 1, glyph);
  }
  const known = new Set(
    [...latin, ...signs].filter((glyph) => glyph.length === 1).map((glyph) => glyph.charCodeAt(0)),
  );
  for (let code = 0; code < 0xd800; code += 1) {
    const glyph = String.fromCharCode(code);
    if (glyph.normalize('NFC') !== glyph) continue;
    assert.equal(notInTexts(glyph).length === 0, known.has(code), `U+${code.toString(16)}`);
  }
});
