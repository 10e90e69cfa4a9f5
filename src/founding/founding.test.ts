import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import fc from 'fast-check';
import { loadCity, unfilled } from '#city';
import type { IsoDate } from '#time';
import { answersShape, filesOf, idOf, misfits, readHours } from './index.ts';

const scratch = mkdtempSync(join(tmpdir(), 'amtomat-founding-'));
after(() => rmSync(scratch, { recursive: true, force: true }));
let made = 0;

function cityOf(given: unknown, streets: Parameters<typeof filesOf>[2] = []) {
  made += 1;
  const folder = join(scratch, `city-${made}`);
  for (const [name, text] of Object.entries(filesOf('seestadt', answersShape.parse(given), streets))) {
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

  it('are read as sentences, on several days, and where there are none', () => {
    assert.deepEqual(readHours('Montag bis Freitag 8 bis 12 Uhr'), readHours('Mo-Fr 8-12'));
    const single = { mon: ['08:00-12:00'], wed: ['08:00-12:00'], fri: ['08:00-12:00'] };
    for (const same of ['Mo, Mi, Fr 8-12', 'Mo+Mi+Fr 8-12', 'Mo, Mi und Fr: 8-12', 'Mo/Mi/Fr 8-12'])
      assert.deepEqual(readHours(same), single, same);
    assert.deepEqual(readHours('Mo 8-12, Di+Do 14-18'), {
      ...{ mon: ['08:00-12:00'], tue: ['14:00-18:00'], thu: ['14:00-18:00'] },
    });
    for (const none of ['nach Vereinbarung', 'geschlossen', 'nur mit Termin', 'Mo-So geschlossen'])
      assert.deepEqual(readHours(none), {}, none);
    assert.deepEqual(readHours('Mo 8-12, Sa geschlossen'), { mon: ['08:00-12:00'] });
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
      'Mo 8-12 Di',
      'Mo-Fr 8-12, Mi geschlossen',
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
      accessibilityChecked: '2026-11-30',
    });
    assert.ok(city);
    assert.deepEqual(unfilled(city), []);
  });

  it('says of nothing that it was looked at before somebody has', () => {
    const { city } = cityOf(LEAST);
    assert.equal(city?.accessibility.checked, 'Noch nicht eingetragen');
    assert.ok(unfilled(city).includes('accessibility.checked'));
  });

  it('is closed on the days that somebody named, else on 24 and 31 December', () => {
    const closedOn = (given: object, day: IsoDate) =>
      cityOf({ ...LEAST, ...given }).city?.closedFor('x', day);
    assert.deepEqual(
      (['2026-12-24', '2026-12-31', '2027-02-08'] as const).map((day) => closedOn({}, day)),
      ['Heiligabend', 'Silvester', undefined],
    );
    const own = { closingDays: ['31.12.', '08.02.2027 Rosenmontag'] };
    assert.deepEqual(
      (['2026-12-24', '2026-12-31', '2027-02-08', '2028-02-08'] as const).map((day) => closedOn(own, day)),
      [undefined, 'Silvester', 'Rosenmontag', undefined],
    );
  });

  it('gives the office that is called like a task that task, and another id where another does it', () => {
    const [office] = LEAST.offices;
    const registry = { name: 'Standesamt', address: 'Am See 3, 45999 Seestadt' };
    const certificates = { fee: 0, legalBasis: 'Satzung' };
    const { city } = cityOf({ ...LEAST, certificates, offices: [office, registry] });
    assert.deepEqual(city?.offices.get('rathaus')?.tasks, ['buergerbuero', 'stadtarchiv']);
    const other = { ...office, tasks: ['standesamt'] };
    const turned = cityOf({ ...LEAST, certificates, offices: [other, registry] });
    assert.deepEqual([...(turned.city?.offices.keys() ?? [])], ['rathaus', 'standesamt-2']);
  });

  it('keeps a place called like the own screens apart from them', () => {
    const site = { name: 'Zuhause', address: 'Am See 1, 45999 Seestadt', hours: 'Mo 8-12' };
    assert.deepEqual(
      [...(cityOf({ ...LEAST, sites: [site] }).city?.sites.keys() ?? [])],
      ['zuhause-2', 'zuhause'],
    );
  });

  it('takes numbers that YAML has taken for numbers, with the zero that was lost', () => {
    const { city, problems } = cityOf({
      ...LEAST,
      ags: 7999123,
      postcodes: [1067, 45999],
      areaCode: 999,
      phone: 115,
    });
    assert.deepEqual(problems, []);
    assert.deepEqual(
      [city?.ags, city?.postcodes, city?.areaCode, city?.phone115],
      ['07999123', ['01067', '45999'], '0999', '115'],
    );
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
    ['a fee that is missing', { certificates: { legalBasis: 'Satzung' } }, /^an amount/],
    ['a fee below nothing', { certificates: { fee: -1, legalBasis: 'Satzung' } }, /amount/],
    ['no postcode', { postcodes: [] }, /^at least one postcode/],
    ['a postcode twice', { postcodes: ['45999', '45999'] }, /twice/],
    ['a name with braces', { name: 'See{stadt}' }, /braces/],
    ['a rule with braces', { certificates: { fee: 1, legalBasis: '{x}' } }, /braces/],
    ['a district twice', { districts: ['Ufer', 'Ufer'] }, /twice/],
    ['an area code without its zero', { areaCode: '6321' }, /area code such as/],
    ['a colour in a word', { colour: 'purple' }, /^a colour such as "#8f3d1e", in quotes/],
    ['a colour that was a comment', { colour: null }, /in quotes/],
    ['a phone number that is none', { phone: 'ruf an' }, /phone number such as/],
    ['a place without hours', { sites: [{ ...LEAST.offices[0], hours: 'geschlossen' }] }, /has hours/],
    ['a tour on no day', { tours: { weekdays: [8], capacity: 1, legalBasis: 'x' } }, /days are 1/],
    ['a closing day that there is not', { closingDays: ['30.2.'] }, /no day such as/],
  ];
  for (const [what, change, says] of wrong)
    it(`is named: ${what}`, () => {
      const { error } = answersShape.safeParse({ ...LEAST, ...change });
      assert.match(error?.issues.map(({ message }) => message).join() ?? '', says);
    });

  const contradictions: [string, object, string, RegExp][] = [
    ['two offices of one name', { offices: [LEAST.offices[0], LEAST.offices[0]] }, 'offices.1.name', /twice/],
    [
      'a task of two offices',
      {
        offices: ['A', 'B'].map((name) => ({ ...LEAST.offices[0], name, tasks: ['abfall'] })),
      },
      'offices.1.tasks.0',
      /already done by "A"/,
    ],
    [
      'a look at it that is yet to come',
      { accessibilityChecked: '2026-12-01' },
      'accessibilityChecked',
      /yet to/,
    ],
    ['no street of the town', { postcodes: ['45998'] }, 'offices', /`streets`/],
  ];
  for (const [what, change, at, says] of contradictions)
    it(`is named where it contradicts another: ${what}`, () => {
      const [one, ...more] = misfits(answersShape.parse({ ...LEAST, ...change }), '2026-11-30', false);
      assert.deepEqual([one?.path.join('.'), more], [at, []]);
      assert.match(one?.message ?? '', says);
    });
});
