import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { walk } from '#journey';
import { type Answers, compileService, readServiceFolder } from '#service';
import { addDays, addMonths, momentOf, zonedInstant } from '#time';

const { service } = compileService(readServiceFolder('services/urkunden'));
assert.ok(service);
const urkunden = service;

const KEPT = { birth: 110, marriage: 80, death: 30 } as const;
const DAY = { birth: 'bornOn', marriage: 'marriedOn', death: 'diedOn' } as const;
type Kind = keyof typeof KEPT;

/** Where somebody stands who has said so much on some day. */
function at(answers: Answers, today: string) {
  const moment = momentOf(zonedInstant(today, '10:00'), () => false);
  return walk(urkunden, { answers, seen: ['kinship', 'boundary', 'foreign'] }, moment);
}

const asked = (document: Kind, day: string): Answers => ({
  ...{ document, place: 'karlsruhe', acting: 'me', relation: 'descendant' },
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
      assert.equal(ends('death', day, '2026-11-23'), 'deceased', day);
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
        ...{ document: 'birth', place: 'karlsruhe', acting: 'proxy' },
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
