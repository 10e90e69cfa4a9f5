/** Whatever stands in addresses, fields and cookies: what cannot be is not there, and is no fault of the office. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { arrive, type Citizen, household } from '#test/citizen';
import { signIn } from '#test/clerk';
import { type Client, hiddenField } from '#test/client';
import { type RunningOffice, startRunningOffice } from '#test/running-office';

const ZEROS = '00000000-0000-0000-0000-000000000000';
/** What no page of ours ever writes there, by the kinds of things that stand there. */
const ODD = [
  ...['0'.repeat(36), ZEROS, `${ZEROS}0`],
  ...[
    `-271821-04-20T00:00:00.000Z~${ZEROS}`,
    `+275760-09-13T00:00:00.000Z~${ZEROS}`,
    '0000-00-00',
    '2026-02-30',
  ],
  ...['-1', '99999999999999999999', '2147483648', '1e400', 'NaN'],
  ...[
    '\0',
    'a\r\nb: c',
    '\ud800',
    '%',
    '..',
    '~',
    "'",
    '[]',
    '__proto__',
    'constructor',
    '🏛'.repeat(200),
    '',
  ],
];

/** The names that the office looks for in addresses and forms, as its sources say. */
const NAMES = ((): string[] => {
  const found = new Set<string>(['version', 'slot', 'file', 'id']);
  const asked = /(?:req\.query|first|get)\((?:[\w.]*fields, )?'(\w+)'\)/g;
  for (const file of globSync('src/{visit,desk}/**/*.{ts,tsx}'))
    for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(asked)) found.add(name);
  found.delete('_csrf');
  return [...found];
})();

let office: RunningOffice;
let person: Citizen;
let clerk: Client;
before(async () => {
  office = await startRunningOffice();
  person = await arrive(office.origin);
  await person.walk('sperrmuell', household(60));
  await person.openCase(await person.handIn('sperrmuell'));
  await office.work();
  clerk = await signIn(office.origin, 'lead');
});
after(() => office.close());

const encoded = (text: string): string => encodeURIComponent(text.toWellFormed()).replace(/^\.{1,2}$/, '%2e');
const query = (text: string): string => NAMES.map((name) => `${name}=${encoded(text)}`).join('&');

/** Faults of the office, as its log has them. */
const alarms = (): string[] =>
  office
    .logged()
    .split('\n')
    .filter((line) => line.includes('"level":50'));

/** Asks as one who is signed in, or is a visitor, wherever the address leads. */
function asked(method: string, path: string, text: string): Promise<number> {
  const client = path.startsWith('/desk') ? clerk : person.client;
  const form = new URLSearchParams([...NAMES.map((name) => [name, text]), ['_csrf', csrf(path)]]);
  return client
    .send(`${office.origin}${path}${method === 'GET' ? `?${query(text)}` : ''}`, {
      method,
      ...(method === 'POST' && { body: form, headers: { 'sec-fetch-site': 'same-origin' } }),
    })
    .then(({ status }) => status);
}

const tokens = { desk: '', own: '' };
const csrf = (path: string): string => (path.startsWith('/desk') ? tokens.desk : tokens.own);

describe('what cannot be', () => {
  it('in paths, queries and forms is answered, and is no alarm', async () => {
    tokens.desk = hiddenField((await clerk.get('/desk/letter-codes')).text, '_csrf') ?? '';
    tokens.own = hiddenField((await person.client.get('/status/case')).text, '_csrf') ?? '';
    assert.ok(tokens.desk && tokens.own);
    const routes = office.routes.filter(
      ({ method, path }) => method !== 'ALL' && !/sign-|sandbox|callback|visit\/end|handover$/.test(path),
    );
    assert.ok(routes.length > 50);
    const wrong: string[] = [];
    for (const { method, path } of routes)
      for (const text of ODD) {
        // As it stands, and with what there is in the places that are not odd.
        const real = path.replace(':slug', 'sperrmuell').replace(':page', 'contact');
        for (const pattern of new Set([path, real])) {
          const address = pattern
            .replace(/:\w+(?:\{[^}]*\})?\??/g, () => encoded(text) || 'x')
            .replace('*', 'x');
          const status = await asked(method, address, text);
          if (status >= 500)
            wrong.push(`${method} ${pattern} ${JSON.stringify(text.slice(0, 40))}: ${status}`);
        }
      }
    assert.deepEqual(wrong, []);
    assert.deepEqual(alarms(), []);
  });

  it('in cookies is no visit, no terminal and nobody of the staff', async () => {
    const key = Buffer.alloc(32).toString('base64url');
    for (const text of ODD.filter((one) => !/[^\x21-\x7e]/.test(one) && one.length < 2_000))
      for (const cookie of [
        `__Host-visit=${text}`,
        `__Host-visit=${text}.${key}`,
        `__Host-visit=${text}.${text}.${text}.${text}.${text}.${text}.${text}`,
        `__Host-visit=${ZEROS}.${text}.de.1.off.sperrmuell.${text}`,
        `__Host-terminal=${text}`,
        `__Host-desk=${text}`,
        `__Host-desk-sign-in=${Buffer.from(text).toString('base64url')}`,
      ])
        for (const path of [
          '/',
          '/service/sperrmuell/contact',
          '/status/case',
          '/desk',
          '/desk/callback?code=x&state=x',
        ]) {
          const status = await plain(path, cookie);
          assert.ok(status < 500, `${path} with ${cookie.slice(0, 60)}: ${status}`);
        }
    assert.deepEqual(alarms(), []);
  });
});

function plain(path: string, cookie: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = request(`${office.origin}${path}`, { headers: { cookie } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    call.on('error', reject);
    call.end();
  });
}
