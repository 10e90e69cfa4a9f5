/** The provider ends sessions at the desk by its own word (OpenID Connect Back-Channel Logout 1.0), and nobody else does. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { type Client, createClient, hiddenField } from '#test/client';
import { startDesk, type TestDesk } from '#test/desk';
import { createClock } from '#time';

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
const PATH = '/desk/back-channel-logout';

let desk: TestDesk;
before(async () => {
  desk = await startDesk();
});
after(() => desk.stop());
beforeEach(async () => {
  // The provider, too, has forgotten who was signed in before.
  for (const person of ['oa', 'tsk']) await desk.oidc.signOut(person);
  await desk.db.deleteFrom('staff_session').execute();
  await desk.audited();
});

const isIn = async (client: Client): Promise<boolean> => (await client.get('/desk')).status === 200;
const seconds = (): number => Math.floor(createClock().now().getTime() / 1_000);

/** What a good token of the provider says, and what is changed in it; undefined is left out. */
function claims(changes: Record<string, unknown> = {}): Record<string, unknown> {
  const now = seconds();
  const good = {
    ...{ iss: desk.oidc.issuer, aud: desk.oidc.clientId, iat: now, exp: now + 120, jti: randomUUID() },
    ...{ sub: 'oa', events: { [EVENT]: {} } },
  };
  return Object.fromEntries(
    Object.entries({ ...good, ...changes }).filter(([, value]) => value !== undefined),
  );
}

const LOGOUT = { typ: 'logout+jwt' };
/** As a server sends it: no cookie, no origin. */
async function send(token: string, body = new URLSearchParams({ logout_token: token })): Promise<Response> {
  return fetch(new URL(PATH, desk.url), { method: 'POST', body });
}

async function sidOf(person: string): Promise<string> {
  const row = await desk.db
    .selectFrom('staff_session')
    .select('sid')
    .where('subject', '=', person)
    .orderBy('created_at', 'desc')
    .executeTakeFirstOrThrow();
  return row.sid ?? '';
}

describe('the provider', () => {
  it('ends what it has ended itself, at once, and nobody else', async () => {
    const [oa, tsk] = [await desk.signIn('oa'), await desk.signIn('tsk')];
    await desk.audited();
    assert.deepEqual(await desk.oidc.signOut('oa'), ['taken']);
    assert.deepEqual([await isIn(oa), await isIn(tsk)], [false, true]);
    assert.deepEqual(await desk.audited(), ['system staff.endedByProvider staff:oa']);
  });

  it('ends the session of one browser by its sid, and all of a person without one', async () => {
    const [one, other] = [await desk.signIn('oa'), await desk.signIn('oa')];
    const sids = await desk.db.selectFrom('staff_session').select('sid').distinct().execute();
    assert.equal(sids.length, 2);
    const answer = await send(await desk.oidc.sign(claims({ sid: await sidOf('oa') }), LOGOUT));
    assert.deepEqual([answer.status, answer.headers.get('cache-control')], [200, 'no-store']);
    const left = [await isIn(one), await isIn(other)];
    assert.deepEqual(left.sort(), [false, true]);
    assert.equal((await send(await desk.oidc.sign(claims(), LOGOUT))).status, 200);
    assert.deepEqual([await isIn(one), await isIn(other)], [false, false]);
  });

  it('may name the session alone, and one that it did not name when somebody signed in ends with the person', async () => {
    const first = await desk.signIn('oa');
    const sid = await sidOf('oa');
    assert.equal((await send(await desk.oidc.sign(claims({ sub: undefined, sid }), LOGOUT))).status, 200);
    assert.equal(await isIn(first), false);
    const second = await desk.signIn('oa');
    await desk.db.updateTable('staff_session').set({ sid: null }).execute();
    assert.equal((await send(await desk.oidc.sign(claims({ sid: 'another' }), LOGOUT))).status, 200);
    assert.equal(await isIn(second), false);
  });

  it('is told that it is well when nobody of that name is here', async () => {
    const oa = await desk.signIn('oa');
    for (const changes of [
      { sub: 'somebody' },
      { sid: 'not here', sub: undefined },
      { sid: 'x', sub: 'tsk' },
    ])
      assert.equal((await send(await desk.oidc.sign(claims(changes), LOGOUT))).status, 200);
    assert.ok(await isIn(oa));
  });

  it('hears of a sign-out at the desk and ends its own session and that of no other browser', async () => {
    const [one, other] = [await desk.signIn('oa'), await desk.signIn('oa')];
    const csrf = hiddenField((await one.get('/desk')).text, '_csrf') ?? '';
    const out = await one.post('/desk/sign-out', { _csrf: csrf });
    const page = await one.get(/^0; url=(.*)$/.exec(out.headers.get('refresh') ?? '')?.[1] ?? '');
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
    await one.post(`${desk.oidc.issuer}/session/end/confirm`, { xsrf, logout: 'yes' });
    assert.deepEqual([await isIn(one), await isIn(other)], [false, true]);
  });
});

describe('a logout token ends nothing', () => {
  const bad: Record<string, () => Record<string, unknown>> = {
    'of another issuer': () => claims({ iss: 'https://evil.example' }),
    'without an issuer': () => claims({ iss: undefined }),
    'for another client': () => claims({ aud: 'another' }),
    'without an addressee': () => claims({ aud: undefined }),
    'without a time': () => claims({ iat: undefined }),
    'of an hour ago': () => claims({ iat: seconds() - 3_600, exp: seconds() + 60 }),
    'of tomorrow': () => claims({ iat: seconds() + 86_400, exp: seconds() + 90_000 }),
    'that is over': () => claims({ iat: seconds() - 200, exp: seconds() - 100 }),
    'without its event': () => claims({ events: undefined }),
    'with another event': () => claims({ events: { 'https://example.org/event': {} } }),
    'with an event that is no object': () => claims({ events: { [EVENT]: true } }),
    'with events in a list': () => claims({ events: [EVENT] }),
    'with a nonce': () => claims({ nonce: 'n' }),
    'with an empty nonce': () => claims({ nonce: '' }),
    'of nobody': () => claims({ sub: undefined }),
    'of an empty name': () => claims({ sub: '', sid: undefined }),
    'of a list of people': () => claims({ sub: ['oa'] }),
    'without a name of its own': () => claims({ jti: undefined }),
  };
  for (const [what, of] of Object.entries(bad))
    it(`${what}`, async () => {
      const oa = await desk.signIn('oa');
      const answer = await send(await desk.oidc.sign(of(), LOGOUT));
      assert.deepEqual([answer.status, await answer.json()], [400, { error: 'invalid_request' }]);
      assert.ok(await isIn(oa));
    });

  it('that somebody else has signed, or nobody, or the client itself', async () => {
    const oa = await desk.signIn('oa');
    const { privateKey, publicKey } = await generateKeyPair('ES256');
    const right = await desk.oidc.sign(claims(), LOGOUT);
    const [head = '', , signature = ''] = right.split('.');
    const changed = Buffer.from(JSON.stringify(claims({ sub: 'oa' }))).toString('base64url');
    const signed = new SignJWT(claims());
    const kid: unknown = JSON.parse(Buffer.from(head, 'base64url').toString()).kid;
    const tokens = [
      await signed.setProtectedHeader({ alg: 'ES256', ...LOGOUT }).sign(privateKey),
      await new SignJWT(claims()).setProtectedHeader({ alg: 'ES256', kid: String(kid) }).sign(privateKey),
      await new SignJWT(claims())
        .setProtectedHeader({ alg: 'ES256', jwk: await exportJWK(publicKey) })
        .sign(privateKey),
      new UnsecuredJWT(claims()).encode(),
      await new SignJWT(claims())
        .setProtectedHeader({ alg: 'HS256' })
        .sign(Buffer.from(desk.oidc.clientSecret)),
      `${head}.${changed}.${signature}`,
      right.slice(0, -4),
      'a.b.c',
      '',
      'x'.repeat(20_000),
    ];
    for (const [at, token] of tokens.entries()) assert.equal((await send(token)).status, 400, `token ${at}`);
    assert.ok(await isIn(oa));
    assert.deepEqual((await desk.audited()).slice(1), [], 'strangers write nothing into the audit record');
  });

  it('that is an ID token, or of another kind', async () => {
    const oa = await desk.signIn('oa');
    for (const typ of ['at+jwt', 'secevent+jwt', 'id_token+jwt'])
      assert.equal((await send(await desk.oidc.sign(claims(), { typ }))).status, 400, typ);
    const proof = oa.cookies().find((cookie) => cookie.startsWith('__Host-desk-proof='));
    assert.equal((await send(proof?.split('=')[1] ?? '')).status, 400);
    assert.ok(await isIn(oa));
  });

  it('a second time', async () => {
    const token = await desk.oidc.sign(claims(), LOGOUT);
    await desk.signIn('oa');
    const both = await Promise.all([send(token), send(token)]);
    assert.deepEqual(both.map(({ status }) => status).sort(), [200, 400]);
    const oa = await desk.signIn('oa');
    assert.equal((await send(token)).status, 400);
    assert.ok(await isIn(oa));
  });

  it('twice in a form, by reading, in another kind of body, or from a browser that is signed in', async () => {
    const oa = await desk.signIn('oa');
    const token = await desk.oidc.sign(claims(), LOGOUT);
    const twice = new URLSearchParams([
      ['logout_token', token],
      ['logout_token', token],
    ]);
    assert.equal((await send('', twice)).status, 400);
    const json = { method: 'POST', body: JSON.stringify({ logout_token: token }) };
    assert.equal((await fetch(new URL(PATH, desk.url), json)).status, 400);
    assert.equal((await createClient(desk.url).get(`${PATH}?logout_token=${token}`)).status, 303);
    assert.ok(await isIn(oa));
  });
});

it('a provider whose keys cannot be fetched is asked to say it again', async () => {
  const alone = await startDesk();
  try {
    const token = await alone.oidc.sign({ ...claims(), iss: alone.oidc.issuer }, LOGOUT);
    const oa = await alone.signIn('oa');
    const body = new URLSearchParams({ logout_token: token });
    const tell = () => fetch(new URL(PATH, alone.url), { method: 'POST', body });
    alone.oidc.setAway(true);
    assert.equal((await tell()).status, 503);
    assert.ok(await isIn(oa));
    alone.oidc.setAway(false);
    assert.equal((await tell()).status, 200);
    assert.equal(await isIn(oa), false);
  } finally {
    await alone.stop();
  }
});
