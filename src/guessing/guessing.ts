import { sql } from 'kysely';
import type { Db, Tx } from '#db';
import { countedBy } from '#http';
import type { KeyProvider } from '#seal';

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

/** What strangers have done must not keep somebody waiting for longer. */
export const SHORT_WAIT_MS = 60_000;

/** Somebody or something whose wrong codes are counted. */
export interface Guessed {
  /** Keyed hash: nobody can tell from the table who it was. */
  subject: Buffer;
  /** So many more wrong codes are free: for what many people share. */
  more?: number;
  /** The longest wait for it in milliseconds; 0: its wrong codes are counted, but nobody waits. */
  longest?: number;
  /**
   * For what strangers can guess at as well: who is asking. Whoever was told a wait has their next try looked at when it
   * is over, whatever others have tried meanwhile; so nobody can lock them out by guessing on and on.
   */
  promisedTo?: Buffer;
}

/**
 * A client's wrong codes, by the rule of `countedBy`: its own, and those of all networks that one holder may have. What
 * neighbours in those have tried keeps nobody waiting longer than strangers' wrong codes do elsewhere.
 * @param kind what is opened; each has tries of its own
 * @param client terminal and address; kept as a keyed hash only
 * @param longest the longest wait for the client's own, if there is another than usual
 */
export function guessedBy(
  keys: Pick<KeyProvider, 'index'>,
  kind: string,
  client: string,
  longest: number = LONGEST_WAIT_MS,
): Guessed[] {
  return countedBy(client).map(({ name, times }) => {
    const subject = keys.index(`${kind} client`, name);
    if (times === 1) return { subject, longest };
    const promisedTo = keys.index(`${kind} network promised`, client);
    return { subject, more: FREE_TRIES * (times - 1), longest: SHORT_WAIT_MS, promisedTo };
  });
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

/** How many wrong codes count against a subject, and when the last one was. */
async function triesOf(tx: Tx, subject: Buffer, at: Date): Promise<{ wrong: number; last: Date | null }> {
  const { wrong, last } = await tx
    .selectFrom('access_attempt')
    .select((eb) => [eb.fn.countAll<string>().as('wrong'), eb.fn.max('at').as('last')])
    .where('subject', '=', subject)
    .where('at', '>', new Date(at.getTime() - WINDOW_MS))
    .executeTakeFirstOrThrow();
  return { wrong: Number(wrong), last };
}

/**
 * @param left milliseconds that others' wrong codes would make somebody wait now
 * @returns how long they wait: as they were told at first; 0 when that is over, once
 */
async function promised(tx: Tx, to: Buffer, left: number, at: Date): Promise<number> {
  const { last: over } = left > 0 ? await triesOf(tx, to, at) : { last: at };
  if (over && over <= at) {
    await tx.deleteFrom('access_attempt').where('subject', '=', to).execute();
    return 0;
  }
  if (over) return over.getTime() - at.getTime();
  await tx
    .insertInto('access_attempt')
    .values({ subject: to, at: new Date(at.getTime() + left) })
    .execute();
  return left;
}

/** @param guessed whose wrong codes count; the longest wait of them holds */
export async function guessesOf(tx: Tx, guessed: readonly Guessed[], at: Date): Promise<Guesses> {
  await lock(tx, guessed);
  const counted: number[] = [];
  let wait = 0;
  const shared: [Buffer, number][] = [];
  for (const { subject, more = 0, longest = LONGEST_WAIT_MS, promisedTo } of guessed) {
    const { wrong, last } = await triesOf(tx, subject, at);
    counted.push(wrong);
    const left = last ? last.getTime() + Math.min(longest, waitAfter(wrong - more)) - at.getTime() : 0;
    if (promisedTo) shared.push([promisedTo, left]);
    else wait = Math.max(wait, left);
  }
  // Who has to wait on their own account is promised nothing.
  if (wait <= 0) for (const [to, left] of shared) wait = Math.max(wait, await promised(tx, to, left, at));
  return {
    waitSeconds: Math.max(0, Math.ceil(wait / 1_000)),
    async wrong() {
      const rows = guessed.map(({ subject }) => ({ subject, at }));
      await tx.insertInto('access_attempt').values(rows).execute();
      const told = guessed.findIndex(({ more = 0 }, at) => counted[at] === ALARM_AT - 1 + more);
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
