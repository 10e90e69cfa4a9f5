import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { loadCity } from '#city';
import { inEvery, LANGUAGES, type Language } from '#language';
import type { CompiledService } from '#service';
import { splitCompound, stem, wordsOf } from './analyse.ts';
import { type Catalogue, createCatalogue, loadCatalogue } from './index.ts';

const { city } = loadCity('city/karlsruhe');
assert.ok(city);
const { catalogue } = loadCatalogue('services', city);
assert.ok(catalogue);
const office: Catalogue = catalogue;

/** What people type, and the service they mean. The language is the screen's, which need not be theirs. */
const LABELLED: readonly [query: string, slug: string, language?: Language][] = [
  ['kühlschrank', 'sperrmuell'],
  ['kuehlschrank', 'sperrmuell'],
  ['kühlschrnk', 'sperrmuell'],
  ['KÜHLSCHRÄNKE', 'sperrmuell'],
  ['Kühl-Schrank', 'sperrmuell', 'leicht'],
  ['sofa', 'sperrmuell'],
  ['couch', 'sperrmuell'],
  ['spermüll', 'sperrmuell'],
  ['sperrmull termin', 'sperrmuell'],
  ['alte matratze wegwerfen', 'sperrmuell'],
  ['Wo kann ich meine Möbel abgeben?', 'sperrmuell'],
  ['waschmaschinen', 'sperrmuell'],
  ['fridge', 'sperrmuell', 'en'],
  ['fridge', 'sperrmuell', 'de'],
  ['washing machines', 'sperrmuell', 'en'],
  ['perso pin', 'online-ausweis'],
  ['pin vergessen', 'online-ausweis'],
  ['Ich habe meine PIN vergessen', 'online-ausweis', 'leicht'],
  ['ausweisapp', 'online-ausweis'],
  ['forgot my pin', 'online-ausweis', 'en'],
  ['puk', 'online-ausweis'],
  ['fuehrungszeugniss', 'fuehrungszeugnis'],
  ['Führungszeugnis', 'fuehrungszeugnis'],
  ['fuhrungszeugnis', 'fuehrungszeugnis', 'en'],
  ['polizeiliches führungszeugniß', 'fuehrungszeugnis'],
  ['police clearance', 'fuehrungszeugnis', 'en'],
  ['Fürunkszeuknis', 'fuehrungszeugnis'],
  ['vorstrafen', 'fuehrungszeugnis'],
  ['Punkte Flensburg', 'punkteauskunft'],
  ['punkte in flensburg abfragen', 'punkteauskunft'],
  ['geblitzt', 'punkteauskunft'],
  ['speeding', 'punkteauskunft', 'en'],
  ['vermieter bestätigung', 'wohnungsgeberbestaetigung'],
  ['wohnungsgeberbescheinigung', 'wohnungsgeberbestaetigung'],
  ['wohnungs geber', 'wohnungsgeberbestaetigung', 'leicht'],
  ['einzugsbestaetigung', 'wohnungsgeberbestaetigung'],
  ['landlord', 'wohnungsgeberbestaetigung', 'en'],
  ['landlord', 'wohnungsgeberbestaetigung', 'leicht'],
  ['auswandern', 'abmeldung-ins-ausland'],
  ['wohnsitz abmelden', 'abmeldung-ins-ausland'],
  ['moving abroad', 'abmeldung-ins-ausland', 'en'],
  ['geburtsurkunde', 'urkunden'],
  ['geburtsurkunden', 'urkunden', 'en'],
  ['heirat', 'urkunden'],
  ['marriage certificate', 'urkunden', 'en'],
  ['totenschein', 'urkunden'],
  ['bundid', 'buergerkonto'],
  ['Bund ID', 'buergerkonto'],
  ['servicekonto', 'buergerkonto', 'leicht'],
  ['service bw', 'buergerkonto'],
  ['mull', 'sperrmuell'],
  ['kuhlschranke', 'sperrmuell'],
  ['möbel', 'sperrmuell', 'tr'],
  ['Reisepaß', 'urkunden'],
  ['buzdolabı', 'sperrmuell', 'tr'],
  ['BUZDOLABI', 'sperrmuell', 'tr'],
  ['buzdolabi', 'sperrmuell', 'de'],
  ['eski eşya', 'sperrmuell', 'tr'],
  ['eski esya', 'sperrmuell', 'tr'],
  ['ESKİ EŞYA', 'sperrmuell', 'tr'],
  ['ESKI ESYA', 'sperrmuell', 'tr'],
  ['eski mobilya nasıl atılır', 'sperrmuell', 'tr'],
  ['Kühlschrank', 'sperrmuell', 'tr'],
  ['ثلاجة', 'sperrmuell', 'ar'],
  ['الثلاجة', 'sperrmuell', 'ar'],
  ['ثلاجه', 'sperrmuell', 'ar'],
  ['ثَلَّاجَة', 'sperrmuell', 'ar'],
  ['ثلاجـــة', 'sperrmuell', 'de'],
  ['اثاث قديم', 'sperrmuell', 'ar'],
  ['أين أرمي الأثاث القديم؟', 'sperrmuell', 'ar'],
  ['اريكه', 'sperrmuell', 'ar'],
  ['نسيت الرقم السري', 'online-ausweis', 'ar'],
  ['الهويه الالكترونيه', 'online-ausweis', 'ar'],
  ['Sperrmüll', 'sperrmuell', 'ar'],
  ['Führungszeugnis', 'fuehrungszeugnis', 'ar'],
];

/** What people look for at an office, and this one does not have. */
const NOT_HERE: readonly [query: string, language: Language][] = [
  ['Reisepass', 'de'],
  ['Reisepass', 'tr'],
  ['passport', 'en'],
  ['pasaport', 'tr'],
  ['جواز سفر', 'ar'],
];

function first(from: Catalogue, query: string, language: Language = 'de'): string | undefined {
  return from.search(query, language)[0]?.service.slug;
}

describe('everyday words', () => {
  for (const [query, slug, language = 'de'] of LABELLED) {
    it(`"${query}" (${language}) leads to ${slug}`, () => assert.equal(first(office, query, language), slug));
  }

  it('find every service by each of its own keywords and its title', () => {
    for (const service of office.services) {
      for (const language of ['de', 'en', 'leicht'] as const) {
        const { title, keywords } = service.texts[language];
        for (const words of [title, ...keywords]) {
          const found = office.search(words, language).map((hit) => hit.service.slug);
          assert.ok(found.includes(service.slug), `${words} (${language}) does not find ${service.slug}`);
        }
        assert.equal(first(office, title, language), service.slug);
      }
    }
  });

  for (const [query, language] of NOT_HERE)
    it(`"${query}" (${language}) is not taken for a service of this office`, () => {
      assert.ok(office.search(query, language).every(({ fits }) => !fits));
    });

  it('fit what is called so, and bring nothing along that only looks alike', () => {
    for (const [query, language, slug] of [
      ['Kühlschrank', 'de', 'sperrmuell'],
      ['ثلاجة', 'ar', 'sperrmuell'],
      ['غسالة', 'ar', 'sperrmuell'],
      ['hurda', 'tr', 'sperrmuell'],
      ['رقم سري', 'ar', 'online-ausweis'],
    ] as const) {
      const hits = office.search(query, language);
      assert.deepEqual(
        hits.map(({ service, fits }) => [service.slug, fits]),
        [[slug, true]],
        query,
      );
    }
    assert.ok(office.search('Ersatz für Reisepaß', 'de').every(({ fits }) => !fits));
  });

  it('find nothing when nothing was typed or nothing is meant', () => {
    for (const query of ['', '   ', '?', 'ich möchte', 'xyzzy', '漢字']) {
      assert.deepEqual(office.search(query, 'de'), [], query);
    }
    // It resembles words that services mention, and none that they are called by.
    assert.deepEqual(office.search('pasaport', 'tr'), []);
  });

  it('never break the search, whatever is typed', () => {
    const typed = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({
        unit: fc.constantFrom(...'холодильник ψυγείο ΨΥΓΕΊΟΣ ثلاجة İıŞß ٠١٢ 冷蔵庫 ตู้เย็น'),
        maxLength: 40,
      }),
    );
    fc.assert(
      fc.property(typed, fc.constantFrom(...LANGUAGES), (query, language) => {
        const hits = office.search(query, language);
        assert.ok(hits.length <= 20);
        for (const [index, hit] of hits.entries()) {
          assert.ok(hit.score > 0);
          assert.ok(hit.score <= (hits[index - 1]?.score ?? Number.POSITIVE_INFINITY));
        }
      }),
    );
  });
});

describe('the German analyser', () => {
  it('folds spelling, hyphens and stop words', () => {
    assert.deepEqual(wordsOf('Wo ist die STRASSE?'), wordsOf('straße'));
    assert.deepEqual(wordsOf('Kühl-Schrank'), ['kuhlschrank', 'kuhl', 'schrank']);
  });

  it('leaves the Arabic article out, and what is written together with it', () => {
    for (const word of ['الثلاجة', 'والثلاجة', 'بالثلاجة', 'للثلاجة'])
      assert.deepEqual(wordsOf(word), wordsOf('ثلاجة'), word);
    assert.notDeepEqual(wordsOf('الم'), wordsOf('م'));
  });

  it('takes endings off, but leaves short words whole', () => {
    assert.equal(stem('waschmaschinen'), stem('waschmaschine'));
    assert.equal(stem('bescheinigungen'), stem('bescheinigung'));
    assert.equal(stem('vermieterinnen'), stem('vermieterin'));
    assert.equal(stem('see'), 'see');
  });

  it('splits compounds into words that it knows, and no others', () => {
    const vocabulary = new Set(['geburt', 'urkunde', 'wohnung', 'geber', 'bestaetigung']);
    assert.deepEqual(splitCompound('geburtsurkunde', vocabulary), ['geburt', 'urkunde']);
    assert.deepEqual(splitCompound('wohnungsgeberbestaetigung', vocabulary), [
      'wohnung',
      'geber',
      'bestaetigung',
    ]);
    assert.deepEqual(splitCompound('geburtstag', vocabulary), []);
    assert.deepEqual(splitCompound('urkunde', vocabulary), []);
  });
});

/** The names of thousands of other services: text in quotes may hold commas and doubled quotes. */
function namesFrom(csv: string): string[] {
  const rows = csv.split('\n').slice(1);
  return rows.flatMap(
    (row) => /^[^,]*,(?:"((?:[^"]|"")*)"|([^,]*)),/.exec(row)?.slice(1).find(Boolean) ?? [],
  );
}

/** A service that has a title only, as an import from the national catalogue would bring it. */
function titled(title: string, index: number, model: CompiledService): CompiledService {
  const { de } = model.texts;
  const texts = { ...de, title, summary: title, about: [], needs: [], keywords: [title] };
  return { ...model, slug: `imported-${index}`, texts: inEvery(() => texts) };
}

/** The national catalogue has services of these names, too; they are as good an answer. */
const NAMESAKE = /^(?:europäisches )?(?:führungszeugnis|geburtsurkunde)/i;

describe('among thousands of services', () => {
  it('one that is called exactly what was typed comes before those that only speak of it', () => {
    const [model] = office.services;
    assert.ok(model);
    const papers = titled('Papiere', 0, model);
    const known = { ...papers.texts.de, keywords: ['Papiere', 'Karte', 'Dokument', 'Urkunde', 'Reisepass'] };
    const catalogueOfThree = createCatalogue([
      titled('Reisepass Reisepass: vorläufiger Reisepass', 1, model),
      titled('Ersatz für einen Reisepass', 2, model),
      { ...papers, texts: inEvery(() => known) },
    ]);
    assert.equal(first(catalogueOfThree, 'reisepass'), papers.slug);
  });

  const file = `${process.env.AMTOMAT_TEST_DATA ?? '../shared/data'}/catalogue/leika.csv`;
  const skip = existsSync(file) ? false : 'no national catalogue here: set AMTOMAT_TEST_DATA';

  it("this office's own are still found, and so are the others", { skip }, () => {
    const [model] = office.services;
    assert.ok(model);
    const names = [...new Set(namesFrom(readFileSync(file, 'utf8')))].slice(0, 5000);
    assert.ok(names.length >= 4000);
    const large = createCatalogue([
      ...office.services,
      ...names.map((name, index) => titled(name, index, model)),
    ]);
    const lost = LABELLED.filter(
      ([query, slug, language = 'de']) =>
        !large
          .search(query, language)
          .slice(0, 5)
          .some(({ service }) => service.slug === slug || NAMESAKE.test(service.texts.de.title)),
    );
    assert.ok(lost.length <= 2, `lost: ${lost.map(([query]) => query).join(', ')}`);
    const title = (query: string) => large.search(query, 'de')[0]?.service.texts.de.title;
    assert.equal(title('abbruch genehmigung'), 'Abbruchgenehmigung');
    assert.equal(title('Abruchgenehmigung'), 'Abbruchgenehmigung');
  });
});
