import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addDays, addMonths, type IsoDate } from '#time';
import { ENTRY_KINDS, type EntryKind } from './kinds.ts';
import {
  expiryOf,
  nextFall,
  type PointsEntry,
  type PointsLicence,
  type PointsRecord,
  pointsOn,
  seminarOption,
  stepOf,
} from './points.ts';

const free: PointsLicence = { barredForever: false };
const made = (kind: EntryKind, finalOn: IsoDate, more: Partial<PointsEntry> = {}): PointsEntry => ({
  kind,
  finalOn,
  actedOn: addDays(finalOn, -30),
  ...more,
});
const recordOf = (entries: readonly PointsEntry[], licence: PointsLicence = free): PointsRecord => ({
  entries,
  licence,
});
/** Tilgung and Löschung of one entry alone. */
const endOf = (entry: PointsEntry, licence: PointsLicence = free) => {
  const { tilgung, loeschung } = expiryOf(entry, recordOf([entry], licence));
  return [tilgung, loeschung];
};

describe('periods of § 29 StVG', () => {
  it('run 2 years 6 months, 5 or 10 years from Rechtskraft, and a year of Überliegefrist where it applies', () => {
    const on = '2024-03-15';
    const expected: Partial<Record<EntryKind, (IsoDate | undefined)[]>> = {
      minorOffence: ['2026-09-15', '2027-09-15'],
      seriousOffence: ['2029-03-15', '2030-03-15'],
      drivingBan: ['2026-09-15', '2026-09-15'],
      crime: ['2029-03-15', '2030-03-15'],
      courtBan: ['2029-03-15', '2029-03-15'],
      seminar: ['2029-03-15', '2029-03-15'],
      course: ['2029-03-15', '2029-03-15'],
    };
    for (const [kind, ends] of Object.entries(expected)) {
      assert.deepEqual(endOf(made(kind as EntryKind, on)), ends, kind);
    }
  });

  it('end on the last day of a month that is too short, also in leap years', () => {
    assert.deepEqual(endOf(made('minorOffence', '2021-08-31')), ['2024-02-29', '2025-02-28']);
    assert.deepEqual(endOf(made('minorOffence', '2020-08-30')), ['2023-02-28', '2024-02-28']);
    assert.deepEqual(endOf(made('crime', '2024-02-29')), ['2029-02-28', '2030-02-28']);
    assert.deepEqual(endOf(made('drivingBan', '2025-08-29')), ['2028-02-29', '2028-02-29']);
  });

  it('begin with the new licence after a withdrawal, after five years at the latest', () => {
    for (const [kind, overlay] of [
      ['crimeWithdrawal', 12],
      ['courtWithdrawal', 0],
      ['refusal', 0],
      ['withdrawal', 0],
      ['waiver', 0],
    ] as const) {
      const entry = made(kind, '2020-05-10');
      const ends = (start: IsoDate) => {
        const tilgung = addMonths(start, 120);
        return [tilgung, addMonths(tilgung, overlay)];
      };
      const issued = (on: IsoDate): PointsLicence => ({ ...free, reissue: { on, pointsKept: false } });
      assert.deepEqual(endOf(entry), ends('2025-05-10'), `${kind} without a new licence`);
      assert.deepEqual(endOf(entry, issued('2021-11-02')), ends('2021-11-02'), `${kind} soon`);
      assert.deepEqual(endOf(entry, issued('2027-01-01')), ends('2025-05-10'), `${kind} late`);
      assert.deepEqual(endOf(entry, issued('2019-01-01')), ends('2025-05-10'), `${kind} before`);
      assert.equal(expiryOf(entry, recordOf([entry])).atTheLatest, true);
      assert.equal(expiryOf(entry, recordOf([entry], issued('2021-11-02'))).atTheLatest, false);
    }
  });

  it('begin at once where a licence was refused or withdrawn for another reason than lack of fitness', () => {
    for (const kind of ['otherRefusal', 'otherWithdrawal'] as const) {
      const entry = made(kind, '2020-05-10');
      for (const licence of [free, { ...free, reissue: { on: '2022-01-01', pointsKept: false } }])
        assert.deepEqual(endOf(entry, licence), ['2030-05-10', '2030-05-10'], kind);
      assert.equal(expiryOf(entry, recordOf([entry])).atTheLatest, false);
    }
  });

  it('do not run for what is provisional: it ends when it is lifted, gives no points and takes no licence', () => {
    for (const kind of ['provisionalWithdrawal', 'seizure'] as const) {
      const entry = made(kind, '2026-02-01', { actedOn: undefined });
      assert.deepEqual(endOf(entry), [undefined, undefined], 'nobody knows when');
      const lifted = { ...entry, endedOn: '2026-07-15' };
      assert.deepEqual(endOf(lifted), ['2026-07-15', '2026-07-15']);
      const crime = made('crime', '2026-01-10');
      const record = recordOf([entry, crime]);
      assert.equal(pointsOn(record, '2026-03-01'), 2);
      assert.deepEqual(seminarOption(record, 2, '2026-03-01'), { code: 'possible' });
      const measure = made('admonition', '2026-01-20');
      assert.equal(expiryOf(measure, recordOf([measure, crime, entry])).tilgung, '2031-01-10');
    }
  });

  it('begin five years after the end of a ban on vehicles that need no licence', () => {
    assert.deepEqual(endOf(made('vehicleBan', '2020-01-01')), [undefined, undefined]);
    const ended = made('vehicleBan', '2020-01-01', { endedOn: '2021-06-30' });
    assert.deepEqual(endOf(ended), ['2031-06-30', '2031-06-30']);
  });

  it('let nothing of an Ordnungswidrigkeit be deleted in the Probezeit, but end as always', () => {
    const probation: PointsLicence = { ...free, probationUntil: '2028-12-01' };
    assert.deepEqual(endOf(made('minorOffence', '2024-03-15'), probation), ['2026-09-15', '2028-12-01']);
    assert.deepEqual(endOf(made('minorOffence', '2026-12-15'), probation), ['2029-06-15', '2030-06-15']);
    assert.deepEqual(endOf(made('drivingBan', '2024-03-15'), probation), ['2026-09-15', '2026-09-15']);
  });

  it('do not run when a licence may never be issued again', () => {
    const barred: PointsLicence = { barredForever: true };
    const entries = ENTRY_KINDS.map((kind) => made(kind, '2010-01-01'));
    for (const entry of entries) assert.deepEqual(endOf(entry, barred), [undefined, undefined], entry.kind);
    assert.ok(pointsOn(recordOf(entries, barred), '2060-01-01') > 0);
  });

  it('are cut short by annulment and death, whatever else holds', () => {
    const annulled = made('crime', '2024-03-15', { annulledOn: '2025-01-10' });
    for (const licence of [free, { barredForever: true }]) {
      assert.deepEqual(endOf(annulled, licence), ['2025-01-09', '2025-01-09']);
      assert.equal(pointsOn(recordOf([annulled], licence), '2025-01-09'), 2);
      assert.equal(pointsOn(recordOf([annulled], licence), '2025-01-10'), 0);
    }
    const dead = {
      ...recordOf([made('crime', '2024-03-15')], { barredForever: true }),
      diedOn: '2026-02-02',
    };
    assert.equal(pointsOn(dead, '2026-02-02'), 0);
    const waiting = made('minorOffence', '2024-03-15', { annulledOn: '2027-01-01' });
    assert.deepEqual(endOf(waiting), ['2026-09-15', '2026-12-31'], 'in the Überliegefrist');
  });

  it('of Ermahnung and Verwarnung end with the last offence, or with the licence', () => {
    const offences = [made('minorOffence', '2024-03-15'), made('seriousOffence', '2023-01-20')];
    for (const kind of ['admonition', 'warning'] as const) {
      const measure = made(kind, '2024-05-01');
      assert.equal(expiryOf(measure, recordOf([measure, ...offences])).tilgung, '2028-01-20');
      const withdrawn = made('withdrawal', '2025-04-01');
      assert.equal(expiryOf(measure, recordOf([measure, withdrawn, ...offences])).tilgung, '2025-04-01');
      const before = made('withdrawal', '2024-04-01');
      assert.equal(expiryOf(measure, recordOf([measure, before, ...offences])).tilgung, '2028-01-20');
    }
  });

  it('of measures in the Probezeit end a year after it, or with the licence', () => {
    for (const kind of ['probationCourse', 'probationWarning'] as const) {
      const measure = made(kind, '2024-05-01');
      const probation: PointsLicence = { ...free, probationUntil: '2026-02-28' };
      assert.deepEqual(endOf(measure, probation), ['2027-02-28', '2027-02-28']);
      assert.deepEqual(endOf(measure), [undefined, undefined], 'unknown without its end');
      const withdrawn = made('crimeWithdrawal', '2025-04-01');
      assert.equal(expiryOf(measure, recordOf([measure, withdrawn], probation)).tilgung, '2025-04-01');
    }
  });
});

describe('points of § 4 StVG', () => {
  it('arise with the act and count until the last day of the period, not in the Überliegefrist', () => {
    const record = recordOf([made('minorOffence', '2024-03-15', { actedOn: '2024-01-02' })]);
    for (const [date, points] of [
      ['2024-01-01', 0],
      ['2024-01-02', 1],
      ['2026-09-15', 1],
      ['2026-09-16', 0],
      ['2027-09-15', 0],
    ] as const) {
      assert.equal(pointsOn(record, date), points, date);
    }
    assert.deepEqual(nextFall(record, '2026-01-01'), { on: '2026-09-16', points: 0 });
    assert.deepEqual(nextFall(record, '2026-09-15'), { on: '2026-09-16', points: 0 });
    assert.equal(nextFall(record, '2026-09-16'), undefined);
  });

  it('end with a new licence, except after a withdrawal in the Probezeit', () => {
    const entries = [made('crimeWithdrawal', '2024-01-10'), made('minorOffence', '2026-02-01')];
    const after = (pointsKept: boolean) =>
      pointsOn(recordOf(entries, { ...free, reissue: { on: '2025-03-01', pointsKept } }), '2026-03-01');
    assert.equal(after(false), 1);
    assert.equal(after(true), 4);
    const record = recordOf(entries, { ...free, reissue: { on: '2025-03-01', pointsKept: false } });
    assert.equal(pointsOn(record, '2025-02-28'), 3, 'the day before');
    assert.equal(pointsOn(record, '2025-03-01'), 0);
  });

  it('end with a new licence only where the decision had become final before the day of its issue', () => {
    const on = '2025-03-01';
    for (const pointsKept of [false, true]) {
      const licence: PointsLicence = { ...free, reissue: { on, pointsKept } };
      const counted = (finalOn: IsoDate, date: IsoDate) =>
        pointsOn(recordOf([made('crime', finalOn)], licence), date);
      for (const date of [on, addDays(on, 1), '2025-12-31']) {
        assert.equal(counted(addDays(on, -1), date), pointsKept ? 2 : 0, `the day before, on ${date}`);
        assert.equal(counted(on, date), 2, `the same day, on ${date}`);
        assert.equal(counted(addDays(on, 1), date), 2, `the day after, on ${date}`);
      }
      // Done on the day of the issue, or before it, but final only later: it counts.
      for (const actedOn of [addDays(on, -1), on])
        assert.equal(
          pointsOn(recordOf([made('crime', '2025-05-01', { actedOn })], licence), '2025-06-01'),
          2,
        );
    }
  });

  it('and periods take a licence that is issued on the very day of the decision for a new one', () => {
    const on = '2025-03-01';
    for (const kind of ['withdrawal', 'refusal', 'waiver', 'courtWithdrawal'] as const) {
      const entry = made(kind, on);
      const issued = (day: IsoDate): PointsLicence => ({ ...free, reissue: { on: day, pointsKept: false } });
      assert.equal(expiryOf(entry, recordOf([entry], issued(on))).tilgung, '2035-03-01', `${kind}, same day`);
      assert.equal(expiryOf(entry, recordOf([entry], issued(on))).atTheLatest, false);
      const before = recordOf([entry], issued(addDays(on, -1)));
      assert.equal(expiryOf(entry, before).tilgung, '2040-03-01', `${kind}, a licence of the day before`);
      assert.equal(expiryOf(entry, before).atTheLatest, true);
      const crime = made('crime', '2025-02-01');
      const option = (day: IsoDate) => seminarOption(recordOf([entry, crime], issued(day)), 2, '2025-04-01');
      assert.deepEqual(option(on), { code: 'possible' });
      assert.deepEqual(option(addDays(on, -1)), { code: 'noLicence' });
    }
  });

  it('lead to a step: 1 to 3, 4 and 5, 6 and 7, 8 and more', () => {
    const steps = [0, 1, 3, 4, 5, 6, 7, 8, 9, 40].map(stepOf);
    assert.deepEqual(steps, [
      'none',
      'noted',
      'noted',
      'admonition',
      'admonition',
      'warning',
      'warning',
      'withdrawal',
      'withdrawal',
      'withdrawal',
    ]);
  });

  it('lose one by a seminar at 1 to 5 points, once in five years', () => {
    const minor = (count: number) =>
      Array.from({ length: count }, (_, at) => made('seriousOffence', `2024-0${at + 1}-10`));
    const seminar = (on: IsoDate) => made('seminar', on, { actedOn: undefined });
    const at = (entries: PointsEntry[], date: IsoDate) => pointsOn(recordOf(entries), date);
    assert.equal(at([...minor(2), seminar('2024-06-01')], '2024-06-01'), 3);
    assert.equal(at([...minor(2), seminar('2024-06-01')], '2024-05-31'), 4, 'the day before');
    assert.equal(at([...minor(3), seminar('2024-06-01')], '2024-06-02'), 6, 'too many');
    assert.equal(at([seminar('2024-06-01')], '2024-06-02'), 0, 'nothing to take away');
    const twice = [...minor(2), seminar('2024-06-01'), seminar('2026-06-01')];
    assert.equal(at(twice, '2026-06-02'), 3, 'the second one too soon');
    const keeps = made('crimeWithdrawal', '2024-02-01');
    const later = (on: IsoDate) => at([keeps, seminar('2024-06-01'), seminar(on)], on);
    assert.equal(later('2029-06-01'), 2, 'on the last day of five years');
    assert.equal(later('2029-06-02'), 1, 'after five years');
    const reversed = [seminar('2029-06-02'), seminar('2024-06-01'), keeps];
    assert.equal(at(reversed, '2029-06-02'), 1, 'in any order');
  });

  it('taken away by a seminar do not weigh against what is done later', () => {
    const record = recordOf([
      made('minorOffence', '2024-01-10'),
      made('seminar', '2024-06-01', { actedOn: undefined }),
      made('seriousOffence', '2025-06-01'),
    ]);
    assert.equal(pointsOn(record, '2025-07-01'), 2);
    assert.equal(pointsOn(record, '2027-01-01'), 2, 'the first has expired');
  });

  it('say whether a seminar would help now', () => {
    const option = (entries: PointsEntry[], date: IsoDate, licence = free) => {
      const record = recordOf(entries, licence);
      return seminarOption(record, pointsOn(record, date), date);
    };
    const crime = made('crime', '2024-01-10');
    assert.deepEqual(option([crime], '2024-06-01'), { code: 'possible' });
    assert.deepEqual(option([], '2024-06-01'), { code: 'noPoints' });
    assert.deepEqual(option([crime, crime, crime], '2024-06-01'), { code: 'tooManyPoints' });
    assert.deepEqual(option([crime], '2024-06-01', { barredForever: true }), { code: 'noLicence' });
    const withdrawn = [crime, made('withdrawal', '2024-03-01')];
    assert.deepEqual(option(withdrawn, '2024-06-01'), { code: 'noLicence' });
    const again: PointsLicence = { ...free, reissue: { on: '2024-05-01', pointsKept: true } };
    assert.deepEqual(option(withdrawn, '2024-06-01', again), { code: 'possible' });
    const seminar = made('seminar', '2024-06-01', { actedOn: undefined });
    const used = { code: 'used', until: '2029-06-01' };
    assert.deepEqual(option([crime, seminar], '2024-06-01'), used);
    const recent = made('crime', '2029-05-01');
    assert.deepEqual(option([seminar, crime, recent], '2029-06-01'), used);
    assert.deepEqual(option([seminar, crime, recent], '2029-06-02'), { code: 'possible' });
  });
});
