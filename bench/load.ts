/** A number of citizens without thinking time, for a while. */
import http from 'node:http';
import type { CitizenOptions } from './citizen.ts';
import type { Running } from './processes.ts';

export interface Window {
  journeys: number;
  seconds: number;
  cpuSeconds: number;
  /** Milliseconds of every single request. */
  latencies: number[];
}

/**
 * Every citizen begins anew until it is enough and then finishes; what is measured ends with the last of them.
 * @param enough asked before each journey, by the journeys and seconds so far
 * @throws whatever a journey throws: a failed journey makes the numbers worthless
 */
export async function loadFor(
  server: Running,
  enough: (soFar: Pick<Window, 'journeys' | 'seconds'>) => boolean,
  citizens: number,
  journey: (options: CitizenOptions) => Promise<unknown>,
): Promise<Window> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: citizens });
  const latencies: number[] = [];
  const options = { origin: server.origin, agent, observe: (ms: number) => void latencies.push(ms) };
  let journeys = 0;
  const cpuBefore = server.cpuSeconds();
  const begin = performance.now();
  const citizen = async (): Promise<void> => {
    while (!enough({ journeys, seconds: (performance.now() - begin) / 1000 })) {
      await journey(options);
      journeys += 1;
    }
  };
  try {
    await Promise.all(Array.from({ length: citizens }, citizen));
  } finally {
    agent.destroy();
  }
  const took = (performance.now() - begin) / 1000;
  return { journeys, seconds: took, cpuSeconds: server.cpuSeconds() - cpuBefore, latencies };
}

/** Several windows as one. */
export function join(windows: readonly Window[]): Window {
  const sum = (of: (window: Window) => number): number =>
    windows.reduce((total, window) => total + of(window), 0);
  return {
    journeys: sum((window) => window.journeys),
    seconds: sum((window) => window.seconds),
    cpuSeconds: sum((window) => window.cpuSeconds),
    latencies: windows.flatMap((window) => window.latencies),
  };
}

/** @returns the value below which that part of the values lies; NaN without values */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}
