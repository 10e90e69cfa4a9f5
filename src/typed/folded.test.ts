import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { folded } from '#typed';

test('words that differ only in how they are typed are one', () => {
  for (const [word, ...others] of [
    ['Sperrmüll', 'SPERRMUELL', 'sperrmull', 'Sperrmu\u0308ll', 'ＳＰＥＲＲＭÜＬＬ'],
    ['Straße', 'strasse', 'STRASSE', 'STRAẞE'],
    ['Götter', 'Goetter', 'Gotter'],
    ['ışık', 'IŞIK', 'isik', 'İŞİK', 'İŞİK'.normalize('NFD'), 'ISIK'],
    ['çöp', 'ÇÖP', 'cop', 'coep'],
    ['Łódź', 'LODZ'],
    ['smørrebrød', 'SMORREBROD'],
    ['ثلاجة', 'ثلاجه', 'ثَلَّاجَة', 'ثـلاجـة', 'ﺛﻼﺟﺔ'],
    ['إقامة', 'أقامة', 'اقامة', 'ٱقامه'],
    ['مستشفى', 'مستشفي', 'مستشفی'],
    ['شيء', 'شئ', 'شي'],
    ['كرسي', 'کرسی'],
    ['١٢٣', '123', '۱۲۳', '１２３'],
    ['ΟΔΌΣ', 'οδος', 'οδοσ'],
    ['ёлка', 'ЕЛКА'],
  ] as const) {
    for (const other of others) assert.equal(folded(other), folded(word), `${other} / ${word}`);
  }
});

test('words that differ in their letters stay apart', () => {
  for (const [word, other] of [
    ['Bau', 'Baum'],
    ['Kasse', 'Kiste'],
    ['بيت', 'بنت'],
    ['kart', 'kurt'],
  ] as const)
    assert.notEqual(folded(word), folded(other));
});

/** Letters as they are on the keyboards of the languages that there are, and of some others. */
const written = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      ...'abcdeioustüöäßÜÖÄçşğıİIâ łŁøæ',
      ...'ابتثةهىيءأإآؤئٱـَّ',
      ...'абвёйґ',
      ...'αβςσΊ',
      ...'0٣۴',
    ),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
});

test('folding twice, in another case or taken apart, changes nothing', () => {
  fc.assert(
    fc.property(written, (text) => {
      const once = folded(text);
      assert.equal(folded(once), once);
      assert.equal(folded(text.normalize('NFD')), once);
      assert.equal(folded(text.normalize('NFC')), once);
      assert.ok(!/\p{M}|\p{Lu}/u.test(once), once);
    }),
    { numRuns: 2000 },
  );
  const cased = fc.string({ unit: fc.constantFrom(...'abcdeioustüöäßçşğıİłøæабвёйαβςσ') });
  fc.assert(
    fc.property(cased, (text) => {
      assert.equal(folded(text.toUpperCase()), folded(text));
      assert.equal(folded(text.toLocaleUpperCase('tr')), folded(text));
    }),
  );
});
