/** Who kills: the office, the database, or both, at moments that a seed gives. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { OfficeProcess } from './process.ts';

export interface Kills {
  office: number;
  /** SIGKILL of the postmaster. */
  database: number;
  /** SIGQUIT: PostgreSQL's immediate stop, without a last write. */
  immediate: number;
}

const SHORTEST_MS = 1_000;
const LONGEST_MS = 7_000;
/** Of ten blows so many meet the office; the others the database, every second time by a signal it still hears. */
const OFFICE_PART = 0.7;

function strike(data: string, signal: NodeJS.Signals): boolean {
  try {
    const [pid = ''] = readFileSync(join(data, 'postgres', 'postmaster.pid'), 'utf8').split('\n');
    process.kill(Number(pid), signal);
    return true;
  } catch {
    // It is away already, or not back yet.
    return false;
  }
}

/**
 * Kills and lets come back until it is enough; in the end the office is open.
 * @param data the office's data folder, with its own PostgreSQL
 */
export async function killAtRandom(
  office: OfficeProcess,
  data: string,
  random: () => number,
  goesOn: () => boolean,
): Promise<Kills> {
  const kills: Kills = { office: 0, database: 0, immediate: 0 };
  let startMs = 0;
  while (goesOn()) {
    // On a slow machine people get as much more time between two blows as the office needs for coming back.
    await pause(startMs + SHORTEST_MS + random() * (LONGEST_MS - SHORTEST_MS));
    const what = random();
    if (what < OFFICE_PART) {
      await office.kill();
      kills.office += 1;
      const begin = performance.now();
      await office.start();
      startMs = performance.now() - begin;
    } else {
      const signal = what < (1 + OFFICE_PART) / 2 ? 'SIGKILL' : 'SIGQUIT';
      if (strike(data, signal)) kills[signal === 'SIGKILL' ? 'database' : 'immediate'] += 1;
    }
  }
  return kills;
}
