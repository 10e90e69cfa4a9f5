const FIRST_MS = 5_000;
const LONGEST_MS = 3_600_000;

/** Attempts before a message is parked: about two days when the receiver is away, about ten minutes for other faults. */
export const ATTEMPTS = { temporary: 55, other: 8 } as const;

/**
 * How long to wait after a failed attempt: doubled each time up to an hour, and up to a quarter more, different for
 * each message, so that messages that failed together do not come back together.
 * @param attempt 1 for the first
 * @param id the message's id (hexadecimal digits first)
 * @returns milliseconds
 */
export function pauseAfter(attempt: number, id: string): number {
  const pause = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt - 1, 30));
  const spread = Number.parseInt(id.slice(0, 2), 16) / 255;
  return Math.round(pause * (1 + spread / 4));
}
