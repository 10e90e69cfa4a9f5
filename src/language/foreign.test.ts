import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { asTyped } from '#typed';
import { germanIn, inLang, longDate, runsOf, saidInItsLanguage, withoutMarks } from './index.ts';

const words = fc.string({ unit: 'grapheme' }).map((text) => withoutMarks(text));
const tags = fc.constantFrom('de', 'en', 'ar', 'sr-Latn');

it('a text in another language is told apart from what stands around it, and nothing of either is lost', () => {
  fc.assert(
    fc.property(words, words, words, tags, (before, text, after, lang) => {
      const runs = runsOf(`${before}${inLang(text, lang)}${after}`);
      assert.equal(runs.map((run) => run.text).join(''), before + text + after);
      for (const run of runs.filter((one) => one.lang !== undefined)) {
        assert.equal(run.lang, lang);
        assert.ok(text.includes(run.text));
      }
      assert.equal(withoutMarks(`${before}${inLang(text, lang)}${after}`), before + text + after);
    }),
  );
});

it('each line of a text says its language, so that it can be set in paragraphs', () => {
  for (const line of inLang('Erste Zeile\nZweite Zeile', 'de').split('\n'))
    assert.deepEqual(
      runsOf(line).map(({ lang }) => lang),
      ['de'],
    );
});

it('a name of a third language keeps its own inside a sentence that is marked as a whole', () => {
  assert.deepEqual(runsOf(inLang(`Zur ${inLang('Rue 5', 'fr')} bitte`, 'de')), [
    { text: 'Zur ', lang: 'de', dir: 'ltr' },
    { text: 'Rue 5', lang: 'fr', dir: 'ltr' },
    { text: ' bitte', lang: 'de', dir: 'ltr' },
  ]);
});

it('what nobody translates is marked where the page is not German, and only there', () => {
  const imprint = { operator: 'Stadt', note: 'Zeile\nZeile', offices: ['Amt'] };
  for (const language of ['de', 'leicht'] as const) assert.deepEqual(germanIn(language, imprint), imprint);
  const { operator, note, offices } = germanIn('ar', imprint);
  for (const text of [operator, ...note.split('\n'), ...offices])
    assert.deepEqual(
      runsOf(text).map(({ lang, dir }) => [lang, dir]),
      [['de', 'ltr']],
    );
});

it('nobody can type a mark', () => {
  fc.assert(fc.property(words, tags, (text, lang) => asTyped(inLang(text, lang)) === asTyped(text)));
});

it('what is put into a text is said in the language of its sentence, and the marks stay', () => {
  const text = `{day}. ${inLang('Es ist der {day}.', 'de')} {day}`;
  const filled = saidInItsLanguage(text, 'en', (part, language) =>
    part.replaceAll('{day}', longDate('2026-12-24', language)),
  );
  assert.deepEqual(runsOf(filled), [
    { text: '24 December 2026. ' },
    { text: 'Es ist der 24. Dezember 2026.', lang: 'de', dir: 'ltr' },
    { text: ' 24 December 2026' },
  ]);
});

it('a text that nothing is done to stays as it is', () => {
  fc.assert(
    fc.property(words, words, words, tags, (before, text, after, lang) => {
      const whole = `${before}${inLang(text, lang)}${after}`;
      assert.equal(
        saidInItsLanguage(whole, 'en', (part) => part),
        whole,
      );
    }),
  );
});
