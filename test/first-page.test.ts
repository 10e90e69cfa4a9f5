/** What stands before any service: the machine that waits, the first page, what a search finds, and the sign at the door. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Site } from '#city';
import { about, LANGUAGES } from '#language';
import { findAll, textOf } from '#play';
import { arrive, type Citizen } from '#test/citizen';
import { karlsruhe } from '#test/city';
import { type RunningOffice, startRunningOffice } from '#test/running-office';

const TERMINAL = 'rathaus-1';
const EVENING = '2026-11-23T20:00:00+01:00';

const station: Site = {
  ...{ id: 'station', name: 'Hauptbahnhof', address: 'Bahnhofplatz 1', alwaysOpen: false },
  ...{ hours: { 1: [{ from: '06:00', to: '22:00' }] }, terminals: ['station-1'] },
};

let office: RunningOffice;
before(async () => {
  office = await startRunningOffice(
    { AMTOMAT_PUBLIC_URL: 'https://amt.example.de' },
    { sites: new Map([...karlsruhe.sites, [station.id, station]]) },
  );
});
after(() => office.close());

const heading = ({ page }: Citizen): string =>
  findAll(page, ({ tag }) => tag === 'h1')
    .map((one) => textOf(one).trim())
    .join('');
const kind = ({ page }: Citizen): string | undefined =>
  findAll(page, ({ tag }) => tag === 'main')[0]?.attributes['data-kind'];
const tilesOf = ({ page }: Citizen): string[] =>
  findAll(page, ({ attributes }) => attributes.class === 'tile').map((tile) =>
    textOf(tile).replace(/\s+/g, ' ').replaceAll('\u00ad', '').trim(),
  );

async function read(path: string, terminal?: string): Promise<Citizen> {
  const person = await arrive(office.origin, terminal);
  await person.open(path);
  return person;
}

describe('a terminal that waits', () => {
  it('greets, shows what can be done, and every language in its own words', async () => {
    const person = await read('/welcome', TERMINAL);
    assert.equal(heading(person), 'Guten Tag.');
    assert.match(person.shown.text, /Urkunden vom Standesamt/);
    for (const language of LANGUAGES) assert.ok(person.shown.text.includes(about(language).name), language);
  });

  it('opens the first page in the language that is touched', async () => {
    for (const language of LANGUAGES) {
      const person = await read('/welcome', TERMINAL);
      await person.press(person.form('/visit/settings').press({ name: 'language', value: language }));
      assert.equal(kind(person), 'home');
      assert.match(person.shown.text, new RegExp(`<html lang="${about(language).lang}"`));
    }
  });

  it('is never seen on a phone, nor by somebody who is in the middle of a visit', async () => {
    assert.equal(kind(await read('/welcome')), 'home');
    const person = await read('/service/sperrmuell', TERMINAL);
    await person.press(person.form('/service/sperrmuell').press());
    await person.open('/welcome');
    assert.equal(kind(person), 'home');
  });

  it('shows the sign while the place is closed', async () => {
    const person = await office.at(EVENING, () => read('/welcome', TERMINAL));
    assert.equal(kind(person), 'closed');
  });

  it('comes by itself where nobody touches the first page, and not at home', async () => {
    assert.match((await read('/', TERMINAL)).shown.text, /data-href="\/welcome"/);
    assert.doesNotMatch((await read('/')).shown.text, /welcome/);
  });
});

describe('the first page', () => {
  it('says of each service what it is called, what it costs and how long it takes', async () => {
    const tiles = tilesOf(await read('/'));
    assert.equal(tiles.length, 8);
    assert.ok(
      tiles.some((tile) => /^Führungszeugnis.*13\s€ · 10 Minuten$/.test(tile)),
      tiles.join('\n'),
    );
    assert.ok(tiles.some((tile) => /^Urkunden.*ab 20\s€ · 10 Minuten$/.test(tile)));
    assert.ok(tiles.some((tile) => /^Sperrmüll.*kostenlos · 5 Minuten$/.test(tile)));
  });

  it('leads to a list with a sentence on each', async () => {
    const person = await read('/services');
    assert.match(person.shown.text, /Geburtsurkunde, Eheurkunde oder Sterbeurkunde bestellen\./);
    assert.match(person.shown.text, /href="\/service\/sperrmuell"/);
  });
});

describe('a search', () => {
  it('says in its heading what was found', async () => {
    const person = await read('/search?q=Umzug');
    assert.equal(heading(person), 'Gefunden zu „Umzug“');
    assert.ok(tilesOf(person).length > 0 && tilesOf(person).length < 8);
  });

  it('that finds nothing says so, shows all that there is, and who helps', async () => {
    const person = await read('/search?q=xylophon');
    assert.equal(heading(person), 'Nichts gefunden zu „xylophon“');
    assert.equal(tilesOf(person).length, 8);
    assert.match(person.shown.text, /115 oder im Amt/);
  });
});

describe('what a service is', () => {
  it('stands in two numbers, with what else there is to know of them', async () => {
    const person = await read('/service/fuehrungszeugnis', TERMINAL);
    const [numbers = ''] = findAll(person.page, ({ attributes }) => attributes.class === 'numbers').map(
      textOf,
    );
    assert.match(numbers, /13\s€\s*für ein Ehrenamt oft kostenlos/);
    assert.match(numbers, /Hier am Gerät\s*10 Minuten/);
    assert.doesNotMatch((await read('/service/fuehrungszeugnis')).shown.text, /Hier am Gerät/);
  });
});

describe('the sign at the door', () => {
  it('says first when it opens again, then where it goes on until then', async () => {
    const person = await office.at(EVENING, () => read('/', TERMINAL));
    const { shown } = person;
    assert.match(heading(person), /^Wieder offen: Dienstag, 24\. November, 8 Uhr$/);
    const places = ['Jetzt zu Hause erledigen', 'amt.example.de', 'Hauptbahnhof', 'bis 22 Uhr'];
    const order = places.map((text) => shown.text.indexOf(text));
    assert.ok(!order.includes(-1), order.join(' '));
    assert.deepEqual(
      order,
      order.toSorted((one, other) => one - other),
    );
  });

  it('sends nobody to another place that is closed as well', async () => {
    const late = await office.at('2026-11-23T23:00:00+01:00', () => read('/', TERMINAL));
    assert.doesNotMatch(late.shown.text, /Hauptbahnhof/);
  });
});
