import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { findAll } from '#play';
import { arrive, type Citizen, household } from '#test/citizen';
import { signIn } from '#test/clerk';
import { type RunningOffice, startRunningOffice } from '#test/running-office';
import { signInAs } from '#test/sign-in';

let office: RunningOffice;
before(async () => {
  office = await startRunningOffice();
});
after(() => office.close());

const MARK = 'nicht im Straßenverzeichnis';

/** What stands in a field of the page that is shown; undefined where there is no such field. */
function standsIn(person: Citizen, name: string): string | undefined {
  const [field] = findAll(person.page, ({ attributes }) => attributes.name === name);
  return field && (field.attributes.value ?? '');
}

async function send(person: Citizen, fields: Record<string, string>): Promise<void> {
  const form = person.form(new URL(person.shown.url).pathname);
  for (const [name, value] of Object.entries(fields)) form.fill(name, value);
  await person.press(form.press());
}

describe('a street that is not in the list', () => {
  it('is asked back, taken when the person says so, and marked until the crew stands before the house', async () => {
    const person = await arrive(office.origin);
    const answers = { ...household(3), 'address.street': 'Erst Gestern Benannte Gasse' };
    await person.walk('sperrmuell', answers, 'address');
    assert.equal(standsIn(person, 'address.unlisted'), undefined, 'nobody is asked before it is needed');
    await person.press(person.fill('sperrmuell', answers).press());
    assert.deepEqual(person.errors, ['address.street: unknownStreet']);
    assert.match(person.shown.text, /Trotzdem weiter/);
    assert.equal(standsIn(person, 'address.street'), 'Erst Gestern Benannte Gasse', 'nothing is lost');
    await send(person, { 'address.unlisted': 'yes' });
    assert.equal(person.at, 'place');
    await person.walk('sperrmuell', answers);
    assert.match(person.shown.text, new RegExp(MARK));
    const { number } = await person.handIn('sperrmuell');
    const clerk = await signIn(office.origin, 'tsk');
    const path = await clerk.find(number);
    assert.ok(path);
    const { text } = await clerk.get(path);
    assert.match(text, /Erst Gestern Benannte Gasse 3/);
    assert.match(text, new RegExp(MARK));
    const tours = await clerk.get('/desk/tours');
    const days = [...tours.text.matchAll(/href="(\/desk\/tours\/sperrmuell\/[\d-]+)"/g)].map(
      ([, day]) => day ?? '',
    );
    const lists = await Promise.all(days.map(async (day) => (await clerk.get(day)).text));
    const list = lists.find((one) => one.includes('Erst Gestern Benannte Gasse'));
    assert.match(list ?? '', new RegExp(MARK));
  });
});

describe('an ID that tells an address in another town', () => {
  it('is told so in words at the field, which holds what was read and can be corrected', async () => {
    const person = await arrive(office.origin);
    await person.walk('abmeldung-ins-ausland', { situation: 'abroad', who: 'alone' }, 'identity');
    await signInAs(person, office.origin, 'frieda');
    assert.deepEqual(
      new Set(person.errors),
      new Set(['dwelling.postcode: postcodeNotInCity', 'dwelling.city: notInCity']),
    );
    assert.match(person.shown.text, /liegt nicht in Karlsruhe/);
    assert.equal(standsIn(person, 'dwelling.street'), 'Rheinstraße');
    await send(person, { 'dwelling.street': 'Pfinztalstr. 12', 'dwelling.houseNumber': '12' });
    assert.equal(person.at, 'identity', 'the town is still another');
    await send(person, { 'dwelling.postcode': '76227', 'dwelling.city': 'Karlsruhe (Durlach)' });
    assert.equal(person.at, 'moveOut', 'of one given name none is asked to be chosen');
  });
});
