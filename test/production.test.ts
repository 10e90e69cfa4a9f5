import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { loadCatalogue } from '#catalogue';
import { type City, loadCity } from '#city';
import type { Language } from '#language';
import { playJourney } from '#play';
import { services as defined } from '#test/browser-journey';
import { arrive, type Citizen } from '#test/citizen';
import { QUOTED, type Quoted } from '#test/languages';
import { atPay } from '#test/payer';
import { startProxy } from '#test/proxy';
import { type RunningOffice, startRunningOffice } from '#test/running-office';
import { choose } from '#test/sign-in';
import { layoutOf, register, terminalsOf, waysOf } from '#test/terminal';

/** Everybody comes over this machine's own loopback, as behind a proxy: what a trial allows there, production allows nowhere. */
const HOST = 'buergerbuero.karlsruhe.example';
const folder = mkdtempSync(join(tmpdir(), 'amtomat-production-'));
writeFileSync(join(folder, 'token'), 'Bearer 7xQ2', { mode: 0o600 });
writeFileSync(
  join(folder, 'connections.yaml'),
  'payPage: { url: "https://pay.karlsruhe.example", originator: amt, endpoint: gebuehren, token: token }\n' +
    'cardTerminals: [{ terminal: rathaus-1, host: 127.0.0.1, port: 9, password: password }]\n' +
    'devices: { eid: "http://127.0.0.1:24728", key: device.key }\n',
);
writeFileSync(join(folder, 'device.key'), Buffer.alloc(32, 7).toString('base64'), { mode: 0o600 });
writeFileSync(join(folder, 'password'), '000000', { mode: 0o600 });
// Nobody can confirm a flat without BundID, and an office for real people does not open with what nobody can use.
const services = join(folder, 'services');
cpSync('services', services, { recursive: true });
rmSync(join(services, 'wohnungsgeberbestaetigung'), { recursive: true });
after(() => rmSync(folder, { recursive: true, force: true }));

/** Settings of an office for real people, connected with a pay page and nobody else yet. */
const PRODUCTION = {
  AMTOMAT_ENV: 'production',
  AMTOMAT_PUBLIC_URL: `https://${HOST}`,
  AMTOMAT_OIDC_ISSUER: 'https://login.karlsruhe.example',
  AMTOMAT_OIDC_CLIENT_ID: 'buergerbuero',
  AMTOMAT_OIDC_CLIENT_SECRET: 'vK3mQ8xT2nR7wZ5yB9cF',
  AMTOMAT_CONNECTIONS: join(folder, 'connections.yaml'),
};
const PORTALS = {
  fuehrungszeugnis: 'https://www.fuehrungszeugnis.bund.de',
  punkteauskunft: 'https://www.kba-online.de',
} as const;

/** What the generated pages say in each language: where one goes, how it went, and that it is done. */
const SAYS: Readonly<Record<Quoted, readonly [RegExp, RegExp, RegExp]>> = {
  de: [/Weiter beim zuständigen Amt/, /Ja, ich bin fertig/, /Das war alles/],
  en: [/Continue at the responsible authority/, /Yes, I have finished/, /That was all/],
  leicht: [/Weiter bei einem anderen Amt/, /Ja, ich bin fertig/, /Das war alles/],
};

async function begin(origin: string, service: string, language: Language = 'de'): Promise<Citizen> {
  const person = await arrive(origin);
  await person.open('/');
  await choose(person, language);
  await person.open(`/service/${service}`);
  await person.press(person.form(`/service/${service}`).press());
  return person;
}

async function went(person: Citizen, service: string, how: string): Promise<void> {
  const form = person.fill(service, { went: how });
  await person.press(form.press({ name: '_action', value: 'next' }));
}

async function measures(office: RunningOffice, name: string): Promise<Record<string, unknown>[]> {
  return office.db.selectFrom('measure').selectAll().where('name', '=', name).execute();
}

describe('an office for real people', () => {
  let office: RunningOffice;
  let proxy: Awaited<ReturnType<typeof startProxy>>;
  let origin: string;
  before(async () => {
    office = await startRunningOffice(PRODUCTION, { letterCodes: [] }, services);
    proxy = await startProxy(office.origin, HOST);
    origin = proxy.origin;
  });
  after(async () => {
    await proxy.stop();
    await office.close();
  });

  it('has no stand-ins, and no page to tell them anything', async () => {
    assert.throws(() => office.standIns);
    const person = await arrive(origin);
    assert.equal((await person.client.get('/sandbox')).status, 404);
    assert.ok(!office.routes.some(({ path }) => path.startsWith('/sandbox')));
    assert.equal((await person.client.post('/sandbox/card', { card: 'own' })).status, 404);
  });

  it('lets nobody be a terminal by an address, or by a cookie that says so', async () => {
    const stranger = await arrive(origin);
    for (const id of ['rathaus-1', 'zuhause', 'nothing']) {
      const { status, headers } = await stranger.client.get(`/terminal/${id}`);
      assert.deepEqual([status, headers.get('location'), headers.getSetCookie()], [303, '/terminal', []], id);
    }
    for (const claim of ['rathaus-1', 'x'.repeat(42), '%00', '%E0%A4%A']) {
      stranger.client.plant('127.0.0.1', '__Host-terminal', claim);
      await stranger.open('/');
      assert.deepEqual([stranger.shown.status, layoutOf(stranger)], [200, 'phone'], claim);
    }
    stranger.client.plant('127.0.0.1', '__Host-terminal', 'rathaus-1');
    await office.at('2026-11-23T22:00:00+01:00', async () => {
      await stranger.open('/');
      assert.notEqual(stranger.at, 'closed', 'the hours of the town hall are not those of a stranger');
    });
    assert.deepEqual(waysOf(await atPay(origin, stranger)), ['page'], 'nor is its card terminal');
  });

  it('lets nobody play to be one, and says so', async () => {
    const journey = defined().find(({ slug }) => slug === 'sperrmuell')?.journeys[0];
    assert.ok(journey);
    const outcome = await playJourney(origin, 'sperrmuell', journey, { terminal: 'rathaus-1' });
    assert.match(outcome.ok ? '' : outcome.problem, /nobody be a terminal by an address/);
  });

  it('lets a machine be one that came with a code of the desk', async () => {
    const machine = await arrive(origin);
    await register(office, machine, 'rathaus-1');
    const payer = await atPay(origin, machine);
    assert.equal(layoutOf(machine), 'terminal');
    assert.deepEqual(waysOf(payer), ['card', 'page']);
  });

  it('offers the card reader at a machine that is registered, and no longer when that was revoked', async () => {
    const machine = await arrive(origin);
    await register(office, machine, 'rathaus-1');
    await machine.walk('online-ausweis', { situation: 'own' }, 'pin');
    const path = '/service/online-ausweis/pin';
    const device = { name: '_action', value: 'device' };
    const offered = machine.form(path);
    assert.equal(offered.offers(device.name, device.value), true);
    await terminalsOf(office).revoke('rathaus-1', 'lead');
    await machine.open(path);
    assert.equal(machine.form(path).offers(device.name, device.value), false);
    const { headers } = await machine.send(offered.press(device));
    assert.doesNotMatch(headers.get('location') ?? '', /24728/);
  });

  for (const [service, address] of Object.entries(PORTALS)) {
    for (const language of QUOTED) {
      it(`leaves ${service} to the authority's own portal, in ${language}`, async () => {
        const [leave, option, done] = SAYS[language];
        const person = await begin(origin, service, language);
        assert.equal(person.at, 'portal');
        assert.match(person.shown.text, leave);
        assert.match(person.shown.text, option);
        assert.ok(person.shown.text.includes(new URL(address).host), 'it says where one goes');
        const left = (await measures(office, 'portal.left')).length;
        const gone = await person.client.get(`/service/${service}/portal/leave`);
        assert.deepEqual([gone.status, gone.headers.get('location')?.replace(/\/$/, '')], [303, address]);
        await person.client.get(`/service/${service}/portal/leave`);
        await went(person, service, 'done');
        assert.equal(person.at, 'finish');
        assert.match(person.shown.text, done);
        assert.equal((await measures(office, 'portal.left')).length, left + 1, 'once, however often');
      });
    }

    it(`counts how it went at the portal of ${service}, without a person`, async () => {
      const before = (await measures(office, 'portal.back')).length;
      for (const how of ['later', 'problem', 'done']) {
        const person = await begin(origin, service);
        await went(person, service, how);
        assert.equal(person.at, how === 'done' ? 'finish' : 'open');
      }
      const rows = (await measures(office, 'portal.back')).slice(before);
      assert.deepEqual(
        rows.map(({ value }) => value),
        ['later', 'problem', 'done'],
      );
      for (const row of rows) {
        const { id: _id, day, ...said } = row;
        assert.deepEqual(Object.keys(said).sort(), ['language', 'name', 'service', 'site', 'value']);
        assert.equal(day, '2026-11-23', 'the day, and no time of it');
      }
    });
  }

  it('hands nothing in and asks nobody for an ID where the portal does it', async () => {
    const person = await begin(origin, 'fuehrungszeugnis');
    for (const page of ['identity', 'review', 'forWhom']) {
      await person.open(`/service/fuehrungszeugnis/${page}`);
      assert.equal(person.shown.status, 404, page);
    }
    const handedIn = office.db.selectFrom('cases').select('id').where('service', '=', 'fuehrungszeugnis');
    assert.deepEqual(await handedIn.execute(), []);
  });

  it('does not count or lead away from a page that has no portal', async () => {
    const person = await begin(origin, 'buergerkonto');
    const before = await measures(office, 'portal.left');
    for (const page of ['who', 'access', 'fremd']) {
      const { status, headers } = await person.client.get(`/service/buergerkonto/${page}/leave`);
      assert.ok([303, 404].includes(status), page);
      assert.doesNotMatch(headers.get('location') ?? '', /^https?:/, page);
    }
    assert.deepEqual(await measures(office, 'portal.left'), before);
  });

  it('says what one can do where there is no card reader', async () => {
    for (const language of QUOTED) {
      const person = await begin(origin, 'online-ausweis', language);
      await person.walk('online-ausweis', { situation: 'own' }, 'pin');
      const form = person.form('/service/online-ausweis/pin');
      assert.equal(form.offers('_action', 'device'), false);
      await person.press(form.press({ name: '_action', value: 'no-device' }));
      assert.equal(person.at, 'noReader');
      assert.match(person.shown.text, /ticket\.pdf/);
      const ticket = await person.client.get('/service/online-ausweis/noReader/ticket.pdf');
      assert.deepEqual([ticket.status, ticket.headers.get('content-type')], [200, 'application/pdf']);
    }
  });

  it('says that nobody can sign in where it is not connected, and lets go on who may', async () => {
    const person = await begin(origin, 'abmeldung-ins-ausland');
    await person.walk('abmeldung-ins-ausland', { situation: 'abroad', who: 'alone' }, 'identity');
    assert.match(person.shown.text, /Die Anmeldung ist zurzeit nicht möglich/);
    const form = person.form('/service/abmeldung-ins-ausland/identity');
    assert.deepEqual(
      form.values('_action').filter((value) => value.startsWith('identify')),
      [],
    );
    await person.press(form.press({ name: '_action', value: 'without' }));
    assert.ok(person.form('/service/abmeldung-ins-ausland/identity').has('familyName'));
    for (const path of ['metadata', 'acs', 'complete']) {
      const url = `/identity/bundid/${path}`;
      const answer = await (path === 'metadata'
        ? person.client.get(url)
        : person.client.post(url, { SAMLResponse: 'x' }));
      // Not there; or an answer that no visit here has asked for.
      assert.equal(answer.status, path === 'complete' ? 410 : 404, path);
    }
  });
});

describe('a city that decides otherwise', () => {
  it('has the services itself although real people are served, as soon as it is connected for that', async () => {
    const services = { fuehrungszeugnis: 'native', punkteauskunft: 'native' } as const;
    const { city } = loadCity('city/karlsruhe');
    assert.ok(city);
    const offered = (changes: Partial<City>) => {
      const { catalogue } = loadCatalogue('services', { ...city, ...changes }, true);
      return Object.keys(services).map((slug) => catalogue?.get(slug)?.fulfilment);
    };
    assert.deepEqual(offered({}), ['portal', 'portal']);
    assert.deepEqual(offered({ services }), ['case', 'register']);
    await assert.rejects(startRunningOffice(PRODUCTION, { services }), (error: Error) => {
      for (const name of ['bundid', 'fitConnect', 'faer']) assert.match(error.message, new RegExp(name));
      return true;
    });
  });

  it('opens the portal although it is only a trial, and then a stand-in of it', async () => {
    const office = await startRunningOffice({}, { services: { fuehrungszeugnis: 'portal' } });
    try {
      const person = await begin(office.origin, 'fuehrungszeugnis');
      assert.equal(person.at, 'portal');
      const { headers } = await person.client.get('/service/fuehrungszeugnis/portal/leave');
      const portal = new URL(headers.get('location') ?? '');
      assert.equal(portal.hostname, '127.0.0.1');
      assert.equal((await fetch(portal)).status, 200);
      assert.equal((await begin(office.origin, 'punkteauskunft')).at, 'way');
    } finally {
      await office.close();
    }
  });
});
