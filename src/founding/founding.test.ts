import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import fc from 'fast-check';
import { loadCity, unfilled } from '#city';
import { answersShape, filesOf, idOf, readHours } from './index.ts';

const scratch = mkdtempSync(join(tmpdir(), 'amtomat-founding-'));
after(() => rmSync(scratch, { recursive: true, force: true }));
let made = 0;

function cityOf(given: unknown, streets: Parameters<typeof filesOf>[2] = []) {
  made += 1;
  const folder = join(scratch, `city-${made}`);
  for (const [name, text] of Object.entries(
    filesOf('seestadt', answersShape.parse(given), streets, '2026-11-30'),
  )) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return loadCity(folder);
}

const LEAST = {
  ...{ name: 'Seestadt', ags: '05999999', postcodes: ['45999'] },
  offices: [{ name: 'Rathaus', address: 'Am See 1, 45999 Seestadt' }],
};

describe('hours as people write them', () => {
  it('are read', () => {
    assert.deepEqual(readHours('Mo-Mi 8-12'), {
      ...{ mon: ['08:00-12:00'], tue: ['08:00-12:00'], wed: ['08:00-12:00'] },
    });
    assert.deepEqual(readHours('Mo 8:30 - 12 und 14-16.30 Uhr; fr: 9-13'), {
      ...{ mon: ['08:30-12:00', '14:00-16:30'], fri: ['09:00-13:00'] },
    });
    assert.deepEqual(readHours('Mo-Di 8-12, Di 14-18'), {
      ...{ mon: ['08:00-12:00'], tue: ['08:00-12:00', '14:00-18:00'] },
    });
    for (const twice of [
      'Do 8-12, 14-18',
      'Do 8-12 14-18',
      'Do 8 - 12 Uhr, 14 - 18 Uhr',
      'Do 8-12 und 14-18',
    ])
      assert.deepEqual(readHours(twice), { thu: ['08:00-12:00', '14:00-18:00'] }, twice);
    assert.deepEqual(readHours('Montag–Freitag 8–16'), readHours('mo-fr 08:00-16:00'));
  });

  it('are asked for again where they say nothing, end before they begin, or overlap', () => {
    for (const wrong of [
      '',
      'immer',
      'Mo',
      'Mo 8',
      'Mo 12-8',
      'Mo 8-25',
      'Fr-Mo 8-12',
      'Mo 8-12, Mo 11-14',
      'Mo 8-12, Xy 9-10',
    ])
      assert.equal(readHours(wrong), undefined, wrong);
  });
});

describe('a folder made of answers', () => {
  it('is a city, whatever the answers are', () => {
    const word = fc.stringMatching(/^[A-ZÄÖÜ][a-zäöüß]{1,12}$/);
    const postcode = fc
      .stringMatching(/^[1-9]\d{4}$/)
      .filter((one) => !['70173', '10117', '20354', '99999'].includes(one));
    const place = (code: string) =>
      fc
        .record({ street: word, number: fc.integer({ min: 1, max: 99 }) })
        .map(({ street, number }) => `${street}straße ${number}, ${code} Ort`);
    const answers = fc
      .tuple(word, fc.uniqueArray(postcode, { minLength: 1, maxLength: 4 }))
      .chain(([name, postcodes]) =>
        fc.record({
          ...{ name: fc.constant(name), postcodes: fc.constant(postcodes) },
          ags: fc.integer({ min: 1, max: 16 }).map((land) => `${String(land).padStart(2, '0')}123456`),
          offices: fc.array(
            fc.record({
              name: word,
              address: place(postcodes[0] ?? ''),
              hours: fc.option(fc.constant('Mo-Fr 8-12'), { nil: undefined }),
            }),
            { minLength: 1, maxLength: 4 },
          ),
          sites: fc.array(
            fc.record({
              name: word,
              address: place(postcodes[0] ?? ''),
              hours: fc.constant('Mo 9-17'),
              terminals: fc.integer({ min: 1, max: 4 }),
            }),
            { maxLength: 3 },
          ),
          tours: fc.option(fc.constant({ weekdays: [2, 5], capacity: 3, legalBasis: 'Satzung' }), {
            nil: undefined,
          }),
          certificates: fc.option(fc.constant({ fee: '12,50', legalBasis: 'Satzung' }), { nil: undefined }),
        }),
      );
    fc.assert(
      fc.property(answers, fc.uniqueArray(word, { maxLength: 5 }), (given, streets) => {
        const { city, problems } = cityOf(
          given,
          streets.map((name) => ({ name: `${name}weg`, postcodes: undefined })),
        );
        assert.deepEqual(problems, []);
        const tasks = [...(city?.offices.values() ?? [])].flatMap(({ id, tasks }) => [id, ...tasks]);
        assert.ok(tasks.includes('buergerbuero'));
        assert.equal(
          tasks.includes('standesamt') && tasks.includes('stadtarchiv'),
          given.certificates !== undefined,
        );
        assert.equal(city?.services.sperrmuell, given.tours ? undefined : 'none');
      }),
      { numRuns: 60 },
    );
  });

  it('is content with the least, and promises what is missing to nobody', () => {
    const { city } = cityOf(LEAST);
    assert.deepEqual([city?.services.sperrmuell, city?.services.urkunden], ['none', 'none']);
    assert.deepEqual([...(city?.sites.keys() ?? [])], ['zuhause']);
    assert.equal(city?.imprint.operator, 'Noch nicht eingetragen');
  });

  it('knows the Land by the Gemeindeschlüssel: its holidays, and who watches over data there', () => {
    const { city } = cityOf(LEAST);
    assert.equal(city?.isHoliday('2026-06-04'), 'Fronleichnam');
    assert.match(city.privacy.authority, /Nordrhein-Westfalen/);
    assert.equal(cityOf({ ...LEAST, ags: '01999999' }).city?.isHoliday('2026-06-04'), undefined);
  });

  it('has nothing open for production where everything was answered', () => {
    const facts = ['operator', 'operatorAddress', 'contact', 'privacyController', 'privacyOfficer'];
    const access = ['accessibilityLaw', 'accessibilityContact', 'accessibilityEnforcement'];
    const { city } = cityOf({
      ...LEAST,
      ...Object.fromEntries([...facts, ...access].map((key) => [key, 'Amt'])),
    });
    assert.ok(city);
    assert.deepEqual(unfilled(city), []);
  });

  it('gives two offices of one name two ids', () => {
    const { city } = cityOf({ ...LEAST, offices: [LEAST.offices[0], LEAST.offices[0]] });
    assert.deepEqual([...(city?.offices.keys() ?? [])], ['rathaus', 'rathaus-2']);
  });
});

it('a name becomes an id that files and addresses can carry', () => {
  assert.equal(idOf('Amt für Öffentliche Ordnung'), 'amt-fuer-oeffentliche-ordnung');
  fc.assert(fc.property(fc.string(), (name) => /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(idOf(name))));
});

describe('an answer that does not fit', () => {
  const wrong: [string, object, RegExp][] = [
    ['a key of no Land', { ags: '99123456' }, /no Land/],
    ['a colour that is too light', { colour: '#ffee00' }, /too light/],
    ['an address without a town', { offices: [{ name: 'Amt', address: 'Am See 1' }] }, /no address/],
    ['hours that cannot be read', { offices: [{ ...LEAST.offices[0], hours: 'immer' }] }, /Mo-Fr 8-12/],
    ['a fee that is no amount', { certificates: { fee: 'viel', legalBasis: 'Satzung' } }, /amount/],
  ];
  for (const [what, change, says] of wrong)
    it(`is named: ${what}`, () => {
      const { error } = answersShape.safeParse({ ...LEAST, ...change });
      assert.match(error?.issues.map(({ message }) => message).join() ?? '', says);
    });
});
