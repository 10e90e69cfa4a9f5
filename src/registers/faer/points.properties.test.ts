import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { addDays, addMonths, type IsoDate } from '#time';
import { ENTRY_KINDS, ruleOf } from './kinds.ts';
import { effectiveSeminars, expiryOf, nextFall, type PointsRecord, pointsOn } from './points.ts';

const dates = fc
  .date({ min: new Date('2014-05-01'), max: new Date('2032-12-31'), noInvalidDate: true })
  .map((instant) => instant.toISOString().slice(0, 10));
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const entries = fc
  .record({
    // Seminars and points meet often enough only when there are more of them than of the rest.
    kind: fc.oneof(fc.constantFrom(...ENTRY_KINDS), fc.constantFrom('seminar', 'minorOffence', 'crime')),
    finalOn: dates,
    before: fc.integer({ min: 0, max: 500 }),
    annulledAfter: fc.option(fc.integer({ min: 0, max: 3000 }), { nil: undefined, freq: 8 }),
    endedOn: maybe(dates),
  })
  .map(({ before, annulledAfter, ...entry }) => ({
    ...entry,
    actedOn: ruleOf(entry.kind).offence ? addDays(entry.finalOn, -before) : undefined,
    annulledOn: annulledAfter === undefined ? undefined : addDays(entry.finalOn, annulledAfter),
  }));
const licences = fc.record({
  barredForever: fc.nat(7).map((chance) => chance === 0),
  probationUntil: maybe(dates),
  reissue: maybe(fc.record({ on: dates, pointsKept: fc.boolean() })),
});
const records: fc.Arbitrary<PointsRecord> = fc.record({
  entries: fc.array(entries, { maxLength: 12 }),
  licence: licences,
  diedOn: fc.option(dates, { nil: undefined, freq: 10 }),
});
/** Long after everything that the records above can hold was done and issued. */
const AFTER = '2033-01-01';
const laterDays = fc.nat(2000).map((days) => addDays(AFTER, days));

/** A date that is not known lies after every date. */
const known = (date: IsoDate | undefined): IsoDate => date ?? '9999-12-31';

describe('whatever is stored', () => {
  it('a later decision of the same kind never ends earlier', () => {
    fc.assert(
      fc.property(entries, dates, licences, (entry, other, licence) => {
        const [early, late] = [entry.finalOn, other].sort();
        const end = (finalOn = '') =>
          expiryOf({ ...entry, finalOn, annulledOn: undefined }, { entries: [], licence });
        assert.ok(known(end(early).tilgung) <= known(end(late).tilgung));
        assert.ok(known(end(early).loeschung) <= known(end(late).loeschung));
      }),
    );
  });

  it('nothing is deleted before it has ended, and nothing ends before it was final by itself', () => {
    fc.assert(
      fc.property(records, (record) => {
        for (const entry of record.entries) {
          const { tilgung, loeschung } = expiryOf(entry, record);
          assert.ok(known(loeschung) >= known(tilgung));
          if (entry.annulledOn ?? record.diedOn) continue;
          const { months } = ruleOf(entry.kind);
          if (months && tilgung && entry.kind !== 'vehicleBan')
            assert.ok(tilgung >= addMonths(entry.finalOn, months));
        }
      }),
    );
  });

  it('points are never negative and never more than the entries give', () => {
    fc.assert(
      fc.property(records, dates, (record, date) => {
        const points = pointsOn(record, date);
        const most = record.entries.reduce((sum, { kind }) => sum + ruleOf(kind).points, 0);
        assert.ok(points >= 0 && points <= most);
      }),
    );
  });

  it('time alone only takes points away', () => {
    fc.assert(
      fc.property(records, laterDays, fc.nat(4000), (record, from, other) => {
        assert.ok(pointsOn(record, addDays(from, other)) <= pointsOn(record, from));
      }),
    );
  });

  it('a fall that is foretold is the next one', () => {
    fc.assert(
      fc.property(records, laterDays, (record, date) => {
        const fall = nextFall(record, date);
        if (fall === undefined) {
          assert.equal(pointsOn(record, '2090-01-01'), pointsOn(record, date));
        } else {
          assert.equal(pointsOn(record, addDays(fall.on, -1)), pointsOn(record, date));
          assert.equal(pointsOn(record, fall.on), fall.points);
          assert.ok(fall.points < pointsOn(record, date));
        }
      }),
    );
  });

  it('the order of the entries does not matter, and asking changes nothing', () => {
    const shuffled = records.chain((record) =>
      fc.shuffledSubarray([...record.entries], { minLength: record.entries.length }).map((other) => ({
        record,
        other: { ...record, entries: other },
      })),
    );
    fc.assert(
      fc.property(shuffled, dates, ({ record, other }, date) => {
        const before = JSON.stringify(record);
        assert.equal(pointsOn(record, date), pointsOn(other, date));
        assert.deepEqual(effectiveSeminars(record, date), effectiveSeminars(other, date));
        for (const entry of record.entries) {
          assert.deepEqual(expiryOf(entry, record), expiryOf(entry, other));
        }
        assert.equal(pointsOn(record, date), pointsOn(record, date));
        assert.equal(JSON.stringify(record), before);
      }),
    );
  });

  it('seminars that take a point away lie more than five years apart', () => {
    fc.assert(
      fc.property(
        records,
        fc.array(dates, { minLength: 1, maxLength: 6 }),
        fc.array(dates, { minLength: 1, maxLength: 3 }),
        (record, seminars, minor) => {
          const all = {
            ...record,
            entries: [
              ...record.entries,
              ...seminars.map((finalOn) => ({ kind: 'seminar' as const, finalOn })),
              ...minor.map((finalOn) => ({ kind: 'minorOffence' as const, finalOn })),
            ],
          };
          const days = effectiveSeminars(all, '2090-01-01');
          days.forEach((day, at) => {
            const next = days[at + 1];
            assert.ok(next === undefined || next > addMonths(day, 60));
          });
        },
      ),
    );
  });
});
