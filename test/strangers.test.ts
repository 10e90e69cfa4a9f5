import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { findAll, sampleFile } from '#play';
import { newNumber } from '#seal';
import { arrive, type Citizen, CONFIRMATION, ending, type Handed, household, SOFA } from '#test/citizen';
import { type Clerk, signIn } from '#test/clerk';
import { type Answer, createClient } from '#test/client';
import { type RunningOffice, startRunningOffice } from '#test/running-office';

const MANDATE = 'wohnungsgeberbestaetigung';

let office: RunningOffice;
/** Handed in a confirmation with an upload, and holds its receipt. */
let landlord: Citizen;
let receipt: Handed;
let casePath: string;
let oa: Clerk;
let tsk: Clerk;

before(async () => {
  office = await startRunningOffice();
  const mandate = sampleFile('sample.pdf');
  assert.ok(mandate);
  landlord = await arrive(office.origin);
  await landlord.walk(MANDATE, { ...CONFIRMATION, mandate });
  receipt = await landlord.handIn(MANDATE);
  await office.work();
  oa = await signIn(office.origin, 'oa');
  tsk = await signIn(office.origin, 'tsk');
  casePath = (await oa.find(receipt.number)) ?? '';
  assert.match(casePath, /^\/desk\/cases\/[0-9a-f-]{36}$/);
});
after(() => office.close());

/** What can be told from an answer; the token of the visit's own forms is another each time. */
function seen({ status, text, headers }: Answer): unknown {
  const own = /name="_csrf" value="[^"]*"|name="return" value="[^"]*"|\/help\?return=[^"]*/g;
  return { status, text: text.replace(own, ''), type: headers.get('content-type') };
}

const PAPERS = ['receipt.pdf', 'document.pdf', 'calendar.ics', 'mandate.pdf'];

describe("another person's case", () => {
  it('has papers for its own visit only', async () => {
    const own = await landlord.client.get(`/papers/${receipt.number}/receipt.pdf`);
    assert.deepEqual([own.status, own.headers.get('content-type')], [200, 'application/pdf']);
    const stranger = await arrive(office.origin);
    await stranger.walk('sperrmuell', household(70));
    await stranger.handIn('sperrmuell');
    for (const person of [stranger, await arrive(office.origin)]) {
      for (const paper of PAPERS) {
        const foreign = await person.client.get(`/papers/${receipt.number}/${paper}`);
        const missing = await person.client.get(`/papers/${newNumber()}/${paper}`);
        assert.equal(foreign.status, 404);
        assert.deepEqual(seen(foreign), seen(missing), 'the same as a case that never was');
      }
    }
  });

  it('cannot be read, answered, withdrawn or moved by another visit', async () => {
    const stranger = await arrive(office.origin);
    await stranger.walk('sperrmuell', household(71), 'address');
    const token = stranger
      .form('/service/sperrmuell/address')
      .press()
      .entries.find(([name]) => name === '_csrf');
    const fields = {
      _csrf: String(token?.[1]),
      text: 'x',
      sure: 'yes',
      slot: randomUUID(),
      number: receipt.number,
    };
    for (const action of ['answer', 'withdraw', 'date']) {
      const answer = await stranger.client.post(`/status/case/${action}`, fields);
      // Number and code are asked for, at once or behind a redirect; nothing of the case is told.
      const asks = answer.status === 422 && answer.text.includes('action="/status"');
      assert.ok(asks || answer.headers.get('location') === '/status', `${action}: ${answer.status}`);
      assert.doesNotMatch(answer.text, /Łukasz|Ünlü|data-state|\/papers\//);
    }
    for (const path of ['/status/case', '/status/case/date', `/service/${MANDATE}/done`])
      assert.equal((await stranger.client.get(path)).status, 303);
    const { state } = await office.db
      .selectFrom('cases')
      .select('state')
      .where('number', '=', receipt.number)
      .executeTakeFirstOrThrow();
    assert.equal(state, 'new');
  });

  it('says the same for a number that never was as for a wrong code', async () => {
    const status = async (number: string): Promise<unknown> => {
      const { status: code, text } = await createClient(office.origin).post('/status', {
        number,
        code: receipt.code.slice(0, -5) + receipt.code.slice(-5).split('').reverse().join(''),
      });
      return [code, text.replaceAll(number, 'NUMBER')];
    };
    assert.deepEqual(await status(receipt.number), await status(newNumber()));
  });

  it("does not get another visit's draft files, whatever the form says", async () => {
    const mandate = sampleFile('sample.pdf');
    assert.ok(mandate);
    const victim = await arrive(office.origin);
    await victim.walk(MANDATE, { ...CONFIRMATION, mandate }, 'persons');
    const { id } = await office.db
      .selectFrom('draft_file')
      .select('id')
      .orderBy('created_at', 'desc')
      .executeTakeFirstOrThrow();
    const thief = await arrive(office.origin);
    await thief.walk(MANDATE, CONFIRMATION, 'mandate');
    const { entries, ...form } = thief.form(`/service/${MANDATE}/mandate`).press();
    for (const stolen of [id, JSON.stringify({ file: id })]) {
      const fields = ['mandate', 'mandate.file', 'mandate[file]', 'mandate[0].file'];
      const more = fields.map((name) => [name, stolen] as const);
      await thief.press({ ...form, entries: [...entries.filter(([name]) => name !== 'mandate'), ...more] });
      assert.deepEqual([thief.shown.status, thief.at], [422, 'mandate']);
    }
  });
});

describe('a visit that is over', () => {
  /** Asks with cookies as they were. */
  const replay = (cookie: string, path: string): Promise<Answer> =>
    createClient(office.origin).send(path, { headers: { cookie } });

  async function begun(terminal?: string): Promise<{ person: Citizen; cookie: string }> {
    const person = await arrive(office.origin, terminal);
    await person.walk('sperrmuell', household(72), 'contact');
    assert.match((await person.client.get('/service/sperrmuell/address')).text, /Đặng/);
    return { person, cookie: person.client.cookies().join('; ') };
  }

  async function assertGone(cookie: string): Promise<void> {
    for (const page of ['address', 'contact', 'review']) {
      const answer = await replay(cookie, `/service/sperrmuell/${page}`);
      assert.equal(answer.status, 410, page);
    }
    const done = await replay(cookie, '/service/sperrmuell/done');
    assert.deepEqual([done.status, done.headers.get('location')], [303, '/service/sperrmuell']);
  }

  it('is gone after its end, with the cookie it had', async () => {
    const { person, cookie } = await begun();
    await person.open('/');
    await person.press(ending(person));
    assert.match(new URL(person.shown.url).pathname, /^\/farewell\/de$/);
    await assertGone(cookie);
    await person.open('/');
    assert.deepEqual(person.client.cookies(), [], 'as soon as the goodbye is over');
  });

  it('is gone when nobody came back to it', async () => {
    const own = await begun();
    const atTerminal = await begun('rathaus-1');
    const later = (minutes: number): string =>
      new Date(office.now().getTime() + minutes * 60_000).toISOString();
    await office.at(later(15), async () => {
      await assertGone(atTerminal.cookie);
      assert.equal((await replay(own.cookie, '/service/sperrmuell/address')).status, 200);
    });
    await office.at(later(180), () => assertGone(own.cookie));
  });

  it('is gone at the terminal once it has moved to a phone, which gets it once', async () => {
    const { person, cookie } = await begun('rathaus-1');
    await person.open('/service/sperrmuell/contact');
    await person.press(person.form('/visit/handover').press());
    const [offer] = findAll(person.page, ({ attributes }) => 'data-handover' in attributes);
    const link = new URL(offer?.attributes['data-handover'] ?? '').pathname;
    const phone = await arrive(office.origin);
    await phone.open(link);
    await phone.press(phone.form(link).press());
    await assertGone(cookie);
    await phone.open('/service/sperrmuell/address');
    assert.match(phone.shown.text, /Đặng/);
    const again = await (await arrive(office.origin)).client.post(link, {});
    assert.equal(again.status, 410);
  });

  it('has one code that works, however often the button is pressed', async () => {
    const { person } = await begun('rathaus-1');
    await person.open('/service/sperrmuell/contact');
    const move = person.form('/visit/handover').press();
    const answers = await Promise.all(Array.from({ length: 5 }, () => person.send(move)));
    for (const { status, headers } of answers)
      assert.deepEqual([status, headers.get('location')], [303, '/visit/handover']);
    await person.open('/visit/handover');
    const [offer] = findAll(person.page, ({ attributes }) => 'data-handover' in attributes);
    const link = new URL(offer?.attributes['data-handover'] ?? '').pathname;
    const phone = await arrive(office.origin);
    await phone.open(link);
    await phone.press(phone.form(link).press());
    await phone.open('/service/sperrmuell/address');
    assert.match(phone.shown.text, /Đặng/);
  });

  it('does not take over an id or key somebody planted', async () => {
    const person = await arrive(office.origin);
    const planted = `${randomUUID()}.${Buffer.alloc(32, 1).toString('base64url')}`;
    person.client.plant('127.0.0.1', '__Host-visit', planted);
    await person.walk('sperrmuell', SOFA, 'bulkyItems');
    assert.notEqual(person.client.cookies().join(), `__Host-visit=${planted}`);
    await assertGone(`__Host-visit=${planted}`);
  });

  it('does not open with another key, an odd one, or none', async () => {
    const { cookie } = await begun();
    const [id = ''] = /[0-9a-f-]{36}/.exec(cookie) ?? [];
    for (const key of ['', 'x', 'A'.repeat(43), 'A'.repeat(5_000), '%00', '..'])
      await assertGone(`__Host-visit=${id}.${key}`);
  });
});

describe('the desk', () => {
  const routes = (): { method: string; path: string }[] =>
    office.routes.filter(({ method, path }) => path.startsWith('/desk') && method !== 'ALL');
  const OPEN = new Set([
    '/desk/sign-in',
    '/desk/sign-in/start',
    '/desk/callback',
    '/desk/sign-out',
    '/desk/signed-out',
    // The provider's own word, or 400.
    '/desk/back-channel-logout',
  ]);

  it('has no page for citizens, signed in nowhere', async () => {
    assert.ok(routes().length > 12);
    for (const { method, path } of routes()) {
      if (OPEN.has(path)) continue;
      const address = path.replace(':id', casePath.split('/')[3] ?? '').replace(/:\w+/g, 'x');
      const { status, headers, text } = await landlord.client.send(address, {
        method,
        ...(method === 'POST' && {
          body: new URLSearchParams({ text: 'x', decision: 'done', version: '1' }),
        }),
      });
      if (method === 'POST') assert.equal(status, 401, `${method} ${path}`);
      else assert.match(headers.get('location') ?? '', /^\/desk\/sign-in\?/, `${method} ${path}`);
      assert.doesNotMatch(text, /Łukasz|Ünlü/);
    }
  });

  it('is not opened by other methods or an override of the method', async () => {
    for (const method of ['HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND']) {
      const answer = await landlord.client.send(casePath, { method });
      assert.equal(answer.status, method === 'HEAD' ? 303 : 405, method);
    }
    const override = {
      'x-http-method-override': 'GET',
      'x-original-url': casePath,
      'x-rewrite-url': casePath,
    };
    const answer = await landlord.client.send('/', { headers: override });
    assert.doesNotMatch(answer.text, /Łukasz/);
  });

  it("shows an office its own cases only; another office's are not there", async () => {
    assert.match((await oa.get(casePath)).text, /Łukasz/);
    const missing = `/desk/cases/${randomUUID()}`;
    const file = /files\/[0-9a-f-]{36}/.exec((await oa.get(casePath)).text)?.[0] ?? '';
    assert.ok(file);
    assert.equal((await oa.get(`${casePath}/${file}`)).status, 200);
    assert.equal(await tsk.find(receipt.number), undefined);
    for (const part of ['', '/print', `/${file}`]) {
      const foreign = await tsk.get(`${casePath}${part}`);
      const none = await tsk.get(`${missing}${part}`);
      assert.equal(foreign.status, 404);
      assert.deepEqual(seen(foreign), seen(none));
    }
  });

  it("lets nobody change another office's case", async () => {
    const refusals = async () =>
      (
        await office.db
          .selectFrom('audit_entry')
          .select('action')
          .where('actor', 'like', 'staff:%')
          .where('subject', '=', casePath.split('/')[3] ?? '')
          .where('action', '=', 'case.refused')
          .execute()
      ).length;
    const known = await refusals();
    const actions = ['take', 'release', 'note', 'ask', 'decide', 'paper'];
    const [csrf = ''] = /(?<=name="_csrf" value=")[^"]*/.exec((await tsk.get('/desk')).text) ?? [];
    const before = await office.db
      .selectFrom('cases')
      .selectAll()
      .where('number', '=', receipt.number)
      .execute();
    for (const action of actions) {
      const fields = { _csrf: csrf, version: '1', text: 'x', decision: 'done', compared: 'yes' };
      assert.equal((await tsk.post(`${casePath}/${action}`, fields)).status, 404, action);
    }
    const lookup = await tsk.post('/desk/lookup', { _csrf: csrf, code: receipt.lookupCode ?? '' });
    assert.doesNotMatch(lookup.text, /Łukasz/);
    assert.equal(lookup.status, 404);
    const after = await office.db
      .selectFrom('cases')
      .selectAll()
      .where('number', '=', receipt.number)
      .execute();
    assert.deepEqual(after, before);
    assert.ok((await refusals()) >= known + actions.length, 'each try was written down');
  });

  it('gives a file only within its own case', async () => {
    const other = await arrive(office.origin);
    const mandate = sampleFile('sample.png');
    assert.ok(mandate);
    await other.walk(MANDATE, { ...CONFIRMATION, mandate });
    const { number } = await other.handIn(MANDATE);
    await office.work();
    const otherPath = await oa.find(number);
    const file = /files\/[0-9a-f-]{36}/.exec((await oa.get(casePath)).text)?.[0];
    assert.equal((await oa.get(`${otherPath}/${file}`)).status, 404);
  });

  it('is closed at once to somebody whose session was revoked, and after 30 idle minutes', async () => {
    // Somebody whom no other test needs, and a clock that goes back: the others stay signed in.
    const revoked = await signIn(office.origin, 'lead');
    assert.equal((await revoked.get(casePath)).status, 200);
    await office.db.deleteFrom('staff_session').where('subject', '=', 'lead').execute();
    assert.equal((await revoked.get(casePath)).status, 303);
    assert.equal((await revoked.post(`${casePath}/take`, { version: '1' })).status, 401);
    const idle = await signIn(office.origin, 'lead');
    assert.equal((await idle.get(casePath)).status, 200);
    const later = new Date(office.now().getTime() + 31 * 60_000).toISOString();
    await office.at(later, async () => assert.equal((await idle.get(casePath)).status, 303));
  });

  it('gives a new session at each sign-in; the old secret holds nothing', async () => {
    const clerk = await signIn(office.origin, 'oa');
    const old = clerk.cookies().join('; ');
    const login = await clerk.follow(await clerk.get('/desk/sign-in/start'));
    await clerk.follow(await clerk.post(login.url, { person: 'oa' }));
    assert.notEqual(clerk.cookies().join('; '), old);
    const answer = await createClient(office.origin).send('/desk', { headers: { cookie: old } });
    assert.equal(answer.status, 303);
  });
});

describe('one’s own case, withdrawn in another window', () => {
  it('has neither code nor document on the page that said it was handed in', async () => {
    const person = await arrive(office.origin);
    const mandate = sampleFile('sample.pdf');
    assert.ok(mandate);
    await person.walk(MANDATE, { ...CONFIRMATION, mandate });
    const { number, code } = await person.handIn(MANDATE);
    const done = `/service/${MANDATE}/done`;
    assert.match((await person.client.get(done)).text, /data-lookup-code[\s\S]*document\.pdf/);
    await person.open('/status');
    const open = person.form('/status');
    open.fill('number', number);
    open.fill('code', code);
    await person.press(open.press());
    const withdraw = person.form('/status/case/withdraw');
    withdraw.fill('sure', 'yes');
    await person.press(withdraw.press());
    const { text } = await person.client.get(done);
    assert.match(text, /receipt\.pdf/);
    assert.doesNotMatch(text, /data-lookup-code|document\.pdf/);
    assert.equal((await person.client.get(`/papers/${number}/document.pdf`)).status, 404);
  });
});
