import { type Db, during } from '#db';
import type { Warnings } from '#log';
import { type Claimed, claim, claimOne, isOld, type Lane, lanesDue, type Outbox, readQueue } from '#outbox';
import type { Clock } from '#time';
import { ATTEMPT_TIMES, type AttemptTimes, attempt } from './attempt.ts';
import type { Channel } from './channel.ts';

export interface Delivery {
  /** Tries what is due once. @returns how many were tried */
  runOnce(): Promise<number>;
  /** Works until the function it returns is called; that interrupts what is under way and resolves when it has ended. */
  start(): () => Promise<void>;
  /** Says in the log where something waits for longer than it should. */
  warnOfAge(): Promise<void>;
}

/** Messages of one lane that this node brings at once, where the channel does not lead outside. */
const BATCH = 10;
/** How often to look without being woken: for messages of other nodes, and for those whose pause is over. */
const LOOK_EVERY_MS = 1_000;

const nameOf = ({ channel, destination }: Lane): string => `${channel} ${destination}`;

/**
 * Works the outbox off, at least once each message, each attempt with the same key. Each receiver has a lane of its own:
 * whoever is slow or away holds up nobody else.
 * @throws Error when something can leave by a way that nobody here brings
 */
export function createDelivery(deps: {
  db: Db;
  clock: Clock;
  log: Warnings;
  outbox: Pick<Outbox, 'channels' | 'wake' | 'woken'>;
  /** One for each way by which something can leave. */
  channels: readonly Channel[];
  times?: AttemptTimes;
}): Delivery {
  const { db, clock, log, outbox } = deps;
  const channels = new Map(deps.channels.map((channel) => [channel.id, channel]));
  const ids = [...channels.keys()];
  const unserved = outbox.channels.find((id) => !channels.has(id));
  if (unserved !== undefined) throw new Error(`delivery: nobody brings what goes by ${unserved}`);
  const parts = { db, clock, log, channels, times: deps.times ?? ATTEMPT_TIMES };
  const never = new AbortController().signal;

  const isOutside = ({ channel }: Lane): boolean => channels.get(channel)?.outside === true;
  const atOnce = (lane: Lane): number => (isOutside(lane) ? 1 : BATCH);

  async function take(lane: Lane, most: number): Promise<Claimed[]> {
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

    const begin = (taken: Claimed): void => {
      const name = nameOf(taken);
      underWay.set(name, (underWay.get(name) ?? 0) + 1);
      const one: Promise<void> = attempt(parts, taken, stop.signal)
        .catch(() => log.warn({ outbox: taken.id }, 'delivery: an attempt could not be written down'))
        .finally(() => {
          running.delete(one);
          underWay.set(name, (underWay.get(name) ?? 1) - 1);
          outbox.wake();
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
        const woken = outbox.woken(LOOK_EVERY_MS);
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
      outbox.wake();
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

  return { runOnce, start, warnOfAge };
}
