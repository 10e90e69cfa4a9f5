/**
 * What may become of a payment, and what the answers of card terminal and pay page mean for it. Pure: no clock, no
 * database, nobody is asked here.
 */
import type { LastCardPayment } from './card-terminal.ts';

/**
 * `intended`: written down, nothing outside knows of it. `pending`: card terminal or pay page may have been asked, and
 * money may move. `unknown`: whoever asked is gone, or got no answer that decides; somebody has to ask again.
 */
export type PaymentState = 'intended' | 'pending' | 'paid' | 'reversed' | 'unknown' | 'failed';

/**
 * `failed` to `paid`: a pay page that was given up here, and on which somebody paid all the same. `unknown` to `pending`: a pay
 * page that answers again, and on which nobody has paid so far.
 */
const MOVES: Readonly<Record<PaymentState, readonly PaymentState[]>> = {
  intended: ['pending', 'failed'],
  pending: ['paid', 'failed', 'unknown'],
  unknown: ['pending', 'paid', 'failed', 'reversed'],
  paid: ['reversed'],
  failed: ['paid'],
  reversed: [],
};

/** @returns whether a payment may go from one state to the other */
export function mayMove(from: PaymentState, to: PaymentState): boolean {
  return MOVES[from].includes(to);
}

/** @returns whether money may have moved without anybody here knowing: nothing of the case may go meanwhile */
export function isOpen(state: PaymentState): boolean {
  return state === 'pending' || state === 'unknown';
}

/** @returns whether this payment is over here, but its pay page would still take the money, and is watched for that */
export function isWatched(payment: {
  way: string | null;
  state: PaymentState;
  externalId: string | null;
  dueAt: Date | null;
}): boolean {
  const { way, state, externalId, dueAt } = payment;
  return way === 'page' && state === 'failed' && externalId !== null && dueAt !== null;
}

/** @returns whether this payment stands in the way of another one for the same case */
export function isLive(state: PaymentState): boolean {
  return state === 'intended' || state === 'paid' || isOpen(state);
}

/** What the ledger knows of a card payment whose end nobody has told. */
export interface CardQuestion {
  amountCents: number;
  /** As the terminal named it before it became final; null when it never got so far. */
  receiptNumber: number | null;
  trace: number | null;
  /** The person wanted to stop before the terminal approved. */
  givenUp: boolean;
}

/** `unclear`: somebody used the terminal by hand, so that only a person can say what happened. */
export type CardVerdict = 'paid' | 'failed' | 'reverse' | 'unclear';

/**
 * Judges a card payment by the last transaction that its terminal knows. No other payment of the office is made at that
 * terminal before this one is decided.
 * @param known whether that transaction belongs to another payment in the ledger
 */
export function judgeCard(
  payment: CardQuestion,
  last: LastCardPayment | 'none',
  known: boolean,
): CardVerdict {
  if (last === 'none') return 'failed';
  const noted = payment.trace !== null;
  if (last.reverses !== undefined) {
    return noted && last.reverses !== payment.trace ? 'unclear' : 'failed';
  }
  const same = last.trace === payment.trace && last.receiptNumber === payment.receiptNumber;
  if (known && !same) return 'failed';
  if ((noted && !same) || last.amountCents !== payment.amountCents) return 'unclear';
  return payment.givenUp ? 'reverse' : 'paid';
}

/** States of a transaction at a pay page (XBezahldienste 1.0.0). */
export const PAGE_STATES = ['INITIAL', 'PAYED', 'FAILED', 'CANCELED'] as const;
export type PageState = (typeof PAGE_STATES)[number];

/** `watch`: over for the office, but the page would still take the money, so it goes on being asked. */
export type PageVerdict = 'paid' | 'failed' | 'cancelled' | 'wait' | 'watch' | 'unclear';

/** So long somebody may take to pay on a pay page. */
export const PAGE_TIME_MS = 30 * 60_000;

/**
 * Judges a payment by what the pay page says of its transaction.
 * @param payment `ageMs`: milliseconds since the page was opened
 * @param told what the page says; amount and request must be the ones that were sent
 */
export function judgePage(
  payment: { id: string; amountCents: number; givenUp: boolean; ageMs: number },
  told: { requestId: string; amountCents: number; state: PageState },
): PageVerdict {
  if (told.requestId !== payment.id || told.amountCents !== payment.amountCents) return 'unclear';
  if (told.state === 'PAYED') return 'paid';
  if (told.state === 'FAILED') return 'failed';
  if (told.state === 'CANCELED') return 'cancelled';
  return payment.givenUp || payment.ageMs > PAGE_TIME_MS ? 'watch' : 'wait';
}
