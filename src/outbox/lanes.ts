import { sql } from 'kysely';
import type { Db, Tx } from '#db';
import { afterFailure, type Breaker, breakerState } from './breaker.ts';

/** One receiver of one channel. What happens in a lane is nobody's business in another. */
export interface Lane {
  channel: string;
  /** Whom of those that the channel reaches; empty where it reaches only one. */
  destination: string;
}

/** @returns the lanes of these channels in which something is due, and whose receiver is not known to be away */
export async function lanesDue(db: Db, channels: readonly string[], at: Date): Promise<Lane[]> {
  return db
    .selectFrom('outbox')
    .leftJoin('delivery_lane as lane', (join) =>
      join
        .onRef('lane.channel', '=', 'outbox.channel')
        .onRef('lane.destination', '=', 'outbox.destination')
        .on('lane.open_until', '>', at),
    )
    .select(['outbox.channel', 'outbox.destination'])
    .distinct()
    .where('outbox.state', '=', 'waiting')
    .where('outbox.next_at', '<=', at)
    .where('outbox.channel', 'in', channels)
    .where('lane.channel', 'is', null)
    .execute();
}

/** Holds a lane for the rest of the transaction. @returns how its receiver has been */
async function hold(tx: Tx, { channel, destination }: Lane): Promise<Breaker> {
  const { rows } = await sql<{ failures: number; open_until: Date | null }>`
    INSERT INTO delivery_lane AS lane (channel, destination) VALUES (${channel}, ${destination})
    ON CONFLICT (channel, destination) DO UPDATE SET failures = lane.failures
    RETURNING failures, open_until`.execute(tx);
  return { failures: rows[0]?.failures ?? 0, openUntil: rows[0]?.open_until ?? null };
}

/**
 * Holds a lane that leads outside for the rest of the transaction.
 * @returns whether a message may be taken now: none is under way on any node, and the receiver is not known to be away
 */
export async function isFree(tx: Tx, lane: Lane, at: Date): Promise<boolean> {
  const breaker = await hold(tx, lane);
  if (breakerState(breaker, at) === 'open') return false;
  const taken = await tx
    .selectFrom('outbox')
    .select('id')
    .where('channel', '=', lane.channel)
    .where('destination', '=', lane.destination)
    .where('state', '=', 'waiting')
    .where('taken_until', '>', at)
    .limit(1)
    .executeTakeFirst();
  return taken === undefined;
}

async function write(
  tx: Tx,
  { channel, destination }: Lane,
  { failures, openUntil }: Breaker,
): Promise<void> {
  await tx
    .updateTable('delivery_lane')
    .set({ failures, open_until: openUntil })
    .where('channel', '=', channel)
    .where('destination', '=', destination)
    .execute();
}

/** The receiver was not there. @returns until when nothing is sent to it, where that has just become so */
export async function wasAway(db: Db, lane: Lane, at: Date): Promise<Date | undefined> {
  return db.transaction().execute(async (tx) => {
    const before = await hold(tx, lane);
    const after = afterFailure(before, at);
    await write(tx, lane, after);
    return before.openUntil === null ? (after.openUntil ?? undefined) : undefined;
  });
}

/**
 * The receiver was there, whatever it said. What waited for it need not wait any longer.
 * @returns whether it had been away
 */
export async function wasThere(db: Db, lane: Lane, at: Date): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const { failures, openUntil } = await hold(tx, lane);
    if (failures === 0) return false;
    await write(tx, lane, { failures: 0, openUntil: null });
    if (openUntil === null) return false;
    await tx
      .updateTable('outbox')
      .set({ next_at: at })
      .where('channel', '=', lane.channel)
      .where('destination', '=', lane.destination)
      .where('state', '=', 'waiting')
      .where('taken_until', 'is', null)
      .where('next_at', '>', at)
      .execute();
    return true;
  });
}
