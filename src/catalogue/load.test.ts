import assert from 'node:assert/strict';
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { loadCity, referenceOf } from '#city';
import { checkFolder, walk } from '#journey';
import { LANGUAGES, runsOf } from '#language';
import { identifiedIn } from '#sandbox/people';
import { cityOf } from '#test/city';
import { momentOf } from '#time';
import { catalogueApi, loadCatalogue } from './index.ts';

const scratch = mkdtempSync(join(tmpdir(), 'amtomat-catalogue-'));
after(() => rmSync(scratch, { recursive: true }));
const { city } = loadCity('city/karlsruhe');
assert.ok(city);
const karlsruhe = city;
const identified = identifiedIn(karlsruhe);

const EIGHT = [
  'abmeldung-ins-ausland',
  'buergerkonto',
  'fuehrungszeugnis',
  'online-ausweis',
  'punkteauskunft',
  'sperrmuell',
  'urkunden',
  'wohnungsgeberbestaetigung',
];

describe('the catalogue of Karlsruhe', () => {
  it('holds the eight services of the office, all of them whole, with journeys', () => {
    const { catalogue, problems } = loadCatalogue('services', karlsruhe);
    assert.deepEqual(problems, []);
    assert.ok(catalogue);
    assert.deepEqual(catalogue.services.map((service) => service.slug).sort(), EIGHT);
    const whole = catalogue.services.filter((service) => service.pages.length > 0);
    assert.equal(whole.length, EIGHT.length);
    for (const service of whole) assert.ok(service.journeys.length >= 6, service.slug);
    assert.equal(catalogue.get('urkunden')?.office, 'standesamt');
    assert.equal(catalogue.get('reisepass'), undefined);
  });

  it('says honestly where to get what is not native yet', () => {
    const { catalogue } = loadCatalogue('services', karlsruhe);
    assert.ok(catalogue);
    for (const service of catalogue.services.filter((each) => each.fulfilment !== 'case')) {
      assert.ok(service.places.some((place) => place.kind === 'phone' && place.ref === '115'));
      assert.ok(service.legalBasis.length > 0);
      for (const place of service.places.filter((each) => each.kind === 'portal')) {
        assert.match(place.ref, /^https:\/\/[a-z.-]+$/);
      }
      for (const texts of Object.values(service.texts)) assert.ok(texts.about.length >= 5, service.slug);
    }
  });

  it('has example journeys that play with the streets of the city, whatever the day', () => {
    for (const today of ['2026-11-23', '2028-02-29']) {
      assert.deepEqual(
        checkFolder('services', today, {
          ...{ here: karlsruhe, reference: referenceOf(karlsruhe), people: identified },
        }).problems,
        [],
      );
    }
  });

  it('is published with versions, schemas and journeys', () => {
    const { catalogue } = loadCatalogue('services', karlsruhe);
    assert.ok(catalogue);
    const { services } = catalogueApi(catalogue);
    assert.deepEqual(services.map((service) => service.slug).sort(), EIGHT);
    const bulky = services.find((service) => service.slug === 'sperrmuell');
    assert.ok(bulky);
    assert.equal(bulky.version, catalogue.get('sperrmuell')?.version);
    assert.equal(bulky.fulfilment, 'case');
    assert.ok(bulky.journeys.includes('plain'));
    assert.equal(bulky.submission?.type, 'object');
    assert.deepEqual(Object.keys(bulky.titles).sort(), [...LANGUAGES].sort());
    assert.equal(services.find((service) => service.slug === 'urkunden')?.submission?.type, 'object');
    assert.equal(services.find((service) => service.slug === 'online-ausweis')?.submission, null);
    assert.doesNotThrow(() => JSON.stringify(services));
  });
});

it('the services that all cities share name no town', () => {
  for (const file of globSync('services/*/{service.yaml,texts/*,journeys/*}'))
    assert.doesNotMatch(readFileSync(file, 'utf8'), /karlsruhe|durlach|kaiserallee|\b76\d{3}\b/i, file);
});

describe('the catalogue of any city', () => {
  for (const name of ['karlsruhe', 'musterstadt'])
    it(`speaks English throughout, Turkish and Arabic on home, and for a collection and a PIN: ${name}`, () => {
      for (const { slug, texts, partly, foreign } of loadCatalogue('services', cityOf(`city/${name}`))
        .catalogue?.services ?? assert.fail()) {
        const isWhole = slug === 'sperrmuell' || slug === 'online-ausweis';
        const spoken = partly?.filter((language) => ['en', 'leicht', 'tr', 'ar'].includes(language));
        assert.deepEqual(spoken, isWhole ? [] : ['tr', 'ar'], slug);
        assert.deepEqual(foreign, spoken, `${slug}: its questions`);
        for (const language of ['tr', 'ar'] as const) {
          const { title, summary, cost, duration } = texts[language];
          const isSaid = (text: string): boolean => runsOf(text).some(({ lang }) => lang === undefined);
          // A German word may stand in brackets, but no text is German alone.
          assert.ok([title, summary, cost, duration].every(isSaid), `${slug} in ${language}`);
        }
      }
    });
});

describe('another city, in another Land', () => {
  const other = cityOf('city/musterstadt');
  const { catalogue, problems } = loadCatalogue('services', other);

  it('has the common services that it does, and its own, at its own office', () => {
    assert.deepEqual(problems, []);
    const slugs = catalogue?.services.map(({ slug }) => slug).sort();
    assert.deepEqual(slugs, [...EIGHT.filter((slug) => slug !== 'sperrmuell'), 'hund-anmelden'].sort());
    for (const { office, pages, places } of catalogue?.services ?? []) {
      const named = [office, ...pages.flatMap((page) => page.office ?? [])];
      const offices = places.flatMap(({ kind, ref }) => (kind === 'office' ? [ref] : []));
      assert.deepEqual(new Set([...named, ...offices]), new Set(['buergerbuero']));
      assert.ok(places.every(({ ref }) => ref !== '115'));
    }
  });

  it('says its own name, number and fee, and nothing of Karlsruhe', () => {
    for (const { slug, texts } of catalogue?.services ?? [])
      assert.doesNotMatch(JSON.stringify(texts), /Karlsruhe|Kaiserallee|Expressbereich|\b115\b/, slug);
    const certificates = catalogue?.get('urkunden');
    assert.equal(certificates?.fee.cents, 1_250);
    assert.match(certificates.texts.de.cost, /^12,50 Euro je Urkunde/);
    assert.match(certificates.texts.en.cost, /^12.50 euros/);
    assert.deepEqual(certificates.questions.get('place')?.options, ['here', 'elsewhere', 'abroad']);
  });

  it('has example journeys that play, whatever the day', () => {
    const people = identifiedIn(other);
    for (const today of ['2026-11-23', '2028-02-29']) {
      const checked = checkFolder('services', today, { here: other, reference: referenceOf(other), people });
      assert.deepEqual(checked.problems, []);
    }
  });

  it('sends no codes by letter, so nobody plays that way', () => {
    const steps = catalogue?.get('wohnungsgeberbestaetigung')?.journeys.flatMap((journey) => journey.steps);
    assert.ok(steps?.every(({ identify }) => identify !== 'letterCode'));
  });
});

describe('a city that wants to be surer of who landlords are', () => {
  const landlords = (identity: typeof karlsruhe.identity) =>
    loadCatalogue('services', { ...karlsruhe, identity }).catalogue?.get('wohnungsgeberbestaetigung');
  /** @returns where somebody stands who has signed in with a password */
  const withPassword = (service: ReturnType<typeof landlords>) => {
    assert.ok(service);
    const answers = { role: 'owner', identity: 'low', confirmerFamilyName: 'Klein' };
    const identity = identified('paul');
    return walk(service, { answers, seen: [], identity }, momentOf(new Date('2026-11-23T09:00:00Z'))).next
      ?.id;
  };

  it('asks for more than the law does, which is a sign-in of any kind', () => {
    assert.equal(landlords({})?.identity, 'low');
    assert.equal(withPassword(landlords({})), 'landlord');
    assert.equal(landlords({ wohnungsgeberbestaetigung: 'substantial' })?.identity, 'substantial');
    assert.equal(withPassword(landlords({ wohnungsgeberbestaetigung: 'substantial' })), 'identity');
  });
});

describe('a catalogue that does not fit its city', () => {
  it('is named: an office that the city does not have', () => {
    const folder = join(scratch, 'office');
    cpSync('services', folder, { recursive: true });
    const file = join(folder, 'urkunden/service.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('standesamt', 'zollamt'));
    const { catalogue, problems } = loadCatalogue(folder, karlsruhe);
    assert.equal(catalogue, undefined);
    assert.equal(problems[0]?.file, file);
    assert.match(problems[0].message, /office "zollamt" is unknown in Karlsruhe/);
  });

  it('is named: a calendar without tours', () => {
    const { problems } = loadCatalogue('services', { ...karlsruhe, tours: [] });
    assert.deepEqual(
      problems.map((problem) => problem.message),
      ['calendar "sperrmuell" is unknown in Karlsruhe.', 'calendar "weisse-ware" is unknown in Karlsruhe.'],
    );
  });

  it('is named: a demand on who people are that is less than the law wants, or of a service that asks nobody', () => {
    const { problems } = loadCatalogue('services', {
      ...karlsruhe,
      identity: { fuehrungszeugnis: 'low', sperrmuell: 'low', niemand: 'high' },
    });
    assert.deepEqual(
      problems.map((problem) => problem.message),
      [
        '"fuehrungszeugnis" asks for level "high"; Karlsruhe cannot ask for "low", which is less',
        '`identity` of Karlsruhe names "sperrmuell", which is no service that identifies people',
        '`identity` of Karlsruhe names "niemand", which is no service that identifies people',
      ],
    );
  });

  it('is named: a mistake in a definition, beside the mistakes of the others', () => {
    const folder = join(scratch, 'broken');
    for (const slug of ['urkunden', 'buergerkonto']) {
      mkdirSync(folder, { recursive: true });
      cpSync(`services/${slug}`, join(folder, slug), { recursive: true });
      rmSync(join(folder, slug, 'texts/de.yaml'));
    }
    const { problems } = loadCatalogue(folder, karlsruhe);
    for (const slug of ['urkunden', 'buergerkonto']) {
      assert.ok(problems.some((problem) => problem.file.includes(slug)));
    }
  });
});
