/** Providers differ in how they say who somebody is, how they take a secret, and how they fail. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { createClient, hiddenField } from '#test/client';
import { startDesk, type TestDesk, type TestDeskOptions } from '#test/desk';
import { readClaims } from './claims.ts';
import { signInError } from './sign-in-errors.ts';

const open: TestDesk[] = [];
after(async () => {
  for (const desk of open) await desk.stop();
});

async function deskWith(options: TestDeskOptions): Promise<TestDesk> {
  const desk = await startDesk(options);
  open.push(desk);
  return desk;
}

/** Every character that a provider may have made a secret of. */
const ANY_CHARACTER = `a-b_c.d~e+f/g=h:i%j k&l!m'n(o)*`;

describe('a person is let in', () => {
  it('with a claim of one as a string, and claims by the userinfo endpoint only', async () => {
    const desk = await deskWith({ standIn: { oneAsString: true, byUserinfo: true } });
    assert.match((await (await desk.signIn('oa')).get('/desk')).text, /Olga Amberger/);
    assert.match((await (await desk.signIn('lead')).get('/desk')).text, /Lena Adler/);
  });

  it('by the groups of a directory, which the settings translate', async () => {
    const words = { oa: 'cn=Amt 33,ou=Ämter', clerk: 'G-Buergerbuero', lead: 'G-Leitung' };
    const desk = await deskWith({
      standIn: { words },
      provider: { offices: { [words.oa]: 'oa' }, roles: { [words.clerk]: 'clerk', [words.lead]: 'lead' } },
    });
    assert.equal((await (await desk.signIn('oa')).get('/desk')).status, 200);
    const [{ offices, roles } = { offices: [], roles: [] }] = await desk.db
      .selectFrom('staff_session')
      .select(['offices', 'roles'])
      .execute();
    assert.deepEqual([offices, roles], [['oa'], ['clerk']]);
    // An office that the settings do not name is none of theirs.
    assert.equal((await desk.signInWith(createClient(desk.url), 'tsk')).status, 403);
  });

  it('with a secret of any character, in the head or in the body', async () => {
    const bodies = { clientSecret: ANY_CHARACTER, secretBy: 'client_secret_post' } as const;
    for (const options of [
      { standIn: { clientSecret: ANY_CHARACTER } },
      { standIn: bodies, provider: { secretBy: 'post' } },
      { standIn: { clientSecret: 'a-b_c.d~e'.repeat(4), decodesNothing: true } },
    ] satisfies TestDeskOptions[]) {
      const desk = await deskWith(options);
      await desk.signIn('oa');
    }
  });
});

describe('nobody is let in', () => {
  it('whose office there is none of here: no access, in words, without a session', async () => {
    const desk = await deskWith({ standIn: { words: { oa: 'gartenamt', standesamt: 'constructor' } } });
    for (const person of ['oa', 'standesamt']) {
      const client = createClient(desk.url);
      const answer = await desk.signInWith(client, person);
      assert.equal(answer.status, 403);
      assert.match(answer.text, /Kein Zugang.*keinem der Ämter/s);
      assert.equal((await client.get('/desk')).status, 303);
    }
    assert.deepEqual(desk.logged, ['{"reason":"office"}', '{"reason":"office"}']);
    assert.deepEqual(await desk.audited(), [
      'staff:oa staff.refused staff:oa',
      'staff:standesamt staff.refused staff:standesamt',
    ]);
  });

  it('without a role: no access, in other words', async () => {
    const desk = await deskWith({ standIn: { words: { clerk: 'guest' } } });
    const answer = await desk.signInWith(createClient(desk.url), 'oa');
    assert.equal(answer.status, 403);
    assert.match(answer.text, /keine Rolle/);
  });

  it('when the provider goes away in the middle: 503, and the log says why', async () => {
    const desk = await startDesk();
    const client = createClient(desk.url);
    const login = await client.follow(await client.get('/desk/sign-in/start'));
    let answer = await client.post(login.url, { person: 'oa' });
    while (!answer.headers.get('location')?.includes('/desk/callback')) {
      answer = await client.get(new URL(answer.headers.get('location') ?? '', answer.url).href);
    }
    await desk.oidc.stop();
    const failed = await client.get(answer.headers.get('location') ?? '');
    assert.equal(failed.status, 503);
    assert.match(failed.text, /Anmeldedienst antwortet nicht/);
    assert.match(desk.logged.join(), /"reason":"away"/);
    await desk.stop();
  });

  it('with a secret that the provider does not take: set up wrongly, and the log says so', async () => {
    const desk = await deskWith({ provider: { clientSecret: 'another secret' } });
    const failed = await desk.signInWith(createClient(desk.url), 'oa');
    assert.equal(failed.status, 503);
    assert.match(failed.text, /falsch eingerichtet/);
    assert.match(desk.logged.join(), /"reason":"setup","code":/);
    assert.doesNotMatch(desk.logged.join(), /Olga|another secret|"oa"/);
  });

  it('who goes back at the provider, or whom it refuses: said in words', async () => {
    const desk = await deskWith({});
    const client = createClient(desk.url);
    const start = await client.get('/desk/sign-in/start');
    const state = new URL(start.headers.get('location') ?? '').searchParams.get('state') ?? '';
    const query = new URLSearchParams({
      error: 'access_denied',
      error_description: 'Olga',
      state,
      iss: desk.oidc.issuer,
    });
    const answer = await client.get(`/desk/callback?${query}`);
    assert.equal(answer.status, 403);
    assert.match(answer.text, /hat Sie nicht angemeldet/);
    assert.deepEqual(desk.logged, ['{"reason":"refused","code":"access_denied"}']);
  });
});

it('signing out says to the provider whose session it is, once', async () => {
  const desk = await deskWith({});
  const client = await desk.signIn('oa');
  const csrf = hiddenField((await client.get('/desk')).text, '_csrf') ?? '';
  const out = await client.post('/desk/sign-out', { _csrf: csrf });
  const elsewhere = new URL(/^0; url=(.*)$/.exec(out.headers.get('refresh') ?? '')?.[1] ?? '');
  const hint = elsewhere.searchParams.get('id_token_hint') ?? '';
  const claims: unknown = JSON.parse(Buffer.from(hint.split('.')[1] ?? '', 'base64url').toString());
  assert.ok(typeof claims === 'object' && claims !== null && 'sub' in claims && claims.sub === 'oa');
  assert.ok(!client.cookies().some((cookie) => cookie.startsWith('__Host-desk')));
});

describe('claims', () => {
  const sub = 'u1';
  it('are found inside objects, and by a name with a dot before that', () => {
    const settings = { claims: { offices: 'https://x.example/offices', roles: 'realm_access.roles' } };
    const claims = {
      sub,
      'https://x.example/offices': ' oa ',
      realm_access: { roles: ['lead', 'lead', ''] },
    };
    assert.deepEqual(readClaims(claims, settings), {
      subject: sub,
      name: sub,
      offices: ['oa'],
      roles: ['lead'],
    });
  });

  it('that are nothing of the kind are nothing, and never an error', () => {
    for (const odd of [
      undefined,
      null,
      7,
      {},
      [1],
      [['oa']],
      true,
      Array.from({ length: 1_001 }, () => 'oa'),
    ]) {
      const { offices, name } = readClaims({ sub, offices: odd, name: odd, preferred_username: 'Uli' }, {});
      assert.deepEqual([offices, name], [[], 'Uli']);
    }
    for (const odd of [undefined, '', 'a b', 'ä', 7]) assert.throws(() => readClaims({ sub: odd }, {}));
  });

  it('mean only what the settings say, where they say something', () => {
    const settings = { offices: { Amt: 'oa' }, roles: {} };
    const { offices, roles } = readClaims(
      { sub, offices: ['Amt', 'tsk', 'toString'], roles: ['lead'] },
      settings,
    );
    assert.deepEqual([offices, roles], [['oa'], []]);
  });
});

it('no text of a provider becomes the reason of a failure', () => {
  const { reason, code } = signInError({ error: 'Olga Amberger <o@example.org>', code: 'x y' }, 'token');
  assert.deepEqual([reason, code], ['token', undefined]);
  assert.equal(signInError({ status: 502 }, 'token').reason, 'away');
  assert.equal(signInError({ error: 'constructor' }, 'token').reason, 'token');
});
