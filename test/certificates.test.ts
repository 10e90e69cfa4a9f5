import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { ANY_CITY, readPage, walk } from '#journey';
import type { Answers } from '#service';
import { karlsruhe, serviceIn } from '#test/city';
import { addDays, addMonths, momentOf, zonedInstant } from '#time';

const urkunden = serviceIn(karlsruhe, 'urkunden');

const KEPT = { birth: 110, marriage: 80, death: 30 } as const;
const DAY = { birth: 'bornOn', marriage: 'marriedOn', death: 'diedOn' } as const;
type Kind = keyof typeof KEPT;

/** Where somebody stands who has said so much on some day. */
function at(answers: Answers, today: string) {
  const moment = momentOf(zonedInstant(today, '10:00'), () => false);
  return walk(urkunden, { answers, seen: ['kinship', 'boundary', 'foreign'] }, moment);
}

const asked = (document: Kind, day: string): Answers => ({
  ...{ document, place: 'here', acting: 'me', relation: 'descendant' },
  [DAY[document]]: day,
});

const ends = (document: Kind, day: string, today: string): string | undefined =>
  at(asked(document, day), today).next?.id;

const kinds = fc.constantFrom<Kind>('birth', 'marriage', 'death');
const days = fc.integer({ min: 0, max: 60_000 }).map((days) => addDays('1870-02-01', days));

describe('the archive', () => {
  it('has nobody sent to it whose entry may still be at the registry office', () => {
    fc.assert(
      fc.property(kinds, days, fc.integer({ min: 0, max: 7 }), days, (document, day, later, today) => {
        fc.pre(day <= today);
        const registered = document === 'marriage' ? day : addDays(day, later);
        const lastDay = addMonths(registered, 12 * KEPT[document]);
        // Whole years are handed over: nothing of a year in which a period still runs.
        if (today <= `${lastDay.slice(0, 4)}-12-31`)
          for (const known of [day, day.slice(0, 7), day.slice(0, 4)])
            assert.notEqual(ends(document, known, today), 'archive', known);
      }),
      { numRuns: 2000 },
    );
  });

  it('has everybody sent to it whose entry is there for sure, also by the year alone', () => {
    fc.assert(
      fc.property(kinds, days, days, (document, day, today) => {
        const years = Number(today.slice(0, 4)) - Number(day.slice(0, 4));
        fc.pre(years > KEPT[document] + 1);
        const expected = day < '1870-03-01' ? /archive|beforeRegisters/ : /archive/;
        for (const known of [day, day.slice(0, 7), day.slice(0, 4)])
          assert.match(ends(document, known, today) ?? '', expected, known);
      }),
    );
  });

  it('may have it where the last day is over, or the entry may stand in the next year’s register: the office looks', () => {
    const passes = (document: Kind, day: string): boolean =>
      at(asked(document, day), '2026-11-23').pages.some(({ id }) => id === 'boundary');
    // The last day itself belongs to the period (§ 188 (2) BGB).
    assert.deepEqual([passes('birth', '1916-11-23'), passes('birth', '1916-11-22')], [false, true]);
    assert.deepEqual([passes('marriage', '1946-11-23'), passes('marriage', '1946-11-22')], [false, true]);
    assert.deepEqual([passes('death', '1996-11-23'), passes('death', '1996-11-22')], [false, true]);
    assert.deepEqual(
      [passes('death', '1996'), passes('death', '1996-12'), passes('death', '1997')],
      [true, false, false],
    );
    for (const day of ['1995-12-25', '1995-12-31', '1995-12', '1995'])
      assert.equal(ends('death', day, '2026-11-23'), 'entryKnown', day);
    assert.equal(ends('death', '1995-12-24', '2026-11-23'), 'archive');
  });

  it('is another one before the registry offices began', () => {
    for (const day of ['1870-01-31', '1870-01', '1869', '1701-05-02'])
      assert.equal(ends('birth', day, '2026-11-23'), 'beforeRegisters', day);
    for (const day of ['1870-02-01', '1870-02', '1870'])
      assert.equal(ends('birth', day, '2026-11-23'), 'archive', day);
  });
});

describe('what a certificate costs', () => {
  const fee = (more: Answers): number =>
    at({ ...asked('birth', '1990-05-04'), childFamilyName: 'Weiß', copies: 3, ...more }, '2026-11-23').fee
      .cents;

  it('is nothing for every social benefit, and the fee of the schedule for everything else', () => {
    const options = (id: string) => urkunden.questions.get(id)?.options ?? [];
    assert.ok(options('benefit').length > 10);
    for (const benefit of options('benefit'))
      assert.equal(fee({ purpose: 'benefit', benefit, benefitOnly: true }), 0, benefit);
    for (const purpose of options('purpose').filter((one) => one !== 'benefit'))
      assert.equal(fee({ purpose, benefit: 'pension' }), 6000, purpose);
  });
});

describe('somebody under 16', () => {
  const proxy = (principalBirthDate: string) =>
    at(
      {
        ...{ document: 'birth', place: 'here', acting: 'proxy' },
        ...{ principalFamilyName: 'Weiß', principalBirthDate },
      },
      '2026-11-23',
    ).next?.id;

  it('gives no authorisation, and whoever may be 16 is not turned away', () => {
    assert.equal(proxy('2010-11-24'), 'proxyUnder16');
    assert.equal(proxy('2010-11-23'), 'mandate');
    assert.equal(proxy('2011'), 'proxyUnder16');
    assert.equal(proxy('2010'), 'mandate');
  });
});

/** What is said at the date of a page, with what was said before it. */
function saidOf(question: string, day: string, before: Answers): string | undefined {
  const page = urkunden.pages.find((each) => each.questions.some(({ id }) => id === question));
  assert.ok(page);
  const [year = '', month = '', dayOfMonth = ''] = day.split('-');
  const form = {
    [`${question}.year`]: [year],
    [`${question}.month`]: [month],
    [`${question}.day`]: [dayOfMonth],
    ...(page.id === 'identity' && { familyName: ['Ünlü'] }),
    ...(page.id === 'principal' && { principalFamilyName: ['Ünlü'] }),
    ...(page.id === 'deceased' && { deceasedFamilyName: ['Ünlü'] }),
  };
  const moment = momentOf(zonedInstant('2026-11-23', '10:00'), () => false);
  const read = readPage(urkunden, page, form, { answers: before, seen: [] }, moment, ANY_CITY);
  return read.errors.find(({ field }) => field === question)?.code;
}

describe('an order that cannot be', () => {
  const me: Answers = { place: 'here', acting: 'me' };
  const proxy = (principalBirthDate: string): Answers => ({
    ...me,
    ...{ acting: 'proxy', principalFamilyName: 'Ünlü', principalBirthDate },
  });

  it('is of a marriage or partnership before one was born, or at an age that was never one', () => {
    const own = (document: string, marriedOn: string, place = 'here'): Answers => ({
      ...me,
      ...{ document, relation: 'self', marriedOn, place },
    });
    for (const [marriedOn, birthDate, code] of [
      ['1999-05-14', '2001-01-01', 'tooYoung'],
      ['1999-05-14', '1985-05-15', 'tooYoung'],
      ['1999-05-14', '1985-05-14', undefined],
      ['1999', '1985', undefined],
      ['1999', '1986', 'tooYoung'],
      ['1999-05', '1985-06', 'tooYoung'],
    ] as const)
      assert.equal(
        saidOf('birthDate', birthDate, own('marriage', marriedOn)),
        code,
        `${birthDate} ${marriedOn}`,
      );
    assert.equal(saidOf('birthDate', '1990-01-02', own('partnership', '2008-01-01')), 'tooYoung');
    assert.equal(saidOf('birthDate', '1990-01-01', own('partnership', '2008-01-01')), undefined);
    // Other states have other ages; nobody marries before they are born.
    assert.equal(saidOf('birthDate', '1990-01-01', own('marriage', '2003-01-01', 'abroad')), undefined);
    assert.equal(saidOf('birthDate', '2003-01-02', own('marriage', '2003-01-01', 'abroad')), 'tooYoung');
    const others = { document: 'marriage', relation: 'self' };
    assert.equal(saidOf('marriedOn', '1999-05-14', { ...proxy('2001'), ...others }), 'tooYoung');
    assert.equal(saidOf('marriedOn', '1999-05-14', { ...proxy('1970'), ...others }), undefined);
    // A divorced father’s next marriage may be before the birth of the child that orders.
    const child = { ...own('marriage', '1960'), relation: 'descendant' };
    assert.equal(saidOf('birthDate', '2001-01-01', child), undefined);
  });

  it('is of a Lebenspartnerschaft from a time that knew none, unless it began abroad', () => {
    const order = (place: string): Answers => ({ ...me, place, document: 'partnership', relation: 'spouse' });
    for (const [marriedOn, here, abroad] of [
      ['1989-09-30', 'beforeAnyPartnership', 'beforeAnyPartnership'],
      ['1989-10-01', 'beforePartnerships', undefined],
      ['2001-07-31', 'beforePartnerships', undefined],
      ['2001-08-01', undefined, undefined],
      ['2001', undefined, undefined],
      ['2001-07', 'beforePartnerships', undefined],
      ['2017-09-30', undefined, undefined],
      ['2017', undefined, undefined],
      ['2017-10', 'afterPartnerships', undefined],
      ['2018', 'afterPartnerships', undefined],
      ['2027', 'future', 'future'],
    ] as const) {
      assert.equal(saidOf('marriedOn', marriedOn, order('here')), here, marriedOn);
      assert.equal(
        saidOf('marriedOn', marriedOn, { ...order('abroad'), registered: 'here' }),
        abroad,
        marriedOn,
      );
    }
    assert.equal(saidOf('marriedOn', '1989-09-30', { ...order('here'), document: 'marriage' }), undefined);
  });

  it('is by somebody older than anybody, or for somebody like that', () => {
    const birth: Answers = { ...me, document: 'birth', relation: 'self' };
    assert.equal(saidOf('birthDate', '1850-01-01', birth), 'tooOld');
    assert.equal(saidOf('birthDate', '1901-11-23', birth), 'tooOld');
    assert.equal(saidOf('birthDate', '1901', birth), undefined);
    assert.equal(saidOf('birthDate', '1902-01-01', birth), undefined);
    assert.equal(saidOf('birthDate', '2027', birth), 'future');
    assert.equal(saidOf('principalBirthDate', '1850', { ...birth, acting: 'proxy' }), 'tooOld');
    const death: Answers = { ...me, document: 'death', relation: 'descendant', diedOn: '1999-01-01' };
    assert.equal(saidOf('deceasedBirthDate', '1850-01-01', death), 'tooOld');
    assert.equal(saidOf('deceasedBirthDate', '1880', death), undefined);
    assert.equal(saidOf('deceasedBirthDate', '2000', death), 'afterDeath');
  });

  it('is by parents younger than the child, children older than the parent, a spouse born after the death', () => {
    const order = (document: string, relation: string, day: Answers): Answers => ({
      ...me,
      document,
      relation,
      ...day,
    });
    for (const [relation, birthDate, code] of [
      ['ancestor', '2015-01-02', 'ancestor'],
      ['ancestor', '2016', 'ancestor'],
      ['ancestor', '2014', undefined],
      ['ancestor', '1985', undefined],
      ['descendant', '1985', 'descendant'],
      ['descendant', '2015-01-01', 'descendant'],
      ['descendant', '2015-01-02', undefined],
      ['sibling', '1985', undefined],
      ['spouse', '1985', undefined],
    ] as const)
      assert.equal(saidOf('birthDate', birthDate, order('birth', relation, { bornOn: '2015-01-01' })), code);
    assert.equal(saidOf('birthDate', '1999', order('death', 'spouse', { diedOn: '1998' })), 'spouse');
    assert.equal(saidOf('birthDate', '1999', order('death', 'ancestor', { diedOn: '1998' })), 'ancestor');
    assert.equal(saidOf('birthDate', '1999', order('death', 'descendant', { diedOn: '1998' })), undefined);
    assert.equal(
      saidOf('birthDate', '1999', order('marriage', 'ancestor', { marriedOn: '1998' })),
      'ancestor',
    );
    assert.equal(
      saidOf('birthDate', '2009', {
        ...proxy('2008-12-01'),
        acting: 'child',
        document: 'birth',
        relation: 'self',
      }),
      'parent',
    );
    const other = (relation: string, document: string) => ({ ...proxy('1999'), relation, document });
    assert.equal(saidOf('bornOn', '1998', other('ancestor', 'birth')), 'ancestor');
    assert.equal(saidOf('bornOn', '2000', other('descendant', 'birth')), 'descendant');
    assert.equal(saidOf('marriedOn', '1998', other('ancestor', 'marriage')), 'ancestor');
    assert.equal(saidOf('diedOn', '1998', other('spouse', 'death')), 'notBorn');
    assert.equal(saidOf('diedOn', '1998', other('descendant', 'death')), undefined);
    // Whose birth date matters is that of the represented, not of whoever types.
    assert.equal(saidOf('birthDate', '2002', { ...other('ancestor', 'birth'), bornOn: '2001' }), undefined);
  });

  it('is never one of whose dates, known in part, some day is possible', () => {
    const day = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays('1960-01-01', days));
    fc.assert(
      fc.property(day, day, fc.constantFrom(4, 7, 10), fc.constantFrom(4, 7, 10), (born, event, a, b) => {
        for (const document of ['marriage', 'partnership'] as const) {
          const before = (marriedOn: string): Answers => ({ ...me, document, relation: 'self', marriedOn });
          const [whole, part] = [
            saidOf('birthDate', born, before(event)),
            saidOf('birthDate', born.slice(0, a), before(event.slice(0, b))),
          ];
          if (whole === undefined) assert.equal(part, undefined, `${born} ${event}`);
        }
      }),
    );
  });
});
