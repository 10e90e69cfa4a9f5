/** What was paid for a case, as its page and its print say it. */
import type { Payment, RefundTask } from '#payment';
import { formatNumber } from '#seal';
import { Alert, type Child, type Html } from '#web';
import { Lines } from './case-parts.tsx';
import { shortInstant } from './dates.ts';
import { euros, PAYMENT_WORDS, said, WAY_WORDS } from './words.ts';

const WORDS = said('case');
const COLUMN = said('columns');

/** What the case's payment came to; the tries that failed are nobody's business. */
export interface CaseMoney {
  payment: Payment | undefined;
  /** What came once more, though the case was paid for. */
  besides: readonly Payment[];
  refund: RefundTask | undefined;
}

/** @returns what came once more, when, and whether it has gone back */
function besidesWords({ amountCents, settledAt, reversedAt }: Payment): string {
  const amount = euros(amountCents);
  const at = settledAt ? shortInstant(settledAt) : '';
  return reversedAt
    ? WORDS.paidAgainRefunded({ amount, at, back: shortInstant(reversedAt) })
    : WORDS.paidAgainOpen({ amount, at });
}

/** Amount, state, way and case number of the payment; nothing for a case that was free. */
export function PaymentFacts({ money: { payment, besides } }: { money: CaseMoney }): Html | null {
  if (!payment) return null;
  const { amountCents, state, way, caseNumber, settledAt, reversedAt } = payment;
  const facts: { label: string; value: Child }[] = [
    { label: COLUMN.amount, value: euros(amountCents) },
    { label: COLUMN.state, value: PAYMENT_WORDS[state] },
    { label: COLUMN.way, value: way ? WAY_WORDS[way] : '' },
    { label: WORDS.paymentNumber, value: formatNumber(caseNumber) },
  ];
  if (settledAt) facts.push({ label: COLUMN.paid, value: shortInstant(settledAt) });
  if (reversedAt) facts.push({ label: WORDS.refunded, value: shortInstant(reversedAt) });
  for (const one of besides) {
    facts.push({ label: WORDS.paidAgain, value: besidesWords(one) });
  }
  return (
    <section class="summary case-facts">
      <h2>{WORDS.payment}</h2>
      <Lines lines={facts} />
    </section>
  );
}

/** Says that money has to go back, and where that is done. */
export function RefundNote({ money: { refund } }: { money: CaseMoney }): Html | null {
  if (!refund) return null;
  return (
    <Alert tone="warning" title={WORDS.toRefund({ amount: euros(refund.amountCents) })}>
      <p>
        {WORDS.paidWith({ way: refund.way ? WAY_WORDS[refund.way] : WORDS.unknownWay })}{' '}
        <a href="/desk/payments">{WORDS.refundTask}</a>
      </p>
    </Alert>
  );
}
