import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { ATTRIBUTES } from '#service';
import { isPartialDate } from '#time';
import { NAMES, readAttributes, type Told } from './attributes.ts';
import type { Level } from './types.ts';

const LEVELS: readonly Level[] = ['low', 'substantial', 'high'];
const OIDS = Object.values(NAMES).flatMap(({ oids }) => oids);
const rank = (level: Level | undefined): number => (level === undefined ? -1 : LEVELS.indexOf(level));

const told = fc.record({
  value: fc.oneof(
    fc.string({ unit: 'binary', maxLength: 900 }),
    fc.constantFrom('DE', 'D', '1999-02-29', 'Weg 3 a'),
  ),
  trust: fc.constantFrom(undefined, ...LEVELS),
});
const answers = fc.uniqueArray(fc.tuple(fc.constantFrom(...OIDS), told), { selector: ([oid]) => oid });

function texts(value: unknown): string[] {
  return typeof value === 'object' && value !== null ? Object.values(value).map(String) : [String(value)];
}

function one(oid: string, value: string, attribute: (typeof ATTRIBUTES)[number]): unknown {
  const map = new Map<string, Told>([[oid, { value, trust: 'high' }]]);
  return readAttributes(map, [attribute], 'high').attributes[attribute];
}

describe('attributes of an answer', () => {
  it('are short, in NFC and without invisible characters, or they are not there', () => {
    fc.assert(
      fc.property(
        answers,
        fc.subarray([...ATTRIBUTES]),
        fc.constantFrom(...LEVELS),
        (list, wanted, level) => {
          const { attributes } = readAttributes(new Map(list), wanted, level);
          for (const [name, value] of Object.entries(attributes)) {
            assert.ok(wanted.some((attribute) => attribute === name));
            for (const text of texts(value)) {
              assert.ok([...text].length <= 254 && text === text.normalize('NFC'));
              assert.doesNotMatch(text, /[\p{Cc}\p{Cf}\p{Cs}]/u);
              assert.equal(text, text.trim());
            }
          }
          assert.ok(attributes.birthDate === undefined || isPartialDate(String(attributes.birthDate)));
          assert.match(String(attributes.nationality ?? 'AAA'), /^[A-Z]{3}$/);
        },
      ),
    );
  });

  it('are never trusted more than the sign-in, nor more than any part of them', () => {
    fc.assert(
      fc.property(answers, fc.constantFrom(...LEVELS), (list, level) => {
        const map = new Map(list);
        const { attributes, trust } = readAttributes(map, ATTRIBUTES, level);
        for (const [name, sure] of Object.entries(trust)) {
          const attribute = ATTRIBUTES.find((known) => known === name);
          assert.ok(attribute && attribute in attributes);
          assert.ok(level !== 'low' && rank(sure) <= rank(level));
          for (const oid of NAMES[attribute].oids) {
            const part = map.get(oid);
            assert.ok(part === undefined || rank(sure) <= rank(part.trust));
          }
        }
      }),
    );
  });

  it('keep the letters of a name, and know when a card says nothing', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('Đ', 'ặ', 'n', 'g', 'Ł', 'ß', "'", '-'), minLength: 1 }),
        (name) => {
          const said = one('urn:oid:2.5.4.4', name.normalize('NFD'), 'familyName');
          assert.equal(said, /^-*$/.test(name) ? undefined : name.normalize('NFC'));
        },
      ),
    );
    assert.equal(one('urn:oid:2.5.4.42', ' - ', 'givenNames'), undefined);
    assert.equal(one('urn:oid:2.5.4.42', 'Anna\n  Maria', 'givenNames'), 'Anna Maria');
    assert.equal(one('urn:oid:1.2.40.0.10.2.1.1.225577', 'd', 'nationality'), 'DEU');
    assert.equal(one('urn:oid:1.2.40.0.10.2.1.1.225577', 'RKS', 'nationality'), 'XKX');
    assert.equal(one('urn:oid:1.2.40.0.10.2.1.1.225577', 'XXX', 'nationality'), undefined);
    assert.equal(one('urn:oid:0.9.2342.19200300.100.1.3', 'a@b', 'email'), undefined);
  });
});

describe('a name', () => {
  it('may be the only one, in whichever field the card has it', () => {
    const read = (family: string | undefined, given: string | undefined) => {
      const map = new Map<string, Told>();
      if (family !== undefined) map.set('urn:oid:2.5.4.4', { value: family, trust: 'high' });
      if (given !== undefined) map.set('urn:oid:2.5.4.42', { value: given, trust: 'substantial' });
      return readAttributes(map, ['familyName', 'givenNames'], 'high');
    };
    const alone = { attributes: { familyName: 'Suharto' }, trust: { familyName: 'substantial' } };
    assert.deepEqual(read(undefined, 'Suharto'), alone);
    assert.deepEqual(read(' - ', 'Suharto'), alone);
    assert.deepEqual(read('Suharto', '---').attributes, { familyName: 'Suharto' });
    assert.deepEqual(read('Klein', 'Paul').attributes, { familyName: 'Klein', givenNames: 'Paul' });
  });
});

describe('a birth date', () => {
  const born = (text: string) => one('urn:oid:1.2.40.0.10.2.1.1.55', text, 'birthDate');
  const days = fc
    .date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));

  it('is read as far as it is known, in every way that cards, chips and registers write it', () => {
    fc.assert(
      fc.property(days, fc.constantFrom('00', 'XX', 'xx', '<<', '  '), (day, unknown) => {
        const [year, month, date] = day.split('-');
        for (const [expected, ...parts] of [
          [day, year, month, date],
          [`${year}-${month}`, year, month, unknown],
          [`${year}`, year, unknown, unknown],
        ]) {
          assert.equal(born(parts.join('')), expected);
          if (unknown.trim() === '') continue;
          assert.equal(born(parts.join('-')), expected);
          assert.equal(born(parts.toReversed().join('.')), expected);
        }
        assert.equal(born(`${year}-${month}`), `${year}-${month}`);
        assert.equal(born(`${year}`), year);
        // A day of an unknown month says no more than the year.
        assert.equal(born(`${year}-XX-${date}`), year);
      }),
    );
  });

  it('is not told where there is none', () => {
    for (const text of [
      '1964-02-30',
      '1964-13-01',
      '0000-00-00',
      '00.00.0000',
      'XX.XX.XXXX',
      '64',
      '',
      '1964-1-1',
    ])
      assert.equal(born(text), undefined, text);
  });
});

describe('an address', () => {
  function split(line: string): unknown {
    const parts = { 'urn:oid:2.5.4.16': line, 'urn:oid:2.5.4.17': '76133', 'urn:oid:2.5.4.7': 'Karlsruhe' };
    const map = new Map(Object.entries(parts).map(([oid, value]) => [oid, { value, trust: undefined }]));
    const { address } = readAttributes(map, ['address'], 'high').attributes;
    return address && typeof address === 'object' && 'street' in address
      ? [address.street, address.houseNumber]
      : address;
  }

  it('has its number apart where that is sure', () => {
    assert.deepEqual(split('Straße des 17. Juni 135'), ['Straße des 17. Juni', '135']);
    assert.deepEqual(split('Straße des 17. Juni'), ['Straße des 17. Juni', '']);
    assert.deepEqual(split('Kaiserallee 12 a'), ['Kaiserallee', '12a']);
    assert.deepEqual(split('Am Künstlerhaus 3-5'), ['Am Künstlerhaus', '3-5']);
    assert.deepEqual(split('Weg 10 1/2'), ['Weg', '10 1/2']);
    assert.deepEqual(split('Q 7, 12'), ['Q 7', '12']);
    assert.deepEqual(split('Kaiserallee 12 a Hinterhaus'), ['Kaiserallee', '12 a Hinterhaus']);
  });

  it('is told in part where the ID says only a part', () => {
    const parts = (...told: [string, string][]) => {
      const map = new Map(told.map(([oid, value]) => [oid, { value, trust: undefined }]));
      return readAttributes(map, ['address'], 'high').attributes.address;
    };
    const [street, postcode, city, country] = [
      'urn:oid:2.5.4.16',
      'urn:oid:2.5.4.17',
      'urn:oid:2.5.4.7',
      'urn:oid:1.2.40.0.10.2.1.1.225599',
    ] as const;
    assert.deepEqual(parts([street, 'Main Street 5'], [city, 'Y'], [country, 'IE']), {
      ...{ street: 'Main Street', houseNumber: '5', postcode: '', city: 'Y', country: 'IRL' },
    });
    // No fixed address.
    assert.deepEqual(parts([street, '---'], [postcode, '76133'], [city, 'Karlsruhe']), {
      ...{ street: '', houseNumber: '', postcode: '76133', city: 'Karlsruhe' },
    });
    assert.equal(parts([street, '---'], [postcode, ' ']), undefined);
  });

  it('loses nothing in the splitting', () => {
    const line = fc.string({
      unit: fc.constantFrom('W', 'e', 'g', '1', '7', ' ', '-', '/', 'a', '.'),
      maxLength: 30,
    });
    fc.assert(
      fc.property(line, (text) => {
        const parts = split(`S${text}`);
        assert.ok(Array.isArray(parts));
        assert.equal(parts.join('').replace(/\s/g, ''), `S${text}`.replace(/\s/g, ''));
      }),
    );
  });
});
