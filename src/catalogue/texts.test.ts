import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadCity } from '#city';
import type { CompiledService, ServiceTexts } from '#service';
import { isPictogramId } from '#web';
import { loadCatalogue } from './index.ts';

const { city } = loadCity('city/karlsruhe');
assert.ok(city);
const { catalogue } = loadCatalogue('services', city);
assert.ok(catalogue);
const services = catalogue.services;

function pictogramsOf(service: CompiledService): string[] {
  return [
    service.pictogram,
    ...service.pages.flatMap((page) => [
      ...(page.pictogram === undefined ? [] : [page.pictogram]),
      ...page.gallery.map((item) => item.pictogram),
      ...page.questions.flatMap((question) => Object.values(question.optionPictograms)),
    ]),
  ];
}

/** Everything a citizen reads; keywords are only searched. */
function readable(texts: ServiceTexts): string[] {
  const found: string[] = [];
  const visit = (value: unknown): void => {
    if (typeof value === 'string') found.push(value);
    else if (value && typeof value === 'object') Object.values(value).forEach(visit);
  };
  visit({ ...texts, keywords: [] });
  return found;
}

const sentencesOf = (text: string): string[] => text.split(/(?<=[.!?:])\s+|\n/).filter((part) => part !== '');

describe('the pictures of the services', () => {
  for (const service of services) {
    it(`exist: ${service.slug}`, () => {
      for (const id of pictogramsOf(service)) assert.ok(isPictogramId(id), id);
    });
  }
});

describe('Leichte Sprache', () => {
  const NEVER: readonly [what: string, pattern: RegExp][] = [
    ['genitive', /\b(?:des|eines|Ihres|deren|dessen)\b/],
    ['subjunctive', /\b(?:würden?|könnten?|hätten?|wären?|sollten?|müssten?)\b/],
    ['passive', /\b(?:wird|werden|wurden?|worden)\b/],
    ['abbreviation', /\b(?:z\. ?B\.|bzw\.|usw\.|d\. ?h\.|Abs\.|Nr\.)/],
    ['brackets', /[()]/],
    ['number in words', /\b(?:zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf)\b/i],
  ];
  /** The longest word that is left without a hyphen. */
  const LONGEST_WORD = 14;
  const MOST_WORDS = 12;

  for (const service of services) {
    const texts = readable(service.texts.leicht);
    it(`has short sentences: ${service.slug}`, () => {
      for (const sentence of texts.flatMap(sentencesOf)) {
        const words = sentence.split(/\s+/).length;
        assert.ok(words <= MOST_WORDS, `${words} words: ${sentence}`);
      }
    });
    it(`leaves hard grammar out: ${service.slug}`, () => {
      for (const text of texts) {
        for (const [what, pattern] of NEVER) assert.doesNotMatch(text, pattern, `${what}: ${text}`);
      }
    });
    it(`parts long words: ${service.slug}`, () => {
      for (const text of texts) {
        // What stands in braces is an answer, and not a word of the text.
        for (const word of text.replace(/\{\w+\}/g, '').match(/\p{L}+/gu) ?? []) {
          assert.ok(word.length <= LONGEST_WORD, `${word.length} letters: ${word}`);
        }
      }
    });
  }
});
