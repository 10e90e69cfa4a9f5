import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { loadCatalogue } from '#catalogue';
import { loadCity } from '#city';
import type { Db } from '#db';
import { playJourney } from '#play';
import { arrive } from '#test/citizen';
import { signIn } from '#test/clerk';
import { createClient } from '#test/client';
import { eventually } from '#test/eventually';
import { assertMoneyAgrees, MACHINES, type Money, startMoney } from '#test/money';
import { atPay, atReview, CENTS, DONE, PAY, type Payer, payerOf, SERVICE } from '#test/payer';
import { type RunningOffice, startRunningOffice } from '#test/running-office';

const HOUR = 3_600_000;

let money: Money;
let office: RunningOffice;
before(async () => {
  money = await startMoney({ paceMs: 20, customerMs: 3_000 });
  office = await startRunningOffice(money.env);
});
after(async () => {
  await office.close();
  await money.stop();
});

const agree = (): Promise<void> => assertMoneyAgrees(office.db, money);

/** Numbers of all cases, those that nobody has paid for too. */
async function cases(state?: 'unpaid'): Promise<string[]> {
  let query = office.db.selectFrom('cases').select('number');
  if (state) query = query.where('state', '=', state);
  return (await query.execute()).map(({ number }) => number);
}

function referenceOf(payer: Payer): string {
  const [, number = ''] = /translate="no">([\d\s]+)</.exec(payer.person.shown.text) ?? [];
  return number.replace(/\D/g, '');
}

const paymentsFor = (number: string) =>
  office.db.selectFrom('payment').selectAll().where('reference', '=', number).orderBy('seq').execute();

async function paidOnce(payer: Payer, cents: number): Promise<void> {
  const shown = await payer.settled();
  assert.ok(shown.at === 'done', JSON.stringify(shown));
  const paid = (await paymentsFor(shown.handed.number)).filter(({ state }) => state === 'paid');
  assert.deepEqual(
    paid.map(({ amount_cents }) => amount_cents),
    [cents],
  );
  await agree();
}

/** Somebody else's tab in which the pay page is still open. */
async function payInOldTab(address: string): Promise<void> {
  await fetch(address, { method: 'POST', body: new URLSearchParams({ outcome: 'pay' }), redirect: 'manual' });
}

async function tasksOf(db: Db, number: string): Promise<string[]> {
  const rows = await db
    .selectFrom('refund_task')
    .innerJoin('payment', 'payment.id', 'refund_task.payment_id')
    .select('refund_task.reason')
    .where('payment.reference', '=', number)
    .where('done_at', 'is', null)
    .execute();
  return rows.map(({ reason }) => reason);
}
const openTasks = (number: string): Promise<string[]> => tasksOf(office.db, number);

describe('who changes their mind before paying', () => {
  for (const [how, goBack] of [
    ['back from the page with the ways to pay', (payer: Payer) => payer.press('back')],
    ['straight to the question', async () => {}],
  ] as const) {
    it(`and goes ${how}: the old case is gone, two copies are charged once`, async () => {
      const payer = await atPay(office.origin, 'rathaus-1');
      const old = referenceOf(payer);
      assert.ok((await cases()).includes(old));
      await goBack(payer);
      await payer.copies(2);
      await payer.handIn();
      const shown = payer.shown();
      assert.ok(shown.at === 'choice' && shown.cents === 2 * CENTS);
      assert.ok(!(await cases()).includes(old));
      await payer.choose('card');
      await paidOnce(payer, 2 * CENTS);
    });
  }

  it('after opening the pay page, and pays there all the same: a refund task, and the new order is paid once', async () => {
    const payer = await atPay(office.origin, 'rathaus-1');
    const old = referenceOf(payer);
    await payer.choose('page');
    const address = payer.person.shown.url;
    await payer.look();
    await payer.copies(3);
    await payer.handIn();
    assert.ok(!(await cases()).includes(old));
    await payInOldTab(address);
    await payer.choose('card');
    assert.equal((await payer.settled()).at, 'done');
    office.pass(60_000);
    await office.work();
    assert.deepEqual(await openTasks(old), ['stray']);
    await paidOnce(payer, 3 * CENTS);
  });

  it('after stopping at the pay page, pays by card, and the page says late that it was paid too: given back', async () => {
    const payer = await atPay(office.origin, 'rathaus-1');
    const number = referenceOf(payer);
    await payer.choose('page');
    money.page.trouble('late');
    await payer.decide('pay');
    await payer.press('abort');
    const shown = payer.shown();
    assert.ok(shown.at === 'choice');
    assert.match(shown.text, /wurde abgebrochen/);
    await payer.choose('card');
    assert.equal((await payer.settled()).at, 'done');
    money.page.trouble(undefined);
    office.pass(60_000);
    await office.work();
    assert.deepEqual(await openTasks(number), ['stray']);
    await agree();
  });

  it('after stopping at the pay page and is believed late, before paying another way: handed in with that', async () => {
    const payer = await atPay(office.origin);
    await payer.choose('page');
    money.page.trouble('late');
    await payer.decide('pay');
    await payer.press('abort');
    assert.equal(payer.shown().at, 'choice');
    money.page.trouble(undefined);
    office.pass(60_000);
    await office.work();
    await paidOnce(payer, CENTS);
  });
});

describe('a payment that is asked for twice', () => {
  it('by a double tap, or both ways at once, is made once', async () => {
    for (const ways of [['card', 'card', 'card'] as const, ['card', 'page', 'card', 'page'] as const]) {
      const payer = await atPay(office.origin, 'rathaus-1');
      const form = payer.person.form(PAY);
      const taps = ways.map((value) => payer.person.send(form.press({ name: 'way', value })));
      await Promise.all(taps);
      const shown = await payer.look();
      if (shown.at === 'waiting' && payer.person.shown.text.includes('value="page"')) {
        await payer.choose('page');
        await payer.decide('pay');
      }
      await paidOnce(payer, CENTS);
    }
  });

  it('in two tabs, by reload and by Back, is made once, and ends in the same receipt', async () => {
    const payer = await atReview(office.origin, 'rathaus-1');
    const known = await cases();
    const review = payer.person.review(SERVICE);
    const answers = await Promise.all([1, 2, 3].map(() => payer.person.send(review)));
    for (const { headers } of answers) assert.equal(headers.get('location'), PAY);
    assert.equal((await cases()).length, known.length + 1);
    await payer.look();
    await payer.choose('card');
    // Back to the review page, and handed in again, while the card is being read.
    assert.equal((await payer.person.send(review)).headers.get('location'), PAY);
    await payer.settled();
    const { number } = payer.person.receipt();
    assert.equal((await payer.person.send(review)).headers.get('location'), DONE);
    assert.equal((await payer.person.client.get(`${office.origin}${PAY}`)).headers.get('location'), DONE);
    assert.equal((await cases()).length, known.length + 1);
    await paidOnce(payer, CENTS);
    assert.equal(payer.person.receipt().number, number);
  });

  it('with another amount, way, machine or case in the form, is made as the office knows it', async () => {
    const payer = await atPay(office.origin, 'rathaus-1');
    const number = referenceOf(payer);
    const [victim] = await cases();
    const _csrf = /name="_csrf" value="([^"]+)"/.exec(payer.person.shown.text)?.[1] ?? '';
    const post = (fields: Record<string, string>) => payer.person.client.post(PAY, { _csrf, ...fields });
    for (const way of ['cash', 'free', '__proto__', 'card,page', '']) {
      assert.equal((await post({ way, amount: '0' })).headers.get('location'), PAY);
    }
    assert.equal((await payer.person.client.post(PAY, { way: 'card' })).status, 403);
    assert.deepEqual(
      (await paymentsFor(number)).map(({ state }) => state),
      ['intended'],
    );
    const forged = { amount: '1', cents: '1', amountCents: '1', fee: '0', state: 'paid' };
    await post({
      ...forged,
      way: 'card',
      terminal: 'rathaus-2',
      caseId: victim ?? '',
      reference: victim ?? '',
    });
    await paidOnce(payer, CENTS);
    const paid = (await paymentsFor(number)).filter(({ state }) => state === 'paid');
    assert.deepEqual(
      paid.map(({ terminal }) => terminal),
      ['rathaus-1'],
    );
  });

  it('by card from an own screen, where there is no card terminal, does not begin', async () => {
    const payer = await atPay(office.origin);
    const _csrf = /name="_csrf" value="([^"]+)"/.exec(payer.person.shown.text)?.[1] ?? '';
    await payer.person.client.post(PAY, { _csrf, way: 'card' });
    const shown = await payer.look();
    assert.ok(shown.at === 'choice' && !shown.ways.includes('card'));
    assert.deepEqual(
      (await paymentsFor(referenceOf(payer))).map(({ state }) => state),
      ['intended'],
    );
  });
});

describe('who leaves without paying', () => {
  const end = async (payer: Payer): Promise<void> => {
    await payer.person.press(payer.person.form('/visit/end').press());
  };

  it('leaves no case behind, also after a try', async () => {
    for (const before of ['nothing', 'declined', 'page'] as const) {
      const payer = await atPay(office.origin, 'rathaus-1');
      const number = referenceOf(payer);
      if (before === 'declined') {
        money.card('rathaus-1').behave('decline');
        await payer.choose('card');
        await payer.settled();
        money.card('rathaus-1').behave('approve');
      } else if (before === 'page') {
        await payer.choose('page');
        await payer.look();
      }
      await end(payer);
      assert.ok(!(await cases()).includes(number), before);
      await agree();
    }
  });

  it('while the card terminal waits for a card: that is stopped first, then the case goes', async () => {
    const payer = await atPay(office.origin, 'rathaus-1');
    const number = referenceOf(payer);
    money.card('rathaus-1').behave('timeOut');
    await payer.choose('card');
    await eventually('a card is waited for', async () => {
      const shown = await payer.look();
      return shown.at === 'waiting' && shown.status === 'insertCard';
    });
    await end(payer);
    await eventually('the case is gone', async () => !(await cases()).includes(number));
    money.card('rathaus-1').behave('approve');
    assert.deepEqual(
      (await paymentsFor(number)).map(({ state }) => state),
      ['failed'],
    );
    await agree();
  });

  it('when it is just approved: the case is handed in', async () => {
    const payer = await atPay(office.origin, 'rathaus-2');
    const number = referenceOf(payer);
    await payer.choose('card');
    await eventually('the card terminal has approved', async () => {
      const [payment] = await paymentsFor(number);
      return payment?.trace !== null;
    });
    await payer.person.client.post('/visit/end', {
      _csrf: /name="_csrf" value="([^"]+)"/.exec(payer.person.shown.text)?.[1] ?? '',
    });
    await agree();
    const [payment] = await paymentsFor(number);
    assert.equal(payment?.state, 'paid');
    assert.ok((await cases()).includes(number));
    assert.ok(!(await cases('unpaid')).includes(number));
  });

  it('and just goes away: what is open is looked after, then the case goes', async () => {
    const payer = await atPay(office.origin);
    const number = referenceOf(payer);
    await payer.choose('page');
    office.pass(HOUR / 4);
    await office.work();
    assert.ok((await cases('unpaid')).includes(number), 'somebody may still be paying');
    for (let hours = 0; hours < 3; hours += 1) {
      office.pass(HOUR);
      await office.work();
    }
    assert.ok(!(await cases()).includes(number));
    assert.deepEqual(
      (await paymentsFor(number)).map(({ state }) => state),
      ['failed'],
    );
    await agree();
  });
});

describe('who goes on with the phone', () => {
  const take = async (payer: Payer): Promise<Payer> => {
    await payer.person.press(payer.person.form('/visit/handover').press());
    const [, link = ''] = /data-handover="([^"]+)"/.exec(payer.person.shown.text) ?? [];
    const phone = await arrive(office.origin);
    await phone.open(link);
    await phone.press(phone.form(new URL(link).pathname).press());
    return payerOf(phone, office.origin);
  };

  it('pays there', async () => {
    const payer = await atPay(office.origin, 'rathaus-1');
    const phone = await take(payer);
    const shown = phone.shown();
    assert.ok(shown.at === 'choice' && shown.cents === CENTS, JSON.stringify(shown));
    assert.equal((await payer.look()).at, 'elsewhere');
    await phone.choose('page');
    await phone.decide('pay');
    await paidOnce(phone, CENTS);
  });

  it('while the card is being read, gets the receipt there', async () => {
    const payer = await atPay(office.origin, 'rathaus-1');
    await payer.choose('card');
    await payer.person.open(`/service/${SERVICE}/review`);
    const phone = await take(payer);
    await paidOnce(phone, CENTS);
  });
});

describe('when all is done', () => {
  it('a clerk who rejects what was paid for leaves a refund task', async () => {
    const payer = await atPay(office.origin, 'rathaus-1');
    await payer.choose('card');
    await paidOnce(payer, CENTS);
    const { number } = payer.person.receipt();
    await office.work();
    const clerk = await signIn(office.origin, 'standesamt');
    const path = await clerk.find(number);
    assert.ok(path);
    await clerk.act(path, 'take');
    await clerk.act(path, 'decide', { decision: 'rejected', text: 'Das Register liegt woanders.' });
    assert.deepEqual(await openTasks(number), ['rejected']);
    await agree();
  });

  it('card terminals and ledger close the day with the same sums', async () => {
    await agree();
    const taken = MACHINES.map((machine) => {
      const paid = money
        .card(machine)
        .ledger()
        .filter(({ state }) => state === 'paid');
      return paid.reduce((sum, { amountCents }) => sum + amountCents, 0);
    });
    assert.ok(taken.every((cents) => cents > 0));
    await office.at('2026-11-23T22:30:00+01:00', () => office.work());
    const closings = await office.db.selectFrom('terminal_closing').selectAll().orderBy('terminal').execute();
    assert.deepEqual(
      closings.map(({ terminal, total_cents, ledger_cents }) => [terminal, total_cents, ledger_cents]),
      MACHINES.map((machine, index) => [machine, taken[index], taken[index]]),
    );
  });
});

describe('an authority that rejects what was paid for', () => {
  it('leaves a refund task', async () => {
    const whole = await startRunningOffice();
    try {
      const { city } = loadCity('city/karlsruhe');
      const service = city && loadCatalogue('services', city, false).catalogue?.get('fuehrungszeugnis');
      const journey = service?.journeys.find(({ id }) => id === 'plain');
      assert.ok(journey);
      await createClient(whole.origin).post('/sandbox/authority', { authority: 'reject' });
      const outcome = await playJourney(whole.origin, 'fuehrungszeugnis', journey, { terminal: 'rathaus-1' });
      assert.ok(outcome.ok && outcome.outcome === 'submitted', JSON.stringify(outcome));
      await eventually('the authority has rejected it', async () => {
        whole.pass(60_000);
        await whole.work();
        return (await tasksOf(whole.db, outcome.number)).length > 0;
      });
      assert.deepEqual(await tasksOf(whole.db, outcome.number), ['rejected']);
    } finally {
      await whole.close();
    }
  });
});
