import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  type ListedStreet,
  loadCity,
  parseStreetJson,
  parseStreetText,
  referenceOf,
  streetText,
} from './index.ts';
import { createStreetIndex } from './streets.ts';

const { city } = loadCity('city/karlsruhe');
assert.ok(city);
const reference = referenceOf(city);
const names = city.streets;

describe('a street that somebody typed', () => {
  const typed: [string, string][] = [
    ['kaiserstrasse', 'Kaiserstraße'],
    ['KAISERSTR.', 'Kaiserstraße'],
    ['  Kaiser Straße ', 'Kaiserstraße'],
    ['Rueppurrer Str', 'Rüppurrer Straße'],
    ['Ruppurrer Straße', 'Rüppurrer Straße'],
    ['karl wilhelm str.', 'Karl-Wilhelm-Straße'],
    ['Karl-Wilhelm-Strasse', 'Karl-Wilhelm-Straße'],
    ['haid-und-neu-str', 'Haid-und-Neu-Straße'],
    ['Friedrichspl.', 'Friedrichsplatz'],
    ['St. Barbara Weg', 'Sankt-Barbara-Weg'],
    ['Haendelstr', 'Händelstraße'],
  ];
  for (const [input, expected] of typed) {
    it(`is found in the list's spelling: ${input}`, () => assert.equal(reference.street(input), expected));
  }

  it('is found however it is written', () => {
    const rewritings = fc.record({
      name: fc.constantFrom(...names),
      upper: fc.boolean(),
      short: fc.boolean(),
      sharp: fc.boolean(),
      umlauts: fc.boolean(),
      gap: fc.constantFrom(' ', '-', ''),
    });
    fc.assert(
      fc.property(rewritings, ({ name, upper, short, sharp, umlauts, gap }) => {
        let text = name.replace(/[ -]/g, gap);
        if (short) text = text.replace(/straße$/, 'str.').replace(/Straße$/, 'Str.');
        if (sharp) text = text.replaceAll('ß', 'ss');
        if (umlauts) text = text.replace(/[äöü]/g, (letter) => ({ ä: 'ae', ö: 'oe', ü: 'ue' })[letter] ?? '');
        if (upper) text = text.toUpperCase();
        assert.equal(reference.street(text), name);
      }),
    );
  });

  it('is not guessed', () => {
    for (const input of ['', ' - ', 'Kurfürstendamm', 'Kaiser', 'Straße', '.*', '__proto__']) {
      assert.equal(reference.street(input), undefined, input);
    }
  });

  it('is not decided between two that differ by an umlaut only', () => {
    const index = createStreetIndex(['Hullerstraße', 'Hüllerstraße']);
    assert.equal(index.find('Hullerstr.'), 'Hullerstraße');
    assert.equal(index.find('Huellerstr.'), 'Hüllerstraße');
    assert.equal(createStreetIndex(['Hüllerstraße', 'Huller Straße']).find('Hüllerstr'), 'Hüllerstraße');
    assert.equal(createStreetIndex(['Häherweg', 'Häher-Weg']).find('Haherweg'), undefined);
  });
});

describe('streets that resemble what was typed', () => {
  it('come best first', () => {
    assert.equal(reference.similarStreets('kaiserst')[0], 'Kaiserstraße');
    assert.equal(reference.similarStreets('Rüpürer Straße')[0], 'Rüppurrer Straße');
    assert.equal(reference.similarStreets('Pfinztahlstraße')[0], 'Pfinztalstraße');
    assert.equal(reference.similarStreets('Kaiserst 10')[0], 'Kaiserstraße');
    assert.equal(reference.similarStreets('kaiserst. Nr. 10 a')[0], 'Kaiserstraße');
    assert.ok(reference.similarStreets('neu str').includes('Haid-und-Neu-Straße'));
    assert.deepEqual(reference.similarStreets(''), []);
    assert.deepEqual(reference.similarStreets('xyzzy'), []);
  });

  it('hold the street although one letter is missing, doubled, swapped or wrong', () => {
    const long = names.filter((name) => name.length >= 10);
    const typos = fc.record({
      name: fc.constantFrom(...long),
      place: fc.integer({ min: 1, max: 6 }),
      kind: fc.constantFrom('missing', 'doubled', 'swapped', 'wrong'),
    });
    fc.assert(
      fc.property(typos, ({ name, place, kind }) => {
        const [before, letter, next, rest] = [
          name.slice(0, place),
          name.charAt(place),
          name.charAt(place + 1),
          name.slice(place + 2),
        ];
        const middle = {
          missing: next,
          doubled: letter + letter + next,
          swapped: next + letter,
          wrong: `q${next}`,
        }[kind];
        assert.ok(reference.similarStreets(before + middle + rest).includes(name));
      }),
      { numRuns: 300 },
    );
  });

  it('never fails on any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const name of reference.similarStreets(text)) assert.ok(names.includes(name));
      }),
    );
  });
});

describe('the postcode', () => {
  it("belongs to the city when the city's list has it", () => {
    assert.equal(reference.cityPostcode('76133'), true);
    assert.equal(reference.cityPostcode('10115'), false);
    assert.equal(reference.cityName, 'Karlsruhe');
  });
});

describe('a town', () => {
  it('is the city by its name, another spelling or a district, whatever stands between', () => {
    for (const town of [
      'Karlsruhe',
      ' karlsruhe ',
      'Karlsruhe-Durlach',
      'karlsruhe  durlach',
      'Karlsruhe, OT Durlach',
      'Durlach',
      'Durlach (Karlsruhe)',
      'KA-Durlach',
      'Karlsruhe (Baden)',
      'Karlsruhe/Baden',
      'Stadt Karlsruhe',
      'KARLSRUHE-GRÖTZINGEN',
      'Groetzingen',
      'Neureut',
      'Neureut (Baden)',
      'Rueppurr',
      'Karslruhe',
      'Karlsruhe, Deutschland',
      'Karlsruhe am Rhein',
      'Karlsruhe 41',
    ])
      assert.ok(reference.isCity(town), town);
    for (const district of city.districts) {
      assert.ok(reference.isCity(district), district);
      assert.ok(reference.isCity(`${city.name} ${district}`), district);
    }
  });

  it('is another one otherwise', () => {
    for (const town of [
      '',
      '-',
      'Baden',
      'Stadt',
      'Ettlingen',
      'Karlsruhe-Ettlingen',
      'Berlin',
      'Linkenheim',
      'Karlsbad',
    ])
      assert.ok(!reference.isCity(town), town);
  });
});

describe('a town with a longer name', () => {
  for (const [name, are, others] of [
    [
      'Frankfurt am Main',
      ['frankfurt', 'Frankfurt a. M.', 'Frankfurt/Main', 'Frankfurt (Main)'],
      ['Main', 'Am Main'],
    ],
    [
      'Neustadt an der Weinstraße',
      ['Neustadt', 'Neustadt a.d. Weinstr', 'neustadt weinstrasse'],
      ['an der', 'Weinstraße'],
    ],
    ['Freiburg im Breisgau', ['Freiburg i. Br.', 'Freiburg'], ['Breisgau', 'Freiberg am Neckar']],
    ['Weil der Stadt', ['weil der stadt', 'Weil'], ['Stadt', 'der Stadt']],
    [
      'Bad Müster-Feld an der Ach',
      ['Bad Müster-Feld', 'bad muester feld an der ach'],
      ['Bad', 'Müster', 'Ach'],
    ],
    ['Halle (Saale)', ['Halle', 'Halle/Saale', 'Halle an der Saale'], ['Saale']],
    ['Markt Schwaben', ['Schwaben', 'Markt Schwaben'], ['Markt']],
    ['Baden-Baden', ['Baden Baden'], ['Bad', 'Karlsruhe']],
  ] as const) {
    const is = referenceOf({ ...city, name, alsoCalled: [], districts: [] }).isCity;
    it(`is known as people write it: ${name}`, () => {
      for (const town of [name, name.toUpperCase(), ...are]) assert.ok(is(town), town);
      for (const town of others) assert.ok(!is(town), town);
    });
  }
});

describe('the postcodes of a street', () => {
  it('are known where the list says them', () => {
    assert.deepEqual(reference.postcodesOf('Pfinztalstraße'), ['76227']);
    assert.equal(reference.postcodesOf('Zirkel'), undefined);
  });
});

describe('a street list to import', () => {
  it('may be text with comments, or JSON of names or objects', () => {
    const names = (list: readonly ListedStreet[]) => list.map(({ name }) => name);
    assert.deepEqual(names(parseStreetText('# list\r\nZirkel\r\n\r\n Amalienstraße \nZirkel\n')), [
      'Amalienstraße',
      'Zirkel',
    ]);
    assert.deepEqual(
      names(parseStreetJson('["Zirkel", {"name": "Ahaweg", "lon": 8.4}, {"street": "Äußerer Weg"}]')),
      ['Ahaweg', 'Äußerer Weg', 'Zirkel'],
    );
  });

  it('may say the postcodes of a street', () => {
    const text = parseStreetText('Zirkel; 76131,76133\nZIRKEL; 76137\nAhaweg;\nWeg\n');
    assert.deepEqual(text, [
      { name: 'Ahaweg', postcodes: undefined },
      { name: 'Weg', postcodes: undefined },
      { name: 'Zirkel', postcodes: ['76131', '76133', '76137'] },
    ]);
    assert.deepEqual(parseStreetText(streetText(text)), text, 'and is written as it is read');
    assert.deepEqual(
      parseStreetJson('[{"name": "A-Weg", "postcodes": ["76131"]}, {"name": "B-Weg", "postcode": "76133"}]'),
      [
        { name: 'A-Weg', postcodes: ['76131'] },
        { name: 'B-Weg', postcodes: ['76133'] },
      ],
    );
    assert.throws(() => parseStreetText('Zirkel\nWeg; 7613'), /five digits/);
    assert.throws(() => parseStreetText('Weg; 76133; 76131'), /semicolon/);
    assert.throws(() => parseStreetJson('[{"name": "Weg", "postcodes": [76131]}]'), /entry 1/);
  });

  it('is refused with a reason otherwise', () => {
    assert.throws(() => parseStreetJson('{"name": "Zirkel"}'), /array/);
    assert.throws(() => parseStreetJson('["Zirkel", 3]'), /entry 2/);
  });

  it('finds every street of a full list, and quickly enough to search while typing', (t) => {
    const file = `${process.env.AMTOMAT_TEST_DATA ?? '../shared/data'}/streets/karlsruhe-streets.json`;
    if (!existsSync(file)) return t.skip('no full street list here: set AMTOMAT_TEST_DATA');
    const full = parseStreetJson(readFileSync(file, 'utf8'));
    assert.ok(full.length > 1500);
    const index = createStreetIndex(full.map(({ name }) => name));
    for (const { name } of full) assert.equal(index.find(name), name);
    assert.equal(index.find('rueppurrer str'), 'Rüppurrer Straße');
    assert.equal(index.similar('Rüpürer Straße')[0], 'Rüppurrer Straße');
  });
});
