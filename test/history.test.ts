import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { findAll, textOf } from '#play';
import { arrive, type Citizen, household } from '#test/citizen';
import { signIn } from '#test/clerk';
import { type RunningOffice, startRunningOffice } from '#test/running-office';

const BULKY = 'sperrmuell';
const CASE = '/status/case';

let office: RunningOffice;
before(async () => {
  office = await startRunningOffice();
});
after(() => office.close());

/** Somebody who has ordered a pick-up and opened their case. */
async function opened(number: number): Promise<{ person: Citizen; number: string }> {
  const person = await arrive(office.origin);
  await person.walk(BULKY, household(number));
  const handed = await person.handIn(BULKY);
  await office.work();
  await person.openCase(handed);
  return { person, number: handed.number };
}

const classed = (person: Citizen, name: string): string[] =>
  findAll(person.page, ({ attributes }) => attributes.class === name).map((one) =>
    textOf(one).replace(/\s+/g, ' ').trim(),
  );

const history = (person: Citizen): string =>
  findAll(person.page, ({ attributes }) => attributes.class === 'history')
    .map(textOf)
    .join(' ');

async function write(person: Citizen, text: string): Promise<void> {
  await person.open(CASE);
  const form = person.form(`${CASE}/answer`);
  form.fill('text', text);
  await person.press(form.press({ name: '_action', value: 'next' }));
}

describe('what a case tells of itself', () => {
  it('calls an answer only what the office has asked for', async () => {
    const { person, number } = await opened(71);
    await write(person, 'Das Sofa ist grün.');
    assert.match(history(person), /Ihre Nachricht/);
    assert.doesNotMatch(history(person), /Ihre Antwort/);
    const clerk = await signIn(office.origin, 'tsk');
    const path = await clerk.find(number);
    assert.ok(path);
    await clerk.act(path, 'take');
    await clerk.act(path, 'ask', { text: 'Wie breit ist das Sofa?' });
    office.pass(60_000);
    await write(person, 'Zwei Meter.');
    assert.match(history(person), /Ihre Antwort.*Zwei Meter/s);
  });

  it('offers other days than the present one to move to, and says which day it was moved to', async () => {
    const { person, number } = await opened(72);
    const before = classed(person, 'numbers').join(' ');
    await person.open(`${CASE}/date`);
    const offered = findAll(person.page, ({ attributes }) => attributes.name === 'slot').map(
      ({ attributes }) => attributes.value,
    );
    const { slot_id } = await office.db
      .selectFrom('booking')
      .innerJoin('cases', 'cases.id', 'booking.case_id')
      .select('slot_id')
      .where('number', '=', number)
      .executeTakeFirstOrThrow();
    assert.ok(offered.length > 0 && !offered.includes(slot_id), `${slot_id} of ${offered}`);
    const form = person.form(`${CASE}/date`);
    form.fill('slot', 'first-free');
    await person.press(form.press());
    const [, day = ''] = /Neuer Termin: (\w+, \d+\. \w+ \d+)/.exec(history(person)) ?? [];
    assert.ok(day !== '' && classed(person, 'numbers').join(' ').includes(day), history(person));
    assert.ok(!before.includes(day));
  });
});

describe('the page on which everything is looked at', () => {
  it('offers one way back for the answers of each page', async () => {
    const person = await arrive(office.origin);
    await person.walk(BULKY, household(73));
    const parts = findAll(person.page, ({ attributes }) => attributes.class === 'review-part');
    const lines = findAll(
      person.page,
      ({ attributes }) => attributes.class?.startsWith('review-line') === true,
    );
    assert.ok(parts.length > 4 && lines.length > parts.length);
    const ways = parts.map((part) =>
      findAll(part, ({ tag }) => tag === 'a').map(({ attributes }) => attributes.href),
    );
    assert.deepEqual(
      new Set(ways.map(({ length }) => length)),
      new Set([1]),
      'also where a sum follows from them',
    );
    assert.equal(new Set(ways.flat()).size, parts.length);
  });
});
