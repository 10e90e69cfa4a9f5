import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import pg from 'pg';
import { LANGUAGES, type Language, withoutMarks } from '#language';
import { FORGERIES } from '#sandbox/bundid';
import { arrive, type Citizen, SOFA } from '#test/citizen';
import { type Answer, createClient, hiddenField } from '#test/client';
import { eventually } from '#test/eventually';
import { type RunningOffice, startRunningOffice } from '#test/running-office';
import { arriveBack, bringBack, choose, fromProvider, leave, samlResponseOf, signInAs } from '#test/sign-in';
import { plainErrorText } from '#web';

const SERVICE = 'punkteauskunft';
const PAGE = `/service/${SERVICE}/identity`;
const MINUTE_MS = 60_000;
/** Of the person whom every forger claims to be, and of the one some claim instead. */
const TOLD = /Mustermann|Erika|1964|Mallory/;
const SAID: Readonly<Record<string, string>> = {
  cancelled: 'identityCancelled',
  refused: 'identityDenied',
  // The law names the cards here: that is what people can do something about.
  levelTooLow: 'identityWrongMeans',
  wrongMeans: 'identityWrongMeans',
  expired: 'identityExpired',
  unknownRequest: 'identityOther',
};

let office: RunningOffice;
before(async () => {
  office = await startRunningOffice();
});
after(() => office.close());

/** Somebody before the sign-in, with answers in two services. */
async function atSignIn(language: Language = 'de', terminal?: string): Promise<Citizen> {
  const person = await arrive(office.origin, terminal);
  await person.walk('sperrmuell', SOFA, 'contact');
  await person.walk(SERVICE, { way: 'online' }, 'identity');
  await choose(person, language);
  return person;
}

async function audited(): Promise<{ actor: string; subject: string; detail: unknown }[]> {
  return office.db
    .selectFrom('audit_entry')
    .select(['actor', 'subject', 'detail'])
    .where('action', '=', 'identity.refused')
    .orderBy('seq')
    .execute();
}

const counted = async (): Promise<number> =>
  (
    await office.db
      .selectFrom('measure')
      .where('name', '=', 'identity')
      .where('value', '=', 'refused')
      .select('value')
      .execute()
  ).length;

/** Something that must not identify anybody: said so, written down, and nothing else has changed. */
async function assertRefused(
  person: Citizen,
  language: Language,
  attack: () => Promise<unknown>,
): Promise<string> {
  const visitOf = () => person.client.cookies().find((one) => one.startsWith('__Host-visit='));
  const visit = visitOf();
  // Each is looked at as the first of its kind within the hour: those are written down one by one.
  await office.db.deleteFrom('audit_tally').execute();
  const [before, refusals] = [await audited(), await counted()];
  await attack();
  assert.deepEqual([person.shown.status, new URL(person.shown.url).pathname], [200, PAGE]);
  const entries = (await audited()).slice(before.length);
  assert.equal(entries.length, 1, 'written down once');
  const [{ detail, ...entry }] = entries as [(typeof entries)[number]];
  assert.deepEqual(entry, { actor: 'citizen', subject: 'identity' });
  const { reason } = detail as { reason: string };
  assert.deepEqual(detail, { reason });
  assert.equal(await counted(), refusals + 1);
  const code = SAID[reason.split(':')[0] ?? ''] ?? 'identityRefused';
  assert.deepEqual(person.errors, [`identity: ${code}`]);
  assert.ok(
    person.shown.text.includes(
      withoutMarks(plainErrorText({ field: 'identity', code, own: false, params: {} }, language)),
    ),
  );
  assert.doesNotMatch(person.shown.text, TOLD);
  assert.equal(visitOf(), visit, 'the visit is the same');
  // What was said before is there; what comes after is not.
  await person.open(`/service/${SERVICE}/review`);
  assert.equal(new URL(person.shown.url).pathname, PAGE);
  assert.match((await person.client.get('/service/sperrmuell/address')).text, /Đặng/);
  assert.match((await person.client.get(`/service/${SERVICE}/way`)).text, /value="online"[^>]* checked/);
  return reason;
}

describe('a sign-in that cannot be believed', () => {
  // The page that says so is in each person's language.
  for (const [index, forgery] of FORGERIES.filter((one) => one !== 'oversized').entries()) {
    const language = LANGUAGES[index % LANGUAGES.length] ?? 'de';
    it(`is refused, in ${language}: ${forgery}`, async () => {
      const person = await atSignIn(language);
      const url = await leave(person);
      const forged = await office.standIns.bundid.forge(forgery, url);
      await assertRefused(person, language, async () => {
        const between = await bringBack(person, office.origin, forged);
        assert.equal(between.status, 200);
        assert.doesNotMatch(between.text, TOLD);
      });
    });
  }

  it('is turned away at the door when it is far too long, and the person can go on', async () => {
    const person = await atSignIn();
    const forged = await office.standIns.bundid.forge('oversized', await leave(person));
    for (const path of ['acs', 'complete']) {
      const { status, text } = await person.client.post(`/identity/bundid/${path}`, { SAMLResponse: forged });
      assert.equal(status, 413);
      assert.match(text, /Wenn Sie eine Datei gesendet haben/);
    }
    await person.open(PAGE);
    assert.deepEqual(person.errors, []);
    await signInAs(person, office.origin, 'hans');
    assert.match(person.shown.text, /Hans-Jürgen/);
  });

  it('is refused by its length as soon as it passes the door', async () => {
    const person = await atSignIn();
    await leave(person);
    const long = await assertRefused(person, 'de', () =>
      bringBack(person, office.origin, 'A'.repeat(130_000)),
    );
    assert.equal(long, 'invalid:size');
  });

  it('is refused when there is no answer in it', async () => {
    for (const nothing of [undefined, '', ' ', '%00', 'PGE+', '<Response/>']) {
      const person = await atSignIn('en');
      await leave(person);
      await assertRefused(person, 'en', () => bringBack(person, office.origin, nothing));
    }
  });
});

describe('a sign-in that is for somebody or something else', () => {
  it('is taken once: used again by the same visit', async () => {
    const person = await atSignIn();
    const used = await signInAs(person, office.origin, 'hans');
    assert.match(person.shown.text, /Hans-Jürgen/);
    await person.press(person.form(PAGE).press({ name: '_action', value: 'again' }));
    await leave(person);
    const reason = await assertRefused(person, 'de', () => bringBack(person, office.origin, used));
    assert.match(reason, /^unknownRequest:/);
  });

  it('is taken once: sent many times at once', async () => {
    const person = await atSignIn();
    const samlResponse = await samlResponseOf(await leave(person), 'hans');
    const cookie = person.client.cookies().join('; ');
    const answers = await Promise.all(
      Array.from({ length: 5 }, () =>
        fetch(`${office.origin}/identity/bundid/complete`, {
          method: 'POST',
          redirect: 'manual',
          headers: { cookie, origin: office.origin, 'sec-fetch-site': 'same-origin' },
          body: new URLSearchParams({ SAMLResponse: samlResponse }),
        }),
      ),
    );
    assert.equal(answers.flatMap(({ headers }) => headers.getSetCookie()).length, 1);
  });

  it('is not lost when the same form, sent twice, comes before the first one is through', async () => {
    const person = await atSignIn();
    const samlResponse = await samlResponseOf(await leave(person), 'hans');
    const { sent } = await arriveBack(person, office.origin, samlResponse);
    const old = person.client.cookies().join('; ');
    const before = await audited();
    // The first one has used the answer, and cannot move the visit yet.
    const lock = new pg.Client({ connectionString: office.databaseUrl });
    await lock.connect();
    await lock.query('BEGIN; LOCK TABLE draft_file IN ACCESS EXCLUSIVE MODE');
    // Asked beside the lock: within one transaction PostgreSQL shows no connection that was opened later.
    const waiting = (many: number) =>
      eventually(`${many} wait`, async () => {
        const { rows } = await sql`SELECT 1 FROM pg_stat_activity
          WHERE wait_event_type = 'Lock' AND datname = current_database()`.execute(office.db);
        return rows.length >= many;
      });
    const sending: Promise<Answer>[] = [];
    try {
      for (const many of [1, 2]) {
        sending.push(person.send(sent));
        await waiting(many);
      }
    } finally {
      await lock.end();
    }
    for (const { status, headers } of await Promise.all(sending))
      assert.deepEqual([status, headers.get('location')], [303, `${PAGE}?told`]);
    await person.open(PAGE);
    assert.match(person.shown.text, /Hans-Jürgen/);
    assert.deepEqual(person.errors, [], 'nothing is said of the second one');
    assert.equal((await audited()).length, before.length);
    const asked = await createClient(office.origin).send(PAGE, { headers: { cookie: old } });
    assert.doesNotMatch(asked.text, /Hans-Jürgen/);
  });

  it('is refused in another visit that asked for one of its own', async () => {
    const [one, other] = [await atSignIn(), await atSignIn('leicht')];
    const foreign = await samlResponseOf(await leave(one), 'hans');
    await leave(other);
    const reason = await assertRefused(other, 'leicht', () => bringBack(other, office.origin, foreign));
    assert.equal(reason, 'unknownRequest:inResponseTo');
    await bringBack(one, office.origin, foreign);
    assert.match(one.shown.text, /Hans-Jürgen/, 'and is still good where it belongs');
  });

  it('is the first of two that were begun in one visit: it is said, and the second goes on', async () => {
    const person = await atSignIn();
    const early = await samlResponseOf(await leave(person), 'hans');
    await person.open(PAGE);
    const late = await samlResponseOf(await leave(person), 'hans');
    await bringBack(person, office.origin, early);
    assert.deepEqual(person.errors, ['identity: identityOther']);
    assert.match(person.shown.text, /gehört zu einer anderen Anmeldung/);
    await bringBack(person, office.origin, late);
    assert.match(person.shown.text, /Hans-Jürgen/);
  });

  it('belongs to no visit when nobody has asked for it: it is said, and written down', async () => {
    const asked = await atSignIn();
    const samlResponse = await samlResponseOf(await leave(asked), 'hans');
    for (const stranger of [await atSignIn(), await arrive(office.origin)]) {
      const before = await audited();
      await bringBack(stranger, office.origin, samlResponse);
      assert.equal(stranger.shown.status, 410);
      assert.match(stranger.shown.text, /gehört zu keinem Besuch/);
      assert.deepEqual(
        (await audited()).slice(before.length).map(({ detail }) => detail),
        [{ reason: 'unknownRequest' }],
      );
      assert.doesNotMatch((await stranger.client.get(PAGE)).text, /Hans-Jürgen/);
    }
  });

  it('is not passed on to another provider or page', async () => {
    const person = await atSignIn();
    const samlResponse = await samlResponseOf(await leave(person), 'hans');
    assert.equal(
      (await person.client.post('/identity/elster/acs', { SAMLResponse: samlResponse })).status,
      404,
    );
    const before = await audited();
    const { status, headers } = await person.client.post('/identity/elster/complete', {
      SAMLResponse: samlResponse,
    });
    assert.deepEqual([status, headers.get('location')], [410, null]);
    assert.equal((await audited()).length, before.length + 1);
    const foreign = await person.client.post(
      '/identity/bundid/complete',
      { SAMLResponse: samlResponse },
      { 'sec-fetch-site': 'cross-site' },
    );
    assert.equal(foreign.status, 403);
    const passedOn = await fromProvider(office.origin, { SAMLResponse: samlResponse });
    assert.doesNotMatch(passedOn.headers.getSetCookie().join(), /__Host-visit/);
  });

  it('cannot be moved to the page of another service', async () => {
    const person = await atSignIn();
    const samlResponse = await samlResponseOf(await leave(person), 'hans');
    await person.walk('abmeldung-ins-ausland', { situation: 'abroad', who: 'alone' }, 'identity');
    await bringBack(person, office.origin, samlResponse);
    assert.equal(new URL(person.shown.url).pathname, PAGE);
    await person.open('/service/abmeldung-ins-ausland/identity');
    assert.doesNotMatch(person.shown.text, /Hans-Jürgen/);
  });
});

describe('a sign-in that ends with a no', () => {
  const ENDS = {
    cancel: ['cancelled:status', 'cancelled by the person'],
    karl: ['refused:status', 'an expired card'],
    petra: ['levelTooLow:status', 'a means that is not enough'],
    paul: ['levelTooLow:status', 'a password'],
  } as const;
  for (const [who, [reason, name]] of Object.entries(ENDS)) {
    it(`says why, in every language: ${name}`, async () => {
      for (const language of LANGUAGES) {
        const person = await atSignIn(language);
        assert.equal(
          await assertRefused(person, language, () => signInAs(person, office.origin, who)),
          reason,
        );
      }
    });
  }

  it('says that it came too late', async () => {
    const person = await atSignIn('en');
    const samlResponse = await samlResponseOf(await leave(person), 'hans');
    office.pass(7 * MINUTE_MS);
    const reason = await assertRefused(person, 'en', () => bringBack(person, office.origin, samlResponse));
    assert.equal(reason, 'expired:tooLate');
  });

  it('is nobody any more when the visit has ended meanwhile', async () => {
    const person = await atSignIn('de', 'rathaus-1');
    const samlResponse = await samlResponseOf(await leave(person), 'hans');
    office.pass(11 * MINUTE_MS);
    await bringBack(person, office.origin, samlResponse);
    assert.match(person.shown.text, /gehört zu keinem Besuch/);
    assert.doesNotMatch((await person.client.get(PAGE)).text, /Hans-Jürgen/);
  });

  it('can be tried again, and then goes on', async () => {
    const person = await atSignIn();
    await signInAs(person, office.origin, 'cancel');
    assert.deepEqual(person.errors, ['identity: identityCancelled']);
    await signInAs(person, office.origin, 'hans');
    assert.deepEqual(person.errors, []);
    assert.match(person.shown.text, /Hans-Jürgen/);
  });
});

describe('all of these attacks', () => {
  it('have left no word about anybody in the log', async () => {
    const person = await atSignIn();
    await bringBack(
      person,
      office.origin,
      await office.standIns.bundid.forge('unsigned', await leave(person)),
    );
    await signInAs(person, office.origin, 'hans');
    const log = office.logged();
    assert.match(log, /"route":"\/identity\/:provider\/complete"/);
    assert.doesNotMatch(log, /Mustermann|Erika|1964-08-12|Mallory|Hans-J|Groß|SAMLResponse|PHNhbWxw|Rastatt/);
  });

  it('have failed by their own fault: the same way is open to an honest answer', async () => {
    const person = await atSignIn();
    assert.ok(hiddenField(person.shown.text, '_csrf'));
    await signInAs(person, office.origin, 'erika');
    assert.match(person.shown.text, /Mustermann/);
    assert.deepEqual(person.errors, []);
  });
});
