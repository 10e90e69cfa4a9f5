import type { Db, Tx, Write } from '#db';
import type { Clock } from '#time';
import { createBell } from './bell.ts';
import { abandon, caseOf, listParked, message, type Parked, unpark } from './messages.ts';
import { type LaneState, readQueue } from './queue.ts';

export interface Outbox {
  /** The ways by which something can leave. */
  channels: readonly string[];
  /**
   * Puts a case on its way; to be written in the transaction that creates it. Call {@link Outbox.wake} after the commit.
   * @param destination whom of those that the channel reaches: each has a lane of its own
   * @throws Error when there is no such channel: what nobody brings would wait for ever
   */
  enqueue(caseId: string, channel: string, destination?: string): Write;
  /** Something was enqueued: do not wait for the next look. */
  wake(): void;
  /** Resolves when this node is woken, at the latest after so long. To be called before looking, so that nothing is missed. */
  woken(withinMs: number): Promise<void>;
  /** Messages that were given up; the desk shows them as an alarm. */
  parked(): Promise<Parked[]>;
  /** How it stands with each receiver. */
  queue(): Promise<LaneState[]>;
  /** Gives up for good what stands still of a case. @returns whether there was anything */
  abandon(tx: Tx, caseId: string, at: Date): Promise<boolean>;
  /** @returns the case of a message, however far it has come */
  caseOf(id: string): Promise<string | undefined>;
  /**
   * Puts a parked message back in line.
   * @param within a transaction that is under way
   * @returns whether there was one of that id
   */
  retry(id: string, within?: Tx): Promise<boolean>;
}

/**
 * The outbox: a message is written in the case's own transaction; `delivery` works it off afterwards on any office node.
 *
 * It is our own and not pg-boss: the whole office runs on one clock that can be shifted (pg-boss asks the database's),
 * parked messages must be seen and freed at the desk, and what is left is two tables and a few queries.
 */
export function createOutbox(deps: { db: Db; clock: Clock; channels: readonly string[] }): Outbox {
  const { db, clock, channels } = deps;
  const bell = createBell();
  return {
    channels,
    enqueue(caseId, channel, destination = '') {
      if (!channels.includes(channel)) throw new Error(`outbox: there is no channel ${channel}`);
      return message(caseId, { channel, destination }, clock.now());
    },
    wake: bell.ring,
    woken: bell.next,
    parked: () => listParked(db),
    queue: () => readQueue(db, clock.now()),
    abandon,
    caseOf: (id) => caseOf(db, id),
    retry: async (id, within) => {
      const found = await unpark(within ?? db, id, clock.now());
      if (found) bell.ring();
      return found;
    },
  };
}
