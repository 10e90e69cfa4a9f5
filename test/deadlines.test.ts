/** The two weeks of registration law, on the services that ship: they end on a working day of the Land. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { referenceOf } from '#city';
import { walk } from '#journey';
import { identifiedIn } from '#sandbox/people';
import { movedIn } from '#test/answers';
import { karlsruhe, serviceIn } from '#test/city';
import { momentOf, zonedInstant } from '#time';

const reference = referenceOf(karlsruhe);

/** @returns whether somebody who left on that day is told, on this one, that it is too late */
function isLate(moveOut: string, today: string): boolean {
  const service = serviceIn(karlsruhe, 'abmeldung-ins-ausland');
  const answers = {
    ...{ situation: 'abroad', who: 'alone', identity: 'high', familyName: 'Muster', birthDate: '1980-05-05' },
    moveOut,
  };
  const moment = momentOf(zonedInstant(today, '10:00'), reference.isHoliday);
  return walk(service, { answers, seen: [] }, moment).pages.some((page) => page.id === 'late');
}

/** @returns the day that a confirmation has missed, undefined when it is in time */
function missed(moveIn: string, today: string): unknown {
  const service = serviceIn(karlsruhe, 'wohnungsgeberbestaetigung');
  const moment = momentOf(zonedInstant(today, '10:00'), reference.isHoliday);
  const { pages, computed } = walk(
    service,
    { answers: { ...movedIn('Ada Ünlü'), moveIn }, seen: [], identity: identifiedIn(karlsruhe)('paul') },
    moment,
  );
  assert.equal(
    pages.some(({ id }) => id === 'late'),
    computed.late !== undefined,
    'on screen as on paper',
  );
  return computed.late;
}

describe("a landlord's confirmation", () => {
  it('says that it is late from the day after the last working day on', () => {
    assert.equal(missed('2026-11-07', '2026-11-23'), undefined);
    assert.equal(missed('2026-11-07', '2026-11-24'), '2026-11-23');
    assert.equal(missed('2026-12-23', '2027-01-07'), undefined, 'Epiphany');
    assert.equal(missed('2026-11-23', '2026-11-23'), undefined);
  });
});

describe('a deregistration', () => {
  it('is in time on the Monday when the two weeks end on a weekend', () => {
    assert.equal(isLate('2026-11-07', '2026-11-23'), false, 'Saturday');
    assert.equal(isLate('2026-11-08', '2026-11-23'), false, 'Sunday');
    assert.equal(isLate('2026-11-07', '2026-11-24'), true, 'Tuesday');
    assert.equal(isLate('2026-11-06', '2026-11-23'), true, 'the Friday before');
  });

  it('has as much time as the holidays of the Land leave', () => {
    assert.equal(isLate('2026-12-11', '2026-12-28'), false, 'Christmas Day, then a weekend');
    assert.equal(isLate('2026-12-23', '2027-01-07'), false, 'Epiphany, a holiday in Baden-Württemberg');
    assert.equal(isLate('2026-05-21', '2026-06-05'), false, 'Corpus Christi, another');
    assert.equal(isLate('2026-10-17', '2026-11-02'), false, 'a Saturday that is a holiday, too');
    assert.equal(isLate('2026-10-17', '2026-11-03'), true);
  });
});
