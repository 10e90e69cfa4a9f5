import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { formatNumber } from '#seal';
import { ending } from '#test/citizen';
import { hiddenField } from '#test/client';
import { eventually } from '#test/eventually';
import { assertMoneyAgrees, caseNumbers, type Money, paymentsFor, refundsFor, startMoney } from '#test/money';
import { atPay, atReview, CENTS, DONE, hasPaidOnce, PAY, type Payer, SERVICE } from '#test/payer';
import { type RunningOffice, startRunningOffice } from '#test/running-office';

let money: Money;
let office: RunningOffice;
before(async () => {
  money = await startMoney({ paceMs: 20 }, { paceMs: 400 });
  office = await startRunningOffice(money.env);
});
after(async () => {
  await office.close();
  await money.stop();
});

const agree = (): Promise<void> => assertMoneyAgrees(office.db, money);
const paidOnce = (payer: Payer, cents: number): Promise<void> => hasPaidOnce(payer, cents, office.db, money);

/** Somebody else's tab in which the pay page is still open. */
async function payInOldTab(address: string): Promise<void> {
  await fetch(address, { method: 'POST', body: new URLSearchParams({ outcome: 'pay' }), redirect: 'manual' });
}

describe('who changes their mind before paying', () => {
  for (const [how, goBack] of [
    ['back from the page with the ways to pay', (payer: Payer) => payer.press('back')],
    ['straight to the question', async () => {}],
  ] as const) {
    it(`and goes ${how}: the old case is gone, two copies are charged once`, async () => {
      const payer = await atPay(office.origin, 'rathaus-1');
      const old = payer.reference();
      assert.ok((await caseNumbers(office.db)).includes(old));
      await goBack(payer);
      await payer.copies(2);
      await payer.handIn();
      const shown = payer.shown();
      assert.ok(shown.at === 'choice' && shown.cents === 2 * CENTS);
      assert.ok(!(await caseNumbers(office.db)).includes(old));
      await payer.choose('card');
      await paidOnce(payer, 2 * CENTS);
    });
  }

  it('after opening the pay page, and pays there all the same: a refund task, and the new order is paid once', async () => {
    const payer = await atPay(office.origin, 'rathaus-1');
    const old = payer.reference();
    await payer.choose('page');
    const address = payer.person.shown.url;
    await payer.look();
    await payer.copies(3);
    await payer.handIn();
    assert.ok(!(await caseNumbers(office.db)).includes(old));
    await payInOldTab(address);
    await payer.choose('card');
    assert.equal((await payer.settled()).at, 'done');
    office.pass(60_000);
    await office.work();
    assert.deepEqual(await refundsFor(office.db, old), ['stray']);
    await paidOnce(payer, 3 * CENTS);
  });

  it('after stopping at the pay page, pays by card, and the page says late that it was paid too: given back', async () => {
    const payer = await atPay(office.origin, 'rathaus-1');
    const number = payer.reference();
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
    assert.deepEqual(await refundsFor(office.db, number), ['stray']);
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
    // Whoever asks the page may still be waiting for it: then the next one asks again.
    for (let turns = 0; turns < 10 && (await payer.look()).at !== 'done'; turns += 1) {
      office.pass(60_000);
      await office.work();
    }
    await paidOnce(payer, CENTS);
  });
});

describe('an order that was changed after its pay page was opened', () => {
  /** @returns somebody at the ways to pay for the changed order, and the address of the page that is still open for the old one */
  async function changed(): Promise<{ payer: Payer; old: string; tab: string }> {
    const payer = await atPay(office.origin, 'rathaus-1');
    const old = payer.reference();
    await payer.choose('page');
    const tab = payer.person.shown.url;
    await payer.look();
    await payer.copies(3);
    await payer.handIn();
    return { payer, old, tab };
  }

  it('warns of the old page, and says what becomes of money that comes there, in every language', async () => {
    const { payer } = await changed();
    const says = {
      de: /Bezahlseite von vorhin kann noch offen sein.*dort nicht mehr.*damit nicht bezahlt.*gibt das Amt es zurück/,
      leicht:
        /vielleicht noch offen.*dort nicht mehr.*dieser Antrag nicht bezahlt.*gibt das Amt das Geld zurück/,
      en: /may still be open.*do not pay there.*not pay for this application.*the office gives it back/,
    };
    for (const language of ['leicht', 'en', 'de'] as const) {
      await payer.speak(language);
      assert.match(payer.says(), says[language]);
    }
    await payer.choose('card');
    await payer.settled();
    assert.match(payer.says(), /vorhin kann noch offen sein.*Bitte bezahlen Sie dort nicht mehr.*zurück/);
    assert.doesNotMatch(payer.says(), /damit nicht bezahlt/);
  });

  it('says so as well while the new pay page is open', async () => {
    const { payer } = await changed();
    await payer.choose('page');
    assert.equal((await payer.look()).at, 'waiting');
    assert.match(payer.says(), /gehört zu Ihren früheren Angaben/);
    await payer.press('abort');
  });

  it('and was paid there meanwhile: says how much came and goes back, that this order is unpaid, and what came of it', async () => {
    const { payer, old, tab } = await changed();
    await payInOldTab(tab);
    const shown = await payer.look();
    assert.ok(shown.at === 'choice' && shown.cents === 3 * CENTS);
    const came = /von vorhin sind 20,00\s€ angekommen.*Amt gibt das Geld zurück/;
    assert.match(payer.says(), came);
    assert.match(payer.says(), /Der Antrag hier ist noch nicht bezahlt/);
    assert.doesNotMatch(payer.says(), /kann noch offen sein/, 'nobody can pay there any more');
    assert.deepEqual(await refundsFor(office.db, old), ['stray']);
    await payer.choose('card');
    await paidOnce(payer, 3 * CENTS);
    assert.match(payer.says(), came);
    assert.doesNotMatch(payer.says(), /noch nicht bezahlt/);
  });

  it('and is given up: goodbye says of the page that is still open not to pay there', async () => {
    const { payer } = await changed();
    await payer.press('back');
    await payer.person.press(ending(payer.person));
    assert.match(payer.says(), /von vorhin kann noch offen sein.*nicht mehr.*bekommen Sie das Geld zurück/);
  });

  it('says nothing of it where no pay page was opened', async () => {
    const payer = await atPay(office.origin, 'rathaus-1');
    await payer.copies(3);
    await payer.handIn();
    assert.doesNotMatch(payer.says(), /von vorhin/);
  });
});

describe('what a page asks for', () => {
  const review = `/service/${SERVICE}/review`;
  afterEach(() => money.page.trouble(undefined));

  /** @returns somebody who came back from a pay page that nobody understood, and does not know whether it is paid */
  async function inDoubt(): Promise<Payer> {
    const payer = await atPay(office.origin, 'rathaus-1');
    await payer.choose('page');
    money.page.trouble('garbage');
    const shown = await payer.look();
    assert.ok(shown.at === 'waiting' && shown.status === 'unknown', JSON.stringify(shown));
    return payer;
  }

  it('is what the button before it has said, also after a payment that was in doubt, and in two tabs', async () => {
    const payer = await inDoubt();
    money.page.trouble(undefined);
    await payer.copies(3);
    const inFirstTab = payer.person.client.get(`${office.origin}${PAY}`);
    const news = payer.person.client.get(`${office.origin}${PAY}/news`);
    await payer.handIn();
    await Promise.all([inFirstTab, news]);
    const shown = payer.shown();
    assert.ok(shown.at === 'choice' && shown.cents === 3 * CENTS, JSON.stringify(shown));
    assert.doesNotMatch(shown.text, /abgebrochen/);
    await payer.choose('page');
    await payer.decide('pay');
    await paidOnce(payer, 3 * CENTS);
  });

  it('is said to be for earlier answers while nobody knows whether those are paid for, and then goes on with the new ones', async () => {
    const payer = await inDoubt();
    await payer.copies(3);
    await payer.handIn();
    const doubt = payer.shown();
    assert.ok(doubt.at === 'waiting' && doubt.status === 'unknown', JSON.stringify(doubt));
    assert.match(payer.says(), /Für Ihre früheren Angaben\s*20,00.*Sie haben Ihre Angaben geändert/);
    assert.doesNotMatch(payer.says(), /Zu bezahlen/);
    money.page.trouble(undefined);
    await payer.look();
    assert.ok(payer.person.shown.url.endsWith(review), payer.person.shown.url);
    await payer.handIn();
    const shown = payer.shown();
    assert.ok(shown.at === 'choice' && shown.cents === 3 * CENTS, JSON.stringify(shown));
  });

  it('who waits for a pay page reads that it does not answer, and goes there as soon as it does', async () => {
    const payer = await atPay(office.origin, 'rathaus-1');
    money.page.trouble('slow');
    await payer.choose('page');
    assert.match(payer.says(), /Die Bezahlseite antwortet nicht.*Noch einmal versuchen.*Bezahlen abbrechen/);
    money.page.trouble(undefined);
    // The office has not given up on what it asked.
    await eventually('the pay page is known', async () => {
      await payer.look();
      return !payer.says().includes('antwortet nicht');
    });
    await payer.choose('page');
    await payer.decide('pay');
    await paidOnce(payer, CENTS);
  });

  it('who leaves in doubt reads by which number the office knows it; nobody does where they have just gone away', async () => {
    const before = await caseNumbers(office.db);
    const payer = await inDoubt();
    const number = (await caseNumbers(office.db)).find((one) => !before.includes(one));
    assert.ok(number);
    const { person } = payer;
    money.page.trouble(undefined);
    const idle = await inDoubt();
    await person.press(ending(person));
    assert.equal(person.at, 'farewell');
    assert.match(payer.says(), new RegExp(`Nummer des Vorgangs: ${formatNumber(number)}.*115`));
    const { _csrf = '' } = Object.fromEntries(ending(idle.person).entries);
    const away = { _csrf: String(_csrf), _idle: 'yes' };
    await idle.person.open((await idle.person.client.post('/visit/end', away)).headers.get('location') ?? '');
    assert.equal(idle.person.at, 'farewell');
    assert.doesNotMatch(idle.says(), /Nummer/);
    money.page.trouble(undefined);
    for (let hours = 0; hours < 3; hours += 1) {
      office.pass(3_600_000);
      await office.work();
    }
    await agree();
  });

  it('is not paid from a tab that shows it as it was before', async () => {
    for (const handsIn of [false, true]) {
      const payer = await atPay(office.origin, 'rathaus-1');
      const stale = payer.person.form(PAY).press({ name: 'way', value: 'page' });
      await payer.copies(3);
      if (handsIn) await payer.handIn();
      await payer.person.press(stale);
      const shown = payer.shown();
      if (handsIn) assert.ok(shown.at === 'choice' && shown.cents === 3 * CENTS, JSON.stringify(shown));
      else assert.ok(payer.person.shown.url.endsWith(review), payer.person.shown.url);
    }
  });

  it('says of a doubt for how long, and what then; a page that answers again can be opened or given up', async () => {
    const payer = await inDoubt();
    const says = {
      leicht: /Nach 15 Minuten.*Schreiben Sie sich Ihre Nummer auf/,
      en: /after 15 minutes.*write down the case number/,
      de: /nach 15 Minuten.*sieht ein Mensch im Amt nach.*Notieren Sie die Nummer/,
    };
    for (const language of ['leicht', 'en', 'de'] as const) {
      await payer.speak(language);
      assert.match(payer.says(), says[language]);
    }
    money.page.trouble(undefined);
    await payer.press('look');
    const shown = payer.shown();
    assert.ok(shown.at === 'waiting' && shown.status === 'pending', JSON.stringify(shown));
    await payer.choose('page');
    await payer.look();
    await payer.press('abort');
    assert.equal(payer.shown().at, 'choice');
  });
});

describe('who pays by card while the pay page is still open', () => {
  it('is told on the result not to pay there, and of what came there all the same', async () => {
    const payer = await atPay(office.origin, 'rathaus-1');
    await payer.choose('page');
    const tab = payer.person.shown.url;
    await payer.look();
    await payer.press('abort');
    await payer.choose('card');
    await payer.settled();
    assert.match(payer.says(), /kann noch offen sein.*dort nicht mehr/);
    await payInOldTab(tab);
    await payer.person.open(`${office.origin}${DONE}`);
    assert.match(payer.says(), /noch einmal bezahlt: Diese 20,00\s€ gibt das Amt zurück/);
    assert.doesNotMatch(payer.says(), /kann noch offen sein/);
  });
});

describe('who pays on the page and never comes back from it', () => {
  /** Somebody whose payment is made; of that they have seen nothing here. */
  async function paidAway(): Promise<Payer & { number: string }> {
    const payer = await atPay(office.origin);
    const number = payer.reference();
    await payer.choose('page');
    return Object.assign(payer, { number });
  }
  const start = `/service/${SERVICE}`;

  for (const path of [start, `${start}/copies`, `${start}/review`]) {
    it(`is shown what was handed in on opening ${path}`, async () => {
      const payer = await paidAway();
      await payInOldTab(payer.person.shown.url);
      await payer.person.open(`${office.origin}${path}`);
      const shown = payer.shown();
      assert.ok(shown.at === 'done' && shown.handed.number === payer.number, JSON.stringify(shown));
      await payer.person.open(`${office.origin}${start}`);
      assert.ok(payer.person.shown.text.includes(`href="${DONE}"`), 'the start says that it was sent');
      assert.doesNotMatch(payer.person.shown.text, /value="restart"/);
      await agree();
    });
  }

  it('is shown it before anything begins anew; what is ordered then is another order', async () => {
    const payer = await paidAway();
    const address = payer.person.shown.url;
    await payer.person.open(`${office.origin}${start}`);
    assert.match(
      payer.says(),
      /Vielleicht ist noch eine Bezahlseite offen.*neu beginnen, bezahlen Sie dort bitte nicht mehr/,
    );
    const restart = payer.person.form(start).press({ name: '_action', value: 'restart' });
    await payInOldTab(address);
    await payer.person.press(restart);
    const first = payer.shown();
    assert.ok(first.at === 'done' && first.handed.number === payer.number, JSON.stringify(first));
    const again = await atPay(office.origin, payer.person, 2);
    assert.notEqual(again.reference(), payer.number);
    await again.choose('page');
    await again.decide('pay');
    await paidOnce(again, 2 * CENTS);
  });

  it('and has changed answers meanwhile: is told that these are not sent, and can order them too', async () => {
    const payer = await paidAway();
    const address = payer.person.shown.url;
    await payer.copies(2);
    await payInOldTab(address);
    await payer.handIn();
    const first = payer.shown();
    assert.ok(first.at === 'done' && first.handed.number === payer.number, JSON.stringify(first));
    assert.match(payer.person.shown.text, /Andere Angaben von Ihnen sind noch nicht abgesendet/);
    assert.match(payer.says(), /Neu absenden kostet noch einmal/);
    await payer.person.open(`${office.origin}${start}/review`);
    await payer.handIn();
    const second = payer.shown();
    assert.ok(second.at === 'choice' && second.cents === 2 * CENTS, JSON.stringify(second));
    assert.notEqual(payer.reference(), payer.number);
    await payer.choose('page');
    await payer.decide('pay');
    await paidOnce(payer, 2 * CENTS);
    assert.doesNotMatch(payer.person.shown.text, /noch nicht abgesendet/);
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
    const known = await caseNumbers(office.db);
    const review = payer.person.review(SERVICE);
    const answers = await Promise.all([1, 2, 3].map(() => payer.person.send(review)));
    for (const { headers } of answers) assert.equal(headers.get('location'), PAY);
    assert.equal((await caseNumbers(office.db)).length, known.length + 1);
    await payer.look();
    await payer.choose('card');
    // Back to the review page, and handed in again, while the card is being read.
    assert.equal((await payer.person.send(review)).headers.get('location'), PAY);
    await payer.settled();
    const { number } = payer.person.receipt();
    assert.equal((await payer.person.send(review)).headers.get('location'), DONE);
    assert.equal((await payer.person.client.get(`${office.origin}${PAY}`)).headers.get('location'), DONE);
    assert.equal((await caseNumbers(office.db)).length, known.length + 1);
    await paidOnce(payer, CENTS);
    assert.equal(payer.person.receipt().number, number);
  });

  it('with another amount, way, machine or case in the form, is made as the office knows it', async () => {
    const victim = (await atPay(office.origin)).reference();
    const payer = await atPay(office.origin, 'rathaus-1');
    const number = payer.reference();
    const _csrf = hiddenField(payer.person.shown.text, '_csrf') ?? '';
    const post = (fields: Record<string, string>) => payer.person.client.post(PAY, { _csrf, ...fields });
    for (const way of ['cash', 'free', '__proto__', 'card,page', '']) {
      assert.equal((await post({ way, amount: '0' })).headers.get('location'), PAY);
    }
    assert.equal((await payer.person.client.post(PAY, { way: 'card' })).status, 403);
    assert.deepEqual(
      (await paymentsFor(office.db, number)).map(({ state }) => state),
      ['intended'],
    );
    const forged = { amount: '1', cents: '1', amountCents: '1', fee: '0', state: 'paid' };
    await post({
      ...forged,
      way: 'card',
      terminal: 'rathaus-2',
      caseId: victim,
      reference: victim,
    });
    await paidOnce(payer, CENTS);
    const paid = (await paymentsFor(office.db, number)).filter(({ state }) => state === 'paid');
    assert.deepEqual(
      paid.map(({ terminal }) => terminal),
      ['rathaus-1'],
    );
    assert.ok((await caseNumbers(office.db, 'unpaid')).includes(victim));
  });

  it('by card from an own screen, where there is no card terminal, does not begin', async () => {
    const payer = await atPay(office.origin);
    const _csrf = hiddenField(payer.person.shown.text, '_csrf') ?? '';
    await payer.person.client.post(PAY, { _csrf, way: 'card' });
    const shown = await payer.look();
    assert.ok(shown.at === 'choice' && !shown.ways.includes('card'));
    assert.deepEqual(
      (await paymentsFor(office.db, payer.reference())).map(({ state }) => state),
      ['intended'],
    );
  });
});

describe('two offices with one database', () => {
  it('take nothing that the person has stopped at the other one', async () => {
    const keys = join(office.data, 'keys');
    const other = await startRunningOffice({
      ...money.env,
      ...{ DATABASE_URL: office.databaseUrl, AMTOMAT_KEYS: keys },
    });
    other.setClock(office.now().toISOString());
    try {
      const payer = await atPay(office.origin, 'rathaus-2');
      const number = payer.reference();
      await payer.choose('card');
      payer.moveTo(other.origin);
      assert.equal((await payer.look()).at, 'waiting');
      await payer.press('abort');
      const shown = await payer.settled();
      assert.ok(shown.at === 'choice', JSON.stringify(shown));
      assert.match(shown.text, /wurde abgebrochen/);
      assert.deepEqual(
        money
          .card('rathaus-2')
          .ledger()
          .map(({ state }) => state),
        ['reversed'],
      );
      assert.ok((await caseNumbers(office.db, 'unpaid')).includes(number));
      await payer.choose('card');
      await paidOnce(payer, CENTS);
    } finally {
      await other.close();
    }
  });
});
