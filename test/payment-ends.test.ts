import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { loadCatalogue } from '#catalogue';
import { loadCity } from '#city';
import { playJourney } from '#play';
import { arrive, ending } from '#test/citizen';
import { signIn } from '#test/clerk';
import { createClient, hiddenField } from '#test/client';
import { eventually } from '#test/eventually';
import {
  assertMoneyAgrees,
  caseNumbers,
  MACHINES,
  type Money,
  paymentsFor,
  refundsFor,
  startMoney,
} from '#test/money';
import { atPay, atReview, CENTS, hasPaidOnce, PAY, type Payer, payerOf, SERVICE } from '#test/payer';
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
const paidOnce = (payer: Payer, cents: number): Promise<void> => hasPaidOnce(payer, cents, office.db, money);

describe('who leaves without paying', () => {
  const end = async (payer: Payer): Promise<void> => {
    await payer.person.press(ending(payer.person));
  };

  it('leaves no case behind, also after a try', async () => {
    for (const before of ['nothing', 'declined', 'page'] as const) {
      const payer = await atPay(office.origin, 'rathaus-1');
      const number = payer.reference();
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
      assert.ok(!(await caseNumbers(office.db)).includes(number), before);
      await agree();
    }
  });

  it('while the card terminal waits for a card: that is stopped first, then the case goes', async () => {
    const payer = await atPay(office.origin, 'rathaus-1');
    const number = payer.reference();
    money.card('rathaus-1').behave('timeOut');
    await payer.choose('card');
    await eventually('a card is waited for', async () => {
      const shown = await payer.look();
      return shown.at === 'waiting' && shown.status === 'insertCard';
    });
    await end(payer);
    await eventually('the case is gone', async () => !(await caseNumbers(office.db)).includes(number));
    money.card('rathaus-1').behave('approve');
    assert.deepEqual(
      (await paymentsFor(office.db, number)).map(({ state }) => state),
      ['failed'],
    );
    await agree();
  });

  it('before the answer to handing in has come: the case goes at once, and goodbye is said', async () => {
    const before = await caseNumbers(office.db);
    const { person } = await atReview(office.origin, 'rathaus-1');
    const { action, entries } = person.review(SERVICE);
    // The browser throws the answer away.
    await fetch(action, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: person.client.cookies().join('; '), 'sec-fetch-site': 'same-origin' },
      body: new URLSearchParams(entries as [string, string][]),
    });
    const made = (await caseNumbers(office.db, 'unpaid')).filter((number) => !before.includes(number));
    assert.equal(made.length, 1);
    await person.press(ending(person));
    assert.equal(person.at, 'farewell');
    assert.deepEqual((await caseNumbers(office.db)).sort(), before.sort());
    await agree();
  });

  it('when it is just approved: the case is handed in, and number and code are shown before goodbye', async () => {
    const payer = await atPay(office.origin, 'rathaus-2');
    const number = payer.reference();
    await payer.choose('card');
    await eventually('the card terminal has approved', async () => {
      const [payment] = await paymentsFor(office.db, number);
      return payment?.trace !== null;
    });
    const ended = await payer.person.client.post('/visit/end', {
      _csrf: hiddenField(payer.person.shown.text, '_csrf') ?? '',
      _sure: 'yes',
    });
    assert.equal(ended.headers.get('location'), PAY);
    const shown = await payer.settled();
    assert.ok(shown.at === 'done' && shown.handed.number === number, JSON.stringify(shown));
    await end(payer);
    assert.equal(payer.person.at, 'farewell');
    await agree();
    const [payment] = await paymentsFor(office.db, number);
    assert.equal(payment?.state, 'paid');
    assert.ok((await caseNumbers(office.db)).includes(number));
    assert.ok(!(await caseNumbers(office.db, 'unpaid')).includes(number));
  });

  it('and just goes away: what is open is looked after, then the case goes', async () => {
    const payer = await atPay(office.origin);
    const number = payer.reference();
    await payer.choose('page');
    office.pass(HOUR / 4);
    await office.work();
    assert.ok((await caseNumbers(office.db, 'unpaid')).includes(number), 'somebody may still be paying');
    for (let hours = 0; hours < 3; hours += 1) {
      office.pass(HOUR);
      await office.work();
    }
    assert.ok(!(await caseNumbers(office.db)).includes(number));
    assert.deepEqual(
      (await paymentsFor(office.db, number)).map(({ state }) => state),
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
    assert.deepEqual(await refundsFor(office.db, number), ['rejected']);
    await agree();
  });

  it('card terminals and ledger close the day with the same sums', async () => {
    for (const machine of MACHINES) {
      const payer = await atPay(office.origin, machine);
      await payer.choose('card');
      await paidOnce(payer, CENTS);
    }
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
        return (await refundsFor(whole.db, outcome.number)).length > 0;
      });
      assert.deepEqual(await refundsFor(whole.db, outcome.number), ['rejected']);
    } finally {
      await whole.close();
    }
  });
});
