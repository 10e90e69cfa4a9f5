import { randomUUID } from 'node:crypto';
import { type Db, during, isAway, type JobResult } from '#db';
import { errorFacts, type Log } from '#log';
import { type Clock, within } from '#time';
import { dropTurn, endTurn, noteTurn, renewTurn, type Turn, takeTurn } from './state.ts';

export interface Job {
  name: string;
  everyMs: number;
  /** Every node does it for itself; left out: one node does it for all. */
  ofEachNode?: boolean;
  /** Parts of it that run apart, so that none waits for another; left out: it is one. */
  lanes?: () => Promise<readonly string[]>;
  /** @param enough ends the run: the office closes, it took too long, or another node took it for dead */
  run(enough: AbortSignal, lane: string): Promise<unknown>;
}

export interface Jobs {
  /** Runs what is due and under way nowhere. @returns when what was begun has ended */
  tick(): Promise<void>;
  /** Runs everything once, one after the other, due or not. @throws what a job throws */
  runAll(): Promise<void>;
  /** Runs every job soon and then again and again. @returns stops all; resolves when what is under way has ended */
  start(): () => Promise<void>;
}

/** How long a run may take, and how often it says that it goes on. */
export interface JobTimes {
  withinMs: number;
  renewMs: number;
}

const TIMES: JobTimes = { withinMs: 900_000, renewMs: 5_000 };

class TooLateError extends Error {
  constructor() {
    super('the run took too long');
    this.name = 'TooLateError';
  }
}

type Ending = { error?: unknown };

function resultOf(ending: Ending): JobResult {
  if (!('error' in ending)) return 'done';
  return ending.error instanceof TooLateError ? 'too-late' : 'failed';
}

/**
 * Runs jobs. On one node a job, or a part of it, never runs twice at once, and over all nodes neither, as long as the
 * node that has it says so; one that dies or hangs frees it. A job that fails is logged and comes again: as
 * an error, unless it is one that passes by itself; one that goes on failing is counted in its state.
 */
export function createJobs(deps: {
  db: Db;
  clock: Clock;
  log: Log;
  jobs: readonly Job[];
  times?: JobTimes;
}): Jobs {
  const { db, clock, log, jobs, times = TIMES } = deps;
  const holder = randomUUID();
  const running = new Map<string, Promise<Ending>>();
  const stop = new AbortController();
  const nameOf = (job: Job, lane: string): string => `${job.name} ${lane}`;

  /** What passes by itself comes again at its next turn, and what the office ends itself has not failed. */
  function tell(job: Job, error: unknown): void {
    const facts = { ...errorFacts(error), job: job.name };
    if (stop.signal.aborted) log.info(facts, 'job ended');
    else if (isAway(error)) log.warn(facts, 'job put off');
    else log.error(facts, 'job failed');
  }

  /** One run from its beginning to the note of its end. */
  async function run(job: Job, turn: Turn): Promise<Ending> {
    if (stop.signal.aborted) {
      await dropTurn(db, turn);
      return {};
    }
    const own = new AbortController();
    const late = setTimeout(() => own.abort(new TooLateError()), times.withinMs);
    const beat = setInterval(() => {
      renewTurn(db, turn, clock.now())
        .then((mine) => mine || own.abort(new Error('another node goes on')))
        .catch(() => log.warn({ job: job.name }, 'jobs: the database is away'));
    }, times.renewMs);
    const began = process.hrtime.bigint();
    const ending: Ending = {};
    try {
      await within(job.run(AbortSignal.any([own.signal, stop.signal]), turn.lane), own.signal);
    } catch (error) {
      ending.error = error;
      tell(job, error);
    } finally {
      clearTimeout(late);
      clearInterval(beat);
    }
    const durationMs = Number(process.hrtime.bigint() - began) / 1e6;
    const code = 'error' in ending ? errorFacts(ending.error).code : undefined;
    await endTurn(db, turn, { at: clock.now(), result: resultOf(ending), code, durationMs });
    return ending;
  }

  /** @param always also when it is not due, or another node is at it */
  function begin(job: Job, lane: string, how: { due: boolean; always: boolean }): Promise<Ending> {
    const name = nameOf(job, lane);
    const turn = { name: job.name, lane, holder, startedAt: clock.now() };
    const take = async (): Promise<boolean> => {
      if (!job.ofEachNode && !how.always) return takeTurn(db, turn, how.due ? job.everyMs : 0);
      await noteTurn(db, turn);
      return true;
    };
    const one = during('job', job.name, async () => ((await take()) ? run(job, turn) : {}))
      .catch((error: unknown) => {
        tell(job, error);
        return { error };
      })
      .finally(() => running.delete(name));
    running.set(name, one);
    return one;
  }

  const lanesOf = async (job: Job): Promise<readonly string[]> =>
    job.lanes ? during('job', job.name, job.lanes) : [''];

  /** All parts of a job, but those that are under way here. */
  async function turnOf(job: Job, due: boolean): Promise<void> {
    try {
      const lanes = await lanesOf(job);
      const free = lanes.filter((lane) => !running.has(nameOf(job, lane)));
      await Promise.all(free.map((lane) => begin(job, lane, { due, always: false })));
    } catch (error) {
      tell(job, error);
    }
  }

  async function runAll(): Promise<void> {
    for (const job of jobs) {
      for (const lane of await lanesOf(job)) {
        const name = nameOf(job, lane);
        while (running.has(name)) await running.get(name);
        const ending = await begin(job, lane, { due: false, always: true });
        if ('error' in ending) throw ending.error;
      }
    }
  }

  return {
    tick: async () => void (await Promise.all(jobs.map((job) => turnOf(job, true)))),
    runAll,
    start() {
      // What is about to open opens first.
      const first = setImmediate(() => jobs.forEach((job) => void turnOf(job, false)));
      const timers = jobs.map((job) => setInterval(() => void turnOf(job, true), job.everyMs));
      return async () => {
        clearImmediate(first);
        for (const timer of timers) clearInterval(timer);
        stop.abort(new Error('the office closes'));
        await Promise.all(running.values());
      };
    },
  };
}
