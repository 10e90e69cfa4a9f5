/** What became of payments that nobody finished: asks card terminal or pay page, and then confirms, fails or reverses. */
import type { CardTerminal, LastCardPayment } from './card-terminal.ts';
import { isOpen, judgeCard, judgePage } from './ledger-rules.ts';
import type { Settled } from './ledger-steps.ts';
import { PayPageError } from './pay-page/client.ts';
import type { CrashPoint } from './ports.ts';
import type { TillDeps } from './till-deps.ts';
import type { Payment } from './types.ts';

const SECOND = 1_000;
const HOUR = 3_600_000;
/** A pay page that was given up is asked so long whether somebody paid all the same. */
export const WATCH_MS = 7 * 24 * HOUR;

/** @returns milliseconds until to ask again: soon at first, while somebody waits at the screen, then rarer */
export function askAgainAfter(ageMs: number): number {
  return Math.min(HOUR, Math.max(2 * SECOND, Math.round(ageMs / 10)));
}

export interface Recovery {
  /** Asks after one payment that this node has claimed. Rejects for nothing that happens outside. */
  resolve(payment: Payment): Promise<void>;
}

/**
 * @param at the named points where a test stops the office
 * @param stop gives a payment up, and stops the card terminal that is being listened to for it
 */
export function createRecovery(
  deps: TillDeps,
  at: (point: CrashPoint) => Promise<void>,
  stop: (id: string) => Promise<Payment | undefined>,
): Recovery {
  const { clock, ledger } = deps;

  const ageOf = ({ updatedAt }: Payment): number => clock.now().getTime() - updatedAt.getTime();
  const later = (payment: Payment, ms = askAgainAfter(ageOf(payment))): Promise<void> =>
    ledger.postpone(payment.id, new Date(clock.now().getTime() + ms));

  async function settle(payment: Payment, card?: LastCardPayment): Promise<Settled> {
    const settled = await ledger.settle(payment.id, card);
    if (settled === 'attached') deps.wake();
    return settled;
  }

  /** Somebody paid on a page that was given up, and pays another way by now: nobody shall pay there as well. */
  async function settlePage(payment: Payment): Promise<void> {
    if ((await settle(payment)) !== 'later') return;
    const others = await ledger.ofCase(payment.caseId);
    const open = others.find(({ id, state }) => id !== payment.id && isOpen(state));
    const over = open && (await stop(open.id));
    // The card terminal is stopped, and not waited for: what it has approved meanwhile counts, and this comes a second time.
    if (over?.way !== 'page') return;
    await resolvePage(over);
    await settle(payment);
  }

  async function reverse(payment: Payment, terminal: CardTerminal, last: LastCardPayment): Promise<void> {
    await at('reverse.before');
    const answer = await terminal.reverse(last).catch(() => 'unknown' as const);
    await at('reverse.after');
    if (answer === 'unknown') return later(payment);
    // What the terminal does not give back was paid: the case counts then.
    if (answer === 'refused') await settle(payment, last);
    else await ledger.reverse(payment.id, 'terminal', last);
  }

  async function resolveCard(payment: Payment): Promise<void> {
    if (payment.state === 'pending') await ledger.doubt(payment.id, 'lost', payment.dueAt);
    const terminal = deps.cardTerminal(payment.terminal ?? '');
    // While the terminal is busy, or away, it does not answer this.
    const last = await terminal?.last().catch(() => undefined);
    if (!terminal || last === undefined) return later(payment);
    await at('recover.asked');
    const known = last !== 'none' && (await ledger.isKnown(payment, last));
    const verdict = judgeCard({ ...payment, givenUp: payment.givenUpAt !== null }, last, known);
    if (verdict === 'failed') {
      await ledger.fail(payment, payment.givenUpAt ? 'givenUp' : 'lost');
    } else if (verdict === 'unclear' || last === 'none') {
      await ledger.doubt(payment.id, 'unclear');
      await later(payment, HOUR);
    } else if (verdict === 'reverse') {
      await reverse(payment, terminal, last);
    } else {
      await settle(payment, last);
    }
    await at('recover.settled');
  }

  /** A page that was given up is asked rarer and rarer, and at last no more. */
  function watch(payment: Payment): Date | undefined {
    const now = clock.now().getTime();
    const age = now - payment.createdAt.getTime();
    return age > WATCH_MS ? undefined : new Date(now + askAgainAfter(age));
  }

  async function unanswered(payment: Payment, error: unknown): Promise<void> {
    if (error instanceof PayPageError && error.code !== 'unreachable' && payment.state === 'pending') {
      await ledger.doubt(payment.id, 'unclear');
    }
    if (payment.state === 'failed') return ledger.postpone(payment.id, watch(payment) ?? null);
    await later(payment);
  }

  /** Nobody has paid so far, and somebody still may: whoever was told that nobody knows can go there again, or stop. */
  async function waitOn(payment: Payment): Promise<void> {
    if (payment.state !== 'unknown') return later(payment);
    await ledger.reopen(payment.id, new Date(clock.now().getTime() + askAgainAfter(0)));
  }

  async function resolvePage(payment: Payment): Promise<void> {
    const { id, externalId } = payment;
    const reason = payment.givenUpAt ? 'givenUp' : 'expired';
    if (externalId === null) {
      // Its address was never shown: nobody can have paid.
      await ledger.fail(payment, payment.givenUpAt ? 'givenUp' : 'unreachable');
      return;
    }
    if (!deps.page) return later(payment, HOUR);
    let told: Awaited<ReturnType<typeof deps.page.get>>;
    try {
      told = await deps.page.get(externalId);
    } catch (error) {
      return unanswered(payment, error);
    }
    await at('page.asked');
    const givenUp = payment.givenUpAt !== null;
    const question = { id, amountCents: payment.amountCents, givenUp, ageMs: ageOf(payment) };
    const verdict = judgePage(question, told);
    if (verdict === 'paid') await settlePage(payment);
    else if (verdict === 'unclear') await unanswered(payment, new PayPageError('garbage'));
    else if (payment.state === 'failed') {
      await ledger.postpone(id, verdict === 'wait' || verdict === 'watch' ? (watch(payment) ?? null) : null);
    } else if (verdict === 'wait') await waitOn(payment);
    else if (verdict === 'watch') await ledger.fail(payment, reason, watch(payment));
    else await ledger.fail(payment, verdict);
    await at('page.settled');
  }

  return {
    async resolve(payment) {
      if (payment.way === 'card' && isOpen(payment.state)) return resolveCard(payment);
      if (payment.way === 'page' && (isOpen(payment.state) || payment.state === 'failed')) {
        return resolvePage(payment);
      }
      await ledger.postpone(payment.id, null);
    },
  };
}
