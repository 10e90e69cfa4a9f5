/** How texts are written that people read: what can be told without reading them aloud. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { parse } from 'yaml';

/** Read by staff, or searched and not read. */
const NOT_READ = /(?:^|\.)(?:desk|keywords)(?:\.|$)/;
/** As they stand on a letter or a sign, in Leichte Sprache as well. */
const NAMES = new Set(['amtsgericht']);

const files = (language: string): readonly string[] =>
  globSync(`{src/*/words,services/*/texts,city/*/services/*/texts}/${language}.yaml`).filter(
    (path) => !/^src\/(?:desk|doctor)\//.test(path),
  );

/** All texts of a file, by their place. */
function textsIn(value: unknown, place = ''): readonly (readonly [place: string, text: string])[] {
  if (typeof value === 'string') return NOT_READ.test(place) ? [] : [[place, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) =>
    textsIn(one, place === '' ? name : `${place}.${name}`),
  );
}

/** @returns what does not belong into the texts of a language, with the file and place where it stands */
function wrongIn(language: string, isWrong: (place: string, text: string) => boolean): readonly string[] {
  return files(language).flatMap((path) =>
    textsIn(parse(readFileSync(path, 'utf8')))
      .filter(([place, text]) => isWrong(place, text))
      .map(([place, text]) => `${path}: ${place}: ${text}`),
  );
}

const isTitle = (place: string): boolean => /(?:^|\.)\w*[tT]itle$/.test(place);
const isSentences = (text: string): boolean => /[.?!:] /.test(text);

describe('texts that people read', () => {
  for (const language of ['de', 'leicht', 'en', 'tr', 'ar']) {
    it(`have headings without a full stop (${language})`, () => {
      const stopped = (place: string, text: string): boolean =>
        isTitle(place) && text.endsWith('.') && !isSentences(text);
      assert.deepEqual(wrongIn(language, stopped), []);
    });

    it(`have questions that no answer has to finish (${language})`, () => {
      const isStem = (place: string, text: string): boolean => place.endsWith('.label') && text.endsWith('…');
      assert.deepEqual(wrongIn(language, isStem), []);
    });
  }

  for (const language of ['de', 'leicht', 'en']) {
    it(`have answers that begin as a sentence does (${language})`, () => {
      const isPiece = (place: string, text: string): boolean =>
        /\.options\.\w+$/.test(place) && /^\p{Ll}/u.test(text) && !/^eID/.test(text);
      assert.deepEqual(wrongIn(language, isPiece), []);
    });

    it(`have lists of what is needed that begin with a capital letter (${language})`, () => {
      const isSmall = (place: string, text: string): boolean =>
        /^(?:needs\.\d+|home\.need\w+)$/.test(place) && /^\p{Ll}/u.test(text) && !/^eID/.test(text);
      assert.deepEqual(wrongIn(language, isSmall), []);
    });
  }

  for (const language of ['de', 'leicht']) {
    it(`have one word for what an office does for people (${language})`, () => {
      // A number that answers for many is no number of one's own.
      const isOther = (place: string, text: string): boolean =>
        /(?<!-)\bDienst(?:e|en|es)?\b/.test(text) && !place.endsWith('.phoneService');
      assert.deepEqual(wrongIn(language, isOther), []);
    });

    it(`say hours without minutes that are none (${language})`, () => {
      assert.deepEqual(
        wrongIn(language, (_, text) => /\b(?:0\d:\d\d|\d?\d:00)\b/.test(text)),
        [],
      );
    });
  }

  it('spell each word of Leichte Sprache in one way', () => {
    const spellings = new Map<string, Map<string, string>>();
    for (const path of files('leicht'))
      for (const [place, text] of textsIn(parse(readFileSync(path, 'utf8'))))
        for (const [word] of text.replace(/\{[^}]*\}/g, ' ').matchAll(/\p{L}{2,}(?:-\p{L}+)*/gu)) {
          const key = word.replaceAll('-', '').toLowerCase();
          const known = spellings.get(key) ?? new Map<string, string>();
          spellings.set(key, known.set(word.toLowerCase(), `${path}: ${place}`));
        }
    const several = [...spellings].filter(([key, known]) => known.size > 1 && !NAMES.has(key));
    assert.deepEqual(
      several.map(([, known]) => [...known]),
      [],
    );
  });
});
