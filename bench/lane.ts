/** A journey under load beside a bare page with the same number of requests. */
import { join as path } from 'node:path';
import { goThrough, goThroughBare, type JourneyCost } from './citizen.ts';
import { join, loadFor, type Window } from './load.ts';
import type { Plan } from './plan.ts';
import { type Running, startServer } from './processes.ts';

/** What was measured of one journey. */
export interface Loads {
  cost: JourneyCost;
  office: Window;
  bare: Window;
  /** Of each round: the office's processor time for a journey, as a multiple of the bare page's. */
  ratios: number[];
}

const cpuOf = ({ cpuSeconds, journeys }: Window): number => cpuSeconds / journeys;

/** One journey that is measured, and the bare page beside it. */
export interface Lane {
  /** The office, then the bare page, for so many seconds together. */
  round(seconds: number): Promise<void>;
  loads(): Loads;
  stop(): Promise<void>;
}

/** A bare page costs little; a third of the time is enough for steady numbers. */
const BARE_PART = 1 / 3;

/**
 * Warms the office and a bare page up: programs get faster while they run.
 * @param load how many citizens at once, and how many journeys both go through before anything is measured
 */
export async function openLane(
  office: Running,
  plan: Plan,
  { citizens, warmUp }: { citizens: number; warmUp: number },
): Promise<Lane> {
  let cost: JourneyCost = { gets: 0, posts: 0, pageBytes: 0 };
  const visit = async (options: Parameters<typeof goThrough>[1]): Promise<void> => {
    cost = await goThrough(plan, options);
  };
  const warm = ({ journeys }: Pick<Window, 'journeys'>): boolean => journeys >= warmUp;
  await loadFor(office, warm, citizens, visit);
  const bareServer = await startServer([path(import.meta.dirname, 'bare.ts')], {
    PATH: process.env.PATH,
    BARE_BYTES: String(cost.pageBytes),
  });
  const bareVisit = (options: Parameters<typeof goThroughBare>[1]) => goThroughBare(cost, options);
  await loadFor(bareServer, warm, citizens, bareVisit);
  const offices: Window[] = [];
  const bare: Window[] = [];
  return {
    async round(seconds) {
      const during =
        (part: number) =>
        ({ seconds: passed }: Pick<Window, 'seconds'>): boolean =>
          passed >= seconds * part;
      offices.push(await loadFor(office, during(1 - BARE_PART), citizens, visit));
      bare.push(await loadFor(bareServer, during(BARE_PART), citizens, bareVisit));
    },
    loads: () => ({
      ...{ cost, office: join(offices), bare: join(bare) },
      ratios: offices.map((window, round) => cpuOf(window) / cpuOf(bare[round] ?? window)),
    }),
    stop: () => bareServer.stop(),
  };
}
