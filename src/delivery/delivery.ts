import { type Db, during, type Tx } from '#db';
import type { Clock } from '#time';
import { ATTEMPT_TIMES, type AttemptTimes, attempt, type DeliveryLog } from './attempt.ts';
import type { Channel } from './channel.ts';
import { type Lane, lanesDue } from './lanes.ts';
import {
  abandon,
  type Claim,
  caseOf,
  claim,
  claimOne,
  insert,
  listParked,
  type Parked,
  unpark,
} from './outbox.ts';
import { isOld, type LaneState, readQueue } from './queue.ts';

export interface Delivery {
  /**
   * Puts a case on its way, in the transaction that creates it. Call {@link Delivery.wake} after the commit.
   * @param destination whom of those that the channel reaches: each has a lane of its own
   */
  enqueue(tx: Tx, caseId: string, channel: string, destination?: string): Promise<string>;
  /** Something was enqueued: do not wait for the next look. */
  wake(): void;
  /** Tries what is due once. @returns how many were tried */
  runOnce(): Promise<number>;
  /** Works until the function it returns is called; that interrupts what is under way and resolves when it has ended. */
  start(): () => Promise<void>;
  /** Messages that were given up; the desk shows them as an alarm. */
  parked(): Promise<Parked[]>;
  /** How it stands with each receiver. */
  queue(): Promise<LaneState[]>;
  /** Says in the log where something waits for longer than it should. */
  warnOfAge(): Promise<void>;
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

/** Messages of one lane that this node brings at once, where the channel does not lead outside. */
const BATCH = 10;
/** How often to look without being woken: for messages of other nodes, and for those whose pause is over. */
const LOOK_EVERY_MS = 1_000;

const nameOf = ({ channel, destination }: Lane): string => `${channel} ${destination}`;

/** What lets one place wait until something happens, at most so long. */
function createBell() {
  let ring = (): void => {};
  return {
    ring: () => ring(),
    /** To be called before looking, so that what rings meanwhile is heard. */
    next: (withinMs: number) =>
      new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, withinMs);
        ring = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
  };
}

/**
 * The outbox: a message is written in the case's own transaction and worked off afterwards by any office node, at
 * least once, each attempt with the same key. Each receiver has a lane of its own: whoever is slow or away holds up
 * nobody else.
 *
 * It is our own and not pg-boss: the whole office runs on one clock that can be shifted (pg-boss asks the database's),
 * parked messages must be seen and freed at the desk, and what is left is two tables and a few queries.
 */
export function createDelivery(deps: {
  db: Db;
  clock: Clock;
  log: DeliveryLog;
  channels: readonly Channel[];
  times?: AttemptTimes;
}): Delivery {
  const { db, clock, log } = deps;
  const channels = new Map(deps.channels.map((channel) => [channel.id, channel]));
  const ids = [...channels.keys()];
  const parts = { db, clock, log, channels, times: deps.times ?? ATTEMPT_TIMES };
  const bell = createBell();
  const never = new AbortController().signal;

  const isOutside = ({ channel }: Lane): boolean => channels.get(channel)?.outside === true;
  const atOnce = (lane: Lane): number => (isOutside(lane) ? 1 : BATCH);

  async function take(lane: Lane, most: number): Promise<Claim[]> {
    const now = clock.now();
    return isOutside(lane) ? claimOne(db, lane, now) : claim(db, lane, now, most);
  }

  /** A lane that leads outside gives one message at a time; the others follow until none is due. */
  async function drain(lane: Lane): Promise<number> {
    let tried = 0;
    for (;;) {
      const taken = await take(lane, BATCH);
      await Promise.all(taken.map((one) => attempt(parts, one, never)));
      tried += taken.length;
      if (taken.length === 0 || !isOutside(lane)) return tried;
    }
  }

  async function runOnce(): Promise<number> {
    const lanes = await lanesDue(db, ids, clock.now());
    const tried = await Promise.all(lanes.map(drain));
    return tried.reduce((sum, count) => sum + count, 0);
  }

  function start(): () => Promise<void> {
    const stop = new AbortController();
    const underWay = new Map<string, number>();
    const running = new Set<Promise<void>>();

    const begin = (taken: Claim): void => {
      const name = nameOf(taken);
      underWay.set(name, (underWay.get(name) ?? 0) + 1);
      const one: Promise<void> = attempt(parts, taken, stop.signal)
        .catch(() => log.warn({ outbox: taken.id }, 'delivery: an attempt could not be written down'))
        .finally(() => {
          running.delete(one);
          underWay.set(name, (underWay.get(name) ?? 1) - 1);
          bell.ring();
        });
      running.add(one);
    };

    const look = async (): Promise<void> => {
      for (const lane of await lanesDue(db, ids, clock.now())) {
        const free = atOnce(lane) - (underWay.get(nameOf(lane)) ?? 0);
        if (free > 0) for (const taken of await take(lane, free)) begin(taken);
      }
    };

    const work = async (): Promise<void> => {
      while (!stop.signal.aborted) {
        const woken = bell.next(LOOK_EVERY_MS);
        // The database may be away for a while; the next look finds out.
        await during('job', 'delivery', look).catch(() =>
          log.warn({}, 'delivery: the outbox cannot be read'),
        );
        await woken;
      }
      await Promise.all(running);
    };
    const ended = work();
    return () => {
      stop.abort();
      bell.ring();
      return ended;
    };
  }

  async function warnOfAge(): Promise<void> {
    const at = clock.now();
    for (const lane of await readQueue(db, at)) {
      if (!lane.oldest || !isOld(lane, at)) continue;
      const { channel, destination, waiting, breaker } = lane;
      const minutes = Math.floor((at.getTime() - lane.oldest.getTime()) / 60_000);
      log.warn(
        { channel, destination, waiting, breaker, minutes },
        'delivery: cases wait for their receiver',
      );
    }
  }

  return {
    enqueue(tx, caseId, channel, destination = '') {
      if (!channels.has(channel)) throw new Error(`delivery: there is no channel ${channel}`);
      return insert(tx, caseId, { channel, destination }, clock.now());
    },
    wake: bell.ring,
    runOnce,
    start,
    parked: () => listParked(db),
    queue: () => readQueue(db, clock.now()),
    warnOfAge,
    abandon,
    caseOf: (id) => caseOf(db, id),
    retry: async (id, within) => {
      const found = await unpark(within ?? db, id, clock.now());
      if (found) bell.ring();
      return found;
    },
  };
}
