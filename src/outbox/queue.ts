import { sql } from 'kysely';
import type { Db } from '#db';
import { type BreakerState, breakerState } from './breaker.ts';
import type { Lane } from './lanes.ts';

/** How it stands with one receiver of one channel. */
export interface LaneState extends Lane {
  /** Messages that are not there yet and will be tried again. */
  waiting: number;
  /** Since when the oldest of them waits. */
  oldest: Date | undefined;
  /** Messages that were given up: somebody must look at them. */
  parked: number;
  /** Attempts in a row for which the receiver was not there. */
  failures: number;
  breaker: BreakerState;
  /** Nothing is sent before that. */
  openUntil: Date | undefined;
}

/** What waits longer than this is worth a look. */
const OLD_MS = 15 * 60_000;

/** @returns whether something waits here for longer than it should */
export function isOld({ oldest }: LaneState, at: Date): boolean {
  return oldest !== undefined && at.getTime() - oldest.getTime() > OLD_MS;
}

interface Row extends Lane {
  waiting: number;
  parked: number;
  oldest: Date | null;
  failures: number;
  open_until: Date | null;
}

/**
 * How it stands with everything that is to be delivered. Asks only the database, so that whoever watches the office
 * can ask from another process.
 * @returns one entry for each receiver for whom something waits, or has waited while it was away
 */
export async function readQueue(db: Db, at: Date): Promise<LaneState[]> {
  const { rows } = await sql<Row>`
    SELECT channel, destination, coalesce(waiting, 0) AS waiting, coalesce(parked, 0) AS parked, oldest,
      coalesce(failures, 0) AS failures, open_until
    FROM (SELECT channel, destination, count(*) FILTER (WHERE state = 'waiting')::int AS waiting,
        count(*) FILTER (WHERE state = 'parked')::int AS parked,
        min(created_at) FILTER (WHERE state = 'waiting') AS oldest
      FROM outbox WHERE state <> 'done' GROUP BY channel, destination) open
    FULL JOIN delivery_lane USING (channel, destination)
    ORDER BY channel, destination`.execute(db);
  return rows.map(({ oldest, open_until: openUntil, ...row }) => ({
    ...row,
    oldest: oldest ?? undefined,
    openUntil: openUntil ?? undefined,
    breaker: breakerState({ failures: row.failures, openUntil }, at),
  }));
}
