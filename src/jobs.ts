/** Work that comes again and again, on every node; each job must be safe to run on several at once. */
import { during } from '#db';
import { errorFacts, type Log } from '#log';

export interface Job {
  name: string;
  everyMs: number;
  run(): Promise<unknown>;
}

/**
 * Runs every job soon and then again and again. A job that fails is logged and tried again at its next turn.
 * @returns stops all; resolves when what is under way has ended
 */
export function startJobs(jobs: readonly Job[], log: Log): () => Promise<void> {
  const running = new Set<Promise<void>>();
  const once = (job: Job): void => {
    const turn: Promise<void> = during('job', job.name, () => job.run())
      .then(() => {})
      .catch((error: unknown) => log.error({ ...errorFacts(error), job: job.name }, 'job failed'))
      .finally(() => running.delete(turn));
    running.add(turn);
  };
  // What is about to open opens first.
  const first = setImmediate(() => jobs.forEach(once));
  const timers = jobs.map((job) => setInterval(() => once(job), job.everyMs));
  return async () => {
    clearImmediate(first);
    for (const timer of timers) clearInterval(timer);
    await Promise.all(running);
  };
}
