import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { germanIn, LANGUAGES, runsOf, withGermanWords, withoutMarks } from './index.ts';

/** What is marked as German in a text. */
const germanOf = (text: string): readonly string[] =>
  runsOf(text).flatMap(({ text: part, lang }) => (lang === 'de' ? [part] : []));

it('a German word says that it is German, whatever the language around it', () => {
  const english = withGermanWords('The certificate (Führungszeugnis) says “Belegart N”.', 'en');
  assert.deepEqual(germanOf(english), ['Führungszeugnis', 'Belegart']);
  assert.deepEqual(germanOf(withGermanWords('شهادة (Führungszeugnis)', 'ar')), ['Führungszeugnis']);
});

it('a phrase is marked as a whole, and no part of a longer word is', () => {
  assert.deepEqual(germanOf(withGermanWords('Write Amtsgericht Mitte, Berlin here', 'en')), [
    'Amtsgericht Mitte, Berlin',
  ]);
  assert.deepEqual(germanOf(withGermanWords('Betreuungsbehörde, Standesamt-Mitte', 'en')), []);
});

it('a German sentence needs no marks, and one that is marked already is not marked twice', () => {
  assert.equal(withGermanWords('Ihr Führungszeugnis', 'leicht'), 'Ihr Führungszeugnis');
  const office = `Office: ${germanIn('en', 'Standesamt Mitte')}, Standesamt`;
  assert.deepEqual(germanOf(withGermanWords(office, 'en')), ['Standesamt Mitte', 'Standesamt']);
});

it('nothing of a text is lost', () => {
  const pieces = fc.array(fc.constantFrom('Sperrmüll', ' ', 'text', 'Weiße Ware', '{name}', '\n', 'ß', '-'));
  fc.assert(
    fc.property(pieces, fc.constantFrom(...LANGUAGES), (parts, language) => {
      const text = parts.join('');
      assert.equal(withoutMarks(withGermanWords(text, language)), text);
    }),
  );
});
