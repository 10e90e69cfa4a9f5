import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { findAll, textOf } from '#play';
import { formatNumber } from '#seal';
import { arrive, type Citizen, ending } from '#test/citizen';
import { eventually } from '#test/eventually';
import { assertMoneyAgrees, type Money, paymentsFor, refundsFor, startMoney } from '#test/money';
import { atPay, CENTS, DONE, hasPaidOnce, PAY, type Payer } from '#test/payer';
import { type RunningOffice, startRunningOffice } from '#test/running-office';

let money: Money;
let office: RunningOffice;
before(async () => {
  money = await startMoney({ paceMs: 20 });
  office = await startRunningOffice(money.env);
});
after(async () => {
  await office.close();
  await money.stop();
});

const said = ({ page }: Citizen): string =>
  findAll(page, ({ tag }) => tag === 'main')
    .map(textOf)[0]
    ?.replace(/\s+/g, ' ') ?? '';

/** @returns somebody whose pay page is open in another tab, and that page's address */
async function withOpenPage(): Promise<{ payer: Payer; number: string; tab: string }> {
  const payer = await atPay(office.origin, 'rathaus-1');
  const number = payer.reference();
  await payer.choose('page');
  const tab = payer.person.shown.url;
  await payer.look();
  return { payer, number, tab };
}

/** @returns where the pay page leads back to after somebody has paid on it */
const payIn = (tab: string): Promise<string> => decideIn(tab, 'pay');

async function decideIn(tab: string, outcome: 'pay' | 'cancel'): Promise<string> {
  const body = new URLSearchParams({ outcome });
  const { headers } = await fetch(tab, { method: 'POST', body, redirect: 'manual' });
  return `${office.origin}${new URL(headers.get('location') ?? '').pathname}`;
}

const end = ({ person }: Payer): Promise<void> => person.press(ending(person));

describe('a pay page that is still open in another tab', () => {
  it('after stopping: nobody says that nothing was paid, and the page is asked at a press', async () => {
    const { payer, tab } = await withOpenPage();
    await payer.press('abort');
    const shown = payer.shown();
    assert.ok(shown.at === 'choice');
    assert.doesNotMatch(shown.text, /nicht bezahlt worden/);
    assert.match(shown.text, /Bezahlen Sie dann nicht noch einmal/);
    await payIn(tab);
    await payer.press('look');
    assert.equal(payer.shown().at, 'done');
    await hasPaidOnce(payer, CENTS, office.db, money);
  });

  it('after stopping, and coming back from it paid: the receipt at once', async () => {
    const { payer, tab } = await withOpenPage();
    await payer.press('abort');
    await payer.person.open(await payIn(tab));
    assert.equal(payer.shown().at, 'done');
  });

  it('after stopping, also who goes back without looking: what was paid for is handed in, not thrown away', async () => {
    const { payer, tab } = await withOpenPage();
    await payer.press('abort');
    await payIn(tab);
    await payer.press('back');
    assert.equal(payer.shown().at, 'done');
    await hasPaidOnce(payer, CENTS, office.db, money);
  });

  it('after stopping and opening another one: paid on the first, the other is not waited for', async () => {
    const { payer, number, tab } = await withOpenPage();
    await payer.press('abort');
    await payer.choose('page');
    const second = payer.person.shown.url;
    assert.notEqual(second, tab);
    await payer.person.open(await payIn(tab));
    assert.equal(payer.shown().at, 'done');
    await payer.person.open(await payIn(second));
    assert.match(said(payer.person), /war schon bezahlt\.\s*Das Amt gibt das Geld zurück/);
    assert.deepEqual(await refundsFor(office.db, number), ['stray']);
    await assertMoneyAgrees(office.db, money);
    await payer.person.open(`${office.origin}${DONE}`);
    assert.match(said(payer.person), /noch einmal bezahlt: Diese 20,00\s€ gibt das Amt zurück/);
    assert.doesNotMatch(said(payer.person), /prüft, ob/, 'the order itself is paid for');
  });

  it('while the next one cannot be opened: nobody says that nothing was paid', async () => {
    const { payer } = await withOpenPage();
    await payer.press('abort');
    money.page.trouble('down');
    await payer.choose('page');
    const shown = await payer.look();
    money.page.trouble(undefined);
    assert.ok(shown.at === 'waiting');
    assert.match(shown.text, /antwortet nicht.*noch offen/s);
    assert.doesNotMatch(shown.text, /nichts bezahlt/);
    await payer.press('abort');
  });

  it('for an order that was replaced, while nobody has paid there: lets look again, and leads on', async () => {
    const { payer, number, tab } = await withOpenPage();
    await payer.copies(3);
    await payer.handIn();
    const [payment] = await paymentsFor(office.db, number);
    await payer.person.open(`${office.origin}${PAY}/back/${payment?.id}`);
    assert.match(said(payer.person), /Haben Sie bezahlt\?.*Jetzt nachsehen.*Weiter/);
    await payer.person.open(await decideIn(tab, 'cancel'));
    const shown = payer.shown();
    assert.ok(shown.at === 'choice' && shown.cents === 3 * CENTS, 'it is sure that nothing was paid there');
  });

  it('for an order that was replaced: says that the money came, how much, and that it is given back', async () => {
    const { payer, number, tab } = await withOpenPage();
    await payer.copies(3);
    await payer.handIn();
    await payer.person.open(await payIn(tab));
    assert.match(
      said(payer.person),
      /Ihre Zahlung ist angekommen: 20,00.*nicht mehr da.*Amt gibt das Geld zurück/,
    );
    assert.deepEqual(await refundsFor(office.db, number), ['stray']);
    const named = new RegExp(`die Nummer ${formatNumber(number)}, und nennen Sie sie.*Telefon \\S+`);
    const day = /Angekommen ist es am Montag, 23. November 2026/;
    for (const one of [named, day]) assert.match(said(payer.person), one);
    assert.equal((await payer.look()).at, 'choice', 'the new order is still to be paid for');
    for (const one of [named, day]) assert.match(said(payer.person), one);
    await payer.choose('card');
    const shown = await payer.settled();
    assert.ok(shown.at === 'done');
    for (const one of [named, day]) assert.match(said(payer.person), one);
    await payer.person.open(`${office.origin}/status`);
    const form = payer.person.form('/status');
    form.fill('number', shown.handed.number);
    form.fill('code', shown.handed.code);
    await payer.person.press(form.press());
    for (const one of [named, day]) assert.match(said(payer.person), one);
    await assertMoneyAgrees(office.db, money);
  });

  it('after the end of the visit: goodbye says what becomes of money, and it is noticed on the way back', async () => {
    const { payer, number, tab } = await withOpenPage();
    await end(payer);
    assert.doesNotMatch(said(payer.person), /Sie haben nicht bezahlt/);
    assert.match(
      said(payer.person),
      /nicht beim Amt eingegangen.*auf der Bezahlseite bezahlt, bekommen Sie das Geld/,
    );
    await payer.person.open(await payIn(tab));
    assert.match(
      said(payer.person),
      /Haben Sie bezahlt\?.*nicht noch einmal.*Besuch beendet\?.*Das Amt gibt das Geld zurück.*neu stellen.*Verwendungszweck/,
    );
    assert.doesNotMatch(said(payer.person), /bestellen Sie bitte nicht noch einmal/);
    await eventually('the payment is known', async () => (await refundsFor(office.db, number)).length === 1);
  });

  it('without having opened one, goodbye says nothing of it', async () => {
    const payer = await atPay(office.origin, 'rathaus-1');
    await end(payer);
    assert.doesNotMatch(said(payer.person), /Bezahlseite/);
  });

  it('tells another browser the same for every id', async () => {
    const { payer, tab } = await withOpenPage();
    const back = await payIn(tab);
    const told: string[] = [];
    for (const address of [back, `${PAY}/back/${randomUUID()}`, `${PAY}/back/x`]) {
      const stranger = await arrive(office.origin);
      await stranger.open(address);
      told.push(said(stranger));
    }
    assert.match(told[0] ?? '', /Haben Sie bezahlt\?/);
    assert.deepEqual(new Set(told).size, 1);
    await hasPaidOnce(payer, CENTS, office.db, money);
  });
});

describe('a visit cookie that somebody else learnt on the page of paying', () => {
  const VISIT = '__Host-visit';
  const visitOf = ({ person }: Payer): string =>
    person.client
      .cookies()
      .find((one) => one.startsWith(`${VISIT}=`))
      ?.slice(VISIT.length + 1) ?? '';
  async function stranger(visit: string): Promise<Citizen> {
    const one = await arrive(office.origin);
    one.client.plant('127.0.0.1', VISIT, visit);
    return one;
  }
  async function seesNoCode(visit: string, code: string): Promise<void> {
    for (const path of [DONE, PAY, '/service/urkunden', '/service/urkunden/review', '/']) {
      const one = await stranger(visit);
      await one.open(path);
      assert.ok(!one.shown.text.includes(code), path);
    }
  }

  it('never shows number and code: not before its person is led in, and not afterwards', async () => {
    const { payer, tab } = await withOpenPage();
    const known = visitOf(payer);
    const back = await payIn(tab);
    // Who is first learns that it is known, and takes nothing away.
    const early = await stranger(known);
    await early.open(PAY);
    assert.match(said(early), /in einem anderen Browser offen/);
    await early.open(DONE);
    assert.equal(early.at === 'done', false);
    await payer.person.open(back);
    const shown = payer.shown();
    assert.ok(shown.at === 'done');
    assert.notEqual(visitOf(payer), known);
    await seesNoCode(known, shown.handed.code);
    await hasPaidOnce(payer, CENTS, office.db, money);
  });

  it('is led on where the answer that leads in was lost, and stays with its browser', async () => {
    const { payer, tab } = await withOpenPage();
    const known = visitOf(payer);
    const before = payer.person.client.cookies();
    await payIn(tab);
    // The answer to this is lost: the browser holds what it held before.
    await fetch(`${office.origin}${PAY}`, { headers: { cookie: before.join('; ') }, redirect: 'manual' });
    const shown = await payer.look();
    assert.ok(shown.at === 'done');
    await seesNoCode(known, shown.handed.code);
  });

  it('stays with its browser whatever other tabs look at meanwhile', async () => {
    const { payer, tab } = await withOpenPage();
    await payer.person.open('/status');
    await payIn(tab);
    assert.equal((await payer.look()).at, 'done');
  });
});
