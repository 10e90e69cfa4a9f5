/** Somebody who orders certificates, which cost 20 euros each, and pays for them, without script. */
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { Db } from '#db';
import type { Language } from '#language';
import { findAll, readForms, sampleFile, textOf } from '#play';
import { arrive, type Citizen, type Fill, type Handed } from '#test/citizen';
import { assertMoneyAgrees, type Money, paymentsFor } from '#test/money';

export const SERVICE = 'urkunden';
export const PAY = `/service/${SERVICE}/pay`;
export const DONE = `/service/${SERVICE}/done`;
export const CENTS = 2_000;

/** What a person who waits for a payment is told. */
export type PayShown =
  | { at: 'done'; handed: Handed }
  | { at: 'waiting'; status: string; text: string }
  /** `reason`: why the last try did not work, and in which words. */
  | { at: 'choice'; reason: string | undefined; text: string; cents: number; ways: readonly string[] }
  | { at: 'elsewhere'; page: string | undefined };

export interface Payer {
  person: Citizen;
  /** Comes from the review page to the pay page. */
  handIn(): Promise<void>;
  /** Chooses a way. On the pay page of others this ends on that page. */
  choose(way: 'card' | 'page'): Promise<void>;
  /** Presses a button of the page on which the person waits or chooses. */
  press(action: 'abort' | 'back' | 'look'): Promise<void>;
  /** Decides on the pay page of others, and comes back from it. */
  decide(outcome: 'pay' | 'fail' | 'cancel'): Promise<void>;
  /** What the page that is shown says. */
  shown(): PayShown;
  /** The words of the page that is shown. */
  says(): string;
  /** Goes on in another language, on the same page. */
  speak(language: Language): Promise<void>;
  /** The number of the case that is to be paid for, as the page says it. */
  reference(): string;
  /** Opens the pay page of this office. */
  look(): Promise<PayShown>;
  /** Looks until nothing is waited for. @throws Error when it takes longer than that */
  settled(looks?: number): Promise<PayShown>;
  /** Goes on at the office that is open now. */
  moveTo(origin: string): void;
  /** Says another number of copies, and comes to the review page again. */
  copies(count: number): Promise<void>;
}

const LOOK_EVERY_MS = 50;
/** Looks, not seconds: a busy machine takes longer for each. */
const MOST_LOOKS = 400;

const ORDER: Fill = {
  document: 'marriage',
  place: 'here',
  acting: 'me',
  relation: 'self',
  'marriedOn.day': '14',
  'marriedOn.month': '5',
  'marriedOn.year': '1999',
  partnerGivenNames: 'Thị Lan',
  partnerFamilyName: 'Đặng',
  purpose: 'family',
  paper: 'certificate',
  format: 'a4',
  familyName: 'Đặng',
  givenNames: 'Łukasz',
  birthName: 'Wiśniewski',
  'birthDate.day': '3',
  'birthDate.month': '2',
  'birthDate.year': '1971',
  'address.street': 'Karlstraße',
  'address.houseNumber': '112',
  'address.postcode': '76137',
  'address.city': 'Karlsruhe',
  delivery: 'home',
  phone: '0721 133112',
  entryKnown: 'no',
  parentsKnown: 'no',
  correct: 'yes',
};

/** @param where a machine by its name, an own screen when left out, or who is there already */
async function comes(office: string, where: string | Citizen | undefined): Promise<Citizen> {
  return typeof where === 'object' ? where : arrive(office, where);
}

/**
 * @param more what else, or something else, they say on the way
 * @returns somebody on the review page, at a machine or at an own screen
 */
export async function atReview(
  office: string,
  where?: string | Citizen,
  copies = 1,
  more: Fill = {},
): Promise<Payer> {
  const person = await comes(office, where);
  const payer = payerOf(person, office);
  const idCopy = sampleFile('sample.jpg');
  assert.ok(idCopy);
  const answers: Fill = { ...ORDER, ...more, idCopy, copies: String(copies) };
  await person.walk(SERVICE, answers, 'identity');
  await person.press(
    person.form(`/service/${SERVICE}/identity`).press({ name: '_action', value: 'without' }),
  );
  await person.walk(SERVICE, answers);
  return payer;
}

/** @returns somebody on the page that offers the ways to pay */
export async function atPay(office: string, where?: string | Citizen, copies = 1): Promise<Payer> {
  const payer = await atReview(office, where, copies);
  await payer.handIn();
  assert.equal(payer.shown().at, 'choice');
  return payer;
}

/** @returns what a person at a screen can do about paying */
export function payerOf(person: Citizen, office: string): Payer {
  let origin = office;
  const data = (name: string) =>
    findAll(person.page, ({ attributes }) => `data-${name}` in attributes)[0]?.attributes[`data-${name}`];
  const main = (): string => findAll(person.page, ({ tag }) => tag === 'main').map(textOf)[0] ?? '';

  const payer: Payer = {
    person,
    handIn: () => person.press(person.review(SERVICE)),
    choose: (way) => person.press(person.form(PAY).press({ name: 'way', value: way })),
    press: (action) => person.press(person.form(PAY).press({ name: '_action', value: action })),
    async decide(outcome) {
      const [form] = readForms(person.page, person.shown.url);
      assert.ok(form, 'a pay page is shown');
      const { status, headers } = await person.send(form.press({ name: 'outcome', value: outcome }));
      assert.equal(status, 303);
      const back = new URL(headers.get('location') ?? '');
      assert.ok(back.pathname.startsWith(`${PAY}/back/`));
      await person.open(`${origin}${back.pathname}`);
    },
    shown() {
      const { at } = person;
      if (data('number') !== undefined && data('code') !== undefined)
        return { at: 'done', handed: person.receipt() };
      if (at !== 'pay') return { at: 'elsewhere', page: at };
      const status = data('status');
      if (status !== undefined) return { at: 'waiting', status, text: main() };
      const ways = readForms(person.page, person.shown.url).flatMap((form) => form.values('way'));
      return { at: 'choice', reason: data('reason'), text: main(), cents: Number(data('fee')), ways };
    },
    says: () => main().replace(/\s+/g, ' '),
    async speak(language) {
      // The bar's buttons belong to the page's own form, where it has one.
      const forms = readForms(person.page, person.shown.url);
      const form = forms.find((one) => one.values('language').includes(language));
      assert.ok(form, `${language} can be chosen`);
      await person.press(form.press({ name: 'language', value: language }));
    },
    reference() {
      const [number] = findAll(person.page, ({ attributes }) => 'data-reference' in attributes);
      return number ? textOf(number).replace(/\D/g, '') : '';
    },
    async look() {
      await person.open(`${origin}${PAY}`);
      return payer.shown();
    },
    async settled(looks = MOST_LOOKS) {
      let shown = await payer.look();
      for (let looked = 0; shown.at === 'waiting'; looked += 1) {
        if (looked > looks) throw new Error(`still waiting: ${shown.status}`);
        await pause(LOOK_EVERY_MS);
        shown = await payer.look();
      }
      return shown;
    },
    moveTo(next) {
      origin = next;
    },
    async copies(count) {
      await person.open(`${origin}/service/${SERVICE}/copies`);
      const form = person.fill(SERVICE, { copies: String(count) });
      await person.press(form.press({ name: '_action', value: 'next' }));
      await person.open(`${origin}/service/${SERVICE}/review`);
    },
  };
  return payer;
}

/** The person holds a receipt, has been charged this amount and no other, and money and cases agree. */
export async function hasPaidOnce(payer: Payer, cents: number, db: Db, money: Money): Promise<void> {
  const shown = await payer.settled();
  assert.ok(shown.at === 'done', JSON.stringify(shown));
  const paid = (await paymentsFor(db, shown.handed.number)).filter(({ state }) => state === 'paid');
  assert.deepEqual(
    paid.map(({ amount_cents }) => amount_cents),
    [cents],
  );
  await assertMoneyAgrees(db, money);
}
