import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { loadCity } from '#city';
import { about, LANGUAGES, roomPairs, withoutMarks } from '#language';
import { findAll, textOf } from '#play';
import { arrive, type Citizen } from '#test/citizen';
import { type RunningOffice, startRunningOffice } from '#test/running-office';
import { choose } from '#test/sign-in';

/** The number of all authorities, which not every town has. */
const COMMON = /(?<!\d)115(?!\d)/;
const OWN = '0999 100';

let office: RunningOffice;
before(async () => {
  office = await startRunningOffice({}, loadCity('city/musterstadt').city);
});
after(() => office.close());

const said = ({ page }: Citizen): string =>
  withoutMarks(
    findAll(page, ({ tag }) => tag === 'main')
      .map(textOf)
      .join(' '),
  );

describe('a town with another number than 115', () => {
  it('finds 115 in no words of the office, in any language', () => {
    const texts = roomPairs().pairs.flatMap(({ file, source, own }) =>
      [...source, ...own.texts].map(([name, text]) => ({ file, name, text })),
    );
    assert.ok(texts.length > 1_000);
    assert.deepEqual(
      texts.filter(({ text }) => COMMON.test(text)),
      [],
    );
  });

  for (const language of LANGUAGES)
    it(`reads its own number on the pages that name one: ${language}`, async () => {
      const person = await arrive(office.origin);
      await person.open('/help');
      await choose(person, language);
      assert.ok(person.shown.text.includes(`<html lang="${about(language).lang}"`));
      for (const path of ['/help', '/search?q=qqqqqq']) {
        await person.open(path);
        assert.ok(said(person).includes(OWN), path);
      }
      const services = readdirSync('services').flatMap((slug) =>
        slug.includes('.') ? [] : `/service/${slug}`,
      );
      for (const path of ['/', '/help', '/search?q=qqqqqq', '/status', ...services]) {
        await person.open(path);
        assert.doesNotMatch(said(person), COMMON, path);
      }
    });
});
