import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { findAll } from '#play';
import { arrive, type Citizen, ending, type Fill, household, SOFA } from '#test/citizen';
import { type RunningOffice, startRunningOffice } from '#test/running-office';

let office: RunningOffice;
before(async () => {
  office = await startRunningOffice();
});
after(() => office.close());

const BULKY = '/service/sperrmuell';

/** A visit at a terminal that waits for a phone. @returns who stands there, and the path of its link */
async function offering(answers: Fill): Promise<{ person: Citizen; link: string }> {
  const person = await arrive(office.origin, 'rathaus-1');
  await person.walk('sperrmuell', answers, 'rules');
  await person.press(person.form('/visit/handover').press());
  const [code] = findAll(person.page, ({ attributes }) => 'data-handover' in attributes);
  return { person, link: new URL(code?.attributes['data-handover'] ?? '').pathname };
}

const offered = async (): Promise<string> => (await offering(SOFA)).link;

/** Somebody who has answered the first pages of the same service on their phone. */
async function busyPhone(houseNumber: number): Promise<Citizen> {
  const phone = await arrive(office.origin);
  await phone.walk('sperrmuell', { ...household(houseNumber), familyName: 'Zuhause' }, 'rules');
  return phone;
}

/** What stands in the address that this person has given. */
async function houseNumberOf(person: Citizen): Promise<string | undefined> {
  await person.open(`${BULKY}/address`);
  return person.form(`${BULKY}/address`).holds('address.houseNumber');
}

describe('a phone on which something is open takes over a visit', () => {
  it('asks first and says what is open; who stays keeps it, and the link works afterwards', async () => {
    const [link, phone] = [await offered(), await busyPhone(41)];
    await phone.open(link);
    assert.match(phone.shown.text, /Auf diesem Handy ist noch etwas offen/);
    assert.match(phone.shown.text, /<li>Sperrmüll/);
    const [stay] = findAll(phone.page, ({ attributes }) => attributes.href === BULKY);
    assert.ok(stay, 'a link leads back to it');
    assert.equal(await houseNumberOf(phone), '41');
    await phone.open(link);
    await phone.press(phone.form(link).press({ name: '_action', value: 'replace' }));
    assert.equal(await houseNumberOf(phone), SOFA['address.houseNumber']);
  });

  it('asks also where that was begun after the link was opened', async () => {
    const link = await offered();
    const phone = await arrive(office.origin);
    await phone.open(link);
    const take = phone.form(link).press();
    await phone.walk('sperrmuell', household(43), 'rules');
    await phone.press(take);
    assert.match(phone.shown.text, /Auf diesem Handy ist noch etwas offen/);
    assert.equal(await houseNumberOf(phone), '43');
  });

  it('frees what gave way: its visit and the day that it held', async () => {
    const [link, phone] = [await offered(), await busyPhone(45)];
    const visits = async () => (await office.db.selectFrom('visit').select('id').execute()).length;
    const before = await visits();
    await phone.open(link);
    const replace = phone.form(link).press({ name: '_action', value: 'replace' });
    await phone.press(replace);
    assert.equal(await visits(), before - 1);
    await phone.press(replace);
    assert.equal(await houseNumberOf(phone), SOFA['address.houseNumber'], 'pressed twice');
  });

  it('says that number and code of what was handed in are there', async () => {
    const [link, phone] = [await offered(), await arrive(office.origin)];
    await phone.walk('sperrmuell', household(47));
    await phone.handIn('sperrmuell');
    await phone.open(link);
    assert.match(phone.shown.text, /Auch Nummer und Code/);
  });

  it('asks nothing where nothing is open', async () => {
    const [link, phone] = [await offered(), await arrive(office.origin)];
    await phone.open(BULKY);
    await phone.press(phone.form(BULKY).press());
    await phone.open(link);
    await phone.press(phone.form(link).press());
    assert.equal(await houseNumberOf(phone), SOFA['address.houseNumber']);
  });
});

describe('a phone of a stranger who was first at the code', () => {
  /** A terminal that showed its code, the link, and a phone that has taken the visit. */
  async function taken(houseNumber: number) {
    const { person, link } = await offering(household(houseNumber));
    const phone = await arrive(office.origin);
    await phone.open(link);
    await phone.press(phone.form(link).press());
    await person.open('/visit/handover');
    assert.match(person.shown.text, /Ein Handy hat Ihren Besuch übernommen/);
    return { person, phone };
  }
  const stop = (person: Citizen) =>
    person.press(person.form('/visit/handover').press({ name: '_action', value: 'stop' }));

  it('loses it again when the person at the terminal says so, once', async () => {
    const { person, phone } = await taken(48);
    await stop(person);
    assert.match(person.shown.text, /Der Besuch ist beendet/);
    await phone.open(`${BULKY}/address`);
    assert.notEqual(phone.at, 'address');
    await person.open('/visit/handover');
    assert.doesNotMatch(person.shown.text, /Das war nicht mein Handy/);
  });

  it('keeps it when the screen has shown something else: whoever comes next ends nobody else’s visit', async () => {
    const { person, phone } = await taken(49);
    const form = person.form('/visit/handover').press({ name: '_action', value: 'stop' });
    await person.open('/welcome');
    await person.press(form);
    assert.doesNotMatch(person.shown.text, /Der Besuch ist beendet/);
    assert.equal(await houseNumberOf(phone), '49');
  });

  it('is said to have gone on where nothing is found of it any more', async () => {
    const { person, phone } = await taken(50);
    await phone.press(ending(phone));
    await stop(person);
    assert.match(person.shown.text, /Dort ist es schon weitergegangen/);
  });
});
