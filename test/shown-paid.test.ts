/** Where people look for it, it stands that they have paid; and the home page has the order that the city wants. */
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { loadCity } from '#city';
import { findAll } from '#play';
import { arrive } from '#test/citizen';
import { hiddenField } from '#test/client';
import { atPay } from '#test/payer';
import { type RunningOffice, startRunningOffice } from '#test/running-office';

let office: RunningOffice;
before(async () => {
  office = await startRunningOffice();
});
after(() => office.close());

it('a paid fee stands on the result and on the status page', async () => {
  const payer = await atPay(office.origin, 'rathaus-1');
  await payer.choose('card');
  const shown = await payer.settled(1_000);
  assert.ok(shown.at === 'done');
  const paid = /20,00\s€ bezahlt mit Karte am Montag, 23\. November 2026/;
  assert.match(payer.person.shown.text, paid);
  const { number, code } = shown.handed;
  const { client } = await arrive(office.origin);
  const _csrf = hiddenField((await client.get(`${office.origin}/status`)).text, '_csrf') ?? '';
  await client.post(`${office.origin}/status`, { _csrf, number, code });
  assert.match((await client.get(`${office.origin}/status/case`)).text, paid);
});

it('the home page shows the services in the order of the city', async () => {
  const { city } = loadCity('city/karlsruhe');
  const person = await arrive(office.origin);
  await person.open('/');
  const tiles = findAll(person.page, ({ tag }) => tag === 'a')
    .map(({ attributes }) => /^\/service\/([\w-]+)$/.exec(attributes.href ?? '')?.[1])
    .filter((slug) => slug !== undefined);
  assert.deepEqual(tiles, city?.tiles);
  assert.notDeepEqual(tiles, tiles.toSorted(), 'not simply the order of the folders');
});
