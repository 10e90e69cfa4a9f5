import { dateWithWeekday, euros, type Language } from '#language';
import type { Payment, Payments } from '#payment';
import { civilDate } from '#time';
import { type Html, Pictogram } from '#web';
import { paidWords } from './words.ts';

/**
 * What has been paid for a case, in a sentence: how much, how and when, or that the office gave it back or looks into that; and what was paid besides.
 * @param all payments of the case
 * @returns undefined where nothing was to be paid
 */
export async function paidText(
  { payments }: { payments: Pick<Payments, 'refundsOf'> },
  all: readonly Payment[],
  language: Language,
): Promise<string | undefined> {
  const own = all.filter(({ stray }) => !stray);
  const back = own.find(({ state, reversedBy }) => state === 'reversed' && reversedBy === 'office');
  const payment = own.find(({ state }) => state === 'paid') ?? back;
  const at = payment?.state === 'paid' ? payment.settledAt : payment?.reversedAt;
  if (!payment || !at) return undefined;
  const w = paidWords(language);
  const sum = euros(payment.amountCents, language);
  const day = dateWithWeekday(civilDate(at), language);
  const tasks = await payments.refundsOf(payment.caseId);
  const asked = tasks.some(({ reason }) => reason !== 'stray') ? w.backAsked : '';
  const said =
    payment.state === 'paid' ? w.paid({ sum, way: payment.way ?? 'none', day }) : w.paidBack({ sum, day });
  return `${said}${asked}${besidesText(all, asked === '', language)}`;
}

/** What was paid besides, and what became of that: it is the person's money, also when it is long back. */
function besidesText(payments: readonly Payment[], isOpen: boolean, language: Language): string {
  const w = paidWords(language);
  const besides = payments.filter(({ stray, settledAt }) => stray && settledAt !== null);
  const sumOf = (of: readonly Payment[]): string =>
    euros(
      of.reduce((cents, { amountCents }) => cents + amountCents, 0),
      language,
    );
  const day = (at: Date | null): string => (at ? dateWithWeekday(civilDate(at), language) : '');
  const owed = besides.filter(({ state }) => state === 'paid');
  const gone = besides.filter(({ state }) => state === 'reversed');
  const ends = (first: boolean) => (isOpen && first ? 'yes' : 'no');
  const said = gone.map((one, at) =>
    w.paidBesidesBack({
      ...{ sum: sumOf([one]), paid: day(one.settledAt), day: day(one.reversedAt) },
      ends: ends(at === 0),
    }),
  );
  if (owed.length > 0) said.push(w.paidBesides({ sum: sumOf(owed), ends: ends(said.length === 0) }));
  return said.join('');
}

/**
 * @param all payments of a case
 * @returns what has been paid, and would be decided about if nothing came of it; undefined where there is nothing
 */
export function paidSum(all: readonly Payment[], language: Language): string | undefined {
  const paid = all.find(({ state, stray }) => state === 'paid' && !stray);
  return paid && euros(paid.amountCents, language);
}

/** What has been paid on a page, with a mark. */
export function Paid(props: { text: string | undefined }): Html | null {
  if (props.text === undefined) return null;
  return (
    <p class="paid">
      <Pictogram id="success" />
      {props.text}
    </p>
  );
}
