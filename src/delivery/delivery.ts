import { type Db, during, type Tx } from '#db';
import type { Clock } from '#time';
import { type Channel, DeliveryError } from './channel.ts';
import { abandon, type Claim, claim, insert, listParked, type Parked, settle, unpark } from './outbox.ts';
import { ATTEMPTS, pauseAfter } from './pauses.ts';

/** The part of the logger this room needs. */
export interface DeliveryLog {
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface Delivery {
  /** Puts a case on its way, in the transaction that creates it. Call {@link Delivery.wake} after the commit. */
  enqueue(tx: Tx, caseId: string, channel: string): Promise<string>;
  /** Something was enqueued: do not wait for the next look. */
  wake(): void;
  /** Tries every message that is due once. @returns how many were tried */
  runOnce(): Promise<number>;
  /** Works until the function it returns is called; that resolves when the attempt under way has ended. */
  start(): () => Promise<void>;
  /** Messages that were given up; the desk shows them as an alarm. */
  parked(): Promise<Parked[]>;
  /** Gives up for good what stands still of a case. @returns whether there was anything */
  abandon(tx: Tx, caseId: string, at: Date): Promise<boolean>;
  /** Puts a parked message back in line. @returns whether there was one of that id */
  retry(id: string): Promise<boolean>;
}

const BATCH = 10;
/** How often to look without being woken: for messages of other nodes, and for those whose pause is over. */
const LOOK_EVERY_MS = 1_000;

/**
 * The outbox: a message is written in the case's own transaction and worked off afterwards by any office node, at
 * least once, each attempt with the same key.
 *
 * It is our own and not pg-boss: the whole office runs on one clock that can be shifted (pg-boss asks the database's),
 * parked messages must be seen and freed at the desk, and what is left is one table and one query.
 */
export function createDelivery(deps: {
  db: Db;
  clock: Clock;
  log: DeliveryLog;
  channels: readonly Channel[];
}): Delivery {
  const { db, clock, log } = deps;
  const channels = new Map(deps.channels.map((channel) => [channel.id, channel]));
  const ids = [...channels.keys()];
  let wake = (): void => {};

  async function fail(taken: Claim, code: string, limit: number): Promise<void> {
    const fields = { outbox: taken.id, channel: taken.channel, attempt: taken.attempt, code };
    if (taken.attempt >= limit) {
      log.error(fields, 'delivery parked');
      return settle(db, taken, { state: 'parked', error: code });
    }
    log.warn(fields, 'delivery failed, will be tried again');
    const next = new Date(clock.now().getTime() + pauseAfter(taken.attempt, taken.id));
    return settle(db, taken, { state: 'waiting', next, error: code });
  }

  async function attempt(taken: Claim): Promise<void> {
    // More attempts than allowed without an end: the message takes the whole program down each time.
    if (taken.attempt > ATTEMPTS.temporary) return fail(taken, 'never-ended', 0);
    try {
      await channels.get(taken.channel)?.deliver({ caseId: taken.caseId, idempotencyKey: taken.id });
    } catch (error) {
      if (!(error instanceof DeliveryError)) return fail(taken, 'failed', ATTEMPTS.other);
      return fail(taken, error.code, error.temporary ? ATTEMPTS.temporary : ATTEMPTS.other);
    }
    await settle(db, taken, { state: 'done', at: clock.now() });
  }

  async function runOnce(): Promise<number> {
    const taken = await claim(db, ids, clock.now(), BATCH);
    await Promise.all(taken.map(attempt));
    return taken.length;
  }

  function start(): () => Promise<void> {
    let running = true;
    const work = async (): Promise<void> => {
      while (running) {
        const woken = new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, LOOK_EVERY_MS);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        // The database may be away for a while; the next look finds out.
        const worked = await during('job', 'delivery', runOnce).catch(() => {
          log.warn({}, 'delivery: the outbox cannot be read');
          return 0;
        });
        if (worked === BATCH) wake();
        await woken;
      }
    };
    const ended = work();
    return () => {
      running = false;
      wake();
      return ended;
    };
  }

  return {
    enqueue(tx, caseId, channel) {
      if (!channels.has(channel)) throw new Error(`delivery: there is no channel ${channel}`);
      return insert(tx, caseId, channel, clock.now());
    },
    wake: () => wake(),
    runOnce,
    start,
    parked: () => listParked(db),
    abandon,
    retry: async (id) => {
      const found = await unpark(db, id, clock.now());
      if (found) wake();
      return found;
    },
  };
}
