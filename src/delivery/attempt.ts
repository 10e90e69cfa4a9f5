import type { Db } from '#db';
import type { Warnings } from '#log';
import { type Claimed, renew, wasAway, wasThere, writeEnd } from '#outbox';
import { type Clock, within } from '#time';
import { type Channel, DeliveryError } from './channel.ts';
import { ATTEMPTS, pauseAfter } from './pauses.ts';

/** How long an attempt may take in all, and how often it says that it is still under way. */
export interface AttemptTimes {
  withinMs: number;
  renewMs: number;
}

export const ATTEMPT_TIMES: AttemptTimes = { withinMs: 300_000, renewMs: 20_000 };

/** Of the errors that pass, those that say nothing about the receiver: another node is at it. */
const OURS = 'taken-over';

interface Parts {
  db: Db;
  clock: Clock;
  log: Warnings;
  channels: ReadonlyMap<string, Channel>;
  times: AttemptTimes;
}

/** Brings one message. @returns what was wrong; undefined when the receiver has it */
async function bring(parts: Parts, taken: Claimed, stop: AbortSignal): Promise<unknown> {
  const { db, clock, log, channels, times } = parts;
  const late = AbortSignal.timeout(times.withinMs);
  const beat = setInterval(() => {
    // Should it not be written down, the lease runs out, and another attempt finds what this one has done.
    renew(db, taken, clock.now()).catch(() =>
      log.warn({ outbox: taken.id }, 'delivery: the database is away'),
    );
  }, times.renewMs);
  try {
    const message = { caseId: taken.caseId, idempotencyKey: taken.id };
    const work = channels.get(taken.channel)?.deliver(message, AbortSignal.any([stop, late]));
    await within(Promise.resolve(work), late);
    return undefined;
  } catch (error) {
    return late.aborted ? new DeliveryError('too-late', true) : error;
  } finally {
    clearInterval(beat);
  }
}

async function fail(parts: Parts, taken: Claimed, code: string, limit: number): Promise<void> {
  const { db, clock, log } = parts;
  const { id: outbox, channel, destination, attempt } = taken;
  const fields = { outbox, channel, destination, attempt, code };
  if (attempt >= limit) {
    log.error(fields, 'delivery parked');
    return writeEnd(db, taken, { state: 'parked', error: code });
  }
  log.warn(fields, 'delivery failed, will be tried again');
  const next = new Date(clock.now().getTime() + pauseAfter(attempt, taken.id));
  return writeEnd(db, taken, { state: 'waiting', next, error: code });
}

/** Notes whether the receiver was there, where the channel leads outside. */
async function heard(parts: Parts, lane: Claimed, there: boolean): Promise<void> {
  const { db, clock, log, channels } = parts;
  if (!channels.get(lane.channel)?.outside) return;
  const { channel, destination } = lane;
  if (there) {
    if (await wasThere(db, lane, clock.now()))
      log.warn({ channel, destination }, 'delivery: the receiver is there again');
    return;
  }
  const until = await wasAway(db, lane, clock.now());
  if (until) log.warn({ channel, destination, until }, 'delivery: the receiver is away, its lane waits');
}

/** One attempt at one message, from bringing it to writing down how that ended. Rejects only for the database. */
export async function attempt(parts: Parts, taken: Claimed, stop: AbortSignal): Promise<void> {
  const { db, clock } = parts;
  // More attempts than allowed without an end: the message takes the whole program down each time.
  if (taken.attempt > ATTEMPTS.temporary) return fail(parts, taken, 'never-ended', 0);
  const error = await bring(parts, taken, stop);
  if (error === undefined) {
    await writeEnd(db, taken, { state: 'done', at: clock.now() });
    return heard(parts, taken, true);
  }
  // The office closes: that is nobody's fault, and the next to open goes on at once.
  if (stop.aborted) return writeEnd(db, taken, { state: 'waiting', next: clock.now(), error: 'interrupted' });
  if (!(error instanceof DeliveryError)) return fail(parts, taken, 'failed', ATTEMPTS.other);
  const { code, temporary } = error;
  await fail(parts, taken, code, temporary ? ATTEMPTS.temporary : ATTEMPTS.other);
  if (code !== OURS) await heard(parts, taken, !temporary);
}
