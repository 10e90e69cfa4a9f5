import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { addDays, momentOf, weekday, zonedInstant } from '#time';
import { type City, loadCity, openState, type Site } from './index.ts';

const { city } = loadCity('city/karlsruhe');
assert.ok(city);
const office: City = city;
const rathaus = city.sites.get('rathaus') as Site;
const zuhause = city.sites.get('zuhause') as Site;

const at = (date: string, time: string) => openState(rathaus, office, momentOf(zonedInstant(date, time)));

describe('opening hours of the town hall', () => {
  it('begin and end to the minute', () => {
    assert.deepEqual(at('2026-11-23', '07:59'), {
      open: false,
      opens: { date: '2026-11-23', time: '08:00' },
    });
    assert.deepEqual(at('2026-11-23', '08:00'), { open: true, until: '17:00' });
    assert.deepEqual(at('2026-11-23', '16:59'), { open: true, until: '17:00' });
    assert.deepEqual(at('2026-11-23', '17:00'), {
      open: false,
      opens: { date: '2026-11-24', time: '08:00' },
    });
  });

  it('pass over the weekend, holidays and local closures to the next opening', () => {
    // Christmas Eve is a Thursday in 2026; Christmas Day and the weekend follow.
    assert.deepEqual(at('2026-12-23', '18:00'), {
      open: false,
      opens: { date: '2026-12-28', time: '08:00' },
    });
    assert.deepEqual(at('2027-01-06', '10:00'), {
      open: false,
      opens: { date: '2027-01-07', time: '08:00' },
    });
  });

  it('stay on the wall clock when summer time begins and ends', () => {
    assert.deepEqual(openState(rathaus, office, momentOf(new Date('2027-03-26T07:00:00Z'))), {
      open: false,
      opens: { date: '2027-03-30', time: '08:00' },
    });
    assert.deepEqual(openState(rathaus, office, momentOf(new Date('2027-03-30T06:00:00Z'))), {
      open: true,
      until: '17:00',
    });
    assert.deepEqual(openState(rathaus, office, momentOf(new Date('2026-10-26T06:59:00Z'))), {
      open: false,
      opens: { date: '2026-10-26', time: '08:00' },
    });
  });

  it('follow one rule at any instant', () => {
    const anyInstant = fc.date({
      min: new Date('2026-01-01T00:00:00Z'),
      max: new Date('2030-01-01T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(anyInstant, (now) => {
        const moment = momentOf(now);
        const state = openState(rathaus, office, moment);
        if (state.open) {
          assert.ok(weekday(moment.today) <= 5);
          assert.equal(office.closureOf(rathaus, moment.today), undefined);
          return;
        }
        assert.ok(state.opens);
        const opening = momentOf(zonedInstant(state.opens.date, state.opens.time));
        assert.ok(opening.now > now);
        assert.equal(openState(rathaus, office, opening).open, true);
        for (let day = addDays(moment.today, 1); day < state.opens.date; day = addDays(day, 1)) {
          assert.equal(openState(rathaus, office, momentOf(zonedInstant(day, '12:00'))).open, false);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('other sites', () => {
  it('at home it is always open', () => {
    const christmas = momentOf(zonedInstant('2026-12-25', '03:00'));
    assert.deepEqual(openState(zuhause, office, christmas), { open: true, until: undefined });
  });

  it('close at noon where they do, and say when they open again', () => {
    const split: Site = {
      ...rathaus,
      hours: {
        1: [
          { from: '08:00', to: '12:00' },
          { from: '14:00', to: '24:00' },
        ],
      },
    };
    const noon = momentOf(zonedInstant('2026-11-23', '12:30'));
    assert.deepEqual(openState(split, office, noon), {
      open: false,
      opens: { date: '2026-11-23', time: '14:00' },
    });
    const late = momentOf(zonedInstant('2026-11-23', '23:59'));
    assert.deepEqual(openState(split, office, late), { open: true, until: '24:00' });
  });

  it('without any hours never open', () => {
    const never: Site = { ...rathaus, hours: {} };
    const noon = momentOf(zonedInstant('2026-11-23', '12:00'));
    assert.deepEqual(openState(never, office, noon), { open: false, opens: undefined });
  });
});

describe('public holidays of Baden-Württemberg', () => {
  // im.baden-wuerttemberg.de: fixed days, and those that follow Easter Sunday.
  const FIXED = ['01-01', '01-06', '05-01', '10-03', '11-01', '12-25', '12-26'];
  const AFTER_EASTER = [-2, 1, 39, 50, 60];
  const EASTER = ['2025-04-20', '2026-04-05', '2027-03-28', '2028-04-16', '2029-04-01', '2030-04-21'];

  for (const easter of EASTER) {
    const year = easter.slice(0, 4);
    it(`are the twelve of the law in ${year}, and no others`, () => {
      const expected = [
        ...FIXED.map((day) => `${year}-${day}`),
        ...AFTER_EASTER.map((days) => addDays(easter, days)),
      ].sort();
      const found: string[] = [];
      for (let day = `${year}-01-01`; day.startsWith(year); day = addDays(day, 1)) {
        if (office.isHoliday(day) !== undefined) found.push(day);
      }
      assert.deepEqual(found, expected);
    });
  }

  it('have German names; Maundy Thursday and Reformation Day are ordinary days', () => {
    assert.equal(office.isHoliday('2026-06-04'), 'Fronleichnam');
    assert.equal(office.isHoliday('2026-04-02'), undefined);
    assert.equal(office.isHoliday('2026-10-31'), undefined);
  });
});
