import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { PAGE_TROUBLES, type PayPageTrouble } from '#sandbox/pay-page';
import { BEHAVIOURS, type BehaviourName } from '#sandbox/payment-terminal';
import { eventually } from '#test/eventually';
import { assertMoneyAgrees, type Machine, type Money, startMoney } from '#test/money';
import { atPay, CENTS, type Payer, type PayShown } from '#test/payer';
import { type RunningOffice, startRunningOffice } from '#test/running-office';

let money: Money;
let office: RunningOffice;
before(async () => {
  money = await startMoney({ paceMs: 40 });
  office = await startRunningOffice(money.env);
});
after(async () => {
  await office.close();
  await money.stop();
});

const agree = (): Promise<void> => assertMoneyAgrees(office.db, money);

/** Money that a machine has taken since the test looked last. */
function takenAt(machine: Machine): number {
  return money
    .card(machine)
    .ledger()
    .filter(({ state }) => state === 'paid').length;
}

/** How many cases were handed in. */
async function handedIn(): Promise<number> {
  const rows = await office.db.selectFrom('cases').select('id').where('state', '<>', 'unpaid').execute();
  return rows.length;
}

function assertNotPaid(shown: PayShown, words: RegExp): void {
  assert.ok(shown.at === 'choice', JSON.stringify(shown));
  assert.match(shown.text, /Es ist nicht bezahlt worden.*Es ist nichts abgebucht worden/s);
  assert.match(shown.text, words);
  assert.equal(shown.cents, CENTS);
}

/** Pays on the pay page from wherever the person may choose it. */
async function payByPage(payer: Payer): Promise<PayShown> {
  await payer.choose('page');
  await payer.decide('pay');
  return payer.settled();
}

describe('the card terminal', () => {
  /** What the person is told; nothing for a payment that comes about. */
  const ENDS: Record<BehaviourName, RegExp | undefined> = {
    approve: undefined,
    fragmented: undefined,
    late: undefined,
    decline: /Die Karte wurde abgelehnt/,
    wrongPin: /Die PIN war falsch/,
    abortedByCustomer: /abgebrochen worden, oder es hat zu lange gedauert/,
    timeOut: /abgebrochen worden, oder es hat zu lange gedauert/,
    printerNotReady: /Kartengerät hat ein Problem/,
    connectionLostBeforeApproval: /Verbindung zum Kartengerät war gestört/,
    connectionLostAfterApproval: /schon angenommen, wird sie von selbst zurückgenommen/,
    powerCut: /Verbindung zum Kartengerät war gestört/,
    wrongAmount: /Kartengerät hat ein Problem/,
  };

  for (const name of Object.keys(BEHAVIOURS) as BehaviourName[]) {
    it(`${name}: money and case agree, and it can be paid another way`, async () => {
      const machine = 'rathaus-1';
      const payer = await atPay(office.origin, machine);
      const [taken, cases] = [takenAt(machine), await handedIn()];
      money.card(machine).behave(name);
      await payer.choose('card');
      const shown = await payer.settled(1_000);
      money.card(machine).behave('approve');
      await agree();
      const words = ENDS[name];
      if (!words) {
        assert.equal(shown.at, 'done');
        assert.equal(takenAt(machine), taken + 1);
      } else {
        assertNotPaid(shown, words);
        assert.equal(takenAt(machine), taken);
        assert.equal(await handedIn(), cases);
        assert.equal((await payByPage(payer)).at, 'done');
        assert.equal(takenAt(machine), taken);
      }
      assert.equal(await handedIn(), cases + 1);
      await agree();
    });
  }

  it('is named by its heading in words that stay, and says below it what to do now', async () => {
    const payer = await atPay(office.origin, 'rathaus-1');
    const ways = payer.person.shown.text;
    assert.match(ways, /<title>Wie möchten Sie bezahlen\? – Bezahlen – /);
    money.card('rathaus-1').behave('timeOut');
    await payer.choose('card');
    const { text } = payer.person.shown;
    money.card('rathaus-1').behave('approve');
    assert.match(text, /<title>Am Kartengerät bezahlen – Bezahlen – /);
    assert.match(text, /<h1 [^>]*aria-describedby="pay-now"[^>]*>Am Kartengerät bezahlen<\/h1>/);
    assert.match(text, /<div id="pay-now" role="status"[^>]*><p [^>]*>[^<]+<\/p>/);
    assert.equal((await payer.settled()).at, 'choice');
  });

  it('without power: says so, and the next try pays', async () => {
    const payer = await atPay(office.origin, 'rathaus-1');
    money.card('rathaus-1').powerOff();
    await payer.choose('card');
    assertNotPaid(await payer.settled(), /Verbindung zum Kartengerät war gestört/);
    money.card('rathaus-1').powerOn();
    await payer.choose('card');
    assert.equal((await payer.settled()).at, 'done');
    await agree();
  });

  for (const moment of ['pending', 'insertCard', 'enterPin', 'pleaseWait', 'removeCard'] as const) {
    it(`stopped from the screen at "${moment}": paid or not, and the screen says which`, async () => {
      const payer = await atPay(office.origin, 'rathaus-1');
      const [taken, cases] = [takenAt('rathaus-1'), await handedIn()];
      await payer.choose('card');
      if (moment !== 'pending') {
        await eventually(`the card terminal is at "${moment}", or past it`, async () => {
          const shown = await payer.look();
          return shown.at !== 'waiting' || shown.status === moment || shown.status === 'removeCard';
        });
      }
      if (payer.shown().at === 'waiting') await payer.press('abort');
      const shown = await payer.settled();
      await agree();
      const paid = takenAt('rathaus-1') - taken;
      assert.equal((await handedIn()) - cases, paid);
      assert.equal(shown.at, paid === 1 ? 'done' : 'choice');
      // On a busy machine the card may be faster than the finger, also at these moments.
      if (paid === 0 && (moment === 'insertCard' || moment === 'enterPin'))
        assertNotPaid(shown, /wurde abgebrochen/);
      if (shown.at === 'choice') {
        await payer.choose('card');
        assert.equal((await payer.settled()).at, 'done');
        await agree();
      }
    });
  }

  it('serves one person after the other: the second is told that it is busy', async () => {
    const [one, two] = await Promise.all([
      atPay(office.origin, 'rathaus-2'),
      atPay(office.origin, 'rathaus-2', 2),
    ]);
    money.card('rathaus-2').behave('timeOut');
    await one.choose('card');
    await two.choose('card');
    assertTold(two.shown(), /läuft noch eine andere Zahlung/);
    assert.equal((await one.settled()).at, 'choice');
    money.card('rathaus-2').behave('approve');
    await two.choose('card');
    assert.equal((await two.settled()).at, 'done');
    await one.choose('card');
    assert.equal((await one.settled()).at, 'done');
    await agree();
  });
});

function assertTold(shown: PayShown, words: RegExp): void {
  assert.ok(shown.at === 'choice' || shown.at === 'waiting', JSON.stringify(shown));
  assert.match(shown.text, words);
}

describe('the pay page', () => {
  for (const outcome of ['fail', 'cancel'] as const) {
    it(`where somebody ends with "${outcome}": not paid, and payable again`, async () => {
      const cases = await handedIn();
      const payer = await atPay(office.origin, 'rathaus-1');
      await payer.choose('page');
      await payer.decide(outcome);
      assertNotPaid(await payer.settled(), outcome === 'fail' ? /Bezahlseite hat es nicht/ : /abgebrochen/);
      assert.match(payer.person.shown.text, /<title>Fehler: /);
      assert.match(payer.person.shown.text, /<am-errors><div [^>]*tabindex="-1"/, 'it has the focus');
      assert.equal(await handedIn(), cases);
      await payer.choose('card');
      assert.equal((await payer.settled()).at, 'done');
      assert.equal(await handedIn(), cases + 1);
      await agree();
    });
  }

  it('leads back without a payment: that proves nothing', async () => {
    const cases = await handedIn();
    const payer = await atPay(office.origin);
    await payer.choose('page');
    for (const query of ['', '?paid=true&status=PAYED', '?transactionId=1']) {
      await payer.person.open(`/service/urkunden/pay${query}`);
      assertTold(payer.shown(), /Auf der Bezahlseite bezahlen/);
    }
    await payer.person.open('/service/urkunden/done');
    assert.notEqual(payer.shown().at, 'done');
    assert.equal(await handedIn(), cases);
    await payer.look();
    assert.equal((await payByPage(payer)).at, 'done');
    await agree();
  });

  for (const trouble of ['down', 'slow'] as const) {
    it(`${trouble}, when it is to be opened once more: says so, what is kept, and how to try again, in every language`, async () => {
      const payer = await atPay(office.origin);
      await payer.choose('page');
      await payer.look();
      money.page.trouble(trouble);
      await payer.choose('page');
      assert.match(payer.says(), /antwortet nicht.*Angaben sind gespeichert.*Noch einmal versuchen/);
      assert.match(payer.says(), /schon bezahlt\? Das merken wir.*nicht noch einmal/);
      assert.doesNotMatch(payer.says(), /nichts bezahlt/, 'nobody knows that');
      money.page.trouble(undefined);
      await payer.speak('en');
      await payer.speak('leicht');
      const shown = await payer.look();
      assert.equal(shown.at, 'waiting');
      assert.match(payer.says(), /Seite zum Bezahlen öffnen/, 'it goes on as before');
      await payer.speak('de');
      assert.equal((await payByPage(payer)).at, 'done');
      await agree();
    });
  }

  it('away, when it was never opened: says that nothing was paid, what is kept, and how to try again', async () => {
    const payer = await atPay(office.origin);
    money.page.trouble('down');
    await payer.choose('page');
    const says = {
      de: /antwortet nicht.*nichts bezahlt.*Angaben sind gespeichert.*Noch einmal versuchen/,
      leicht: /geht gerade nicht.*nichts bezahlt.*Antworten sind noch da.*Noch einmal versuchen/,
      en: /is not answering.*not paid anything.*answers are saved.*Try again/,
    };
    for (const language of ['leicht', 'en', 'de'] as const) {
      await payer.speak(language);
      assert.match(payer.says(), says[language]);
    }
    money.page.trouble(undefined);
    assert.equal((await payByPage(payer)).at, 'done');
    await agree();
  });

  it('away, when somebody stops: says that it is still being asked, and what not to do', async () => {
    const payer = await atPay(office.origin);
    await payer.choose('page');
    await payer.look();
    money.page.trouble('down');
    await payer.press('abort');
    assert.match(
      payer.says(),
      /Wird abgebrochen.*ob dort bezahlt worden ist.*dort nicht mehr.*Jetzt nachsehen/,
    );
    money.page.trouble(undefined);
    await payer.press('look');
    assert.equal(payer.shown().at, 'choice');
    await agree();
  });

  /** Whether the page can be opened then, and what somebody is told who has paid on it: nothing but the receipt, if undefined. */
  const TROUBLES: Record<PayPageTrouble, { opens: boolean; paid: RegExp | undefined }> = {
    answerLost: { opens: false, paid: undefined },
    late: { opens: true, paid: /Auf der Bezahlseite bezahlen/ },
    down: { opens: false, paid: /Auf der Bezahlseite bezahlen/ },
    garbage: { opens: false, paid: /Ist schon bezahlt\?.*nicht noch einmal/ },
    strange: { opens: true, paid: /Ist schon bezahlt\?.*nicht noch einmal/ },
    slow: { opens: false, paid: /Auf der Bezahlseite bezahlen/ },
  };

  for (const trouble of PAGE_TROUBLES) {
    const { opens, paid } = TROUBLES[trouble];

    it(`${trouble}, when it is to be opened: nobody pays without knowing, and it works afterwards`, async () => {
      const cases = await handedIn();
      const payer = await atPay(office.origin);
      money.page.trouble(trouble);
      await payer.choose('page');
      if (opens) assert.ok(payer.person.shown.url.startsWith(money.page.origin));
      else assertTold(payer.shown(), /Bezahlseite antwortet nicht.*Sie haben nichts bezahlt/);
      assert.equal(await handedIn(), cases);
      money.page.trouble(undefined);
      if (opens) await payer.look();
      assert.equal((await payByPage(payer)).at, 'done');
      assert.equal(await handedIn(), cases + 1);
      await agree();
    });

    it(`${trouble}, when somebody has paid: no receipt before it is known, one afterwards`, async () => {
      const cases = await handedIn();
      const payer = await atPay(office.origin);
      await payer.choose('page');
      money.page.trouble(trouble);
      await payer.decide('pay');
      const shown = payer.shown();
      if (!paid) assert.equal(shown.at, 'done');
      else {
        assertTold(shown, paid);
        assert.equal(await handedIn(), cases);
      }
      money.page.trouble(undefined);
      assert.equal((await payer.settled()).at, 'done');
      assert.equal(await handedIn(), cases + 1);
      await agree();
    });
  }
});
