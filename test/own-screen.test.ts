import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { loadCity, type Site } from '#city';
import { arrive, ending, household } from '#test/citizen';
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

test('whose browser keeps no cookie reads why nothing goes on', async () => {
  const begin = `${office.origin}/service/${SERVICE}`;
  const headers = { origin: office.origin, 'sec-fetch-site': 'same-origin' };
  // The platform's own client keeps none.
  const page = await fetch(begin, { method: 'POST', body: new URLSearchParams(), headers });
  assert.deepEqual([page.status, new URL(page.url).pathname], [200, `/service/${SERVICE}`]);
  assert.match(await page.text(), /nimmt Ihr Browser kein Cookie/);
  // Nobody reads it who has not been sent back.
  assert.doesNotMatch(await (await fetch(begin)).text(), /Cookie/);
  const person = await arrive(office.origin);
  await person.open(`/service/${SERVICE}?nothing`);
  await person.press(person.form(`/service/${SERVICE}`).press());
  await person.open(`/service/${SERVICE}?nothing`);
  assert.doesNotMatch(person.shown.text, /Cookie/);
});

test('who goes back to a visit that they ended reads that it is over, and nothing of cookies', async () => {
  const person = await arrive(office.origin);
  await person.open(`/service/${SERVICE}`);
  const begins = await person.send(person.form(`/service/${SERVICE}`).press());
  const first = begins.headers.get('location') ?? '';
  await person.open(first);
  const { href } = new URL(person.shown.url);
  assert.doesNotMatch(href, /\?/);
  await person.press(ending(person));
  await person.open(href);
  assert.equal(person.shown.status, 200);
  assert.match(person.shown.text, /Ihr Besuch ist zu Ende/);
  assert.doesNotMatch(person.shown.text, /Cookie|noch nichts begonnen|Pause/);
});

test('who follows a link into a service is not told of a visit that never was, nor of cookies', async () => {
  const html = await (await fetch(`${office.origin}/service/${SERVICE}/rules`)).text();
  assert.match(html, /Hier ist kein Besuch offen.*oder Sie haben noch nicht begonnen/s);
  assert.doesNotMatch(html, /Cookie|Pause/);
});

test('what stands side by side is apart for browsers without style, too', async () => {
  for (const path of ['/', `/service/${SERVICE}`, '/help', '/services', '/status', '/search?q=sofa']) {
    const html = await (await fetch(office.origin + path)).text();
    assert.doesNotMatch(html, /<\/(a|button)>(<\/form>)?<(a|button)\b/, path);
    assert.match(html, /Zum Inhalt springen<\/a> /, path);
  }
});
