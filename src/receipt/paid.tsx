import { dateWithWeekday, euros, type Language } from '#language';
import type { Payments } from '#payment';
import { civilDate } from '#time';
import { type Html, Pictogram } from '#web';
import { paidWords } from './words.ts';

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
  const day = dateWithWeekday(civilDate(at), language);
  if (payment.state !== 'paid') return w.paidBack({ sum, day });
  const said = w.paid({ sum, way: payment.way ?? 'none', day });
  const tasks = await payments.refundsOf(caseId);
  const besides = tasks.filter(({ reason }) => reason === 'stray');
  const asked = besides.length < tasks.length ? w.backAsked : '';
  if (besides.length === 0) return `${said}${asked}`;
  const more = besides.reduce((cents, { amountCents }) => cents + amountCents, 0);
  return `${said}${asked}${w.paidBesides({ sum: euros(more, language), ends: asked === '' ? 'yes' : 'no' })}`;
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
