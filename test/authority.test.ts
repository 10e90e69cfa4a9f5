import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { sampleFile } from '#play';
import type { RunningFitConnect } from '#sandbox/fit-connect';
import { arrive, type Citizen, type Fill, type Handed } from '#test/citizen';
import { signIn } from '#test/clerk';
import { eventually } from '#test/eventually';
import { type RunningOffice, startRunningOffice } from '#test/running-office';
import { payByCard, signInAs } from '#test/sign-in';

const SERVICE = 'fuehrungszeugnis';
const HOUR_MS = 3_600_000;
const DAY = new Intl.DateTimeFormat('de-DE', { dateStyle: 'medium', timeZone: 'Europe/Berlin' });

let office: RunningOffice;
let fit: RunningFitConnect;
/** What the city decides about services, for the next start of the office. */
const decided: Record<string, 'native' | 'portal' | 'none'> = {};
before(async () => {
  office = await startRunningOffice({}, { services: decided });
  fit = await office.standIns.fitConnect;
});
after(() => office.close());
beforeEach(async () => {
  fit.authority.decide = 'accept';
  fit.authority.answer = undefined;
  await fit.trouble({});
});

const file = (name: string) => {
  const sample = sampleFile(name);
  assert.ok(sample);
  return sample;
};

/** An extended certificate, with the letter of who asks for it. */
const EXTENDED: Fill = {
  ...{
    forWhom: 'self',
    recipient: 'me',
    extended: 'letter',
    otherNationality: 'no',
    payment: 'pay',
    deliverTo: 'home',
  },
  ...{ requestLetter: { ...file('sample.pdf'), name: 'schreiben.pdf' }, correct: 'yes' },
};
const HONORARY: Fill = {
  ...EXTENDED,
  payment: 'honorary',
  exemptionProof: { ...file('sample.png'), name: 'nachweis.png' },
};

async function atReview(answers: Fill): Promise<Citizen> {
  const person = await arrive(office.origin, 'rathaus-1');
  await person.walk(SERVICE, answers, 'identity');
  await signInAs(person, office.origin, 'hans');
  for (let pages = 0; person.at !== 'review' && pages < 20; pages += 1) {
    await person.photographs(answers);
    const form = person.fill(SERVICE, answers);
    const next = { name: '_action', value: 'next' };
    await person.press(form.press(form.offers(next.name, next.value) ? next : undefined));
  }
  return person;
}

/** Hands in; pays where something is due. */
async function apply(answers: Fill = EXTENDED): Promise<Handed & { person: Citizen }> {
  const person = await atReview(answers);
  if (answers.payment === 'pay') await payByCard(person, SERVICE);
  else await person.press(person.review(SERVICE));
  return { ...person.receipt(), person };
}

const rowOf = (number: string) =>
  office.db
    .selectFrom('cases')
    .select(['id', 'state', 'delivered_at'])
    .where('number', '=', number)
    .executeTakeFirstOrThrow();
const stateOf = async (number: string): Promise<string> => (await rowOf(number)).state;
const sentOf = (number: string) => fit.authority.received.filter((one) => one.number === number);

/** Works until a case is in a state: the authority decides in its own time. */
async function until(number: string, state: string): Promise<void> {
  await eventually(`${state}`, async () => {
    await office.tryWork();
    return (await stateOf(number)) === state;
  });
}

async function auditsOf(number: string): Promise<string[]> {
  const { id } = await rowOf(number);
  const rows = office.db.selectFrom('audit_entry').select('action').where('subject', '=', id).orderBy('seq');
  return (await rows.execute()).map(({ action }) => action);
}

async function openStatus(handed: Handed): Promise<Citizen> {
  const person = await arrive(office.origin);
  await person.openCase(handed);
  return person;
}

const refundsOf = async (number: string): Promise<unknown[]> => {
  const tasks = office.db
    .selectFrom('refund_task')
    .innerJoin('payment', 'payment.id', 'refund_task.payment_id');
  const { id } = await rowOf(number);
  return tasks.select(['refund_task.reason', 'done_at', 'amount_cents']).where('case_id', '=', id).execute();
};

describe('a case for another authority', () => {
  it('reaches it once, with its files, as the published schema has it, and is done when it is accepted', async () => {
    const { number } = await apply();
    await until(number, 'done');
    for (let turns = 0; turns < 3; turns += 1) await office.work();
    const [sent, ...more] = sentOf(number);
    assert.ok(sent && more.length === 0, 'once');
    const url = `${office.origin}/api/services/${SERVICE}/submission-4.schema.json`;
    const schema = (await (await fetch(url)).json()) as object;
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    assert.ok(ajv.validate(schema, sent.data), ajv.errorsText());
    assert.equal(ajv.validate(schema, {}), false, 'the schema asks for something');
    assert.deepEqual(
      sent.files.map(({ name, mediaType }) => ({ name, mediaType })),
      [{ name: 'schreiben.pdf', mediaType: 'application/pdf' }],
    );
    assert.ok(sent.files[0]?.content.subarray(0, 5).equals(Buffer.from('%PDF-')));
    const audits = await auditsOf(number);
    assert.equal(audits.filter((action) => action === 'case.delivered').length, 1);
    assert.equal(audits.filter((action) => action === 'case.decided').length, 1);
    assert.ok((await rowOf(number)).delivered_at);
  });

  it('tells it all that it needs: who, how sure that is, what kind, and what was paid', async () => {
    const came = office.now();
    const { number } = await apply();
    await until(number, 'done');
    const [sent] = sentOf(number);
    const data = sent?.data as Record<string, unknown>;
    const { familyName, givenNames, birthName, birthDate, birthPlace, nationality, home } = data;
    assert.deepEqual(
      { familyName, givenNames, birthName, birthDate, birthPlace, nationality, home },
      {
        ...{ familyName: 'Groß', givenNames: 'Hans-Jürgen', birthName: 'Groß', birthDate: '1958-02-28' },
        ...{ birthPlace: 'Rastatt', nationality: 'DEU' },
        home: { street: 'Erzbergerstraße', houseNumber: '12', postcode: '76133', city: 'Karlsruhe' },
      },
    );
    const { recipient, extended, payment, deliverTo, documentKind, isEuropean } = data;
    assert.deepEqual(
      { recipient, extended, payment, deliverTo, documentKind, isEuropean },
      {
        recipient: 'me',
        extended: 'letter',
        payment: 'pay',
        deliverTo: 'home',
        documentKind: 'NE',
        isEuropean: false,
      },
    );
    const { at, ...proof } = data._identity as Record<string, unknown>;
    assert.deepEqual(
      [data.identity, proof],
      ['high', { provider: 'bundid', level: 'high', means: 'idCard' }],
    );
    const shown = new Date(String(at));
    assert.ok(shown >= came && shown <= office.now(), String(at));
    assert.deepEqual(data._fee, { cents: 1300 });
  });

  it('shows the desk who it was and how sure that is', async () => {
    const { number } = await apply(HONORARY);
    await office.work();
    const clerk = await signIn(office.origin, 'oa');
    const { text } = await clerk.get((await clerk.find(number)) ?? '');
    assert.match(text, /BundID, Deutscher Personalausweis, Vertrauensniveau hoch/);
    assert.match(text, /nachweis\.png/);
  });

  it('is decided by nobody at the desk, which says where it is, and by whom it was decided', async () => {
    fit.authority.decide = 'later';
    const { number } = await apply(HONORARY);
    await office.work();
    const clerk = await signIn(office.origin, 'oa');
    const path = (await clerk.find(number)) ?? '';
    const before = await clerk.get(path);
    assert.match(before.text, /Dieser Vorgang liegt bei: Bundesamt für Justiz/);
    assert.ok(before.text.includes(`Zugestellt am ${DAY.format(office.now())}`));
    assert.doesNotMatch(before.text, />(Übernehmen|Entscheiden|Rückfrage an die Person)</);
    assert.match((await clerk.get('/desk')).text, /liegt bei: Bundesamt für Justiz/);
    for (const [action, fields] of [
      ['take', {}],
      ['ask', { text: 'Wozu?' }],
      ['decide', { decision: 'done', text: '' }],
      ['decide', { decision: 'rejected', text: 'Nein' }],
      ['close', { text: 'Schluss' }],
    ] as const)
      assert.equal((await clerk.act(path, action, fields)).status, 409, action);
    assert.equal(await stateOf(number), 'new');
    fit.authority.decide = 'accept';
    await fit.authority.work();
    await until(number, 'done');
    const { text } = await clerk.get(path);
    assert.match(text, /Entschieden: Erledigt<\/strong>\s*<span[^>]*>Bundesamt für Justiz,/);
    assert.doesNotMatch(text, /Amtomat,/);
  });

  it('says to its citizen where it is, whom to ask, and that nothing can be sent or taken back here', async () => {
    await fit.trouble({ down: true });
    fit.authority.decide = 'later';
    const receipt = await apply(HONORARY);
    const person = await openStatus(receipt);
    assert.match(person.shown.text, /Auf dem Weg: Bundesamt für Justiz/);
    const withdraw = person.form('/status/case/withdraw');
    withdraw.fill('sure', 'yes');
    await fit.trouble({});
    for (let tries = 0; tries < 4; tries += 1) {
      office.pass(HOUR_MS / 60);
      await office.tryWork();
    }
    await person.press(withdraw.press());
    assert.equal(await stateOf(receipt.number), 'new');
    assert.match(person.shown.text, /Ihr Antrag wurde nicht zurückgezogen/);
    assert.match(person.shown.text, /Liegt bei: Bundesamt für Justiz/);
    assert.match(person.shown.text, /Wenden Sie sich direkt an diese Behörde/);
    assert.doesNotMatch(person.shown.text, /action="\/status\/case\/(answer|withdraw)"/);
  });

  it('tells those in between nothing but where it goes', async () => {
    const { number } = await apply(HONORARY);
    await until(number, 'done');
    const shown = JSON.stringify(
      fit.submissions().map((one) => ({ ...one, attachments: [...one.attachments.values()] })),
    );
    assert.ok(shown.length > 1_000);
    assert.doesNotMatch(shown, /Groß|Hans-J|Rastatt|schreiben|nachweis/);
    assert.doesNotMatch(shown, new RegExp(number));
  });

  it('is rejected when the authority says so, and who has paid gets it back', async () => {
    fit.authority.decide = 'reject';
    const paid = await apply();
    const free = await apply(HONORARY);
    await until(paid.number, 'rejected');
    await until(free.number, 'rejected');
    assert.deepEqual(await refundsOf(paid.number), [
      { reason: 'rejected', done_at: null, amount_cents: 1300 },
    ]);
    assert.deepEqual(await refundsOf(free.number), []);
    const status = await openStatus(paid);
    assert.match(status.shown.text, /data-state="rejected"/);
    await office.work();
    assert.equal((await refundsOf(paid.number)).length, 1);
    assert.deepEqual(sentOf(paid.number), []);
  });

  it('waits while the authority thinks, also over a restart of the office', async () => {
    fit.authority.decide = 'later';
    const { number } = await apply();
    await office.work();
    await office.restart();
    await office.work();
    assert.equal(await stateOf(number), 'new');
    assert.match((await auditsOf(number)).join(), /case\.delivered/);
    fit.authority.decide = 'accept';
    await fit.authority.work();
    await until(number, 'done');
    assert.equal(sentOf(number).length, 1);
  });

  it('that nobody picks up is kept until the delivery service rejects it, and then as long as any other', async () => {
    fit.authority.decide = 'later';
    const receipt = await apply();
    await office.work();
    await office.at('2026-12-28T10:00:00+01:00', () => office.work());
    const status = await openStatus(receipt);
    assert.match(status.shown.text, /data-state="rejected"/);
    assert.deepEqual(await refundsOf(receipt.number), [
      { reason: 'rejected', done_at: null, amount_cents: 1300 },
    ]);
    await office.at('2027-04-01T10:00:00+02:00', () => office.work());
    assert.match((await openStatus(receipt)).shown.text, /data-state="rejected"/, 'the money is still owed');
  });

  it('is paid back also when an earlier version of the office has destroyed it undecided', async () => {
    fit.authority.decide = 'later';
    const { number } = await apply();
    await office.work();
    await office.db
      .updateTable('cases')
      .set({ wrapped_key: null, key_id: null, content: null, destroyed_at: office.now() })
      .where('number', '=', number)
      .execute();
    await office.at('2026-12-28T10:00:00+01:00', () => office.work());
    assert.deepEqual(await refundsOf(number), [{ reason: 'rejected', done_at: null, amount_cents: 1300 }]);
  });

  it('is written down when an answer cannot be believed, and stays as it is', async () => {
    fit.authority.decide = 'later';
    const { number } = await apply(HONORARY);
    await office.work();
    await fit.trouble({ forgery: 'signed-with-another-key' });
    await office.tryWork();
    assert.equal(await stateOf(number), 'new');
    assert.ok((await auditsOf(number)).includes('authority.disbelieved'));
    await fit.trouble({});
    fit.authority.decide = 'accept';
    await fit.authority.work();
    await until(number, 'done');
  });
});

/** The services as they are at another start of the office. */
const LATER: Readonly<Record<string, (services: string) => void>> = {
  'is gone': () => {
    decided[SERVICE] = 'none';
  },
  'leads to a portal': () => {
    decided[SERVICE] = 'portal';
  },
  'has a new version, which asks for something else': (services) => {
    const path = join(services, SERVICE, 'service.yaml');
    const text = readFileSync(path, 'utf8');
    writeFileSync(
      path,
      text.replace(/^version: \d+$/m, 'version: 77').replace(/^leika: .*$/m, 'leika: "99000000000077"'),
    );
  },
};

describe('a case that waits for the delivery service', () => {
  for (const [change, how] of Object.entries(LATER)) {
    it(`goes out as it was handed in when its service ${change}`, async () => {
      await fit.trouble({ down: true });
      const receipt = await apply();
      const { service_version: version } = await office.db
        .selectFrom('cases')
        .select('service_version')
        .where('number', '=', receipt.number)
        .executeTakeFirstOrThrow();
      const services = mkdtempSync(join(tmpdir(), 'amtomat-services-'));
      cpSync('services', services, { recursive: true });
      how(services);
      await office.restart(services);
      assert.match((await openStatus(receipt)).shown.text, /auf dem Weg zum Bundesamt/);
      await fit.trouble({});
      office.pass(2 * HOUR_MS);
      await until(receipt.number, 'done');
      // The stand-in takes no other schema than that of the version it was first told of.
      assert.equal(sentOf(receipt.number).length, 1);
      const schema = `/api/services/${SERVICE}/submission-${version}.schema.json`;
      assert.equal((await fetch(`${office.origin}${schema}`)).status, 200);
      const unknown = schema.replace(`-${version}.`, '-78.');
      assert.equal((await fetch(`${office.origin}${unknown}`)).status, 404);
      const status = await openStatus(receipt);
      assert.match(status.shown.text, /Es ist mit der Post unterwegs/);
      assert.equal((await status.client.get(`/papers/${receipt.number}/receipt.pdf`)).status, 200);
      delete decided[SERVICE];
      office.pass(-2 * HOUR_MS);
      await office.restart('services');
      rmSync(services, { recursive: true });
    });
  }
});

describe('a delivery service that is away', () => {
  it('for a day: the case waits, and goes out when it is back, once', async () => {
    await fit.trouble({ down: true });
    const receipt = await apply();
    for (let hours = 0; hours < 24; hours += 1) {
      if (hours === 12) await office.restart();
      office.pass(HOUR_MS);
      await office.tryWork();
    }
    const row = await office.db
      .selectFrom('outbox')
      .select(['state', 'last_error'])
      .where('case_id', '=', (await rowOf(receipt.number)).id)
      .executeTakeFirstOrThrow();
    assert.equal(row.state, 'waiting', `not given up: ${row.last_error}`);
    assert.deepEqual(sentOf(receipt.number), []);
    assert.equal(await stateOf(receipt.number), 'new');
    const waiting = await openStatus(receipt);
    assert.match(waiting.shown.text, /data-state="new"/);
    await fit.trouble({});
    office.pass(2 * HOUR_MS);
    await until(receipt.number, 'done');
    assert.equal(sentOf(receipt.number).length, 1);
  });

  for (const step of ['announce', 'attachment', 'submit', 'events'] as const) {
    it(`just when it answers (${step}): the case goes out once`, async () => {
      await fit.trouble({ loseAnswer: step });
      const { number } = await apply(HONORARY);
      await office.tryWork();
      for (let tries = 0; tries < 4; tries += 1) {
        office.pass(HOUR_MS / 60);
        await office.tryWork();
      }
      await until(number, 'done');
      assert.equal(sentOf(number).length, 1);
    });
  }
});

describe('what an authority writes back', () => {
  it('stands on the citizen’s status page with its file, and in nobody else’s', async () => {
    fit.authority.answer = 'Das Führungszeugnis ist unterwegs.';
    const receipt = await apply();
    await until(receipt.number, 'done');
    await eventually('the answer has come', async () => {
      await office.tryWork();
      return (await auditsOf(receipt.number)).includes('case.messaged');
    });
    const { submissionId = '' } = sentOf(receipt.number)[0] ?? {};
    const letter = { ...file('sample.pdf'), id: randomUUID(), name: 'bescheid.pdf' };
    const fake = { ...letter, id: randomUUID(), name: 'falsch.pdf', content: Buffer.from('MZ kein PDF') };
    await fit.authority.reply(submissionId, {
      text: 'Noch ein Hinweis <b>dazu</b>.',
      files: [letter, fake],
    });
    await office.tryWork();
    const person = await openStatus(receipt);
    assert.match(person.shown.text, /data-state="done"/);
    assert.match(person.shown.text, /Das Führungszeugnis ist unterwegs\./);
    assert.match(person.shown.text, /Noch ein Hinweis &lt;b&gt;dazu/);
    assert.match(person.shown.text, /bescheid\.pdf/);
    assert.doesNotMatch(person.shown.text, /falsch\.pdf/, 'what is not what it says is left out');
    assert.match(person.shown.text, /Eine Datei zu dieser Nachricht können wir nicht zeigen/);
    assert.equal(person.shown.text.split('können wir nicht zeigen').length, 2, 'of that message alone');
    assert.ok((await auditsOf(receipt.number)).includes('authority.disbelieved'));
    const clerk = await signIn(office.origin, 'oa');
    assert.match(
      (await clerk.get((await clerk.find(receipt.number)) ?? '')).text,
      /Dateien, die nicht angenommen wurden: 1/,
    );
    const [link = ''] = /\/status\/case\/files\/[0-9a-f-]{36}/.exec(person.shown.text) ?? [];
    const download = await person.client.get(link);
    assert.deepEqual([download.status, download.headers.get('content-type')], [200, 'application/pdf']);
    assert.match(download.headers.get('content-disposition') ?? '', /^attachment; /);
    assert.match(download.text, /^%PDF-/);
    const other = await openStatus(await apply(HONORARY));
    for (const stranger of [other, await arrive(office.origin)]) {
      const answer = await stranger.client.get(link);
      assert.ok(answer.status === 404 || answer.headers.get('location') === '/status', `${answer.status}`);
      assert.doesNotMatch(answer.text, /%PDF/);
    }
  });
});
