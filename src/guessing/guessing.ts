import { sql } from 'kysely';
import type { Db, Tx } from '#db';

/** Wrong codes count for so long. */
const WINDOW_MS = 15 * 60_000;
/** So many wrong codes are anybody's; after them each next try has to wait, twice as long each time. */
const FREE_TRIES = 5;
const FIRST_WAIT_MS = 10_000;
const LONGEST_WAIT_MS = 15 * 60_000;
/** The wrong code that somebody of the office is told of. */
export const ALARM_AT = 10;

/** @returns milliseconds from the last wrong code until the next try is looked at */
export function waitAfter(wrong: number): number {
  if (wrong < FREE_TRIES) return 0;
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (wrong - FREE_TRIES));
}

/** Somebody or something whose wrong codes are counted. */
export interface Guessed {
  /** Keyed hash: nobody can tell from the table who it was. */
  subject: Buffer;
  /** So many more wrong codes are free: for what many people share. */
  more?: number;
}

/** What the wrong codes of some subjects come to now; they are locked for the rest of the transaction. */
export interface Guesses {
  /** Until the next try is looked at; 0: now. */
  waitSeconds: number;
  /** Counts one more against each. @returns which subject's is the one to be told of, by its place; undefined for none */
  wrong(): Promise<number | undefined>;
  /** The code was right: what was counted against this subject is forgotten. */
  right(subject: Buffer): Promise<void>;
}

/** One after the other for the same subject, so that many tries at once cannot pass as one. */
async function lock(tx: Tx, guessed: readonly Guessed[]): Promise<void> {
  for (const subject of guessed.map((each) => each.subject.toString('hex')).sort()) {
    await sql`SELECT pg_advisory_xact_lock(hashtextextended(${subject}, 0))`.execute(tx);
  }
}

/** @param guessed whose wrong codes count; the longest wait of them holds */
export async function guessesOf(tx: Tx, guessed: readonly Guessed[], at: Date): Promise<Guesses> {
  await lock(tx, guessed);
  const counted: number[] = [];
  let until = 0;
  for (const { subject, more = 0 } of guessed) {
    const { wrong, last } = await tx
      .selectFrom('access_attempt')
      .select((eb) => [eb.fn.countAll<string>().as('wrong'), eb.fn.max('at').as('last')])
      .where('subject', '=', subject)
      .where('at', '>', new Date(at.getTime() - WINDOW_MS))
      .executeTakeFirstOrThrow();
    counted.push(Number(wrong));
    if (last) until = Math.max(until, last.getTime() + waitAfter(Number(wrong) - more));
  }
  return {
    waitSeconds: Math.max(0, Math.ceil((until - at.getTime()) / 1_000)),
    async wrong() {
      const rows = guessed.map(({ subject }) => ({ subject, at }));
      await tx.insertInto('access_attempt').values(rows).execute();
      const told = counted.indexOf(ALARM_AT - 1);
      return told < 0 ? undefined : told;
    },
    async right(subject) {
      await tx.deleteFrom('access_attempt').where('subject', '=', subject).execute();
    },
  };
}

/** Forgets wrong codes that no longer count. */
export async function forgetTries(db: Db, at: Date): Promise<void> {
  await db
    .deleteFrom('access_attempt')
    .where('at', '<=', new Date(at.getTime() - WINDOW_MS))
    .execute();
}
