/** Every form of the desk, sent twice: because it was pressed twice, loaded again, or its answer was lost. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { movedIn } from '#test/answers';
import { type Answer, type Client, hiddenField } from '#test/client';
import { startDesk, type TestDesk } from '#test/desk';
import { eventually } from '#test/eventually';
import { testService } from '#test/service';
import { cardInHand } from './card.fixture.ts';

const PAGES = `
pages:
  - id: who
    kind: questions
    questions:
      - { id: familyName, kind: name, max: 80 }
      - { id: birthDate, kind: date }
retention: { start: closed, days: 90, legalBasis: § 2 TestG }
office: oa
`;
const paper = testService(`${PAGES}
slug: bescheinigung
result:
  document: { id: confirmation, decided: true, fields: [familyName, birthDate] }
`);
const elsewhere = testService(`${PAGES}
slug: anderswo
leika: "99000000000001"
delivery: { channel: fit-connect, authority: bfj, name: Bundesamt für Justiz }
`);
const BORN = { 'birthDate.day': '4', 'birthDate.month': '5', 'birthDate.year': '1984' };
const LETTER = {
  ...{ landlordName: 'Häuser GbR', 'landlordAddress.street': 'Karlstraße' },
  ...{ 'landlordAddress.houseNumber': '3a', 'landlordAddress.postcode': '76137' },
  ...{ 'landlordAddress.city': 'Karlsruhe' },
};
const card = cardInHand();

let desk: TestDesk;
let oa: Client;
let lead: Client;
before(async () => {
  desk = await startDesk({
    card,
    also: [paper, elsewhere],
    channels: [{ id: 'fit-connect', deliver: async () => {} }],
  });
  [oa, lead] = [await desk.signIn('oa'), await desk.signIn('lead')];
});
after(() => desk.stop());

/** A form that somebody has open. */
interface Open {
  page: string;
  to: string;
}

interface Form {
  route: string;
  /** Who sends it; a clerk when left out. */
  by?: 'lead';
  fields?: Record<string, string>;
  /** The same form with something else in it. */
  other?: Record<string, string>;
  open(): Promise<Open>;
  /** Who is refused what this person has done: by a colleague's same form, by their own with something else in it. */
  conflicts?: boolean;
  /** Only looks: the second time is written down like the first. */
  looks?: true;
}

async function handIn(service = paper.slug): Promise<string> {
  const { caseId } = await desk.handIn({ service, answers: { familyName: 'Đặng', birthDate: '1984-05-03' } });
  return caseId;
}

const inCase = (caseId: string, action: string): Open => {
  const page = `/desk/cases/${caseId}`;
  return { page: action === 'paper' ? `${page}/paper` : page, to: `${page}/${action}` };
};
const atCase = (action: string) => async () => inCase(await handIn(), action);

async function sent(
  client: Client,
  { page, to }: Open,
  fields: Record<string, string> = {},
): Promise<Answer> {
  const answer = await client.post(to, { ...(await hidden(client, { page, to })), ...fields });
  assert.ok(answer.status < 400, `${to}: ${answer.status}`);
  return answer;
}

/** What the page itself puts into the form. */
async function hidden(client: Client, { page, to }: Open): Promise<Record<string, string>> {
  const { text } = await client.get(page);
  const [form = ''] = new RegExp(`<form[^>]*action="${to}"[\\s\\S]*?</form>`).exec(text) ?? [];
  assert.notEqual(form, '', `${page} has ${to}`);
  const fields = form.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g);
  return Object.fromEntries([...fields].map(([, name = '', value = '']) => [name, value]));
}

/** @returns the id that stands in a page's address of a form, of the last one there is */
async function idIn(client: Client, page: string, form: RegExp): Promise<string> {
  const { text } = await client.get(page);
  return [...text.matchAll(form)].at(-1)?.[1] ?? '';
}

async function due(): Promise<{ caseId: string; id: string }> {
  const answers = movedIn('Ada Ünlü');
  const { caseId } = await desk.handIn({ service: 'wohnungsgeberbestaetigung', answers, cents: 1_300 });
  const payment = await desk.payments.begin(caseId, 'card', { site: 'rathaus', terminal: 't1' });
  const id = payment?.id ?? '';
  await desk.payments.payByCard(id);
  await eventually('the terminal has answered', async () =>
    ['paid', 'unknown'].includes((await desk.payments.progress(id))?.state ?? ''),
  );
  return { caseId, id };
}

async function refund(): Promise<Open> {
  const { caseId } = await due();
  await sent(oa, inCase(caseId, 'decide'), { decision: 'rejected', text: 'Nein' });
  const task = await desk.payments.refundOf(caseId);
  return { page: '/desk/payments', to: `/desk/payments/refunds/${task?.id}` };
}

async function unclear(): Promise<Open> {
  card.away = true;
  const { id } = await due();
  card.away = false;
  await desk.db
    .updateTable('payment')
    .set({ updated_at: new Date(desk.now().getTime() - 20 * 60_000) })
    .where('id', '=', id)
    .execute();
  return { page: '/desk/payments', to: `/desk/payments/unclear/${id}` };
}

async function letter(action: string): Promise<Open> {
  const { text } = await sent(oa, { page: '/desk/letter-codes', to: '/desk/letter-codes' }, LETTER);
  const id = /letter-codes\/([0-9a-f-]{36})\/letter/.exec(text)?.[1];
  return { page: '/desk/letter-codes', to: `/desk/letter-codes/${id}/${action}` };
}

const terminal = (action: string): Open => ({
  page: '/desk/terminals',
  to: `/desk/terminals/rathaus-1/${action}`,
});

async function parked(service: string): Promise<string> {
  const caseId = await handIn(service);
  await desk.db
    .updateTable('outbox')
    .set({ state: 'parked', done_at: null })
    .where('case_id', '=', caseId)
    .execute();
  return caseId;
}

const REJECT = { decision: 'rejected', text: 'Nein' };
const FORMS: readonly Form[] = [
  { route: '/cases/:id/:action', open: atCase('take'), conflicts: true },
  {
    route: '/cases/:id/:action',
    conflicts: true,
    async open() {
      const id = await handIn();
      await sent(oa, inCase(id, 'take'));
      return inCase(id, 'release');
    },
  },
  {
    route: '/cases/:id/:action',
    conflicts: true,
    async open() {
      const id = await handIn();
      await desk.db.updateTable('cases').set({ to_decide: true }).where('id', '=', id).execute();
      return inCase(id, 'accept');
    },
  },
  ...['note', 'ask'].map((action) => ({
    ...{ route: '/cases/:id/:action', open: atCase(action), conflicts: true },
    ...{ fields: { text: 'Eins' }, other: { text: 'Zwei' } },
  })),
  {
    ...{ route: '/cases/:id/:action', open: atCase('decide'), conflicts: true },
    ...{ fields: REJECT, other: { ...REJECT, text: 'Leider nicht' } },
  },
  {
    ...{ route: '/cases/:id/:action', conflicts: true },
    ...{ fields: { text: 'Falscher Name' }, other: { text: 'Falsches Datum' } },
    async open() {
      const id = await handIn();
      await sent(oa, inCase(id, 'decide'), { decision: 'done', compared: 'yes' });
      return inCase(id, 'revoke');
    },
  },
  {
    ...{ route: '/cases/:id/:action', by: 'lead', conflicts: true },
    ...{ fields: { text: 'Keine Antwort' }, other: { text: 'Verloren' } },
    open: async () => inCase(await parked(elsewhere.slug), 'close'),
  },
  {
    ...{ route: '/cases/:id/paper', open: atCase('paper'), conflicts: true },
    ...{ fields: { familyName: 'Dang', ...BORN }, other: { familyName: 'Tang', ...BORN } },
  },
  {
    ...{ route: '/payments/refunds/:id', open: refund, conflicts: true },
    ...{ fields: { outcome: 'refunded', sure: 'yes' }, other: { outcome: 'kept', text: 'Es war Arbeit.' } },
  },
  {
    ...{ route: '/payments/refunds/:id', open: refund, conflicts: true },
    fields: { outcome: 'kept', text: 'Es war Arbeit.' },
    other: { outcome: 'kept', text: 'Es war viel Arbeit.' },
  },
  {
    ...{ route: '/payments/unclear/:id', open: unclear, conflicts: true },
    ...{ fields: { outcome: 'paid', sure: 'yes' }, other: { outcome: 'notPaid', sure: 'yes' } },
  },
  {
    ...{ route: '/payments/unclear/:id', open: unclear, conflicts: true },
    ...{ fields: { outcome: 'notPaid', sure: 'yes' }, other: { outcome: 'paid', sure: 'yes' } },
  },
  {
    ...{ route: '/letter-codes', fields: LETTER },
    open: async () => ({ page: '/desk/letter-codes', to: '/desk/letter-codes' }),
  },
  { route: '/letter-codes/:id/revoke', open: () => letter('revoke') },
  { route: '/terminals/:id/code', by: 'lead', open: async () => terminal('code') },
  {
    ...{ route: '/terminals/:id/revoke', by: 'lead' },
    async open() {
      await sent(lead, terminal('code'));
      return terminal('revoke');
    },
  },
  {
    ...{ route: '/sessions/:id/end', by: 'lead' },
    async open() {
      await desk.signIn('tsk');
      const id = await idIn(lead, '/desk/sessions', /sessions\/([\w-]{43})\/end(?=[\s\S]*?Timo Sauter)/g);
      return { page: '/desk/sessions', to: `/desk/sessions/${id}/end` };
    },
  },
  {
    ...{ route: '/alarms/:id/retry', by: 'lead' },
    async open() {
      const caseId = await parked(paper.slug);
      const id = (await desk.delivery.parked()).find((one) => one.caseId === caseId)?.id;
      return { page: '/desk/alarms', to: `/desk/alarms/${id}/retry` };
    },
  },
  {
    ...{ route: '/lookup', fields: { code: '23456-789AB-CDEFG' }, looks: true },
    open: async () => ({ page: '/desk/lookup', to: '/desk/lookup' }),
  },
];

/** What happened, without the looking that every page writes down. */
const acts = async (): Promise<string[]> =>
  (await desk.audited()).filter((entry) => !/ (?:case\.read|letter\.listed|staff\.signedIn) /.test(entry));

/** Where an answer leads: to another page, or to what it shows. */
const ledTo = ({ status, headers, text }: Answer): unknown => [status, headers.get('location') ?? text];

const nameOf = (form: Form, index: number): string =>
  `${form.route} (${index}: ${Object.values(form.fields ?? {})[0] ?? ''})`;

describe('a form of the desk that is sent twice by the same person', () => {
  for (const [index, form] of FORMS.entries()) {
    const own = (): Client => (form.by === 'lead' ? lead : oa);

    it(`acts once, and leads on the second time: ${nameOf(form, index)}`, async () => {
      const open = await form.open();
      const fields = { ...(await hidden(own(), open)), ...form.fields };
      await acts();
      const first = await own().post(open.to, fields);
      const done = await acts();
      const second = await own().post(open.to, fields);
      assert.deepEqual(ledTo(second), ledTo(first));
      if (form.looks) return;
      assert.ok(first.status === 303 || first.status === 200, `${first.status}`);
      assert.notDeepEqual(done, []);
      assert.deepEqual(await acts(), []);
    });

    it(`acts once when both come at the same moment: ${nameOf(form, index)}`, async () => {
      const open = await form.open();
      const fields = { ...(await hidden(own(), open)), ...form.fields };
      await acts();
      const [first, second] = await Promise.all([own().post(open.to, fields), own().post(open.to, fields)]);
      assert.deepEqual(ledTo(second), ledTo(first));
      if (form.looks) return;
      assert.ok(first.status === 303 || first.status === 200, `${first.status}`);
      const done = await acts();
      assert.equal(new Set(done).size, done.length, done.join());
    });

    if (!form.conflicts) continue;
    it(`is refused to others, and with something else in it: ${nameOf(form, index)}`, async () => {
      const open = await form.open();
      const mine = await hidden(own(), open);
      const theirs = { ...mine, _csrf: hiddenField((await lead.get('/desk')).text, '_csrf') ?? '' };
      assert.equal((await own().post(open.to, { ...mine, ...form.fields })).status, 303);
      await acts();
      if (form.other)
        assert.equal((await own().post(open.to, { ...mine, ...form.other })).status, 409, 'something else');
      if (!form.by)
        assert.equal((await lead.post(open.to, { ...theirs, ...form.fields })).status, 409, 'a colleague');
      assert.deepEqual(await acts(), []);
    });
  }

  it('are these, and no others', () => {
    // A machine sends one of them, one only prints, and one is the last that somebody sends.
    const others = ['/back-channel-logout', '/letter-codes/:id/letter', '/sign-out'];
    assert.deepEqual(
      [...new Set([...FORMS.map(({ route }) => route), ...others])].sort(),
      [...desk.forms].sort(),
    );
  });
});
