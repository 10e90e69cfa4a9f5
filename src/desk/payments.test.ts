import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { Receipt } from '#cases';
import { paidText } from '#receipt';
import { formatNumber } from '#seal';
import { movedIn } from '#test/answers';
import { type Client, hiddenField } from '#test/client';
import { startDesk, type TestDesk } from '#test/desk';
import { eventually } from '#test/eventually';
import { cardInHand } from './card.fixture.ts';

const card = cardInHand();

let desk: TestDesk;
let oa: Client;
let tsk: Client;
let lead: Client;
before(async () => {
  desk = await startDesk({ card });
  oa = await desk.signIn('oa');
  tsk = await desk.signIn('tsk');
  lead = await desk.signIn('lead');
});
after(() => desk.stop());

const due = (): Promise<Receipt> =>
  desk.handIn({ service: 'wohnungsgeberbestaetigung', answers: movedIn('Ada Ünlü'), cents: 1_300 });

async function pay({ caseId }: Receipt): Promise<string> {
  const payment = await desk.payments.begin(caseId, 'card', { site: 'rathaus', terminal: 't1' });
  const id = payment?.id ?? '';
  await desk.payments.payByCard(id);
  await eventually('the terminal has answered', async () => {
    const state = (await desk.payments.progress(id))?.state;
    return state === 'paid' || state === 'unknown';
  });
  return id;
}

async function send(client: Client, page: string, to: string, fields: Record<string, string>) {
  const { text } = await client.get(page);
  const hidden = { _csrf: hiddenField(text, '_csrf') ?? '', version: hiddenField(text, 'version') ?? '' };
  return client.post(to, { ...hidden, ...fields });
}

/** Whoever decides ticks that they are sure. */
const SURE = { sure: 'yes' };

const EUROS = new Intl.NumberFormat('de-DE', { style: 'currency', currency: 'EUR' });

/** Rejects a case that was paid, and gives the money back. */
async function giveBack({ caseId }: Receipt): Promise<void> {
  const clerk = { subject: 'oa', offices: ['oa'] };
  const version = (await desk.cases.find(caseId))?.version ?? 0;
  await desk.cases.decide(caseId, clerk, version, 'rejected', 'Leider nicht.');
  const task = await desk.payments.refundOf(caseId);
  assert.equal(await desk.payments.closeRefund(task?.id ?? '', clerk, { outcome: 'refunded' }), true);
}

describe('an unpaid case', () => {
  it('does not exist at the desk, until it is paid; then it shows what was paid and how', async () => {
    const receipt = await due();
    const path = `/desk/cases/${receipt.caseId}`;
    assert.ok(!(await oa.get('/desk')).text.includes(formatNumber(receipt.number)));
    assert.match((await oa.get(`/desk?number=${receipt.number}`)).text, /gibt es keinen Vorgang/);
    assert.equal((await oa.get(path)).text, (await oa.get(`/desk/cases/${randomUUID()}`)).text);
    await pay(receipt);
    const { text, status } = await oa.get(path);
    assert.equal(status, 200);
    for (const words of [/13,00\s€/, /Karte am Gerät/, /bezahlt/, /entsteht eine Erstattungsaufgabe/]) {
      assert.match(text, words);
    }
    assert.match((await oa.get(`${path}/print`)).text, /Kennzeichen/);
  });
});

describe('a refund task', () => {
  it('comes from rejecting, is said on the case, belongs to its office, and ends once', async () => {
    const receipt = await due();
    await pay(receipt);
    const path = `/desk/cases/${receipt.caseId}`;
    await send(oa, path, `${path}/decide`, { decision: 'rejected', text: 'Leider nicht.' });
    assert.match((await oa.get(path)).text, /Zu erstatten oder zu entscheiden: 13,00\s€/);
    const { text } = await oa.get('/desk/payments');
    assert.ok(text.includes(formatNumber(receipt.number)));
    assert.match(text, /Vorgang abgelehnt/);
    assert.ok(!(await tsk.get('/desk/payments')).text.includes(formatNumber(receipt.number)));
    const action = /action="(\/desk\/payments\/refunds\/[^"]+)"/.exec(text)?.[1] ?? '';
    assert.equal((await send(tsk, '/desk/payments', action, { outcome: 'refunded', ...SURE })).status, 404);
    assert.equal((await oa.post(action, { outcome: 'refunded' })).status, 403, 'without the session’s token');
    assert.equal((await send(oa, '/desk/payments', action, { outcome: 'x' })).status, 404);
    const unsure = await send(oa, '/desk/payments', action, { outcome: 'refunded' });
    assert.equal(unsure.status, 422);
    assert.match(unsure.text, /bestätigen Sie mit dem Häkchen/);
    assert.doesNotMatch(text, /fällig/, 'it is paid');
    await desk.audited();
    assert.equal((await send(oa, '/desk/payments', action, { outcome: 'refunded', ...SURE })).status, 303);
    assert.ok((await desk.audited()).includes(`staff:oa payment.reversed ${receipt.caseId}`));
    const again = await send(lead, '/desk/payments', action, {
      outcome: 'kept',
      text: 'Es war <viel> Arbeit.',
    });
    assert.equal(again.status, 409);
    assert.match(again.text, /Olga Amberger hat diese Aufgabe am [^<]* schon beendet \(ist erstattet\)/);
    assert.match(again.text, /Es war &lt;viel&gt; Arbeit\.<\/textarea>/);
    assert.equal((await send(tsk, '/desk/payments', action, { outcome: 'refunded', ...SURE })).status, 404);
    assert.match((await oa.get('/desk/payments')).text, /Nichts zu erstatten/);
    assert.match((await oa.get(path)).text, /erstattet/);
  });

  it('says of a case that was paid for twice that it was, and leads to it', async () => {
    const receipt = await due();
    const paid = await pay(receipt);
    const row = await desk.db
      .selectFrom('payment')
      .selectAll()
      .where('id', '=', paid)
      .executeTakeFirstOrThrow();
    const id = randomUUID();
    await desk.db
      .insertInto('payment')
      .values({ ...row, id, stray: true })
      .execute();
    const ends = { done_at: null, done_by: null, outcome: null };
    const task = { id: randomUUID(), payment_id: id, office: row.office, created_at: row.updated_at };
    await desk.db
      .insertInto('refund_task')
      .values({ ...task, ...ends, reason: 'stray' })
      .execute();
    const { text } = await oa.get('/desk/payments');
    assert.match(text, new RegExp(`href="/desk/cases/${receipt.caseId}"[\\s\\S]*?Zweimal bezahlt`));
    const said = async () => {
      const payments = await desk.payments.ofCase(receipt.caseId);
      return (await paidText(desk, payments, 'de'))?.replace(/\s/g, ' ') ?? '';
    };
    assert.match(await said(), /13,00 € bezahlt .*noch einmal bezahlt: Diese 13,00 € gibt das Amt zurück/);
    const action = `/desk/payments/refunds/${task.id}`;
    await send(oa, '/desk/payments', action, { outcome: 'refunded', ...SURE });
    const day = 'Montag, 23. November 2026';
    assert.equal(
      await said(),
      `13,00 € bezahlt mit Karte am ${day}. Sie hatten am ${day} noch einmal bezahlt: Diese 13,00 € hat das Amt am ${day} erstattet.`,
    );
    const own = (await oa.get(`/desk/cases/${receipt.caseId}`)).text;
    await desk.audited();
    assert.match(own, /Noch einmal bezahlt[\s\S]*13,00\s€ am 23\.[^<]*, erstattet am 23\./);
  });

  it('ends one way when two end it at once, and the other reads how', async () => {
    const receipt = await due();
    await pay(receipt);
    const path = `/desk/cases/${receipt.caseId}`;
    await send(oa, path, `${path}/decide`, { decision: 'rejected', text: 'Leider nicht.' });
    const { text } = await oa.get('/desk/payments');
    const action = /action="(\/desk\/payments\/refunds\/[^"]+)"/.exec(text)?.[1] ?? '';
    const answers = await Promise.all([
      send(oa, '/desk/payments', action, { outcome: 'refunded', ...SURE }),
      send(lead, '/desk/payments', action, { outcome: 'kept', text: 'Es war Arbeit.' }),
    ]);
    assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 409]);
    const said = answers.find(({ status }) => status === 409)?.text ?? '';
    assert.match(said, /(Olga Amberger|Lena Adler) hat diese Aufgabe/);
    const ends = (await desk.audited()).filter((entry) => /payment\.(reversed|kept)/.test(entry));
    assert.equal(ends.length, 1);
  });
});

describe('a payment nobody knows the end of', () => {
  it('is shown after a while, and a clerk of its office says what happened', async () => {
    const receipt = await due();
    card.away = true;
    const id = await pay(receipt);
    card.away = false;
    assert.doesNotMatch((await oa.get('/desk/payments')).text, /Ungeklärte Zahlungen/);
    desk.pass(16 * 60_000);
    assert.match((await oa.get('/desk/payments')).text, /Ungeklärte Zahlungen/);
    assert.doesNotMatch((await tsk.get('/desk/payments')).text, /Ungeklärte Zahlungen/);
    const action = `/desk/payments/unclear/${id}`;
    assert.equal((await send(tsk, '/desk/payments', action, { outcome: 'paid', ...SURE })).status, 404);
    assert.equal((await send(oa, '/desk/payments', action, { outcome: 'paid', ...SURE })).status, 303);
    const late = await send(lead, '/desk/payments', action, { outcome: 'notPaid', ...SURE });
    assert.equal(late.status, 409);
    assert.match(late.text, /inzwischen geklärt/);
    assert.equal((await desk.cases.find(receipt.caseId))?.state, 'new');
  });
});

describe('the report of a day', () => {
  it('is for team leads, adds up, and can be printed', async () => {
    assert.equal((await oa.get('/desk/payments/2026-11-23')).status, 404);
    assert.equal((await lead.get('/desk/payments/2026-11-24')).status, 404, 'the day has not begun');
    assert.equal((await lead.get('/desk/payments/gestern')).status, 404);
    const before = await desk.payments.dayReport('2026-11-23');
    const receipts = [await due(), await due(), await due()];
    for (const receipt of receipts) await pay(receipt);
    for (const receipt of receipts.slice(0, 1)) await giveBack(receipt);
    const { paidCents, reversedCents, netCents } = await desk.payments.dayReport('2026-11-23');
    assert.equal(paidCents, before.paidCents + 3 * 1_300);
    assert.equal(reversedCents, before.reversedCents + 1_300);
    assert.equal(netCents, before.netCents + 2 * 1_300);
    await desk.audited();
    const { text, status } = await lead.get('/desk/payments/2026-11-23');
    assert.equal(status, 200);
    for (const cents of [paidCents, -reversedCents, netCents])
      assert.ok(text.includes(EUROS.format(cents / 100)), EUROS.format(cents / 100));
    for (const words of [/Rathaus/, /Drucken/]) assert.match(text, words);
    assert.match((await lead.get('/desk/payments/2026-11-22')).text, /An diesem Tag wurde nichts bezahlt/);
    assert.ok((await desk.audited()).includes('staff:lead report.opened payments/2026-11-23'));
  });
});

describe('a fee that stays due', () => {
  it('has a reason, which the history says to desk and person; without one nothing is decided', async () => {
    const receipt = await due();
    await pay(receipt);
    const path = `/desk/cases/${receipt.caseId}`;
    await send(oa, path, `${path}/decide`, { decision: 'rejected', text: 'Leider nicht.' });
    const { text } = await oa.get('/desk/payments');
    const action = /action="(\/desk\/payments\/refunds\/[^"]+)"/.exec(text)?.[1] ?? '';
    const unsaid = await send(oa, '/desk/payments', action, { outcome: 'kept', text: ' ' });
    assert.equal(unsaid.status, 422);
    assert.match(unsaid.text, /begründen Sie, warum die Gebühr nicht erstattet wird/);
    const long = `Anfang ${'lang '.repeat(800)}Ende`;
    const refused = await send(oa, '/desk/payments', action, { outcome: 'kept', text: long });
    assert.equal(refused.status, 422);
    assert.match(refused.text, /Der Text hat 4\.011 Zeichen/);
    assert.ok(refused.text.includes(`>${long}</textarea>`));
    const reason = 'Die Amtshandlung war schon vorgenommen.';
    assert.equal((await send(oa, '/desk/payments', action, { outcome: 'kept', text: reason })).status, 303);
    assert.match((await oa.get(path)).text, /Die Gebühr wird nicht erstattet[\s\S]*schon vorgenommen/);
    const told = (await desk.cases.forCitizen(receipt.caseId))?.history.at(-1);
    assert.deepEqual([told?.kind, told?.text], ['feeKept', reason]);
  });
});
