/** Signing staff in at LemonLDAP::NG, where Debian's packages of it are installed: a provider that nobody here wrote. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { createClient, hiddenField } from '#test/client';
import { startDesk, type TestDesk, type TestDeskOptions } from '#test/desk';
import { hasLemon, type Lemon, type LemonClient, signInAtLemon, startLemon } from '#test/lemonldap';

/** Every character that a provider may have made a secret of. */
const ANY_CHARACTER = `a-b_c.d~e+f/g=h:i%j k&l!m'n(o)*`;
const PLAIN_SECRET = 'abcdefghijklmnop0123456789';
/** A list where there are several values, a string where there is one. */
const CLAIMS = { name: 'cn', offices: 'amtOffices;string;auto', roles: 'amtRoles;string;auto' };

const QUARTER_MS = 15 * 60_000;

interface Setting {
  client: Pick<LemonClient, 'secret' | 'claims' | 'inIdToken' | 'options'>;
  desk?: TestDeskOptions['provider'];
}

const SETTINGS = {
  userinfo: { client: { secret: ANY_CHARACTER, claims: CLAIMS }, desk: { secretBy: 'post' } },
  groups: {
    client: {
      secret: PLAIN_SECRET,
      claims: { name: 'cn', groups: 'groups;string;auto' },
      inIdToken: true,
    },
    desk: {
      claims: { offices: 'groups', roles: 'groups' },
      offices: { 'Amt 33 Bürgeramt': 'oa' },
      roles: { 'G-Leitung': 'lead', 'G-Buero': 'clerk' },
    },
  },
  refreshed: {
    client: { secret: PLAIN_SECRET, claims: CLAIMS, options: { RefreshToken: 1 } },
  },
  odd: { client: { secret: ANY_CHARACTER, claims: CLAIMS } },
  elsewhere: {
    client: {
      secret: PLAIN_SECRET,
      claims: CLAIMS,
      options: { RedirectUris: 'http://127.0.0.1:1/desk/callback' },
    },
  },
} as const satisfies Record<string, Setting>;
type Name = keyof typeof SETTINGS;

async function rights(
  desk: TestDesk,
): Promise<readonly { subject: string; offices: string[]; roles: string[] }[]> {
  const rows = await desk.db
    .selectFrom('staff_session')
    .select(['subject', 'offices', 'roles'])
    .orderBy('subject')
    .execute();
  return rows.map(({ subject, offices, roles }) => ({
    subject,
    offices: offices.toSorted(),
    roles: roles.toSorted(),
  }));
}

/** Perl modules, so the packages are named that bring them. */
const skip = hasLemon()
  ? false
  : 'LemonLDAP::NG is not installed: liblemonldap-ng-portal-perl libplack-perl libio-string-perl libstring-random-perl';

describe('LemonLDAP::NG', { skip }, () => {
  let lemon: Lemon;
  let desks: ReadonlyMap<string, TestDesk>;
  const deskOf = (name: Name): TestDesk => desks.get(name) ?? assert.fail(`no desk ${name}`);
  const everything = new AsyncDisposableStack();

  before(async () => {
    lemon = await startLemon();
    everything.defer(() => lemon.stop());
    const made = new Map<string, TestDesk>();
    for (const [name, { client, desk: different }] of Object.entries<Setting>(SETTINGS)) {
      const provider = { issuer: lemon.issuer, clientId: name, clientSecret: client.secret, ...different };
      const desk = await startDesk({ provider });
      everything.defer(() => desk.stop());
      made.set(name, desk);
    }
    desks = made;
    await lemon.open(
      Object.entries<Setting>(SETTINGS).map(([id, { client }]) => ({
        ...{ id, ...client },
        office: made.get(id)?.url ?? '',
      })),
    );
  });
  beforeEach(async () => {
    for (const { db } of desks.values()) await db.deleteFrom('staff_session').execute();
  });
  after(() => everything.disposeAsync());

  it('lets people in by what only its userinfo endpoint says, in lists and in lists of one', async () => {
    const desk = deskOf('userinfo');
    // What others have caused is heard before.
    await desk.audited();
    const [rose, mickey] = [createClient(desk.url), createClient(desk.url)];
    assert.match((await signInAtLemon(rose, 'rtyler')).text, /Rose Tyler/);
    assert.match((await signInAtLemon(mickey, 'msmith')).text, /Mickey Smith/);
    assert.deepEqual(await rights(desk), [
      { subject: 'msmith', offices: ['oa'], roles: ['clerk'] },
      { subject: 'rtyler', offices: ['oa', 'standesamt'], roles: ['clerk', 'lead'] },
    ]);
    assert.deepEqual(await desk.audited(), [
      'staff:rtyler staff.signedIn staff:rtyler',
      'staff:msmith staff.signedIn staff:msmith',
    ]);
  });

  it('lets people in by its groups, which the settings translate', async () => {
    const desk = deskOf('groups');
    for (const person of ['rtyler', 'msmith']) {
      assert.equal((await signInAtLemon(createClient(desk.url), person)).status, 200);
    }
    assert.deepEqual(await rights(desk), [
      { subject: 'msmith', offices: ['oa'], roles: ['clerk'] },
      { subject: 'rtyler', offices: ['oa'], roles: ['clerk', 'lead'] },
    ]);
    // Who is in none of these groups has nothing to do here.
    const none = await signInAtLemon(createClient(desk.url), 'dwho');
    assert.deepEqual([none.status, /Kein Zugang/.test(none.text)], [403, true]);
  });

  it('names an office that is none of here: no access, and no session', async () => {
    const desk = deskOf('userinfo');
    const client = createClient(desk.url);
    const answer = await signInAtLemon(client, 'dwho');
    assert.equal(answer.status, 403);
    assert.match(answer.text, /Kein Zugang.*keinem der Ämter/s);
    assert.equal((await client.get('/desk')).status, 303);
  });

  it('ends its own session when somebody signs out at the desk, without asking', async () => {
    const desk = deskOf('userinfo');
    const client = createClient(desk.url);
    const signIn = async () => client.follow(await client.get('/desk/sign-in/start'));
    await signInAtLemon(client, 'rtyler');
    // It remembers who was there: nobody is asked for a password.
    assert.match((await signIn()).text, /Rose Tyler/);
    const csrf = hiddenField((await client.get('/desk')).text, '_csrf') ?? '';
    const out = await client.post('/desk/sign-out', { _csrf: csrf });
    const elsewhere = /^0; url=(.*)$/.exec(out.headers.get('refresh') ?? '')?.[1] ?? '';
    assert.equal(new URL(elsewhere).origin, lemon.issuer);
    const back = await client.follow(await client.get(elsewhere));
    assert.equal(back.url, `${desk.url}/desk/signed-out`);
    const again = await signIn();
    assert.equal(new URL(again.url).origin, lemon.issuer);
    assert.match(again.text, /name="password"/);
  });

  for (const name of ['refreshed', 'userinfo'] as const) {
    it(`is asked again, and keeps people in until its own session ends: ${name}`, async () => {
      const desk = deskOf(name);
      const client = createClient(desk.url);
      await signInAtLemon(client, 'rtyler');
      await desk.audited();
      for (let turn = 0; turn < 2; turn += 1) {
        desk.pass(QUARTER_MS);
        assert.equal((await client.get('/desk')).status, 200, `turn ${turn}`);
      }
      await client.get(`${lemon.issuer}/?logout=1`);
      desk.pass(QUARTER_MS);
      assert.equal((await client.get('/desk')).status, 303);
      assert.deepEqual(await desk.audited(), ['system staff.withdrawn staff:rtyler']);
    });
  }

  it('reads no secret with odd characters in the head: set up wrongly, in words and in the log', async () => {
    const desk = deskOf('odd');
    const answer = await signInAtLemon(createClient(desk.url), 'rtyler');
    assert.equal(answer.status, 503);
    assert.match(answer.text, /falsch eingerichtet/);
    assert.match(desk.logged.join(), /"reason":"setup"/);
    assert.doesNotMatch(desk.logged.join(), /rtyler|Rose|a-b_c/);
  });

  it('sends nobody back to an address that it does not know', async () => {
    const desk = deskOf('elsewhere');
    const client = createClient(desk.url);
    const answer = await signInAtLemon(client, 'rtyler');
    assert.equal(new URL(answer.url).origin, lemon.issuer);
    assert.equal((await client.get('/desk')).status, 303);
  });
});

it('LemonLDAP::NG that is away is said to be away, before and in the middle', { skip }, async (t) => {
  const lemon = await startLemon();
  const desk = await startDesk({
    provider: { issuer: lemon.issuer, clientId: 'amt', clientSecret: PLAIN_SECRET },
  });
  t.after(() => desk.stop());
  await lemon.open([{ id: 'amt', secret: PLAIN_SECRET, claims: CLAIMS, office: desk.url }]);
  const client = createClient(desk.url);
  const begun = await client.get('/desk/sign-in/start');
  assert.equal(new URL(begun.headers.get('location') ?? '').origin, lemon.issuer);
  const state = new URL(begun.headers.get('location') ?? '').searchParams.get('state') ?? '';
  await lemon.stop();
  const query = new URLSearchParams({ code: 'c', state });
  const middle = await client.get(`/desk/callback?${query}`);
  assert.deepEqual([middle.status, /antwortet nicht/.test(middle.text)], [503, true]);

  const fresh = await startDesk({
    provider: { issuer: lemon.issuer, clientId: 'amt', clientSecret: PLAIN_SECRET },
  });
  t.after(() => fresh.stop());
  const start = await createClient(fresh.url).get('/desk/sign-in/start');
  assert.deepEqual([start.status, /antwortet nicht/.test(start.text)], [503, true]);
  assert.match(fresh.logged.join(), /"reason":"away"/);
});
