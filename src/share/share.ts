import { sql } from 'kysely';
import type { Db } from '#db';
import type { KeyProvider } from '#seal';
import { type Clock, HOUR_MS, hourOf } from '#time';

/** What stays in the office when a stranger does it, or is counted. */
export type Taken = 'visit' | 'file' | 'case' | 'measure';

interface Bounds {
  /** One client at its own screen: many people can share a line. */
  own: number;
  /** One terminal of the office, where one person stands at a time. */
  terminal: number;
  /** All that is not at a terminal. */
  all: number;
}

/** How often within an hour. `case`: handed in by nobody who has said who they are; `measure`: of one visit. */
const WITHIN_AN_HOUR: Readonly<Record<Taken, Bounds>> = {
  visit: { own: 200, terminal: 200, all: 20_000 },
  file: { own: 100, terminal: 200, all: 4_000 },
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
      const most = screen === 'own' ? all : undefined;
      const subject = keys.index('share', client);
      const ok = await takeOne(db, { what, hour, subject, own, most });
      return ok ? undefined : new Date(hour.getTime() + HOUR_MS);
    },
    async sweep() {
      await db.deleteFrom('share').where('hour', '<', hourOf(clock.now())).execute();
    },
  };
}

/** The client's count first: what is refused there takes nothing from the others. Where all is taken no new row is written. */
async function takeOne(
  db: Db,
  one: { what: Taken; hour: Date; subject: Buffer; own: number; most: number | undefined },
): Promise<boolean> {
  const { what, hour, subject, own, most } = one;
  const counted = sql`ON CONFLICT (what, hour, subject) DO UPDATE SET count = share.count + 1`;
  const mine = (room: ReturnType<typeof sql>) => sql`
    INSERT INTO share (what, hour, subject, count) SELECT ${what}, ${hour}::timestamptz, ${subject}::bytea, 1 ${room}
    ${counted} WHERE share.count < ${own} RETURNING 1`;
  if (most === undefined) {
    const { rows } = await mine(sql``).execute(db);
    return rows.length > 0;
  }
  const room = sql`WHERE coalesce((SELECT count FROM share
    WHERE what = ${what} AND hour = ${hour} AND subject = ${EVERYBODY}), 0) < ${most}`;
  const { rows } = await sql`
    WITH own AS (${mine(room)})
    INSERT INTO share (what, hour, subject, count) SELECT ${what}, ${hour}::timestamptz, ${EVERYBODY}::bytea, 1 FROM own
    ${counted} WHERE share.count < ${most} RETURNING 1`.execute(db);
  return rows.length > 0;
}
