/** Two at one case at the same moment: exactly one of them wins, and the other reads what happened and loses nothing. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { sql } from 'kysely';
import type { Receipt } from '#cases';
import type { Answers } from '#service';
import { bulkyWaste } from '#test/answers';
import { type Answer, type Client, hiddenField } from '#test/client';
import { startDesk, type TestDesk } from '#test/desk';
import { eventually } from '#test/eventually';
import { testService } from '#test/service';

const DAY = 86_400_000;
const paper = testService(`
slug: bescheinigung
office: oa
retention: { start: closed, days: 90, legalBasis: § 2 TestG }
pages:
  - id: who
    kind: questions
    questions:
      - { id: familyName, kind: name, max: 80 }
      - { id: birthDate, kind: date }
result:
  document: { id: confirmation, decided: true, fields: [familyName, birthDate] }
`);
const PERSON: Answers = { familyName: 'Đặng', birthDate: '1984-05-03' };

let desk: TestDesk;
let oa: Client;
let tsk: Client;
let lead: Client;
before(async () => {
  desk = await startDesk({ also: [paper] });
});
after(() => desk.stop());
beforeEach(async () => {
  [oa, tsk, lead] = [await desk.signIn('oa'), await desk.signIn('tsk'), await desk.signIn('lead')];
});

let houses = 0;
async function bulky(): Promise<Receipt> {
  houses += 1;
  const household = { street: 'Kaiserstraße', houseNumber: `${houses}`, familyName: 'Đặng' };
  return desk.handIn({ service: 'sperrmuell', answers: bulkyWaste(household, await desk.slot('76133')) });
}

/** A form of a page that somebody has open, to be sent later. */
async function open(client: Client, page: string, to: string, fields: Record<string, string>) {
  const { text } = await client.get(page);
  const hidden = { _csrf: hiddenField(text, '_csrf') ?? '', version: hiddenField(text, 'version') ?? '' };
  return () => client.post(to, { ...hidden, ...fields });
}

const act = ({ caseId }: Receipt, client: Client, action: string, fields: Record<string, string> = {}) =>
  open(client, `/desk/cases/${caseId}`, `/desk/cases/${caseId}/${action}`, fields);

/** Lets several go on together only when each of them stands before the case. */
async function together<T>({ caseId }: Receipt, work: readonly (() => Promise<T>)[]): Promise<T[]> {
  const begun = await desk.db.transaction().execute(async (tx) => {
    await tx.selectFrom('cases').select('id').where('id', '=', caseId).forUpdate().execute();
    const all = work.map((one) => one());
    await eventually('all stand before the case', async () => {
      const { rows } = await sql<{ count: string }>`SELECT count(*) FROM pg_stat_activity
        WHERE wait_event_type = 'Lock' AND datname = current_database()`.execute(desk.db);
      return Number(rows[0]?.count) === work.length;
    });
    return all;
  });
  return Promise.all(begun);
}

/** @returns the one answer that says no; there must be exactly one that says yes */
function loser(answers: readonly Answer[]): Answer {
  assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 409]);
  const lost = answers.find(({ status }) => status === 409);
  assert.ok(lost);
  return lost;
}

const kinds = async ({ caseId }: Receipt): Promise<string[]> => {
  const rows = await desk.db
    .selectFrom('case_event')
    .select('kind')
    .where('case_id', '=', caseId)
    .orderBy('at')
    .execute();
  return rows.map(({ kind }) => kind).filter((kind) => kind !== 'submitted');
};

const alertIn = ({ text }: Answer): string => /<div class="kern-alert[\s\S]*?<\/ul>/.exec(text)?.[0] ?? '';
const NAMES = { tsk: 'Timo Sauter', lead: 'Lena Adler' };

describe('two clerks', () => {
  it('who decide differently: one decision, and the other reads whose, and has their reason still', async () => {
    const receipt = await bulky();
    const answers = await together(receipt, [
      await act(receipt, tsk, 'decide', { decision: 'done', early: 'yes', text: 'Geht so <b>' }),
      await act(receipt, lead, 'decide', { decision: 'rejected', text: 'Geht nicht <b>' }),
    ]);
    const lost = loser(answers);
    const [winner, word, typed] =
      lost === answers[0]
        ? [NAMES.lead, 'Entschieden: Ablehnen', 'Geht so']
        : [NAMES.tsk, 'Entschieden: Erledigt', 'Geht nicht'];
    assert.match(alertIn(lost), new RegExp(`\\d\\d\\.\\d\\d\\.\\d{4}, \\d\\d:\\d\\d: ${winner}: ${word}`));
    assert.match(lost.text, new RegExp(`zum Kopieren[\\s\\S]*${typed} &lt;b&gt;</textarea>`));
    assert.deepEqual(await kinds(receipt), ['decided']);
  });

  for (const [action, fields] of [
    ['take', {}],
    ['ask', { text: 'Wo genau?' }],
    ['note', { text: 'Vermerk' }],
  ] as const)
    it(`of whom one decides and the other does something else (${action})`, async () => {
      const receipt = await bulky();
      const answers = await together(receipt, [
        await act(receipt, lead, 'decide', { decision: 'rejected', text: 'Nein' }),
        await act(receipt, tsk, action, fields),
      ]);
      const lost = loser(answers);
      assert.match(
        alertIn(lost),
        lost === answers[0] ? /Timo Sauter: / : /Lena Adler: Entschieden: Ablehnen/,
      );
      const typed = lost === answers[0] ? 'Nein' : 'text' in fields ? fields.text : '';
      assert.ok(typed === '' || lost.text.includes(`${typed}</textarea>`));
      assert.equal((await kinds(receipt)).length, 1);
    });

  it('who both write something down: the second adds it with one more press', async () => {
    const receipt = await bulky();
    const answers = await together(receipt, [
      await act(receipt, tsk, 'note', { text: 'Eins' }),
      await act(receipt, lead, 'note', { text: 'Zwei' }),
    ]);
    const lost = loser(answers);
    const [client, text] = lost === answers[0] ? [tsk, 'Eins'] : [lead, 'Zwei'];
    assert.match(lost.text, new RegExp(`${text}</textarea>`));
    const hidden = hiddenField(lost.text, 'version') ?? '';
    const _csrf = hiddenField(lost.text, '_csrf') ?? '';
    const again = await client.post(`/desk/cases/${receipt.caseId}/note`, { _csrf, version: hidden, text });
    assert.equal(again.status, 303);
    assert.deepEqual(await kinds(receipt), ['note', 'note']);
  });

  it('of whom one corrects the paper and the other issues it: never a paper that one of them has not seen', async () => {
    const receipt = await desk.handIn({ service: paper.slug, answers: PERSON });
    const page = `/desk/cases/${receipt.caseId}/paper`;
    const day = { 'birthDate.day': '4', 'birthDate.month': '5', 'birthDate.year': '1984' };
    const correct = await open(oa, page, page, { familyName: 'Dang', ...day });
    const issue = await act(receipt, lead, 'decide', { decision: 'done', compared: 'yes' });
    const answers = await together(receipt, [correct, issue]);
    const lost = loser(answers);
    if (lost === answers[0]) {
      assert.match(alertIn(lost), /Lena Adler: Entschieden: Erledigt/);
      assert.match(lost.text, /zum Kopieren[\s\S]*: Dang\n[^<]*: 4 5 1984<\/textarea>/);
    } else assert.match(alertIn(lost), /Olga Amberger: Papier berichtigt/);
    assert.equal((await kinds(receipt)).length, 1);
  });

  it('who both correct it: the second sees what the first has written beside what they typed', async () => {
    const receipt = await desk.handIn({ service: paper.slug, answers: PERSON });
    const page = `/desk/cases/${receipt.caseId}/paper`;
    const day = { 'birthDate.day': '3', 'birthDate.month': '5', 'birthDate.year': '1984' };
    const answers = await together(receipt, [
      await open(oa, page, page, { familyName: 'Dang', ...day }),
      await open(lead, page, page, { familyName: 'Tang', ...day }),
    ]);
    const lost = loser(answers);
    const [mine, theirs, who] =
      lost === answers[0] ? ['Dang', 'Tang', 'Lena Adler'] : ['Tang', 'Dang', 'Olga Amberger'];
    assert.match(alertIn(lost), new RegExp(`${who}: Papier berichtigt`));
    assert.match(lost.text, new RegExp(`name="familyName"[^>]*value="${mine}"`));
    assert.match(lost.text, new RegExp(`Gespeichert ist jetzt: ${theirs}`));
    assert.equal(lost.text.match(/Gespeichert ist jetzt/g)?.length, 1, 'only where it differs');
  });

  it('who correct different lines of it: the second takes nothing of the first back', async () => {
    const receipt = await desk.handIn({ service: paper.slug, answers: PERSON });
    const page = `/desk/cases/${receipt.caseId}/paper`;
    const { text: seen } = await lead.get(page);
    const was = Object.fromEntries(
      [...seen.matchAll(/name="_was\.([^"]*)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [
        name,
        value,
      ]),
    );
    const first = await open(oa, page, page, { ...was, familyName: 'Dang' });
    assert.equal((await first()).status, 303);
    const stale = Object.fromEntries(Object.entries(was).map(([name, value]) => [`_was.${name}`, value]));
    const _csrf = hiddenField(seen, '_csrf') ?? '';
    const version = hiddenField(seen, 'version') ?? '';
    const late = await lead.post(page, { ...was, ...stale, 'birthDate.year': '1985', _csrf, version });
    assert.equal(late.status, 409);
    assert.match(
      late.text,
      /name="familyName"[^>]*value="Dang"/,
      'left as it was, it says what has been saved',
    );
    assert.match(late.text, /name="birthDate.year"[^>]*value="1985"/);
    assert.equal(late.text.match(/Gespeichert ist jetzt/g)?.length, 1);
  });

  it('who both take a paper back', async () => {
    const receipt = await desk.handIn({ service: paper.slug, answers: PERSON });
    await (await act(receipt, oa, 'decide', { decision: 'done', compared: 'yes' }))();
    const answers = await together(receipt, [
      await act(receipt, oa, 'revoke', { text: 'Falscher Name' }),
      await act(receipt, lead, 'revoke', { text: 'Falsches Datum' }),
    ]);
    const lost = loser(answers);
    assert.match(alertIn(lost), /: Papier zurückgenommen/);
    const typed = lost === answers[0] ? 'Falscher Name' : 'Falsches Datum';
    assert.match(lost.text, new RegExp(`zum Kopieren[\\s\\S]*${typed}</textarea>`));
  });
});

it('one clerk in two windows reads that it was they themselves', async () => {
  const receipt = await bulky();
  const decide = (text: string) => act(receipt, tsk, 'decide', { decision: 'rejected', text });
  const lost = loser(await together(receipt, [await decide('Eins'), await decide('Zwei')]));
  assert.match(alertIn(lost), /Sie selbst, in einem anderen Fenster: Entschieden: Ablehnen/);
  assert.deepEqual(await kinds(receipt), ['decided']);
});

describe('a clerk and the citizen', () => {
  it('who takes the case back: one of the two, and the date is taken or free as it says', async () => {
    const receipt = await bulky();
    const decide = await act(receipt, tsk, 'decide', { decision: 'done', early: 'yes', text: 'Fertig' });
    let refused = false;
    const withdraw = () =>
      desk.cases.withdraw(receipt.caseId).catch(() => {
        refused = true;
      });
    const [answer] = await together<Answer | undefined>(receipt, [
      decide,
      () => withdraw().then(() => undefined),
    ]);
    assert.ok(answer);
    if (refused) assert.equal(answer.status, 303);
    else {
      assert.equal(answer.status, 409);
      assert.match(alertIn(answer), /Person: Zurückgezogen/);
      assert.match(answer.text, /zum Kopieren[\s\S]*Fertig<\/textarea>/);
    }
    assert.deepEqual(await kinds(receipt), [refused ? 'decided' : 'withdrawn']);
  });

  it('who answers while it is decided: the clerk reads that, and decides anew knowing it', async () => {
    const receipt = await bulky();
    const decide = await act(receipt, tsk, 'decide', { decision: 'rejected', text: 'Es fehlt etwas' });
    await desk.cases.answer(receipt.caseId, { text: 'Hier ist es' });
    const late = await decide();
    assert.equal(late.status, 409);
    assert.match(alertIn(late), /Person: Antwort der Person/);
    assert.match(late.text, /Hier ist es/);
    assert.match(late.text, /Es fehlt etwas<\/textarea>/);
    assert.match(late.text, /value="rejected" checked/);
  });
});

describe('a clerk and the end of the time', () => {
  it('who wrote while the case was destroyed has the text still, and reads why', async () => {
    const receipt = await bulky();
    await (await act(receipt, tsk, 'decide', { decision: 'rejected', text: 'Nein' }))();
    desk.pass(400 * DAY);
    const late = await desk.signIn('tsk');
    const note = await act(receipt, late, 'note', { text: 'Noch ein <Vermerk>' });
    await desk.cases.retention();
    const answer = await note();
    assert.equal(answer.status, 410);
    assert.match(answer.text, /vernichtet/);
    assert.match(answer.text, /Noch ein &lt;Vermerk&gt;<\/textarea>/);
  });

  it('is never both: what is decided is kept, and what is destroyed cannot be decided', async () => {
    const receipts = await Promise.all(Array.from({ length: 6 }, bulky));
    desk.pass(400 * DAY);
    const late = await desk.signIn('tsk');
    const decide = await Promise.all(
      receipts.map((receipt) => act(receipt, late, 'decide', { decision: 'rejected', text: 'Spät' })),
    );
    const work = [...decide.map((one) => one().then(({ status }) => status)), desk.cases.retention()];
    const [...done] = await Promise.all(work);
    assert.deepEqual(done.slice(0, -1), Array(6).fill(303));
    for (const receipt of receipts) {
      assert.deepEqual(await kinds(receipt), ['decided']);
      assert.equal((await desk.cases.find(receipt.caseId))?.destroyedAt, null);
    }
  });
});
