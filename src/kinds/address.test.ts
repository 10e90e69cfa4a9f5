import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type FormFields, formFieldsOf, readPage, review, walk } from '#journey';
import type { Answer } from '#service';
import { smallCity } from '#test/reference';
import { testService } from '#test/service';
import { momentOf } from '#time';
import { ERROR_CODES } from './index.ts';

const moment = momentOf(new Date('2026-11-23T09:00:00Z'));
const service = testService(`
pages:
  - id: where
    kind: questions
    questions:
      - { id: here, kind: address, within: city, optional: true }
      - { id: germany, kind: address, within: germany, optional: true }
      - { id: anywhere, kind: address, optional: true }
`);
const [page] = service.pages;
assert.ok(page);

type Id = 'here' | 'germany' | 'anywhere';
type Parts = Readonly<Record<string, string>>;

const form = (id: Id, parts: Parts): FormFields =>
  Object.fromEntries(Object.entries(parts).map(([part, value]) => [`${id}.${part}`, [value]]));
const read = (fields: FormFields) =>
  readPage(service, page, fields, { answers: {}, seen: [] }, moment, smallCity);
const parts = (street: string, houseNumber = '', postcode = '', city = '', more: Parts = {}): Parts => ({
  ...{ street, houseNumber, postcode, city },
  ...more,
});

function gives(id: Id, typed: Parts, expected: Answer): void {
  const { answers, errors } = read(form(id, typed));
  assert.deepEqual(errors, [], JSON.stringify(typed));
  assert.deepEqual(answers[id], expected, JSON.stringify(typed));
}

function fails(id: Id, typed: Parts, expected: Record<string, string>): void {
  const { errors } = read(form(id, typed));
  const found = Object.fromEntries(errors.map(({ field, code }) => [field.slice(id.length + 1), code]));
  assert.deepEqual(found, expected, JSON.stringify(typed));
  for (const { code, params } of errors) {
    const named: readonly string[] = ERROR_CODES[code as keyof typeof ERROR_CODES];
    assert.deepEqual(Object.keys(params), named, code);
  }
}

const home = { street: 'Kaiserstraße', houseNumber: '10', postcode: '76133', city: 'Karlsruhe' };

describe('an address in the city', () => {
  it("has a street of the city's list, in its spelling", () => {
    gives('here', parts('kaiserstrasse', '10 A', '76133'), { ...home, houseNumber: '10a' });
    gives('here', parts('Kaiserstr.', '12 - 14', '76133', 'karlsruhe'), { ...home, houseNumber: '12-14' });
    assert.equal(read(form('here', parts('', '', '', 'Karlsruhe'))).answers.here, undefined);
    fails('here', parts('Kaisergasse', '1', '76133'), { street: 'unknownStreet' });
    assert.deepEqual(read(form('here', parts('Kaisergasse 1', '', '76133'))).errors[0]?.params, {
      suggestions: 'Kaiserstraße, Kaiserallee',
    });
    fails('here', parts('Waldstraße', 'hinten', '7613', 'Ettlingen'), {
      ...{ houseNumber: 'houseNumberUnclear', postcode: 'notAPostcode', city: 'notInCity' },
    });
    fails('here', parts('Waldstraße', '1', '10115'), { postcode: 'postcodeNotInCity' });
  });

  it('may name a district where the town is asked for, but needs a postcode of the city', () => {
    for (const town of ['Durlach', 'Karlsruhe-Durlach'])
      gives('here', parts('Kaiserstraße', '10', '76133', town), home);
    fails('here', parts('Kaiserstraße', '10', '10115', 'Durlach'), { postcode: 'postcodeNotInCity' });
  });

  it('takes a street that is not in the list when the person says that it is so, and says it to the clerk', () => {
    const typed = parts('Ganz Neue Gasse 3', '', '76133', 'Karlsruhe');
    fails('here', typed, { street: 'unknownStreet' });
    const marked = { ...home, street: 'Ganz Neue Gasse', houseNumber: '3', unlisted: true };
    gives('here', { ...typed, unlisted: 'yes' }, marked);
    // Said of a street that is in the list, it says nothing.
    gives('here', parts('Kaiserstr.', '10', '76133', '', { unlisted: 'yes' }), home);
    fails('here', parts('Neue Gasse', '3', '10115', 'Berlin', { unlisted: 'yes' }), {
      ...{ postcode: 'postcodeNotInCity', city: 'notInCity' },
    });
    const progress = { answers: { here: marked }, seen: ['where'] };
    for (const [language, mark] of [
      ['de', 'nicht im Straßenverzeichnis'],
      ['en', 'not in the list of streets'],
      ['leicht', 'steht nicht in der Straßen-Liste'],
    ] as const) {
      const [section] = review(service, walk(service, progress, moment), language);
      const [line] = section?.lines ?? [];
      assert.deepEqual([line?.value, line?.mark], ['Ganz Neue Gasse 3, 76133 Karlsruhe', mark]);
    }
  });

  it('has a postcode of its street, where the list says them', () => {
    fails('here', parts('Rüppurrer Str.', '1', '76133'), { postcode: 'postcodeNotOfStreet' });
    assert.deepEqual(read(form('here', parts('Rüppurrer Str.', '1', '76133'))).errors[0]?.params, {
      postcodes: '76137',
    });
    // One street, one postcode: nobody has to know it.
    for (const postcode of ['76137', ''])
      gives('here', parts('Rüppurrer Straße', '1', postcode), {
        ...{ street: 'Rüppurrer Straße', houseNumber: '1', postcode: '76137', city: 'Karlsruhe' },
      });
  });
});

describe('an address in Germany', () => {
  it('is understood whatever field its parts were typed into', () => {
    for (const [id, typed] of [
      ['here', parts('kaiserstr 10 76133 karlsruhe')],
      ['here', parts('Kaiserstr.10', '10', 'D-76133', 'Karlsruhe')],
      ['here', parts('Kaiser Str. Nr. 10', '', '76 133', 'Durlach')],
      ['here', parts('Kaiserstraße 10, Karlsruhe', 'Nr. 10', '76133', 'Karlsruhe')],
      ['here', parts('Kaiserstraße', '10', '', '76133 Karlsruhe Durlach')],
      ['here', parts('Kaiserstraße', '10', '76133 Karlsruhe', 'Karlsruhe')],
      ['here', parts('', 'Kaiserstr. 10', '76133')],
      ['here', parts('kaiserstr 10 karlsruhe 76133')],
      ['here', parts('Kaiserstraße', '10', '', 'Karlsruhe 76133')],
      ['germany', parts('Kaiserstraße 10, D-76133 Karlsruhe')],
      ['germany', parts('76133 Karlsruhe, Kaiserstraße 10')],
      ['anywhere', parts('Kaiserstraße Hausnummer 10', '', 'DE 76133', 'Karlsruhe')],
      ['anywhere', parts('Kaiserstraße', '10', 'D 76133', 'Karlsruhe', { country: 'DEU' })],
    ] as const)
      gives(id, typed, home);
  });

  it('has no number that no house has', () => {
    for (const typed of ['0', '00', '99999', '10000', 'Nr. 0'])
      for (const id of ['here', 'germany'] as const)
        fails(id, parts('Kaiserstraße', typed, '76133', 'Karlsruhe'), { houseNumber: 'notAHouseNumber' });
  });

  it('keeps everything that houses are numbered with', () => {
    for (const [typed, expected] of [
      ['10', '10'],
      ['Nr. 10', '10'],
      ['Hausnummer: 10', '10'],
      ['10A', '10a'],
      ['10 a-c', '10a-c'],
      ['10 a - c', '10a-c'],
      ['10½', '10 1/2'],
      ['10 1/2', '10 1/2'],
      ['10/2', '10/2'],
      ['10 + 12', '10+12'],
      ['10 Hinterhaus', '10 Hinterhaus'],
      ['10 a Hinterhaus', '10a Hinterhaus'],
      ['10 A, 2. OG links', '10a, 2. OG links'],
      ['10, 12', '10, 12'],
      ['10 bis 12', '10 bis 12'],
      ['10.', '10'],
      ['010', '10'],
      ['10 c/o Meier', '10 c/o Meier'],
      ['10a c/o Meier', '10a c/o Meier'],
    ] as const) {
      gives('here', parts('Kaiserstraße', typed, '76133'), { ...home, houseNumber: expected });
      if (!/^\D|bis|\.$|, 12|c\/o/.test(typed))
        gives('here', parts(`Kaiserstraße ${typed}`, '', '76133'), { ...home, houseNumber: expected });
    }
  });

  it('asks back with the words of what is wrong', () => {
    for (const id of ['here', 'germany', 'anywhere'] as const) {
      fails(id, parts('Kaiserstraße', '', '76133', 'Karlsruhe'), { houseNumber: 'houseNumberMissing' });
      fails(id, parts('Kaiserstraße 10', '12', '76133', 'Karlsruhe'), { street: 'numbersDiffer' });
      fails(id, parts('Kaiserstr. 10, 76137 Karlsruhe', '10', '76133', 'Karlsruhe'), {
        street: 'partsDiffer',
      });
      fails(id, parts('Kaiserstraße', '10', '', 'Karlsruhe'), { postcode: 'required' });
    }
    fails('germany', parts('Weg', '1', '7613', 'Y'), { postcode: 'notAPostcode' });
    fails('here', parts('10 a', '', '76133', 'Karlsruhe'), { street: 'required' });
    for (const nameless of ['', '---'])
      fails('germany', parts(nameless, '10 a', '76133', 'Karlsruhe'), { street: 'streetMissing' });
    for (const postcode of ['1010', '101155', 'A-1010', 'SW1A 1AA', '00-950'])
      fails('anywhere', parts('Weg', '1', postcode, 'Y'), { postcode: 'notAGermanPostcode' });
    fails('anywhere', parts('x'.repeat(101), '1', '76133', 'Y'), { street: 'tooLong' });
    fails('anywhere', parts('x'.repeat(100_000), '1'.repeat(100_000), '1'.repeat(100_000), 'Y'), {
      ...{ street: 'tooLong', houseNumber: 'tooLong', postcode: 'notAGermanPostcode' },
    });
    for (const within of ['here', 'germany', 'anywhere'] as const) {
      fails(within, parts('Улица', '1', '76133', 'Karlsruhe'), { street: 'otherScript' });
      fails(
        within,
        { ...parts('شارع القيصر', '1', '76133', 'كارلسروه'), unlisted: 'yes' },
        {
          ...{ street: 'otherScript', city: 'otherScript' },
        },
      );
    }
  });

  it('has no number where people write that it has none, once they have said that it is so', () => {
    for (const none of ['ohne', '-', 'keine', 'o. Nr.', 'ohne Hausnummer', 'k.A.', 's/n', 'X']) {
      for (const within of ['germany', 'here'] as const) {
        const typed = parts('Waldstraße', none, '76133', 'Karlsruhe');
        fails(within, typed, { houseNumber: 'houseNumberMissing' });
        gives(within, { ...typed, noNumber: 'yes' }, { ...home, street: 'Waldstraße', houseNumber: '' });
      }
      gives('germany', parts('Waldstraße 5', none, '76133', 'Karlsruhe'), {
        ...home,
        street: 'Waldstraße',
        houseNumber: '5',
      });
    }
  });

  it('has no number where there is none, when the person says so', () => {
    const forest = { street: 'Forsthaus', houseNumber: '', postcode: '76133', city: 'Karlsruhe' };
    fails('germany', forest, { houseNumber: 'houseNumberMissing' });
    for (const id of ['germany', 'anywhere'] as const) gives(id, { ...forest, noNumber: 'yes' }, forest);
    gives('here', { ...forest, noNumber: 'yes', unlisted: 'yes' }, { ...forest, unlisted: true });
    gives('germany', parts('Schloss 1', '', '76133', 'Karlsruhe'), {
      ...home,
      street: 'Schloss',
      houseNumber: '1',
    });
  });

  it("takes streets that are a number themselves: squares in Mannheim, Berlin's numbered streets", () => {
    const square = { street: 'Q 7', houseNumber: '12', postcode: '68161', city: 'Mannheim' };
    for (const typed of [parts('Q 7, 12'), parts('Q7 12'), parts('Q 7', '12'), parts('Q 7, 12', '12')])
      gives('germany', { ...typed, postcode: '68161', city: 'Mannheim' }, square);
    fails('germany', parts('Q 7', '', '68161', 'Mannheim'), { houseNumber: 'houseNumberMissing' });
    gives('germany', parts('Straße 52', '7', '13125', 'Berlin'), {
      ...{ street: 'Straße 52', houseNumber: '7', postcode: '13125', city: 'Berlin' },
    });
    gives('germany', parts('Straße des 17. Juni 135', '', '10623', 'Berlin'), {
      ...{ street: 'Straße des 17. Juni', houseNumber: '135', postcode: '10623', city: 'Berlin' },
    });
  });
});

describe('an address in Germany that is none of street and house', () => {
  const town = { postcode: '76124', city: 'Karlsruhe' };

  it('is that of an authority with a postcode of its own, when the person says so', () => {
    for (const id of ['germany', 'anywhere'] as const) {
      fails(id, parts('', '1', '76124', 'Karlsruhe'), { street: 'streetMissing' });
      const typed = parts('', '', '76124', 'Karlsruhe', { noStreet: 'yes' });
      gives(id, typed, { street: '', houseNumber: '', ...town });
      gives(id, { ...typed, houseNumber: '12' }, { street: '', houseNumber: '12', ...town });
    }
    // The dwelling that the city has to find has a street.
    fails('here', parts('', '10', '76133', 'Karlsruhe', { noStreet: 'yes' }), { street: 'required' });
  });

  it('is a box at a post office, in whichever field its number stands', () => {
    for (const [typed, street] of [
      [parts('Postfach', '100123'), 'Postfach 100123'],
      [parts('Postfach 10 01 23'), 'Postfach 10 01 23'],
      [parts('Postfach 1001'), 'Postfach 1001'],
      [parts('Postfach 10012'), 'Postfach 10012'],
      [parts('Postfach'), 'Postfach'],
      [parts('', 'Postfach 12 34'), 'Postfach 12 34'],
    ] as const)
      for (const id of ['germany', 'anywhere'] as const)
        gives(id, { ...typed, ...town }, { street, houseNumber: '', ...town });
    gives('germany', parts('Postfach 10 01 23, 76124 Karlsruhe'), {
      ...{ street: 'Postfach 10 01 23', houseNumber: '', ...town },
    });
  });
});

describe('a street whose name ends in a number', () => {
  const dorf = { postcode: '77815', city: 'Bühl' };

  it('is a road by its number, with the house beside it', () => {
    for (const [typed, street, houseNumber] of [
      [parts('An der B 3', '12'), 'An der B 3', '12'],
      [parts('An der B3 12'), 'An der B3', '12'],
      [parts('An der B 3', 'km 12,4'), 'An der B 3', 'km 12,4'],
      [parts('Alte B 36', '5 a'), 'Alte B 36', '5a'],
      [parts('Bundesstraße 3', '12'), 'Bundesstraße 3', '12'],
      [parts('Bundesstr. 3', '12'), 'Bundesstr. 3', '12'],
      [parts('Landesstraße 75', '1'), 'Landesstraße 75', '1'],
      [parts('Bundesstraße 12'), 'Bundesstraße', '12'],
    ] as const)
      for (const id of ['germany', 'anywhere'] as const)
        gives(id, { ...typed, ...dorf }, { street, houseNumber, ...dorf });
    fails('germany', { ...parts('An der B 3'), ...dorf }, { houseNumber: 'houseNumberMissing' });
    const here = parts('An der B 3', '12', '76133', 'Karlsruhe');
    fails('here', here, { street: 'unknownStreet' });
    gives('here', { ...here, unlisted: 'yes' }, { ...here, unlisted: true });
  });

  it('is any other one, when the person says that the number is part of its name', () => {
    const typed = { street: 'Schanze 3', houseNumber: '12', ...dorf };
    for (const id of ['germany', 'anywhere'] as const) {
      fails(id, typed, { street: 'numbersDiffer' });
      gives(id, { ...typed, numbered: 'yes' }, typed);
    }
  });
});

describe('an address abroad where one in Germany is asked for', () => {
  const FOREIGN = [
    ['75001', 'Paris'],
    ['75001', 'Paris, Frankreich'],
    ['67500', 'Haguenau (France)'],
    ['67000', 'Straßburg'],
    ['00184', 'Rom'],
    ['20121', 'Milano'],
    ['110 00', 'Praha 1'],
    ['1010', 'Wien'],
    ['1010', 'Wien, Innere Stadt'],
    ['8001', 'Zürich'],
    ['8050', 'Zuerich-Oerlikon'],
    ['4000', 'BASEL'],
    ['1050', 'Bruxelles'],
    ['10100', 'Istanbul, Türkei'],
    ['', 'Graz, Österreich'],
  ] as const;
  const FOREIGN_CODES = [
    'L-1234',
    'A-1010',
    'CH 8001',
    'F-67500',
    'SW1A 1AA',
    '1012 AB',
    '00-950',
    'PL-00950',
  ];

  it('is told by town and postcode, in words of its own, and everything typed stays', () => {
    for (const [postcode, city] of FOREIGN) {
      fails('germany', parts('Weg', '1', postcode, city), { city: 'notInGermany' });
      fails('anywhere', parts('Weg', '1', postcode, city), { country: 'otherCountry' });
    }
    for (const postcode of FOREIGN_CODES)
      fails('germany', parts('Weg', '1', postcode, 'Irgendwo'), { postcode: 'notInGermany' });
    fails('germany', parts('10 rue de Rivoli, 75001 Paris'), { city: 'notInGermany' });
    for (const [postcode, city] of [...FOREIGN, ...FOREIGN_CODES.map((code) => [code, 'Karlsruhe'] as const)])
      fails('here', parts('Kaiserstraße', '1', postcode, city), { city: 'notInCity' });
    assert.deepEqual(
      read(form('anywhere', parts('Weg', '1', '1010', 'Wien', { country: 'AUT' }))).errors,
      [],
    );
  });

  it('is no place in Germany that is called the same', () => {
    for (const [postcode, city] of [
      ['19372', 'Rom'],
      ['15859', 'Philadelphia'],
      ['66969', 'Lemberg'],
      ['17335', 'Strasburg (Uckermark)'],
      ['17335', 'Straßburg'],
      ['18292', 'Krakow am See'],
      ['53545', 'Linz am Rhein'],
      ['56479', 'Salzburg'],
      ['24217', 'Kalifornien'],
      ['24217', 'Schönberg, Brasilien'],
      ['16321', 'Bernau'],
      ['36329', 'Romrod'],
      ['10115', 'Berlin, Deutschland'],
      ['72805', 'Honau, Lichtenstein'],
    ] as const) {
      const place = { street: 'Weg', houseNumber: '1', postcode, city };
      for (const id of ['germany', 'anywhere'] as const) gives(id, place, place);
    }
    // A town known abroad, and no postcode of it: asked back once.
    for (const [postcode, city] of [
      ['76133', 'Wien'],
      ['01067', 'Strasbourg'],
      ['10115', 'Paris'],
    ] as const) {
      const place = { street: 'Weg', houseNumber: '1', postcode, city };
      fails('germany', place, { city: 'perhapsAbroad' });
      fails('anywhere', place, { country: 'perhapsAbroad' });
      for (const id of ['germany', 'anywhere'] as const) gives(id, { ...place, sure: 'yes' }, place);
    }
    // One digit is missing: that says nothing of another country.
    fails('germany', parts('Weg', '1', '1937', 'Rom'), { postcode: 'notAPostcode' });
  });
});

describe('an address abroad', () => {
  const abroad = (country: string, postcode: string, houseNumber = '3 bis') =>
    parts('Rue de l’Été', houseNumber, postcode, 'Łódź', { country });

  it('is written as that country writes it: any postcode or none, no number, one letter', () => {
    for (const [country, postcode] of [
      ['AUT', '1010'],
      ['AUT', 'A-1010'],
      ['POL', '00-950'],
      ['CZE', '110 00'],
      ['GBR', 'SW1A 1AA'],
      ['NLD', '1012 AB'],
      ['CHE', 'CH-8001'],
      ['NOR', '0150'],
      ['IRL', ''],
      ['HKG', ''],
    ] as const)
      gives('anywhere', abroad(country, postcode), abroad(country, postcode));
    gives('anywhere', abroad('ARE', '-', ''), abroad('ARE', '', ''));
    gives('anywhere', abroad('GBR', 'sw1a 1aa'), abroad('GBR', 'SW1A 1AA'));
    gives(
      'anywhere',
      parts('Å', '5', '', 'Å', { country: 'NOR' }),
      parts('Å', '5', '', 'Å', { country: 'NOR' }),
    );
    const line = parts('10 Downing Street', '', 'SW1A 2AA', 'London', { country: 'GBR' });
    gives('anywhere', line, line);
  });

  it('is asked back once where postcode or town are those of Germany', () => {
    for (const typed of [
      parts('Kaiserstraße', '10', '76133', 'Karlsruhe', { country: 'FRA' }),
      parts('Weg', '1', '76133', 'Basel', { country: 'CHE' }),
      parts('Weg', '1', '10115', 'Graz', { country: 'AUT' }),
    ]) {
      fails('anywhere', typed, { country: 'perhapsGermany' });
      gives('anywhere', { ...typed, sure: 'yes' }, typed);
    }
    for (const [country, postcode, city] of [
      ['FRA', '76133', 'Le Havre'],
      ['USA', '12345', 'Karlsruhe, North Dakota'],
      ['CHE', '4051', 'Basel'],
    ] as const) {
      const typed = parts('Weg', '1', postcode, city, { country });
      gives('anywhere', typed, typed);
    }
  });

  it('needs a street, a town and a country of the list', () => {
    const nothing = parts('', '1', '', '', { country: 'IRL' });
    fails('anywhere', nothing, { street: 'streetMissing', city: 'required' });
    const village = parts('', '12', '', 'Ballyvaughan', { country: 'IRL' });
    gives('anywhere', { ...village, noStreet: 'yes' }, village);
    fails('anywhere', abroad('XYZ', ''), { country: 'notACountry' });
    fails('anywhere', abroad('IRL', 'x'.repeat(21)), { postcode: 'tooLong' });
  });

  it('is read to people with its country', () => {
    const answers = { anywhere: abroad('IRL', '', ''), germany: home };
    const walked = walk(service, { answers, seen: ['where'] }, moment);
    const [section] = review(service, walked, 'de', { country: (code) => `<${code}>` });
    const said = Object.fromEntries(section?.lines.map(({ field, value }) => [field, value]) ?? []);
    assert.equal(said.anywhere, 'Rue de l’Été, Łódź, <IRL>');
    assert.equal(said.germany, 'Kaiserstraße 10, 76133 Karlsruhe');
  });

  it('is dropped, not misread, where an address in Germany is asked for by now', () => {
    const answers = { germany: abroad('IRL', ''), here: abroad('IRL', '') };
    assert.deepEqual(walk(service, { answers, seen: [] }, moment).answers, {});
    // Answers from before there was a country are in Germany.
    const before = { anywhere: home };
    assert.deepEqual(walk(service, { answers: before, seen: [] }, moment).answers, before);
  });
});

it('an entry of a group is blank where nobody has typed more than what stood there', () => {
  const dwellings = testService(`
pages:
  - id: more
    kind: questions
    questions:
      - { id: more, kind: group, min: 0, questions: [{ id: at, kind: address }] }
`);
  const [first] = dwellings.pages;
  assert.ok(first);
  const blank = { street: '', houseNumber: '', postcode: '', city: '', country: 'DEU' };
  const sent = Object.fromEntries(
    Object.entries(blank).map(([part, text]) => [`more[0].at.${part}`, [text]]),
  );
  const reading = readPage(dwellings, first, sent, { answers: {}, seen: [] }, moment, smallCity);
  assert.deepEqual([reading.errors, reading.answers], [[], {}]);
});

describe('every address', () => {
  const word = fc.constantFrom(
    'Weg',
    'Kaiserstr.',
    'Q 7',
    'Straße 5',
    'Postfach',
    'Paris',
    'An der B 3',
    '10 a',
    '76133',
    'Karlsruhe',
    '½',
    ',',
    '',
    'IRL',
    'yes',
  );
  const line = fc.uniqueArray(word, { maxLength: 4 }).map((words) => words.join(' '));
  const typed = fc.record({
    ...{ street: line, houseNumber: line, postcode: line, city: line },
    ...{ country: fc.constantFrom('', 'DEU', 'IRL'), unlisted: word, noNumber: word },
    ...{ noStreet: word, numbered: word, sure: word },
  });

  it('is not left out in silence where only its town was typed', () => {
    fails('germany', parts('', '', '', 'Weingarten'), {
      ...{ street: 'streetMissing', houseNumber: 'houseNumberMissing', postcode: 'required' },
    });
    fails('anywhere', parts('', '', '', 'Galway', { country: 'IRL' }), { street: 'streetMissing' });
    for (const id of ['here', 'germany', 'anywhere'] as const) {
      const { answers, errors } = read(form(id, parts('-', '', ' , ')));
      assert.deepEqual([errors, answers], [[], {}], 'signs alone are nothing');
    }
  });

  it("may have street and number in the other's field", () => {
    const town = ['76133', 'Karlsruhe'] as const;
    const right = { ...home, street: 'Kaiserstraße', houseNumber: '10' };
    for (const street of ['10', '10,', ',', '-', ''])
      gives('germany', parts(street, 'Kaiserstraße 10', ...town), right);
  });

  it('is read to the same answer from its own fields again', () => {
    fc.assert(
      fc.property(fc.constantFrom<Id>('here', 'germany', 'anywhere'), typed, (id, fields) => {
        const first = read(form(id, fields));
        const question = page.questions.find((one) => one.id === id);
        assert.ok(question);
        if (first.answers[id] === undefined) return;
        const again = read(formFieldsOf(question, first.answers));
        assert.deepEqual(again.errors, []);
        assert.deepEqual(again.answers, first.answers);
      }),
      { numRuns: 1000 },
    );
  });
});
