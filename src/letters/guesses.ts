/** Guessing codes is slowed down as at the status page, by the same rules and in the same place. */
import { ALARM_AT, lockSubjects, triesOf, WINDOW_MS, waitAfter } from '#cases';
import type { Tx } from '#db';
import type { KeyProvider } from '#seal';

/**
 * So many more wrong codes are everybody's together than one client's: few enough that guessing from everywhere is hopeless (69 bits),
 * and too many for one person to lock all others out.
 */
const MORE_TOGETHER = 200;

/** What somebody's wrong codes come to now. */
export interface Guesses {
  /** Until the next try is looked at; 0: now. */
  waitSeconds: number;
  /** Counts one more. @returns whether it is the one that is written down for the office */
  wrong(): Promise<boolean>;
}

/** @returns who reads and counts wrong codes; what is stored of a client is a keyed hash */
export function guardGuesses(keys: KeyProvider) {
  const all = keys.index('tries letter codes', 'all');
  return {
    async by(tx: Tx, client: string, at: Date): Promise<Guesses> {
      const own = keys.index('tries letter codes client', client);
      const since = new Date(at.getTime() - WINDOW_MS);
      await lockSubjects(tx, [own, all]);
      const [mine, together] = [await triesOf(tx, own, since), await triesOf(tx, all, since)];
      const until = Math.max(
        mine.last ? mine.last.getTime() + waitAfter(mine.wrong) : 0,
        together.last ? together.last.getTime() + waitAfter(together.wrong - MORE_TOGETHER) : 0,
      );
      return {
        waitSeconds: Math.max(0, Math.ceil((until - at.getTime()) / 1_000)),
        async wrong() {
          const rows = [own, all].map((subject) => ({ subject, at }));
          await tx.insertInto('access_attempt').values(rows).execute();
          return mine.wrong === ALARM_AT - 1;
        },
      };
    },
  };
}
