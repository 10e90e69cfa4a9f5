/** Where people look for it, it stands that they have paid; and the home page has the order that the city wants. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { loadCatalogue } from '#catalogue';
import { loadCity } from '#city';
import { findAll } from '#play';
import { arrive, type Citizen, type Fill, type Handed, household } from '#test/citizen';
import { hiddenField } from '#test/client';
import { refundsFor } from '#test/money';
import { atPay, atReview, DONE, type Payer, payerOf } from '#test/payer';
import { type RunningOffice, startRunningOffice } from '#test/running-office';

/** What makes certificates free. */
const PENSION: Fill = { purpose: 'benefit', benefit: 'pension', benefitOnly: 'yes' };

let office: RunningOffice;
before(async () => {
  office = await startRunningOffice();
});
after(() => office.close());

it('a paid fee stands on the result and on the status page', async () => {
  const payer = await atPay(office.origin, 'rathaus-1');
  await payer.choose('card');
  const shown = await payer.settled(1_000);
  assert.ok(shown.at === 'done');
  const paid = /20,00\s€ bezahlt mit Karte am Montag, 23\. November 2026/;
  assert.match(payer.person.shown.text, paid);
  const { number, code } = shown.handed;
  const { client } = await arrive(office.origin);
  const _csrf = hiddenField((await client.get(`${office.origin}/status`)).text, '_csrf') ?? '';
  await client.post(`${office.origin}/status`, { _csrf, number, code });
  assert.match((await client.get(`${office.origin}/status/case`)).text, paid);
});

/** @returns somebody who has paid by card for one certificate */
async function paid(): Promise<Payer & { handed: Handed }> {
  const payer = await atPay(office.origin, 'rathaus-1');
  await payer.choose('card');
  const shown = await payer.settled(1_000);
  assert.ok(shown.at === 'done');
  return Object.assign(payer, { handed: shown.handed });
}

/** Opens the case with number and code. */
async function openCase(person: Citizen, { number, code }: Handed): Promise<void> {
  await person.open(`${office.origin}/status`);
  const form = person.form('/status');
  form.fill('number', number);
  form.fill('code', code);
  await person.press(form.press());
  assert.equal(person.at, 'status-case');
}

async function withdraw(person: Citizen): Promise<void> {
  const form = person.form('/status/case/withdraw');
  form.fill('sure', 'yes');
  await person.press(form.press());
}

describe('what the status page says before a case is taken back', () => {
  it('of one that was paid for: how much, and who decides about it; of a date it has none', async () => {
    const payer = await paid();
    await openCase(payer.person, payer.handed);
    const says = {
      de: /20,00\s€ bezahlt\. Ob Sie das Geld zurückbekommen, entscheidet danach das Amt.*lesen Sie hier/,
      leicht: /20,00\s€ bezahlt\. Bekommen Sie das Geld zurück\? Das entscheidet das Amt danach/,
      en: /€20\.00\. Whether you get the money back is decided by the office/,
    };
    for (const language of ['leicht', 'en', 'de'] as const) {
      await payer.speak(language);
      assert.match(payer.says(), says[language]);
      assert.doesNotMatch(payer.says(), /Termin|[Dd]ate is given/);
    }
    await withdraw(payer.person);
    assert.match(payer.says(), /zurückgezogen.*bezahlt mit Karte.*Amt prüft, ob Sie das Geld zurückbekommen/);
    assert.deepEqual(await refundsFor(office.db, payer.handed.number), ['withdrawn']);
    await payer.person.open(`${office.origin}${DONE}`);
    assert.match(payer.says(), /Zurückgezogen.*Amt prüft, ob Sie das Geld zurückbekommen/);
    assert.doesNotMatch(payer.says(), /beim Standesamt|So geht es weiter/, 'nothing more is to come');
  });

  it('of one with a date: that it becomes free, which one; of money nothing', async () => {
    const person = await arrive(office.origin);
    await person.walk('sperrmuell', household(41));
    const handed = await person.handIn('sperrmuell');
    await openCase(person, handed);
    const { says } = payerOf(person, office.origin);
    assert.match(says(), /können Sie den Termin verschieben oder den Antrag zurückziehen\./);
    assert.match(says(), /rückgängig machen\.Ihr Termin wird frei: \S+, \d+\. \S+ \d{4}/);
    assert.doesNotMatch(says(), /bezahlt|Geld/);
    await withdraw(person);
    assert.match(says(), /zurückgezogen/);
  });
});

describe('what is said before and after paying', () => {
  it('the review page says that all is sent only after paying, in every language', async () => {
    const payer = await atReview(office.origin, 'rathaus-1');
    const says = {
      de: /Nach dem Absenden geht die Bestellung an das Standesamt.*Abgesendet wird erst nach dem Bezahlen/,
      leicht: /Zuerst bezahlen Sie\. Erst danach schicken wir alles ab/,
      en: /It is sent only after you have paid/,
    };
    for (const language of ['leicht', 'en', 'de'] as const) {
      await payer.speak(language);
      assert.match(payer.says(), says[language]);
    }
  });

  it('who pays nothing is told nothing of paying, neither before nor afterwards', async () => {
    const payer = await atReview(office.origin, 'rathaus-1', 1, PENSION);
    assert.doesNotMatch(payer.says(), /Bezahlen/);
    await payer.handIn();
    assert.match(payer.says(), /Ihre Bestellung ist beim Standesamt/);
    assert.doesNotMatch(payer.says(), /bezahlt|Geld/);
  });

  it('who has paid is told what becomes of the money, and is not asked whether they have', async () => {
    const payer = await paid();
    const says = {
      de: /Bekommen Sie keine Urkunde, entscheidet das Standesamt, ob Sie das Geld zurückbekommen/,
      leicht: /Bekommen Sie keine Urkunde\? Dann entscheidet das Standes-Amt/,
      en: /If you get no certificate, the registry office decides whether you get the money back/,
    };
    for (const language of ['leicht', 'en', 'de'] as const) {
      await payer.speak(language);
      assert.match(payer.says(), says[language]);
      assert.doesNotMatch(payer.says(), /Haben Sie (Geld )?bezahlt|[Ii]f you have paid/);
    }
  });

  it('no service says among the next steps of everybody what holds only for who has paid, or has not', () => {
    const { city } = loadCity('city/karlsruhe');
    const services = city && loadCatalogue('services', city, false).catalogue?.services;
    const cost = services?.filter(({ fee }) => fee.cents > 0) ?? [];
    assert.ok(cost.length > 1);
    const ofMoney = /zahl|Geld|Gebühr|\bpa(y|id)|money|\bfee\b/i;
    for (const { slug, texts } of cost) {
      for (const [language, { result, states, fee }] of Object.entries(texts)) {
        const said = [...result.next, ...Object.values(states)].filter((text) => ofMoney.test(text));
        assert.deepEqual(said, [], `${slug}, ${language}`);
        assert.ok(fee?.paid, `${slug}, ${language}: what becomes of the money`);
      }
    }
  });
});

it('the home page shows the services in the order of the city', async () => {
  const { city } = loadCity('city/karlsruhe');
  const person = await arrive(office.origin);
  await person.open('/');
  const tiles = findAll(person.page, ({ tag }) => tag === 'a')
    .map(({ attributes }) => /^\/service\/([\w-]+)$/.exec(attributes.href ?? '')?.[1])
    .filter((slug) => slug !== undefined);
  assert.deepEqual(tiles, city?.tiles);
  assert.notDeepEqual(tiles, tiles.toSorted(), 'not simply the order of the folders');
});
