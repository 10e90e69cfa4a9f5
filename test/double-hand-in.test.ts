import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { arrive, type Citizen, household } from '#test/citizen';
import { eventually } from '#test/eventually';
import { type RunningOffice, startRunningOffice } from '#test/running-office';

const SERVICE = 'sperrmuell';

let office: RunningOffice;
before(async () => {
  office = await startRunningOffice();
});
after(() => office.close());

async function count(): Promise<number> {
  const { count } = await office.db
    .selectFrom('cases')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** A person who has come to the review page. */
async function atReview(houseNumber: number, more: Record<string, string> = {}): Promise<Citizen> {
  const person = await arrive(office.origin);
  await person.walk(SERVICE, { ...household(houseNumber), ...more });
  return person;
}

/** Sends the review page and is gone before the answer comes. */
function sendAndLeave(person: Citizen): Promise<void> {
  const { action, entries } = person.review(SERVICE);
  const body = new URLSearchParams(entries as [string, string][]).toString();
  const headers = {
    cookie: person.client.cookies().join('; '),
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': Buffer.byteLength(body),
    'sec-fetch-site': 'same-origin',
  };
  return new Promise((resolve) => {
    const call = request(action, { method: 'POST', headers, agent: false });
    call.on('error', () => {});
    call.on('close', resolve);
    call.end(body, () => call.destroy());
  });
}

describe('handing in the same page again', () => {
  it('gives one case and the same receipt, fifty times at once', async () => {
    const before = await count();
    const person = await atReview(1);
    const review = person.review(SERVICE);
    const answers = await Promise.all(Array.from({ length: 50 }, () => person.send(review)));
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([303]));
    assert.deepEqual(
      new Set(answers.map(({ headers }) => headers.get('location'))),
      new Set([`/service/${SERVICE}/done`]),
    );
    await person.open(`/service/${SERVICE}/done`);
    assert.ok(person.receipt().number);
    assert.equal(await count(), before + 1);
  });

  it('shows the receipt again after Back', async () => {
    const before = await count();
    const person = await atReview(2);
    const review = person.review(SERVICE);
    const first = await person.handIn(SERVICE);
    await person.press(review);
    assert.deepEqual(person.receipt(), first);
    assert.equal(await count(), before + 1);
  });

  it('is one case from two tabs', async () => {
    const before = await count();
    const person = await atReview(3);
    const tab = person.review(SERVICE);
    await person.open(`/service/${SERVICE}/review`);
    const otherTab = person.review(SERVICE);
    const answers = await Promise.all([person.send(tab), person.send(otherTab)]);
    assert.deepEqual(
      answers.map(({ status }) => status),
      [303, 303],
    );
    assert.equal(await count(), before + 1);
  });

  it('finds the case whose answer was lost, after a reload too', async () => {
    const before = await count();
    const person = await atReview(4);
    const review = person.review(SERVICE);
    await sendAndLeave(person);
    await eventually('the case is written', async () => (await count()) === before + 1);
    await person.press(review);
    const { number } = person.receipt();
    await person.open(`/service/${SERVICE}/done`);
    assert.equal(person.receipt().number, number);
    assert.equal(await count(), before + 1);
  });

  it('does not hand in a draft that the page on the screen does not show', async () => {
    const before = await count();
    const person = await atReview(5);
    const old = person.review(SERVICE);
    await person.open(`/service/${SERVICE}`);
    await person.press(person.form(`/service/${SERVICE}`).press({ name: '_action', value: 'restart' }));
    await person.walk(SERVICE, { ...household(6), familyName: 'Łukasz' });
    await person.press(old);
    assert.equal(await count(), before);
    assert.equal(person.at, 'review');
  });
});
