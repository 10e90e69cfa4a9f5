import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { findAll } from '#play';
import { arrive, type Citizen, household, SOFA } from '#test/citizen';
import { type RunningOffice, startRunningOffice } from '#test/running-office';

const SERVICE = 'sperrmuell';
const DATE = `/service/${SERVICE}/date`;
const MINUTE_MS = 60_000;

let office: RunningOffice;
before(async () => {
  office = await startRunningOffice();
});
after(() => office.close());

/** A street that is long enough for every postcode: the list does not say any. */
const at = (postcode: string) => ({ 'address.street': 'Waldstraße', 'address.postcode': postcode });

let houses = 0;

/** People who have come to a page, each of another house in the same part of the city; `all` of one house where it is named. */
function people(count: number, postcode: string, until: string, all?: number): Promise<Citizen[]> {
  return Promise.all(
    Array.from({ length: count }, async () => {
      houses += 1;
      const house = all ?? houses;
      const person = await arrive(office.origin);
      await person.walk(SERVICE, { ...household(house), ...at(postcode) }, until);
      return person;
    }),
  );
}

/** The dates that a person on the page of dates is offered. */
function offered(person: Citizen): string[] {
  return findAll(person.page, ({ attributes }) => attributes.name === 'pickup').map(
    ({ attributes }) => attributes.value ?? '',
  );
}

/** Makes a date one with so many places left. */
async function leave(slot: string, places: number): Promise<void> {
  await office.db
    .updateTable('slot')
    .set((eb) => ({ capacity: eb('taken', '+', places) }))
    .where('id', '=', slot)
    .execute();
}

/** Sends the page of dates. */
function choose(person: Citizen, slot: string) {
  const form = person.form(DATE);
  form.fill('pickup', slot);
  return form.press({ name: '_action', value: 'next' });
}

/** Bookings that are held or confirmed and what the slot counts; both must say the same. */
async function places(slot: string): Promise<{ booked: number; counted: number; capacity: number }> {
  const { taken, capacity } = await office.db
    .selectFrom('slot')
    .select(['taken', 'capacity'])
    .where('id', '=', slot)
    .executeTakeFirstOrThrow();
  const booked = await office.db
    .selectFrom('booking')
    .select('id')
    .where('slot_id', '=', slot)
    .where('state', '<>', 'cancelled')
    .execute();
  return { booked: booked.length, counted: taken, capacity };
}

describe('the last place of a tour', () => {
  it('goes to one of thirty who choose it at once; the others lose nothing else', async () => {
    const all = await people(30, '76133', 'date');
    const [first = ''] = offered(all[0] as Citizen);
    await leave(first, 1);
    await Promise.all(all.map((person) => person.press(choose(person, first))));
    const winners = all.filter(({ at }) => at === 'rules');
    assert.equal(winners.length, 1);
    for (const person of all.filter((one) => !winners.includes(one))) {
      assert.equal(person.shown.status, 422);
      assert.deepEqual(person.errors, ['pickup: slotFull']);
      assert.ok(!offered(person).includes(first), 'the full date is not offered again');
    }
    const loser = all.find((person) => !winners.includes(person)) as Citizen;
    await loser.press(choose(loser, offered(loser)[0] ?? ''));
    await loser.walk(SERVICE, SOFA);
    assert.match(loser.shown.text, /Đặng/);
    await loser.handIn(SERVICE);
    assert.deepEqual(await places(first), { booked: 1, counted: 1, capacity: 1 });
  });

  it('goes to one of ten whose hold has run out when all hand in at once', async () => {
    const all = await people(10, '76137', 'review');
    const watcher = await arrive(office.origin);
    office.pass(30 * MINUTE_MS);
    await watcher.walk(SERVICE, { ...household(99), ...at('76137') }, 'date');
    const [slot = ''] = offered(watcher);
    await leave(slot, 1);
    await Promise.all(all.map((person) => person.press(person.review(SERVICE))));
    const winners = all.filter(({ shown }) => shown.url.endsWith('/done'));
    assert.equal(winners.length, 1);
    for (const person of all.filter((one) => !winners.includes(one))) {
      assert.equal(new URL(person.shown.url).pathname, DATE);
      assert.deepEqual(person.errors, ['pickup: slotFull']);
      await person.press(choose(person, offered(person)[0] ?? ''));
      assert.equal(person.at, 'review', 'nothing but the date has to be answered again');
      assert.ok((await person.handIn(SERVICE)).number);
    }
    const { booked, counted, capacity } = await places(slot);
    assert.ok(booked === counted && counted <= capacity, `${booked}, ${counted} of ${capacity}`);
  });

  it('is not given to somebody from another part of the city', async () => {
    const [person] = (await people(1, '76135', 'date')) as [Citizen];
    const [other] = (await people(1, '76149', 'date')) as [Citizen];
    const [elsewhere = ''] = offered(other);
    const [own = ''] = offered(person);
    const sent = choose(person, own);
    const entries = sent.entries.map(
      ([name, value]) => [name, name === 'pickup' ? elsewhere : value] as const,
    );
    await person.press({ ...sent, entries });
    assert.deepEqual(person.errors, ['pickup: notAnOption']);
  });

  it('is given up by whoever moves to another part of the city, who reads why they choose again', async () => {
    const [person] = (await people(1, '76133', 'review')) as [Citizen];
    await person.open(`/service/${SERVICE}/address`);
    await person.press(person.fill(SERVICE, at('76137')).press({ name: '_action', value: 'next' }));
    assert.equal(new URL(person.shown.url).pathname, DATE);
    assert.deepEqual(person.errors, ['pickup: slotStray']);
    assert.match(person.shown.text, /Ihr Termin gilt nicht mehr/);
    await person.press(choose(person, offered(person)[0] ?? ''));
    assert.equal(person.at, 'review');
  });

  it('leaves whoever comes after it with a page that says so, in any language of the bar', async () => {
    const [person] = await people(1, '76149', 'date');
    assert.ok(person);
    const late = choose(person, offered(person)[0] ?? '');
    for (const slot of offered(person)) await leave(slot, 0);
    // More dates come up as those before them are taken; in the end there is none.
    for (let open = offered(person); open.length > 0; open = offered(person)) {
      for (const slot of open) await leave(slot, 0);
      await person.open(DATE);
    }
    assert.match(person.shown.text, /kein Termin frei/);
    assert.doesNotMatch(person.shown.text, /gilt nicht mehr/);
    await person.press(late);
    assert.match(person.shown.text, /kein Termin frei.*Der Termin, den Sie gewählt haben, gilt nicht mehr/s);
    await person.open(DATE);
    await person.press(person.form('/visit/settings').press({ name: 'language', value: 'en' }));
    assert.equal(new URL(person.shown.url).pathname, DATE);
    assert.match(person.shown.text, /no .*dates?/i);
  });
});

describe('the yearly allowance of a household', () => {
  it('is used once by two visits that hand in at once', async () => {
    const both = await people(2, '76227', 'review', 500);
    await Promise.all(both.map((person) => person.press(person.review(SERVICE))));
    const [refused, ...more] = both.filter(({ shown }) => !shown.url.endsWith('/done'));
    assert.deepEqual(more, []);
    assert.ok(refused, 'exactly one was handed in');
    assert.equal(refused.at, 'claim', 'the other one is told, and can go on');
    const answers = { claim: 'another', flat: '2. Stock' };
    await refused.press(refused.fill(SERVICE, answers).press({ name: '_action', value: 'next' }));
    await refused.press(refused.fill(SERVICE, answers).press({ name: '_action', value: 'next' }));
    assert.equal(refused.at, 'review', 'nothing else has to be answered again');
    assert.ok((await refused.handIn(SERVICE)).number);
  });
});
