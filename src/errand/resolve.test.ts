import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { AREA, type BookingOffice, CALENDAR, MONDAY, openBookingOffice, wednesdays } from '#test/booking';
import { testService } from '#test/service';
import { momentOf } from '#time';
import type { ErrandDeps } from './deps.ts';
import { holdAgain, tourOf } from './resolve.ts';

const service = testService(`
pages:
  - { id: where, kind: questions, questions: [{ id: home, kind: address, within: city }] }
  - id: date
    kind: slot
    questions: [{ id: pickup, kind: slot, calendar: ${CALENDAR}, areaFrom: home }]
`);
const question = service.questions.get('pickup');
assert.ok(question?.kind === 'slot');
const tours = [
  { ...wednesdays(1), areaName: 'Mitte', postcodes: ['76133'] },
  { ...wednesdays(1, { area: 'west' }), areaName: 'West', postcodes: ['76135'] },
];
const livingAt = (postcode: string) => ({
  home: { street: 'Kaiserstraße', houseNumber: '1', postcode, city: 'Karlsruhe' },
});
const OWN = { client: 'here', screen: 'own' } as const;
const TERMINAL = { client: 'there', screen: 'terminal' } as const;

let office: BookingOffice;
let deps: ErrandDeps;
before(async () => {
  office = await openBookingOffice(tours);
  const keys = { index: (purpose: string, value: string) => Buffer.from(`${purpose}|${value}`) };
  deps = { city: { tours }, booking: office.booking, keys } as unknown as ErrandDeps;
  await office.booking.ensureSlots();
});
after(() => office.drop());

describe('a day that somebody chose', () => {
  it('is one of the tour that comes to their address, and of none before they have said it, or where none comes', () => {
    assert.deepEqual(tourOf(deps.city, question, livingAt('76133')), { calendar: CALENDAR, area: AREA });
    assert.deepEqual(tourOf(deps.city, question, livingAt('76135')), { calendar: CALENDAR, area: 'west' });
    assert.equal(tourOf(deps.city, question, livingAt('10115')), undefined);
    assert.equal(tourOf(deps.city, question, {}), undefined);
  });

  it('stays theirs while the tour comes there and nobody else has it; else it is named, so that they choose again', async () => {
    const [slot, other] = await office.booking.free(CALENDAR, AREA, 2);
    assert.ok(slot && other);
    const moment = momentOf(new Date(MONDAY));
    const [person, neighbour] = [{ id: randomUUID() }, { id: randomUUID() }];
    const answers = { ...livingAt('76133'), pickup: { slot: slot.id, date: slot.date } };
    assert.deepEqual(await holdAgain(deps, person, service, answers, moment, OWN), []);
    assert.deepEqual(await holdAgain(deps, person, service, answers, moment, OWN), [], 'once more');
    assert.deepEqual(await holdAgain(deps, neighbour, service, answers, moment, TERMINAL), ['pickup']);
    const elsewhere = { ...answers, ...livingAt('76135') };
    assert.deepEqual(await holdAgain(deps, person, service, elsewhere, moment, OWN), ['pickup']);
    const free = { ...livingAt('76133'), pickup: { slot: other.id, date: other.date } };
    assert.deepEqual(await holdAgain(deps, neighbour, service, free, moment, TERMINAL), []);
    assert.deepEqual(
      await holdAgain(deps, person, service, livingAt('76133'), moment, OWN),
      [],
      'none chosen',
    );
  });
});
