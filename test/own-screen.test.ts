import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { loadCity, type Site } from '#city';
import { arrive, household } from '#test/citizen';
import { type RunningOffice, startRunningOffice } from '#test/running-office';

const SERVICE = 'sperrmuell';
const { city } = loadCity('city/karlsruhe');
let office: RunningOffice;

before(async () => {
  const sites = [...(city?.sites.values() ?? [])].map((site): [string, Site] => {
    const id = site.alwaysOpen ? 'daheim' : site.id;
    return [id, { ...site, id, terminals: site.alwaysOpen ? ['daheim'] : site.terminals }];
  });
  office = await startRunningOffice({}, { sites: new Map(sites) });
});
after(() => office.close());

test('a city calls the place of people with their own screen what it likes, and cases carry that name', async () => {
  const person = await arrive(office.origin);
  await person.walk(SERVICE, household(7));
  await person.handIn(SERVICE);
  const row = await office.db.selectFrom('cases').select('site').executeTakeFirst();
  assert.equal(row?.site, 'daheim');
});
