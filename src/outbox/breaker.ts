/** When nothing is sent to a receiver any more for a while, and when it is tried again. Pure. */

/** How the receiver at the end of a lane has been lately. */
export interface Breaker {
  /** Attempts in a row for which it was not there. */
  failures: number;
  /** Nothing is sent before that; from then on one message to try, until it is there again. */
  openUntil: Date | null;
}

export type BreakerState = 'closed' | 'open' | 'half-open';

const OPENS_AFTER = 3;
const FIRST_MS = 20_000;
const LONGEST_MS = 300_000;

/** @returns whether messages flow, none is sent, or one is sent to try */
export function breakerState({ openUntil }: Breaker, at: Date): BreakerState {
  if (openUntil === null) return 'closed';
  return openUntil > at ? 'open' : 'half-open';
}

/** One more attempt for which the receiver was not there. */
export function afterFailure({ failures }: Pick<Breaker, 'failures'>, at: Date): Breaker {
  const count = failures + 1;
  if (count < OPENS_AFTER) return { failures: count, openUntil: null };
  const pause = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(count - OPENS_AFTER, 30));
  return { failures: count, openUntil: new Date(at.getTime() + pause) };
}
