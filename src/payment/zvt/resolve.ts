import { setTimeout as pause } from 'node:timers/promises';
import {
  type CardPayment,
  CardTerminalAwayError,
  CardTerminalRefusedError,
  type LastCardPayment,
} from '../card-terminal.ts';
import { isSame } from './attempt.ts';
import { RESULT } from './commands.ts';
import type { Context } from './context.ts';

function isPassing(error: unknown): boolean {
  if (error instanceof CardTerminalRefusedError) return error.code === RESULT.pleaseWait;
  return error instanceof CardTerminalAwayError;
}

/**
 * Tries until the terminal can be reached and is not busy.
 * @param work gives undefined to be tried again
 * @returns what it came to, or undefined when the time allowed for it is over or the client was closed
 * @throws whatever the work throws, other than that the terminal is away or busy
 */
export async function untilAnswered<T>(
  work: () => Promise<T | undefined>,
  { times, closed }: Context,
): Promise<T | undefined> {
  const end = AbortSignal.timeout(times.resolveMs);
  while (!end.aborted && !closed()) {
    try {
      const answer = await work();
      if (answer !== undefined) return answer;
    } catch (error) {
      if (!isPassing(error)) throw error;
    }
    await pause(times.retryMs);
  }
  return undefined;
}

/** What is known about a payment whose end was not heard. */
export interface Doubt {
  amountCents: number;
  /** The terminal's last transaction before the payment. */
  before: LastCardPayment | 'none';
  approved: CardPayment | undefined;
  acknowledged: boolean;
  committed: boolean;
}

/** `orphan`: the terminal counts a payment as final that nobody here has written down; it has to be taken back. */
export type Verdict = 'paid' | 'notPaid' | 'unknown' | 'orphan';

/**
 * Compares the terminal's last transaction with what is known here. A payment that was never acknowledged is reversed
 * by the terminal itself (PA00P015, 2.2), so whatever does not look like it is none.
 */
export function judge(last: LastCardPayment | 'none', doubt: Doubt): Verdict {
  const { before, approved, acknowledged, committed, amountCents } = doubt;
  // A terminal that repeats no receipts at all says nothing about a payment that may have become final.
  if (last === 'none') return acknowledged ? 'unknown' : 'notPaid';
  if (before !== 'none' && isSame(last, before)) return 'notPaid';
  if (last.reverses !== undefined) {
    const ours = approved === undefined || last.reverses === approved.trace;
    return ours || !acknowledged ? 'notPaid' : 'unknown';
  }
  const ours = approved === undefined ? last.amountCents === amountCents : isSame(last, approved);
  if (!ours || last.amountCents !== amountCents) return 'unknown';
  return committed ? 'paid' : 'orphan';
}
