import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { arrive, type Citizen, CONFIRMATION, household, SOFA } from '#test/citizen';
import { type Clerk, signIn } from '#test/clerk';
import { type Answer, hiddenField } from '#test/client';
import { type RunningOffice, startRunningOffice } from '#test/running-office';

const SERVICE = 'sperrmuell';
const GROUPS = 'wohnungsgeberbestaetigung';

let office: RunningOffice;
let clerk: Clerk;
let casePath: string;
/** A citizen with a draft at the review page, a case open on the status page, and a token. */
let person: Citizen;
let token: string;

before(async () => {
  office = await startRunningOffice();
  person = await arrive(office.origin);
  await person.walk(SERVICE, household(1));
  const { number, code } = await person.handIn(SERVICE);
  await office.work();
  await person.open('/status');
  const form = person.form('/status');
  form.fill('number', number);
  form.fill('code', code);
  await person.press(form.press());
  await person.walk(SERVICE, household(2));
  token = hiddenField(person.shown.text, '_csrf') ?? '';
  clerk = await signIn(office.origin, 'lead');
  casePath = (await clerk.find(number)) ?? '';
});
after(() => office.close());

/** What a forged request could have changed. */
async function state(): Promise<unknown> {
  const { db } = office;
  return {
    visits: await db
      .selectFrom('visit')
      .select(['id', 'version', 'language', 'secret'])
      .orderBy('id')
      .execute(),
    handovers: await db.selectFrom('handover').selectAll().execute(),
    cases: await db.selectFrom('cases').selectAll().orderBy('id').execute(),
    events: await db.selectFrom('case_event').select('id').orderBy('id').execute(),
    bookings: await db.selectFrom('booking').selectAll().orderBy('id').execute(),
    sessions: await db.selectFrom('staff_session').select('id_hash').execute(),
  };
}

interface Target {
  path: string;
  send(headers: Record<string, string>, fields: Record<string, string>, type?: string): Promise<Answer>;
  token: string;
}

/** The address of a route, with something that is really there. */
function addressOf(path: string): string {
  return path
    .replace('/desk/cases/:id/:action', `${casePath}/take`)
    .replace('/desk/alarms/:id', `/desk/alarms/${randomUUID()}`)
    .replace(':slug', SERVICE)
    .replace(':page', 'review')
    .replace(':provider', 'bundid')
    .replace(':language', 'de')
    .replace(':token', 'A'.repeat(32));
}

/** Every address that takes forms, so that a new one cannot be forgotten. */
async function targets(): Promise<Target[]> {
  const paths = new Set(office.routes.filter(({ method }) => method === 'POST').map(({ path }) => path));
  const deskToken = hiddenField((await clerk.get('/desk')).text, '_csrf') ?? '';
  return [...paths].map((path) => {
    const ofDesk = path.startsWith('/desk');
    const { client } = ofDesk ? { client: clerk } : person;
    const own = ofDesk ? deskToken : token;
    return {
      path,
      token: own,
      send: (headers, fields, type = 'application/x-www-form-urlencoded') =>
        client.send(addressOf(path), {
          method: 'POST',
          headers: { 'content-type': type, ...headers },
          body: new URLSearchParams({
            version: '1',
            text: 'x',
            sure: 'yes',
            language: 'en',
            ...fields,
          }).toString(),
        }),
    };
  });
}

/** What another site may send: a letter that a page of ours passes on, and nothing that changes anything. */
const LETTERS = new Set(['/identity/:provider/acs']);

const HOME = { 'sec-fetch-site': 'same-origin' };

describe('a form that no page of ours sent', () => {
  it('is refused everywhere, and changes nothing', async () => {
    const all = await targets();
    assert.ok(all.length >= 14, `${all.length} addresses take forms`);
    const before = await state();
    for (const { path, send, token: _csrf } of all.filter((one) => !LETTERS.has(one.path))) {
      const foreign: Record<string, Record<string, string>> = {
        'cross-site': { 'sec-fetch-site': 'cross-site' },
        'another site of the same domain': { 'sec-fetch-site': 'same-site', origin: office.origin },
        'another origin': { origin: 'https://evil.example' },
        'our name in another origin': { origin: `${office.origin}.evil.example` },
        'another port': { origin: office.origin.replace(/\d+$/, '1') },
        'no origin that can be read': { origin: 'file://' },
      };
      for (const [name, headers] of Object.entries(foreign))
        assert.equal((await send(headers, { _csrf })).status, 403, `POST ${path}, ${name}`);
    }
    assert.deepEqual(await state(), before);
  });

  /**
   * The address is the secret, known to the phone alone; the letter must answer what this very visit has asked; stand-ins know
   * no visit; the provider of the staff signs what it says.
   */
  const WITHOUT_TOKEN = new Set([
    '/handover/:token',
    '/paper/:language/:token',
    '/photo/:language/:token',
    '/identity/:provider/complete',
    '/sandbox/:name',
    '/desk/back-channel-logout',
    // Harms nobody when one of our own pages sends it, of whichever visit.
    '/visit/end',
    '/visit/help',
    '/visit/settings',
  ]);

  it("is refused without this visit's or session's token", async () => {
    const other = await arrive(office.origin);
    await other.walk(SERVICE, SOFA, 'bulkyItems');
    const strange = hiddenField(other.shown.text, '_csrf') ?? '';
    assert.ok(strange && strange !== token);
    const before = await state();
    for (const { path, send, token: own } of await targets()) {
      if (WITHOUT_TOKEN.has(path) || LETTERS.has(path)) continue;
      for (const _csrf of ['', strange, own.slice(0, -1), `${own}x`, 'null'])
        assert.equal((await send(HOME, { _csrf })).status, 403, `POST ${path} with "${_csrf}"`);
      assert.equal((await send(HOME, {})).status, 403, `POST ${path}`);
      // What a page elsewhere can send without asking first: a form as plain text.
      for (const type of ['text/plain', 'application/json', 'multipart/form-data', ''])
        assert.ok(
          [400, 403].includes((await send(HOME, { _csrf: own }, type)).status),
          `POST ${path} as ${type}`,
        );
    }
    assert.deepEqual(await state(), before);
  });

  it('is not needed to end a visit or to read it in another language from a page that was there before it began', async () => {
    const person = await arrive(office.origin);
    const old = (await person.client.get('/')).text;
    assert.equal(hiddenField(old, '_csrf'), undefined);
    await person.walk(SERVICE, SOFA, 'bulkyItems');
    assert.equal((await person.client.post('/visit/settings', { return: '/', language: 'en' })).status, 303);
    assert.match((await person.client.get('/')).text, /<html lang="en"/);
    // Whoever says nothing of where it comes from needs the token.
    const nowhere = { method: 'POST', body: new URLSearchParams({ return: '/' }) };
    assert.equal((await person.client.send('/visit/end', nowhere)).status, 403);
    const ended = await person.client.post('/visit/end', { return: '/', _sure: 'yes' });
    assert.match(ended.headers.get('location') ?? '', /^\/farewell\/en/);
  });

  it('does not lead to another site', async () => {
    const ways = [
      'https://evil.example',
      '//evil.example',
      '/\\evil.example',
      '\\\\evil.example',
      '/%09/evil.example',
      '/\t/evil.example',
      '/\n/evil.example',
      'javascript:alert(1)',
      ' //evil.example',
      '/@evil.example',
      `/${'/'.repeat(10)}evil.example`,
      '/./\\evil.example',
      'http:evil.example',
    ];
    for (const to of ways) {
      const { send } = (await targets()).find(({ path }) => path === '/visit/settings') as Target;
      const { status, headers } = await send(HOME, { _csrf: token, return: to });
      assert.equal(status, 303);
      const { origin } = new URL(headers.get('location') ?? '', office.origin);
      assert.equal(origin, office.origin, to);
      const start = await clerk.get(`/desk/sign-in?to=${encodeURIComponent(to)}`);
      assert.doesNotMatch(start.text, /evil/, to);
    }
  });
});

describe('fields that no page of ours has', () => {
  const FORGED = {
    state: 'done',
    paid: 'true',
    office: 'oa',
    role: 'lead',
    identity: 'high',
    number: '111111111',
    fremdwort: 'Fremdwort',
    'items.fremdwort': '3',
    volume: '0',
    __proto__x: 'Fremdwort',
    'constructor.prototype.state': 'Fremdwort',
    'persons[0].role': 'Fremdwort',
    'persons[__proto__].givenNames': 'Fremdwort',
    'persons[99999999].givenNames': 'Fremdwort',
    'persons[-1].givenNames': 'Fremdwort',
    'persons[0][0][0].givenNames': 'Fremdwort',
    'address[street]': 'Fremdwort',
    'address.__proto__': 'Fremdwort',
  };
  const forged = [
    ...Object.entries(FORGED),
    ['__proto__', 'Fremdwort'],
    ['__proto__.state', 'done'],
  ] as const;

  it('reach nothing on any page of either service', async () => {
    for (const [service, answers] of [
      [SERVICE, household(3)],
      [GROUPS, { ...CONFIRMATION, role: 'owner' }],
    ] as const) {
      const someone = await arrive(office.origin);
      await someone.open(`/service/${service}`);
      await someone.press(someone.form(`/service/${service}`).press());
      while (someone.at !== 'review') {
        if (await someone.signsIn(answers)) continue;
        const form = someone.fill(service, answers);
        const next = { name: '_action', value: 'next' };
        const { entries, ...sent } = form.press(form.offers(next.name, next.value) ? next : undefined);
        const was = someone.at;
        await someone.press({ ...sent, entries: [...entries, ...forged] });
        assert.notEqual(someone.at, was, `${was}: ${someone.errors.join()}`);
      }
      assert.doesNotMatch(someone.shown.text, /Fremdwort/);
      const review = someone.review(service);
      await someone.press({ ...review, entries: [...review.entries, ...forged] });
      const { number } = someone.receipt();
      assert.notEqual(number, '111111111');
      await office.work();
      const row = await office.db
        .selectFrom('cases')
        .select(['state', 'office', 'id'])
        .where('number', '=', number)
        .executeTakeFirstOrThrow();
      assert.deepEqual([row.state, row.office], ['new', service === SERVICE ? 'tsk' : 'oa']);
      const page = await clerk.get(`/desk/cases/${row.id}`);
      assert.equal(page.status, 200);
      assert.doesNotMatch(page.text, /Fremdwort/);
    }
    assert.equal(({} as Record<string, unknown>).state, undefined, 'no prototype was changed');
  });

  it('do not add, open or remove what is not there', async () => {
    const someone = await arrive(office.origin);
    await someone.walk(GROUPS, { ...CONFIRMATION, role: 'owner' }, 'persons');
    const actions = [
      'add:__proto__',
      'add:constructor',
      'remove:persons:-1',
      'remove:persons:7',
      'remove:persons:1e9',
      'edit:persons:99999999999',
      'edit:__proto__:0',
      'remove:persons:0:0',
      'delete',
      ':::',
      '__proto__',
    ];
    for (const value of actions) {
      await someone.open(`/service/${GROUPS}/persons`);
      const sent = someone.fill(GROUPS, CONFIRMATION).press();
      const entries = sent.entries.filter(([name]) => name !== '_action');
      const { status } = await someone.send({ ...sent, entries: [...entries, ['_action', value]] });
      assert.ok([303, 422].includes(status), `${value}: ${status}`);
    }
    await someone.open(`/service/${GROUPS}/persons?entry=99`);
    assert.equal(someone.shown.status, 200);
  });

  it('cannot fill a group beyond its limit', async () => {
    const someone = await arrive(office.origin);
    await someone.walk(GROUPS, { ...CONFIRMATION, role: 'owner' }, 'persons');
    const { entries, ...sent } = someone.form(`/service/${GROUPS}/persons`).press();
    const many = Array.from({ length: 60 }, (_, index) => [
      [`persons[${index}].givenNames`, 'Ayşe'] as const,
      [`persons[${index}].familyName`, 'Ünlü'] as const,
    ]).flat();
    await someone.press({ ...sent, entries: [...entries.filter(([name]) => name === '_csrf'), ...many] });
    assert.deepEqual([someone.shown.status, someone.at], [422, 'persons']);
  });
});

describe('a step that is skipped', () => {
  it('leads back to where the person stands, and hands nothing in', async () => {
    const someone = await arrive(office.origin);
    await someone.walk(SERVICE, SOFA, 'bulkyItems');
    const _csrf = hiddenField(someone.shown.text, '_csrf') ?? '';
    const before = await office.db.selectFrom('cases').select('id').execute();
    for (const page of ['address', 'place', 'contact', 'date', 'rules', 'review', 'whiteItems', 'done']) {
      await someone.open(`/service/${SERVICE}/${page}`);
      const at = page === 'done' ? `/service/${SERVICE}` : `/service/${SERVICE}/bulkyItems`;
      assert.equal(new URL(someone.shown.url).pathname, at, `GET ${page}`);
      const fields = { _csrf, phone: '0721 133112', rules: 'yes', _draft: randomUUID(), _action: 'next' };
      const answer = await someone.client.post(`/service/${SERVICE}/${page}`, fields);
      assert.equal(answer.status, page === 'done' ? 404 : 303, `POST ${page}`);
    }
    await someone.walk(SERVICE, SOFA, 'contact');
    assert.doesNotMatch(someone.shown.text, /0721 133112/, 'what was sent too early was not kept');
    assert.deepEqual(await office.db.selectFrom('cases').select('id').execute(), before);
  });

  it('is found when an answer changes what has to be said', async () => {
    const someone = await arrive(office.origin);
    await someone.walk(SERVICE, household(4));
    const review = someone.review(SERVICE);
    await someone.open(`/service/${SERVICE}/what`);
    const form = someone.fill(SERVICE, { kind: 'white' });
    await someone.press(form.press({ name: '_action', value: 'next' }));
    await someone.press(review);
    assert.equal(someone.at, 'whiteItems');
  });
});
