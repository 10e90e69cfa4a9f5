import { sql } from 'kysely';
import type { Db } from '#db';
import { countedBy } from '#http';
import type { KeyProvider } from '#seal';
import { type Clock, HOUR_MS, hourOf } from '#time';

/** What stays in the office when a stranger does it, or is counted. */
export type Taken = 'visit' | 'opened' | 'file' | 'link' | 'case' | 'measure';

interface Bounds {
  /** One client at its own screen: many people can share a line. */
  own: number;
  /** One terminal of the office, where one person stands at a time. */
  terminal: number;
  /** All that is not at a terminal; left out where what is counted bounds itself. */
  all?: number;
}

/** How often within an hour. `opened`: visits by the number and code of one case; `link`: files that one code for a phone brought; `case`: handed in by nobody who has said who they are; `measure`: of one visit. */
const WITHIN_AN_HOUR: Readonly<Record<Taken, Bounds>> = {
  visit: { own: 200, terminal: 200, all: 20_000 },
  opened: { own: 20, terminal: 20 },
  file: { own: 100, terminal: 200, all: 4_000 },
  link: { own: 30, terminal: 30 },
  case: { own: 12, terminal: 60, all: 1_200 },
  measure: { own: 40, terminal: 40, all: 40_000 },
};

const EVERYBODY = Buffer.alloc(0);

/** Somebody whose share is counted. */
export interface Taker {
  /** Terminal and address; stored as a keyed hash only, and forgotten after the hour. */
  client: string;
  /** A terminal has its share whatever happens elsewhere. */
  screen: 'terminal' | 'own';
}

export interface Shares {
  /** Counts one more. @returns until when there is no more of it for this client; undefined: it may go on */
  take(what: Taken, who: Taker): Promise<Date | undefined>;
  /** Forgets the hours that are over. */
  sweep(): Promise<void>;
}

/**
 * Shares of what one client, and all together, may leave behind within an hour, on all nodes together: the counts are
 * rows, and each is counted and compared in one step.
 * @param deps.unlimited nothing is counted, as in a bench
 */
export function createShares(deps: {
  db: Db;
  clock: Clock;
  keys: Pick<KeyProvider, 'index'>;
  unlimited: boolean;
}): Shares {
  const { db, clock, keys } = deps;
  return {
    async take(what, { client, screen }) {
      if (deps.unlimited) return undefined;
      const hour = hourOf(clock.now());
      const { all, [screen]: own } = WITHIN_AN_HOUR[what];
      const shares: Share[] = countedBy(client).map(({ name, times }) => ({
        ...{ subject: keys.index('share', name), most: own * times },
      }));
      if (screen === 'own' && all !== undefined) shares.push({ subject: EVERYBODY, most: all });
      const taken = await takeOne(db, what, hour, shares);
      return taken ? undefined : new Date(hour.getTime() + HOUR_MS);
    },
    async sweep() {
      await db.deleteFrom('share').where('hour', '<', hourOf(clock.now())).execute();
    },
  };
}

interface Share {
  subject: Buffer;
  most: number;
}

/**
 * One of each, or of none: whoever is refused takes nothing from the others. Where all is taken no new row is written.
 * @param shares whose: the client's own first, then what it has together with more and more others
 */
async function takeOne(db: Db, what: Taken, hour: Date, shares: readonly Share[]): Promise<boolean> {
  const count = ({ subject, most }: Share, from: ReturnType<typeof sql>) => sql`
    INSERT INTO share (what, hour, subject, count)
    SELECT ${what}, ${hour}::timestamptz, ${subject}::bytea, 1 ${from}
    ON CONFLICT (what, hour, subject) DO UPDATE SET count = share.count + 1
    WHERE share.count < ${most} RETURNING 1`;
  const room = shares.slice(1).map(
    ({ subject, most }) => sql`coalesce((SELECT count FROM share
      WHERE what = ${what} AND hour = ${hour} AND subject = ${subject}), 0) < ${most}`,
  );
  // Each is counted from the one before it: where that gave no row, none is written.
  const steps = shares.map((share, at) => {
    if (at > 0) return count(share, sql`FROM ${sql.ref(`taken${at - 1}`)}`);
    return count(share, room.length > 0 ? sql`WHERE ${sql.join(room, sql` AND `)}` : sql``);
  });
  const named = steps.map((step, at) => sql`${sql.ref(`taken${at}`)} AS (${step})`);
  const { rows } = await sql`
    WITH ${sql.join(named)} SELECT 1 FROM ${sql.ref(`taken${shares.length - 1}`)}`.execute(db);
  return rows.length > 0;
}
