/** Money that came for something that is not there any more, or that was paid for already: what its person can name, and where. */
import type { City } from '#city';
import { dateWithWeekday, euros, germanIn, type Language } from '#language';
import type { PaymentProgress, Payments } from '#payment';
import { formatNumber } from '#seal';
import { civilDate } from '#time';
import { Alert, type Html } from '#web';
import { strayWords } from './words.ts';

/** Money of one payment, and all that can be said of it. */
export interface StrayMoney {
  cents: number;
  text: string;
}

/** @returns whether money came with it that the office gives back, or has given back */
export const isStray = ({ state, stray }: PaymentProgress): boolean =>
  stray && (state === 'paid' || state === 'reversed');

/** @returns what becomes of the money, when it came, by which number the office knows it, and whom to ask */
export function strayText(payment: PaymentProgress, city: City, language: Language): string {
  const { settledAt, reversedAt, caseNumber, office } = payment;
  const w = strayWords(language);
  const day = (at: Date): string => dateWithWeekday(civilDate(at), language);
  const { name = '', phone = city.phone115 } = city.offices.get(office) ?? {};
  const back = reversedAt ? w.gone({ day: day(reversedAt) }) : w.will;
  const came = settledAt ? `${w.arrived({ day: day(settledAt) })} ` : '';
  return `${back} ${came}${w.ask({ number: formatNumber(caseNumber), office: germanIn(language, name), phone })}`;
}

/**
 * @param opened ids of payments whose pay page the visit has opened
 * @param order what the person is told of
 * @returns the payments among them that were made for other orders of the same service
 */
export async function othersOf(
  payments: Pick<Payments, 'progress'>,
  opened: readonly string[] | undefined,
  { slug, caseId }: { slug: string; caseId: string },
): Promise<PaymentProgress[]> {
  const found = await Promise.all((opened ?? []).map((id) => payments.progress(id)));
  return found.flatMap((one) => (one && one.service === slug && one.caseId !== caseId ? [one] : []));
}

/** @returns the money among these payments that came for nothing */
export function strayOf(payments: readonly PaymentProgress[], city: City, language: Language): StrayMoney[] {
  return payments
    .filter(isStray)
    .map((one) => ({ cents: one.amountCents, text: strayText(one, city, language) }));
}

/**
 * Says how much came on pay pages of what was changed or given up since, and what becomes of it.
 * @param props.unpaid whether the order that this is said beside has yet to be paid for
 */
export function Stray(props: {
  came: readonly StrayMoney[];
  unpaid: boolean;
  language: Language;
}): Html | null {
  const { came, unpaid, language } = props;
  if (came.length === 0) return null;
  const w = strayWords(language);
  const cents = came.reduce((sum, one) => sum + one.cents, 0);
  return (
    <Alert tone="info" title={w.title({ sum: euros(cents, language) })}>
      <p>{unpaid ? `${w.why} ${w.unpaid}` : w.why}</p>
      {came.map(({ text }) => (
        <p>{text}</p>
      ))}
    </Alert>
  );
}
