import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { createClient, hiddenField } from '#test/client';
import { startDesk, type TestDesk } from '#test/desk';

const MINUTE = 60_000;

let desk: TestDesk;

before(async () => {
  desk = await startDesk();
});
after(() => desk.stop());
beforeEach(async () => {
  await desk.db.deleteFrom('staff_session').execute();
  await desk.audited();
});

describe('signing in', () => {
  it('leads anybody who is not signed in to the sign-in page and back to where they wanted to go', async () => {
    const client = createClient(desk.url);
    const turned = await client.get('/desk?tab=mine');
    assert.equal(turned.status, 303);
    const page = await client.follow(turned);
    assert.match(page.text, /Mit Dienstkonto anmelden/);
    assert.match(page.text, /start\?to=%2Fdesk%3Ftab%3Dmine/);
    const inside = await desk.signInWith(client, 'oa', '/desk?tab=mine');
    assert.equal(inside.url, `${desk.url}/desk?tab=mine`);
    assert.match(inside.text, /Olga Amberger/);
  });

  it('works with name and password, and not with a wrong password', async () => {
    const client = createClient(desk.url);
    const login = await client.follow(await client.get('/desk/sign-in/start'));
    const refused = await client.post(login.url, { username: 'tsk', password: 'falsch' });
    assert.equal(refused.status, 401);
    assert.match(refused.text, /stimmt nicht/);
    const inside = await client.follow(
      await client.post(login.url, { username: 'tsk', password: 'ausprobieren' }),
    );
    assert.match(inside.text, /Timo Sauter/);
  });

  it('keeps only the hash of the session secret, in a cookie bound to this host', async () => {
    const client = createClient(desk.url);
    const login = await client.follow(await client.get('/desk/sign-in/start'));
    let answer = await client.post(login.url, { person: 'oa' });
    while (!answer.url.includes('/desk/callback')) {
      answer = await client.get(new URL(answer.headers.get('location') ?? '', answer.url).href);
    }
    const cookie = answer.headers.getSetCookie().find((line) => line.startsWith('__Host-desk='));
    assert.match(cookie ?? '', /^__Host-desk=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    const secret = /=([\w-]+);/.exec(cookie ?? '')?.[1] ?? '';
    const dump = JSON.stringify(await desk.db.selectFrom('staff_session').selectAll().execute());
    assert.ok(!dump.includes(secret) && dump.includes('Olga Amberger'));
    assert.deepEqual(await desk.audited(), ['staff:oa staff.signedIn staff:oa']);
  });

  it('gives a new session each time and ends the old one (no fixation)', async () => {
    const client = await desk.signIn('oa');
    const old = client.cookies().find((cookie) => cookie.startsWith('__Host-desk=')) ?? '';
    await desk.signInWith(client, 'oa');
    const replay = createClient(desk.url);
    replay.plant('127.0.0.1', '__Host-desk', old.split('=')[1] ?? '');
    assert.equal((await replay.get('/desk')).status, 303);
    replay.plant('127.0.0.1', '__Host-desk', 'chosen-by-somebody-else');
    await desk.signInWith(replay, 'oa');
    assert.ok(!replay.cookies().includes('__Host-desk=chosen-by-somebody-else'));
  });

  it('refuses an answer that this browser did not ask for, twice the same answer, and a forged one', async () => {
    const client = createClient(desk.url);
    const login = await client.follow(await client.get('/desk/sign-in/start'));
    let answer = await client.post(login.url, { person: 'oa' });
    while (!answer.headers.get('location')?.includes('/desk/callback')) {
      answer = await client.get(new URL(answer.headers.get('location') ?? '', answer.url).href);
    }
    const callback = answer.headers.get('location') ?? '';
    const stranger = await createClient(desk.url).get(callback);
    assert.equal(stranger.status, 400);
    assert.match(stranger.text, /gilt nicht mehr[\s\S]*href="[^"]*\/desk\/sign-in"[\s\S]*Neu anmelden/);
    assert.equal((await client.get(callback)).status, 303);
    const again = await client.get(callback);
    assert.equal(again.status, 400);
    assert.match(again.text, /Sie sind aber schon angemeldet[\s\S]*href="[^"]*\/desk"/);
    assert.doesNotMatch(again.text, /Neu anmelden/);
    assert.equal((await client.get('/desk')).status, 200);
    await client.get('/desk/sign-in/start');
    assert.equal((await client.get('/desk/callback?code=forged&state=forged')).status, 400);
  });

  it('never leads to another site', async () => {
    for (const to of [
      'https://evil.example',
      '//evil.example',
      '/desk/../..//evil.example',
      '/deskevil',
      '/desk\\evil',
      'javascript:alert(1)',
    ]) {
      const client = createClient(desk.url);
      const inside = await desk.signInWith(client, 'oa', to);
      assert.equal(new URL(inside.url).origin, desk.url, to);
      assert.equal(inside.status, 200, to);
    }
  });

  it('says so when the identity provider is away', async () => {
    const alone = await startDesk();
    await alone.oidc.stop();
    const client = createClient(alone.url);
    const answer = await client.get('/desk/sign-in/start');
    assert.equal(answer.status, 503);
    assert.match(answer.text, /Anmeldedienst antwortet nicht/);
    await alone.stop();
  });

  it('does not talk to a provider over plain HTTP in production', async () => {
    const production = await startDesk({ production: true });
    assert.equal((await createClient(production.url).get('/desk/sign-in/start')).status, 503);
    await production.stop();
  });
});

describe('a staff session', () => {
  it('ends after 30 minutes without a request, however long somebody worked before', async () => {
    const client = await desk.signIn('oa');
    for (let minutes = 25; minutes <= 100; minutes += 25) {
      desk.pass(25 * MINUTE);
      assert.equal((await client.get('/desk')).status, 200, `${minutes} minutes`);
    }
    desk.pass(31 * MINUTE);
    assert.equal((await client.get('/desk')).status, 303);
  });

  it('ends after 10 hours, however busy', async () => {
    const client = await desk.signIn('oa');
    for (let minutes = 0; minutes < 10 * 60; minutes += 20) {
      assert.equal((await client.get('/desk')).status, 200, `${minutes} minutes`);
      desk.pass(20 * MINUTE);
    }
    assert.equal((await client.get('/desk')).status, 303);
  });

  it('is dead at once when it is removed or the role is taken away', async () => {
    const client = await desk.signIn('oa');
    await desk.db
      .updateTable('staff_session')
      .set({ roles: ['guest'] })
      .execute();
    assert.equal((await client.get('/desk')).status, 303);
    await desk.db
      .updateTable('staff_session')
      .set({ roles: ['clerk'] })
      .execute();
    assert.equal((await client.get('/desk')).status, 200);
    await desk.db.deleteFrom('staff_session').execute();
    assert.equal((await client.get('/desk')).status, 303);
  });

  it('ends with signing out, here and at the provider', async () => {
    const client = await desk.signIn('lead');
    const page = await client.get('/desk');
    const before = client.cookies();
    const out = await client.post('/desk/sign-out', { _csrf: hiddenField(page.text, '_csrf') ?? '' });
    assert.equal(out.headers.get('clear-site-data'), '"cache", "storage"');
    assert.equal(out.status, 200);
    const elsewhere = /^0; url=(.*)$/.exec(out.headers.get('refresh') ?? '')?.[1] ?? '';
    assert.ok(elsewhere.startsWith(desk.oidc.issuer));
    assert.match((await client.get(elsewhere)).text, /Vom Dienstkonto abmelden\?/);
    const replay = createClient(desk.url);
    for (const cookie of before)
      replay.plant('127.0.0.1', cookie.slice(0, cookie.indexOf('=')), cookie.slice(cookie.indexOf('=') + 1));
    assert.equal((await replay.get('/desk')).status, 303);
    assert.deepEqual(await desk.audited(), [
      'staff:lead staff.signedIn staff:lead',
      'staff:lead staff.signedOut staff:lead',
    ]);
  });

  it('is not ended by a form of another site', async () => {
    const client = await desk.signIn('oa');
    const csrf = hiddenField((await client.get('/desk')).text, '_csrf') ?? '';
    const attacks: [Record<string, string>, Record<string, string>][] = [
      [{}, {}],
      [{ _csrf: 'x' }, {}],
      [{ _csrf: csrf }, { 'sec-fetch-site': 'cross-site' }],
      [{ _csrf: csrf }, { 'sec-fetch-site': 'same-site' }],
    ];
    for (const [fields, headers] of attacks) {
      assert.equal((await client.post('/desk/sign-out', fields, headers)).status, 403);
    }
    assert.equal((await client.get('/desk')).status, 200);
  });
});
