import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadCatalogue } from '#catalogue';
import { loadCity, type Office, type Site } from '#city';
import { LANGUAGES } from '#language';
import { terminalsOf } from '#visit';
import { atHome, searchExamples, staffedOffice } from './offers.ts';

const { city } = loadCity('city/karlsruhe');
assert.ok(city);
const { catalogue } = loadCatalogue('services', city);
assert.ok(catalogue);

const DEVICE = 'online-ausweis';
const pages = { cardAt: () => true, pageOrigin: 'https://pay.example' };
const atTerminals = (_: string, terminal: string | undefined) => terminal && 'http://127.0.0.1:24728';
const only = (...slugs: string[]) => ({
  services: catalogue.services.filter(({ slug }) => slugs.includes(slug)),
});

describe('what goes at home', () => {
  it('is all but what needs the reader of a terminal, and what that is is named', () => {
    for (const language of LANGUAGES) {
      const home = atHome({ catalogue, deviceAt: atTerminals, payWays: pages }, language);
      const title: string | undefined = catalogue.get(DEVICE)?.texts[language].title;
      assert.deepEqual(home, { works: 'some', not: [title] });
    }
  });

  it('has what costs something only where there is a pay page', () => {
    const deps = { catalogue: only('fuehrungszeugnis', 'sperrmuell'), deviceAt: atTerminals };
    assert.deepEqual(atHome({ ...deps, payWays: pages }, 'de'), { works: 'all', not: [] });
    const cards = { ...pages, pageOrigin: undefined };
    const title = catalogue.get('fuehrungszeugnis')?.texts.de.title;
    assert.deepEqual(atHome({ ...deps, payWays: cards }, 'de'), { works: 'some', not: [title] });
  });

  it('is nothing where nothing does, and not a list that nobody reads', () => {
    const reader = { catalogue: only(DEVICE), deviceAt: atTerminals, payWays: pages };
    assert.deepEqual(atHome(reader, 'de'), { works: 'nothing', not: [] });
    const [device, other] = [catalogue.get(DEVICE), catalogue.get('sperrmuell')];
    assert.ok(device && other);
    const many = { services: [other, ...Array(5).fill(device)] };
    assert.deepEqual(atHome({ ...reader, catalogue: many }, 'de'), { works: 'some', not: [] });
  });
});

it('a city has the terminals of its places, and people’s own screens are none', () => {
  assert.equal(terminalsOf(city), 2);
  const home = [...city.sites].filter(([, { alwaysOpen }]: [string, Site]) => alwaysOpen);
  assert.equal(terminalsOf({ sites: new Map(home) }), 0);
});

it('people are sent to an office whose hours are known, whatever it is called, or to one by appointment', () => {
  const office = (id: string, hours: Office['hours']): [string, Office] => [
    id,
    { id, name: id, short: id, address: 'Markt 1', tasks: [], hours },
  ];
  const [unknown, open] = [office('archive', {}), office('front', { 1: [{ from: '08:00', to: '12:00' }] })];
  assert.equal(staffedOffice({ offices: new Map([unknown, open]) })?.id, 'front');
  const [id, { name, short, address }] = office('desk', {});
  const forAll: [string, Office] = [id, { id, name, short, address, tasks: ['buergerbuero'], hours: {} }];
  assert.equal(staffedOffice({ offices: new Map([unknown, forAll]) })?.id, 'desk');
  assert.equal(staffedOffice({ offices: new Map([unknown]) })?.id, 'archive');
});

it('the search field names only words that find something here', () => {
  for (const language of LANGUAGES) {
    const all = searchExamples(catalogue)(language);
    assert.equal(all.length, 3, language);
    for (const word of all) assert.ok(catalogue.search(word, language).length > 0, word);
  }
  const poor: typeof catalogue.search = (query) =>
    query === 'Umzug' ? catalogue.search(query, 'de').slice(0, 1) : [];
  assert.deepEqual(searchExamples({ search: poor })('de'), ['Umzug']);
});
