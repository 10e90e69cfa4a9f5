import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { findAll, textOf } from '#play';
import { services } from '#test/browser-journey';
import { arrive, type Citizen, household } from '#test/citizen';
import { createClient } from '#test/client';
import { QUOTED, type Quoted } from '#test/languages';
import { type RunningOffice, startRunningOffice } from '#test/running-office';
import { choose } from '#test/sign-in';

let office: RunningOffice;
before(async () => {
  office = await startRunningOffice();
});
after(() => office.close());

const main = (person: Citizen): string =>
  textOf(findAll(person.page, ({ tag }) => tag === 'main')[0] ?? person.page);

/** Where the links about this office lead that stand on the page: at a terminal, on its help. */
const foot = (person: Citizen): string[] =>
  findAll(person.page, ({ tag, attributes }) => tag === 'nav' && attributes.class === 'legal').flatMap(
    (nav) => findAll(nav, ({ tag }) => tag === 'a').map(({ attributes }) => attributes.href ?? ''),
  );

/** Whoever looks for these links finds them at the foot of the page, and at a terminal in the help for it. */
async function footOf(person: Citizen, terminal: string | undefined): Promise<string[]> {
  if (terminal === undefined) return foot(person);
  const [help] = findAll(person.page, ({ attributes }) => /\bbar-help\b/.test(attributes.class ?? ''));
  if (help?.tag === 'a') await person.open(help.attributes.href ?? '');
  else await person.press(person.form(new URL(person.shown.url).pathname).press({ name: '', value: '' }));
  assert.equal(person.at, 'help');
  return foot(person);
}

const TITLES: Record<Quoted, readonly [string, string, string]> = {
  de: ['Impressum', 'Datenschutz', 'Barrierefreiheit'],
  en: ['Legal notice', 'Privacy', 'Accessibility'],
  leicht: ['Impressum', 'Daten-Schutz', 'Ohne Hürden'],
};

describe('imprint, privacy and accessibility', () => {
  for (const terminal of [undefined, 'rathaus-1'])
    it(`are three links of this office away from every page, and lead back: ${terminal ?? 'own screen'}`, async () => {
      const person = await arrive(office.origin, terminal);
      await person.walk('sperrmuell', household(1), 'address');
      const [imprint = '', privacy = ''] = await footOf(person, terminal);
      await person.open(privacy);
      assert.match(main(person), /Wer verantwortlich ist.*Landesbeauftragte für den Datenschutz/);
      const [back] = findAll(person.page, ({ attributes }) => attributes.class === 'back');
      assert.equal((await footOf(person, terminal)).length, 3);
      await person.open(back?.attributes.href ?? '');
      assert.equal(person.at, 'address', 'nothing of the visit is lost');
      await person.open(imprint);
      assert.match(main(person), /Wer dieses Bürgerbüro betreibt.*Kontakt.*115/);
      const outside = findAll(
        person.page,
        ({ tag, attributes }) => tag === 'a' && /^\w+:/.test(attributes.href ?? ''),
      );
      assert.deepEqual(outside, [], 'nothing leads out of the office');
    });

  it('are said in every language, with how long each service keeps what was handed in', async () => {
    for (const language of QUOTED) {
      const person = await arrive(office.origin);
      await person.open('/datenschutz');
      await choose(person, language);
      const text = main(person);
      assert.ok(text.includes(TITLES[language][1]), language);
      // A reason that is no law is not called one, and what is open is not said to be deleted.
      if (language === 'leicht')
        assert.match(text, /Der Grund dafür: .*noch nicht fertig\? Dann löschen wir es erst später/);
      for (const { texts, retention } of services()) {
        const { title } = texts[language];
        assert.equal(text.includes(title), retention !== undefined, title);
        if (retention) assert.ok(text.includes(`${retention.days} `), title);
      }
      await person.open('/impressum');
      assert.ok(main(person).includes(TITLES[language][0]), language);
      await person.open('/barrierefreiheit');
      assert.ok(main(person).includes(TITLES[language][2]), language);
      assert.match(main(person), /L-BGG.*2026.*Schlichtungsstelle/);
    }
  });

  it('lead back to this office only', async () => {
    for (const to of ['//evil.example', 'https://evil.example', '/\\evil.example']) {
      const { text } = await createClient(office.origin).get(`/impressum?return=${encodeURIComponent(to)}`);
      assert.match(text, /class="back" href="\/"/);
      assert.doesNotMatch(text, /href="[^"]*evil/);
    }
  });

  it('are open when the office is closed', async () => {
    await office.at('2026-11-22T12:00:00+01:00', async () => {
      const person = await arrive(office.origin, 'rathaus-1');
      assert.doesNotMatch(main(person), /Wer dieses Bürgerbüro betreibt/);
      await person.open(foot(person)[0] ?? '');
      assert.match(main(person), /Wer dieses Bürgerbüro betreibt/);
    });
  });
});
