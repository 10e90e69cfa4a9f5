/** What is not there is said to be not there, by every address that names something: 404, on the usual page. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sampleFile } from '#play';
import { arrive, type Citizen, CONFIRMATION, household } from '#test/citizen';
import { signIn } from '#test/clerk';
import { type Client, createClient } from '#test/client';
import { type RunningOffice, startRunningOffice } from '#test/running-office';

const ID = '00000000-0000-4000-8000-000000000000';
const DAY = '2026-11-23';

/** Every address that names something, and such as name what there is not. */
const UNKNOWN: Readonly<Record<string, readonly string[]>> = {
  '/assets/*': ['/assets/nope.js', '/assets/nope/nope.css'],
  '/api/services/:slug/:schema': ['/api/services/nope/1.json', '/api/services/sperrmuell/99.schema.json'],
  '/desk/cases/:id': ['/desk/cases/nope', `/desk/cases/${ID}`],
  '/desk/cases/:id/print': ['/desk/cases/nope/print', `/desk/cases/${ID}/print`],
  '/desk/cases/:id/files/:file': ['/desk/cases/nope/files/nope', `/desk/cases/${ID}/files/${ID}`],
  '/desk/cases/:id/paper': ['/desk/cases/nope/paper', `/desk/cases/${ID}/paper`],
  '/desk/tours/:calendar/:date': [`/desk/tours/nope/${DAY}`, '/desk/tours/sperrmuell/nope'],
  '/desk/payments/:day': ['/desk/payments/nope', '/desk/payments/2026-02-30', '/desk/payments/2999-01-01'],
  '/identity/:provider/metadata': ['/identity/nope/metadata'],
  '/farewell/:language': ['/farewell/xx', '/farewell/DE', '/farewell/constructor'],
  '/terminal/:id': ['/terminal/nope', '/terminal/__proto__'],
  '/papers/:number/:paper': ['/papers/nope/receipt.pdf', '/papers/NUMBER/nope.pdf'],
  '/status/case/files/:file': ['/status/case/files/nope', `/status/case/files/${ID}`],
  '/service/:slug': ['/service/nope', '/service/constructor', '/service/__proto__'],
  '/service/:slug/:page': ['/service/nope/what', '/service/sperrmuell/nope', '/service/sperrmuell/__proto__'],
  '/service/:slug/:page/:below': [
    ...['/service/nope/what/code', '/service/sperrmuell/nope/code'],
    ...['/service/nope/what/leave', '/service/sperrmuell/nope/leave'],
    ...['/service/nope/what/return', '/service/sperrmuell/nope/return'],
    ...['/service/nope/what/ticket.pdf', '/service/sperrmuell/nope/ticket.pdf'],
    ...['/service/sperrmuell/review/ticket.pdf', '/service/sperrmuell/review/constructor'],
  ],
  '/service/:slug/done': ['/service/nope/done'],
  '/service/:slug/pay': ['/service/nope/pay', '/service/__proto__/pay'],
  '/service/:slug/pay/back/:payment': [`/service/nope/pay/back/${ID}`, '/service/constructor/pay/back/1'],
  '/service/:slug/pay/news': ['/service/nope/pay/news'],
};

/** They answer for every id the same, because another answer would tell which there are. */
const TELLING = new Set(['/handover/:token', '/paper/:language/:token', '/photo/:language/:token']);

/** And such as name nothing at all. */
const NOWHERE = [
  ...[
    '/nope',
    '/constructor',
    '/service',
    '/papers',
    '/papers/nope',
    '/handover',
    '/farewell',
    '/visit/nope',
  ],
  ...['/status/nope', '/status/case/nope', '/echt/nope', '/help/nope', '/search/nope', '/impressum/nope'],
  ...[
    '/service/sperrmuell/pay/nope',
    '/service/sperrmuell/address/nope',
    '/identity/nope',
    '/city/nope.json',
  ],
  ...['/api/nope', '/api/services/nope', '/health/nope', '/ready/nope', '/sandbox/nope', '/terminal/a/b'],
  ...['/desk/nope', '/desk/tours/nope', '/desk/terminals/nope', '/desk/sessions/nope', '/desk/sign-in/nope'],
  ...['/desk/letter-codes/nope', '/desk/state/nope', '/desk/alarms/nope', `/desk/cases/${ID}/nope`],
];

let office: RunningOffice;
let nobody: Client;
let person: Citizen;
let lead: Client;
let number: string;
before(async () => {
  office = await startRunningOffice();
  nobody = createClient(office.origin);
  person = await arrive(office.origin);
  await person.walk('sperrmuell', household(60));
  const handed = await person.handIn('sperrmuell');
  number = handed.number;
  await person.openCase(handed);
  const mandate = sampleFile('sample.pdf');
  assert.ok(mandate);
  await person.walk('wohnungsgeberbestaetigung', { ...CONFIRMATION, mandate });
  lead = await signIn(office.origin, 'lead');
});
after(() => office.close());

const addresses = (): string[] =>
  [...Object.values(UNKNOWN).flat(), ...NOWHERE].map((path) => path.replace('NUMBER', number));

describe('what is not there', () => {
  it('is asked for here by every address of the office that names something', () => {
    const naming = office.routes.filter(
      ({ method, path }) =>
        method === 'GET' && /[:*]/.test(path) && !path.endsWith('?') && !TELLING.has(path),
    );
    assert.deepEqual(new Set(naming.map(({ path }) => path)), new Set(Object.keys(UNKNOWN)));
  });

  it('is not found by somebody in a visit, and the page says where all services are', async () => {
    for (const path of addresses().filter((path) => !path.startsWith('/desk'))) {
      const { status, text } = await person.client.get(path);
      assert.equal(status, 404, path);
      const usual = path.startsWith('/api/') ? /^\{"error":404\}$/ : /Diese Seite gibt es nicht.*href="\/"/s;
      assert.match(text, usual, path);
    }
    assert.equal((await person.client.get('/service/sperrmuell/done')).status, 200, 'and the visit goes on');
  });

  it('is not found without a visit either, or number and code are asked for first', async () => {
    for (const path of addresses().filter((path) => !path.startsWith('/desk'))) {
      const { status, headers } = await nobody.get(path);
      const asked = path.startsWith('/status/case/files/');
      assert.deepEqual([status, headers.get('location')], asked ? [303, '/status'] : [404, null], path);
    }
  });

  it('is not found at the desk, where strangers sign in first', async () => {
    for (const path of addresses().filter((path) => path.startsWith('/desk'))) {
      const { status, text } = await lead.get(path);
      assert.equal(status, 404, path);
      assert.match(text, /Nicht gefunden/, path);
      const stranger = await nobody.get(path);
      assert.equal(stranger.headers.get('location'), `/desk/sign-in?to=${encodeURIComponent(path)}`, path);
    }
  });
});
