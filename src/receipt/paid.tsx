import { euros } from '#journey';
import type { Payments } from '#payment';
import type { Language } from '#service';
import { civilDate } from '#time';
import { type Html, longDate, Pictogram } from '#web';
import { paidWords } from './paid-words.ts';

/**
 * What has been paid for a case, in a sentence: how much, how and when, or that the office gave it back or looks into that; and what was paid besides.
 * @returns undefined where nothing was to be paid
 */
export async function paidText(
  { payments }: { payments: Pick<Payments, 'ofCase' | 'refundsOf'> },
  caseId: string,
  language: Language,
): Promise<string | undefined> {
  const own = (await payments.ofCase(caseId)).filter(({ stray }) => !stray);
  const back = own.find(({ state, reversedBy }) => state === 'reversed' && reversedBy === 'office');
  const payment = own.find(({ state }) => state === 'paid') ?? back;
  const at = payment?.state === 'paid' ? payment.settledAt : payment?.reversedAt;
  if (!payment || !at) return undefined;
  const w = paidWords(language);
  const sum = euros(payment.amountCents, language);
  const day = longDate(civilDate(at), language);
  if (payment.state !== 'paid') return w.paidBack(sum, day);
  const said = w.paid(sum, payment.way, day);
  const tasks = await payments.refundsOf(caseId);
  const besides = tasks.filter(({ reason }) => reason === 'stray');
  const asked = besides.length < tasks.length ? w.backAsked : '';
  if (besides.length === 0) return `${said}${asked}`;
  const more = besides.reduce((cents, { amountCents }) => cents + amountCents, 0);
  return `${said}${asked}${w.paidBesides(euros(more, language), asked === '')}`;
}

/** @returns what has been paid for a case, and would be decided about if nothing came of it; undefined where there is nothing */
export async function paidSum(
  { payments }: { payments: Pick<Payments, 'ofCase'> },
  caseId: string,
  language: Language,
): Promise<string | undefined> {
  const paid = (await payments.ofCase(caseId)).find(({ state, stray }) => state === 'paid' && !stray);
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
