/** Who is a terminal, and who only says so: in a trial. What holds for real people is in `production.test.ts`. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { isOnThisMachine } from '#http';
import { formatCode, newCode } from '#seal';
import { arrive, type Citizen, ending, household } from '#test/citizen';
import { signIn } from '#test/clerk';
import { hiddenField } from '#test/client';
import { atPay, PAY } from '#test/payer';
import { type RunningOffice, startRunningOffice } from '#test/running-office';
import { isWatched, layoutOf, register, secretOf, terminalsOf, typeCode, waysOf } from '#test/terminal';

const NIGHT = '2026-11-23T22:00:00+01:00';
const PASSED_ON = { 'x-forwarded-for': '127.0.0.1' };

let office: RunningOffice;
before(async () => {
  office = await startRunningOffice();
});
after(() => office.close());

const begins = (person: Citizen, houseNumber: number): Promise<void> =>
  person.walk('sperrmuell', household(houseNumber), 'bulkyItems');

describe('the address of a terminal, in a trial', () => {
  it('makes a browser on the same machine that terminal', async () => {
    const person = await arrive(office.origin, 'rathaus-1');
    await person.open('/');
    assert.equal(layoutOf(person), 'terminal');
    assert.equal((await person.client.get('/terminal/nothing')).status, 404);
  });

  it('makes nobody anything who comes through a proxy, whatever address that tells', async () => {
    const person = await arrive(office.origin, 'rathaus-1');
    const elsewhere = { headers: PASSED_ON };
    const { headers } = await person.client.send('/terminal/rathaus-2', elsewhere);
    assert.equal(headers.get('location'), '/terminal');
    assert.deepEqual(headers.getSetCookie(), []);
    assert.match((await person.client.send('/', elsewhere)).text, /data-mode="phone"/);
  });

  it('counts only on a connection from this machine itself', () => {
    const from = (remoteAddress: string, more: IncomingMessage['headers'] = {}, proxies: string[] = []) => {
      const headers = { host: '127.0.0.1:8080', ...more };
      return isOnThisMachine({ socket: { remoteAddress }, headers } as IncomingMessage, proxies);
    };
    for (const here of ['127.0.0.1', '127.8.9.1', '::1', '::ffff:127.0.0.1']) {
      assert.equal(from(here), true, here);
      assert.equal(from(here, PASSED_ON), false, `${here}, passed on`);
      assert.equal(from(here, { forwarded: 'for=127.0.0.1' }), false, `${here}, passed on`);
    }
    for (const there of ['10.0.0.7', '127.0.0.1.example', '1127.0.0.1', '::2', '2001:db8::1', ''])
      assert.equal(from(there), false, there);
    assert.equal(from('10.0.0.7', { ...PASSED_ON, host: 'localhost' }), false);
    assert.equal(from('127.0.0.1', { host: 'localhost' }), true);
    for (const host of ['amt.example.de', 'localhost.example.de', '127.0.0.1.example.de:8080', undefined])
      assert.equal(from('127.0.0.1', { host }), false, host);
    assert.equal(from('127.0.0.1', {}, ['127.0.0.1']), false, 'our own proxy is not the person');
  });
});

describe('a machine that is registered', () => {
  it('gets a code from a team lead, says which terminal it is, and is on the list', async () => {
    const lead = await signIn(office.origin, 'lead');
    const page = await lead.get('/desk/terminals');
    const [_csrf = '', form = ''] = ['_csrf', 'form'].map((name) => hiddenField(page.text, name));
    const issued = await lead.post('/desk/terminals/rathaus-1/code', { _csrf, form });
    const [code = ''] = /(?<=data-terminal-code=")\w{15}/.exec(issued.text) ?? [];
    assert.ok(issued.text.includes(formatCode(code)));
    assert.ok(!(await lead.get('/desk/terminals')).text.includes(formatCode(code)), 'it is told once');
    const machine = await arrive(office.origin);
    await typeCode(machine, formatCode(code).toLowerCase().replaceAll('-', ' '));
    assert.equal(machine.at, 'terminalRegistered');
    assert.match(machine.shown.text, /rathaus-1 \(Rathaus am Marktplatz\)/);
    office.pass(20 * 60_000);
    await machine.open('/terminal');
    assert.equal(new URL(machine.shown.url).pathname, '/', 'it opens where people begin');
    assert.equal(layoutOf(machine), 'terminal');
    const list = (await lead.get('/desk/terminals')).text;
    const [line = ''] = /<strong>rathaus-1<.*?<\/tr>/s.exec(list) ?? [];
    assert.match(line, /angemeldet am 23\.11\.2026, 10:0\d mit einem Code von Lena Adler/);
    assert.match(line, /23\.11\.2026, 10:2\d/);
    await lead.post('/desk/terminals/rathaus-1/revoke', { _csrf, seen: hiddenField(list, 'seen') ?? '' });
    assert.match((await lead.get('/desk/terminals')).text, /keines angemeldet.*keines angemeldet/s);
  });

  it('is nothing that clerks, strangers or forms of others can make', async () => {
    const clerk = await signIn(office.origin, 'oa');
    const _csrf = hiddenField((await clerk.get('/desk')).text, '_csrf') ?? '';
    assert.equal((await clerk.get('/desk/terminals')).status, 404);
    const lead = await signIn(office.origin, 'lead');
    const own = hiddenField((await lead.get('/desk')).text, '_csrf') ?? '';
    for (const action of ['code', 'revoke']) {
      const path = `/desk/terminals/rathaus-1/${action}`;
      assert.equal((await clerk.post(path, { _csrf })).status, 404);
      assert.equal((await lead.post(path, { _csrf: 'other' })).status, 403);
      assert.equal((await (await arrive(office.origin)).client.post(path, {})).status, 401);
    }
    for (const id of ['zuhause', 'nothing'])
      assert.equal((await lead.post(`/desk/terminals/${id}/code`, { _csrf: own })).status, 404, id);
    assert.deepEqual(await terminalsOf(office).list(), []);
  });

  it('says in words what is wrong with a code, and keeps what was typed', async () => {
    const machine = await arrive(office.origin);
    for (const [code, error] of [
      ['', 'codeMissing'],
      ['ABC', 'codeLength'],
      [newCode(), 'wrong'],
    ] as const) {
      await typeCode(machine, code);
      assert.deepEqual(
        [machine.shown.status, machine.errors.map((one) => one.split(': ')[1])],
        [422, [error]],
      );
      assert.equal(machine.form('/terminal').holds('code'), code);
    }
    assert.equal(layoutOf(machine), 'terminal', 'there is a keyboard on the screen');
  });

  it('keeps the hours of its site, and stays a terminal after each visit, with nothing else in its browser', async () => {
    const machine = await arrive(office.origin);
    await machine.client.get('/desk/sign-in/start');
    await register(office, machine, 'rathaus-1');
    const kept = [`__Host-terminal=${secretOf(machine)}`];
    assert.deepEqual(machine.client.cookies(), kept, 'nothing of who has set it up');
    await office.at(NIGHT, async () => {
      await machine.open('/');
      assert.equal(machine.at, 'closed');
      await machine.open('/terminal/registered');
      assert.equal(machine.at, 'terminalRegistered');
    });
    await begins(machine, 1);
    assert.equal(isWatched(machine), true);
    await machine.open('/');
    const ended = await machine.send(ending(machine));
    assert.doesNotMatch(ended.headers.get('clear-site-data') ?? '', /cookies|\*/);
    await machine.open(ended.headers.get('location') ?? '');
    assert.equal(layoutOf(machine), 'terminal');
    await machine.open('/welcome');
    assert.deepEqual(machine.client.cookies(), kept, 'as soon as the goodbye is over');
    await terminalsOf(office).revoke('rathaus-1', 'lead');
  });
});

describe('a machine that was revoked', () => {
  it('takes no card any more and counts for nobody, also in a visit that runs; what was typed is still there', async () => {
    const machine = await arrive(office.origin);
    await register(office, machine, 'rathaus-1');
    const payer = await atPay(office.origin, machine);
    assert.deepEqual(waysOf(payer), ['card', 'page']);
    await terminalsOf(office).revoke('rathaus-1', 'lead');
    const tried = payer.person.form(PAY).press({ name: 'way', value: 'card' });
    await machine.press(tried);
    assert.deepEqual(waysOf(payer), ['page']);
    const begun = await office.db
      .selectFrom('payment')
      .select('state')
      .where('state', '=', 'pending')
      .execute();
    assert.deepEqual(begun, []);
    assert.equal(layoutOf(machine), 'phone');
    assert.equal(isWatched(machine), true, 'it still stands in a public place');
    await payer.choose('page');
    await payer.decide('pay');
    assert.equal((await payer.settled()).at, 'done');
    const row = await office.db
      .selectFrom('payment')
      .select(['site', 'terminal'])
      .where('state', '=', 'paid')
      .executeTakeFirst();
    assert.deepEqual(row, { site: 'zuhause', terminal: null });
  });

  it('is out of service when its last visit has ended, until it gets a new code', async () => {
    const machine = await arrive(office.origin);
    await register(office, machine, 'rathaus-1');
    await terminalsOf(office).revoke('rathaus-1', 'lead');
    for (const path of ['/', '/status', '/service/sperrmuell']) {
      await machine.open(path);
      assert.equal(machine.at, 'terminalLost', path);
    }
    assert.equal((await machine.client.post('/service/sperrmuell', {})).text.includes('terminalLost'), true);
    await register(office, machine, 'rathaus-2');
    await machine.open('/');
    assert.equal(layoutOf(machine), 'terminal');
    await terminalsOf(office).revoke('rathaus-2', 'lead');
  });

  it('is the old one, where another was registered under its name', async () => {
    const [old, next] = [await arrive(office.origin), await arrive(office.origin)];
    await register(office, old, 'rathaus-1');
    await register(office, next, 'rathaus-1');
    await old.open('/');
    await next.open('/');
    assert.deepEqual([old.at, layoutOf(next)], ['terminalLost', 'terminal']);
    await terminalsOf(office).revoke('rathaus-1', 'lead');
  });
});

it('a visit that began on an own screen counts at the terminal that its browser has become', async () => {
  const machine = await arrive(office.origin);
  await begins(machine, 3);
  assert.deepEqual([layoutOf(machine), isWatched(machine)], ['phone', false]);
  const issued = await terminalsOf(office).issue('rathaus-1', 'lead', randomUUID());
  const taken = await terminalsOf(office).register(issued?.code ?? '', '');
  assert.ok(taken.ok);
  machine.client.plant('127.0.0.1', '__Host-terminal', taken.secret);
  await machine.walk('sperrmuell', household(3));
  assert.deepEqual([layoutOf(machine), isWatched(machine)], ['terminal', true]);
  await machine.handIn('sperrmuell');
  const row = await office.db
    .selectFrom('cases')
    .select('site')
    .orderBy('created_at', 'desc')
    .executeTakeFirst();
  assert.equal(row?.site, 'rathaus');
});
