import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { about, LANGUAGES } from '#language';
import { GALLERY } from './gallery.fixture.tsx';
import { Languages, layout, type Page, Pictogram, questionWords } from './index.ts';

const PAGE: Page = {
  ...{
    title: 'Seite',
    language: 'en',
    accent: '#a3122a',
    city: 'Stadt',
    phone: '115',
    mode: 'terminal',
    path: '/',
  },
  settings: { size: 1, contrast: false, reach: false },
};

describe('the languages of a page', () => {
  it('stand there in their own words, and go where the bar sends its settings', () => {
    const html = layout(PAGE, <Languages page={PAGE} />);
    const main = html.slice(html.indexOf('<main'), html.indexOf('</main>'));
    for (const language of LANGUAGES) {
      const { name, lang } = about(language);
      const button = new RegExp(
        `<button type="submit" form="([a-z-]+)"[^>]* value="${language}" lang="${lang}"[^>]*>${name}<`,
      );
      const form = button.exec(main)?.[1] ?? assert.fail(language);
      assert.match(html, new RegExp(`<form [^>]*id="${form}"[^>]* action="/visit/settings"`));
    }
    assert.equal(main.match(/aria-current="true"/g)?.length, 1);
  });

  it('say where a machine has translated and nobody has read it', () => {
    assert.match(layout({ ...PAGE, machine: true }, null), /<p class="machine">Translated automatically/);
    assert.doesNotMatch(layout(PAGE, null), /class="machine"/);
  });
});

describe('a language that runs from right to left', () => {
  const folder = join(import.meta.dirname, 'styles');
  const PHYSICAL =
    /(?:margin|padding|border)-(?:left|right)\b|^\s*(?:left|right)\s*:|text-align:\s*(?:left|right)|(?:float|clear):\s*(?:left|right)|-(?:top|bottom)-(?:left|right)-radius/;

  for (const name of readdirSync(folder).filter((one) => one.endsWith('.css')))
    it(`is not held back by left and right: ${name}`, () => {
      const lines = readFileSync(join(folder, name), 'utf8').split('\n');
      const wrong = lines.flatMap((line, at) =>
        PHYSICAL.test(line) ? [`${name}:${at + 1}: ${line.trim()}`] : [],
      );
      assert.deepEqual(wrong, []);
    });

  it('is told beside a name that it is written in Latin letters, where it has others', () => {
    for (const language of LANGUAGES) {
      const html = GALLERY.address?.({ language }) ?? '';
      const [, hint] = /id="f-familyName-letters">([^<]+)</.exec(html) ?? [];
      assert.equal(hint !== undefined, about(language).script !== 'Latn', language);
      assert.equal(/aria-describedby="[^"]*f-familyName-letters/.test(html), hint !== undefined);
    }
  });

  it('is told beside an address, and beside free text also in which language the office reads it', () => {
    const hintsIn = (html: string): string[] =>
      [...html.matchAll(/<p class="kern-hint" id="f-[^"]+-letters">([^<]+)</g)].map(([, hint = '']) => hint);
    const own = LANGUAGES.filter((language) => about(language).lang !== 'de');
    for (const language of LANGUAGES) {
      const words = questionWords(language);
      const free = hintsIn(GALLERY.contact?.({ language }) ?? '');
      assert.equal(free.includes(words.germanWords), own.includes(language), language);
      const address = hintsIn(GALLERY.address?.({ language }) ?? '');
      assert.equal(address.includes(words.latinLetters), about(language).script !== 'Latn', language);
    }
  });

  it('has arrows that point along the line, and no other picture turns', () => {
    assert.match(String(<Pictogram id="back" />), /class="pictogram turns"/);
    assert.match(String(<Pictogram id="sofa" />), /class="pictogram"/);
  });
});
