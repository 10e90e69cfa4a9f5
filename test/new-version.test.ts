import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { LANGUAGES } from '#language';
import { sampleFile } from '#play';
import { arrive, type Citizen, CONFIRMATION, household } from '#test/citizen';
import { type RunningOffice, startRunningOffice } from '#test/running-office';

const SOFA = 'sperrmuell';
const HOME = 'wohnungsgeberbestaetigung';
const NOTICE = /Dieses Formular ist neu/;

/** What only informs: no service that fits here has such a page by itself. */
const informing: Readonly<Record<string, (text: string) => string>> = {
  'service.yaml': (text) => text.replace('  - id: bulkyItems\n', '  - { id: hint, kind: information }\n\n$&'),
  'texts/de.yaml': (text) => text.replace('  bulkyItems:\n', '  hint:\n    title: Gut zu wissen\n$&'),
  'journeys/plain.yaml': (text) => text.replace('  - page: bulkyItems\n', '  - page: hint\n$&'),
};

/** Another version of bulky waste: asks for a mobile number, takes no armchairs any more, and calls its rules promises. */
const rewrite: Readonly<Record<string, (text: string) => string>> = {
  'service.yaml': (text) =>
    text
      .replace(/^version: \d+$/m, 'version: 77')
      .replace('{ id: phone, kind: phone', '{ id: mobile, kind: phone')
      .replace(/^ +- \{ id: armchair.*\n/m, '')
      .replace('- id: rules\n', '- id: promises\n'),
  'journeys/plain.yaml': (text) => text.replace('phone:', 'mobile:').replace('page: rules', 'page: promises'),
  ...Object.fromEntries(
    LANGUAGES.filter((language) => existsSync(join('services', SOFA, 'texts', `${language}.yaml`))).map(
      (language) => [
        `texts/${language}.yaml`,
        (text: string) =>
          text
            .replace(/^ {2}phone:/m, '  mobile:')
            .replace(/^ {6}armchair:.*\n/m, '')
            .replace(/^ {2}rules:/m, '  promises:'),
      ],
    ),
  ),
};

function change(folder: string, file: string, how: (text: string) => string): void {
  writeFileSync(join(folder, file), how(readFileSync(join(folder, file), 'utf8')));
}

let office: RunningOffice;
let folder: string;
/** The services of before. */
let first: string;
/** A city whose own words fit both versions. */
const city = mkdtempSync(join(tmpdir(), 'amtomat-city-'));
before(async () => {
  cpSync('city/karlsruhe', city, { recursive: true });
  rmSync(join(city, 'services', SOFA, 'journeys'), { recursive: true });
  first = mkdtempSync(join(tmpdir(), 'amtomat-services-'));
  cpSync('services', first, { recursive: true });
  const journeys = join(first, SOFA, 'journeys');
  for (const file of readdirSync(journeys)) if (file !== 'plain.yaml') rmSync(join(journeys, file));
  for (const [file, how] of Object.entries(informing)) change(join(first, SOFA), file, how);
  folder = mkdtempSync(join(tmpdir(), 'amtomat-services-'));
  cpSync(first, folder, { recursive: true });
  for (const [file, how] of Object.entries(rewrite)) change(join(folder, SOFA), file, how);
  change(join(folder, HOME), 'service.yaml', (text) => text.replace(/^version: \d+$/m, 'version: 77'));
  office = await startRunningOffice({}, { folder: city });
});
after(async () => {
  await office.close();
  rmSync(first, { recursive: true });
  rmSync(folder, { recursive: true });
  rmSync(city, { recursive: true });
});
beforeEach(() => office.restart(first));

async function count(table: 'cases' | 'case_file' | 'draft_file'): Promise<number> {
  const { count } = await office.db
    .selectFrom(table)
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** A person who has come to a page of the version before, and stands there while the office gets the new one. */
async function standing(until: string, number: number, answers = {}): Promise<Citizen> {
  const person = await arrive(office.origin);
  await person.walk(SOFA, { ...household(number), ...answers }, until);
  return person;
}

/** Goes on with what the pages ask for. @returns the pages on the way */
async function goOn(
  person: Citizen,
  slug: string,
  answers: Parameters<Citizen['fill']>[1],
): Promise<string[]> {
  const pages = [];
  while (person.at !== 'review') {
    pages.push(person.at ?? '');
    assert.ok(pages.length < 20, pages.join());
    await person.press(person.fill(slug, answers).press({ name: '_action', value: 'next' }));
  }
  return pages;
}

const MOBILE = { ...household(1), mobile: '0170 1234567' };

describe('a service that gets another version while somebody answers', () => {
  it('says so, takes nothing from the page of before, and keeps what was typed on it', async () => {
    const person = await standing('contact', 71);
    const typed = person.fill(SOFA, { phone: '0721 133112', email: 'dang@example.org' }).press();
    await office.restart(folder);
    await person.press(typed);
    assert.equal(person.at, 'hint', 'what only informs is shown again');
    assert.match(person.shown.text, NOTICE);
    await person.press(person.fill(SOFA, {}).press());
    assert.equal(person.at, 'contact');
    assert.doesNotMatch(person.shown.text, NOTICE);
    const shown = new Map(person.form(`/service/${SOFA}/contact`).press().entries);
    assert.deepEqual(
      [shown.get('email'), shown.get('mobile'), shown.has('phone')],
      ['dang@example.org', '', false],
    );
    const pages = await goOn(person, SOFA, { mobile: MOBILE.mobile, pickup: 'first-free', ...household(71) });
    assert.deepEqual(pages, ['contact', 'date', 'promises']);
    assert.match(person.shown.text, /Đặng/);
    assert.match((await person.handIn(SOFA)).number, /^\d{9}$/);
  });

  it('hands in nothing that was seen in other words: the rules are confirmed anew, the date is still held', async () => {
    const person = await standing('review', 72);
    const before = await count('cases');
    const review = person.review(SOFA);
    await office.restart(folder);
    await person.press(review);
    assert.match(person.shown.text, NOTICE);
    assert.deepEqual(await goOn(person, SOFA, MOBILE), ['hint', 'contact', 'promises']);
    assert.equal(await count('cases'), before);
    await person.handIn(SOFA);
    assert.equal(await count('cases'), before + 1);
  });

  it('leads on from a page that is gone, and from the beginning of the service', async () => {
    const person = await standing('rules', 73);
    await office.restart(folder);
    await person.open(`/service/${SOFA}`);
    assert.match(person.shown.text, NOTICE);
    await person.open(`/service/${SOFA}/rules`);
    assert.deepEqual([person.shown.status, person.at], [200, 'hint']);
    assert.match(person.shown.text, NOTICE);
    assert.deepEqual(await goOn(person, SOFA, MOBILE), ['hint', 'contact', 'promises']);
  });

  it('asks again for what does not fit any more, and only for that', async () => {
    const person = await standing('place', 74, { 'items.sofa': '', 'items.armchair': '1' });
    await office.restart(folder);
    await person.open(`/service/${SOFA}/place`);
    assert.match(person.shown.text, NOTICE);
    const pages = await goOn(person, SOFA, { ...MOBILE, 'items.sofa': '1' });
    assert.deepEqual(pages, ['hint', 'bulkyItems', 'place', 'contact', 'date', 'promises']);
  });

  it('keeps a file, also one that was just being sent', async () => {
    const content = sampleFile('sample.pdf')?.content ?? Buffer.alloc(0);
    const mandate = { name: 'Vollmacht.pdf', mediaType: 'application/pdf', content };
    const person = await arrive(office.origin);
    await person.walk(HOME, CONFIRMATION, 'mandate');
    const sent = person.fill(HOME, { mandate }).press();
    await office.restart(folder);
    await person.press(sent);
    assert.match(person.shown.text, NOTICE);
    await goOn(person, HOME, CONFIRMATION);
    const before = await count('case_file');
    await person.handIn(HOME);
    assert.equal(await count('case_file'), before + 1);
  });
});
