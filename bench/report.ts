/** The bench's numbers as a table for people or JSON for programs. */
import type { FirstView } from './first-view.ts';
import type { Loads } from './lane.ts';
import { percentile, type Window } from './load.ts';

export interface Report {
  citizens: number;
  rounds: number;
  /** By service. */
  journeys: Record<string, Loads>;
  /** One of them again, in an office without limits for clients. */
  unlimited: { service: string; loads: Loads };
  idleMb: number;
  loadMb: number;
  coldMs: number;
  /** Processor time of a cold start: on a busy machine it says more than the clock. */
  coldCpuMs: number;
  firstView: FirstView;
  readMs: number;
  compileMs: number;
  stepMicroseconds: number;
}

function numbersOf(window: Window) {
  return {
    journeys: window.journeys,
    journeysPerSecond: window.journeys / window.seconds,
    requestMs: {
      p50: percentile(window.latencies, 0.5),
      p95: percentile(window.latencies, 0.95),
      p99: percentile(window.latencies, 0.99),
    },
    cpuSecondsPerJourney: window.cpuSeconds / window.journeys,
  };
}

function compared({ cost, ratios, ...windows }: Loads) {
  const [office, bare] = [numbersOf(windows.office), numbersOf(windows.bare)];
  return {
    requestsPerJourney: cost.gets + cost.posts,
    pageBytes: cost.pageBytes,
    office,
    bare,
    cpuRatio: office.cpuSecondsPerJourney / bare.cpuSecondsPerJourney,
    cpuRatioOfRounds: ratios,
  };
}

/** @returns the report with the load windows summed up */
export function summarise({ journeys, unlimited, ...rest }: Report) {
  const all = Object.entries(journeys).map(([service, loads]) => [service, compared(loads)] as const);
  const { service, loads } = unlimited;
  return { ...rest, journeys: Object.fromEntries(all), unlimited: { service, ...compared(loads) } };
}

const row = (name: string, ...cells: string[]): string =>
  `${name.padEnd(34)}${cells.map((cell) => cell.padStart(13)).join('')}`;
const one = (value: number): string => value.toFixed(1);
const five = (value: number): string => value.toFixed(5);

/** Prints the report to standard output. */
export function printReport(report: Report, json: boolean): void {
  const all = summarise(report);
  if (json) {
    console.log(JSON.stringify(all, null, 2));
    return;
  }
  const lanes = Object.entries(all.journeys);
  type Numbers = ReturnType<typeof numbersOf>;
  const both = (name: string, cell: (numbers: Numbers) => string): string =>
    row(name, ...lanes.flatMap(([, { office, bare }]) => [cell(office), cell(bare)]));
  const each = (name: string, cell: (lane: ReturnType<typeof compared>) => string): string =>
    row(name, ...lanes.flatMap(([, lane]) => [cell(lane), '']));
  const { unlimited } = all;
  const withoutLimits = (service: string): string =>
    service === unlimited.service ? one(unlimited.cpuRatio) : '';
  const lines = [
    `${all.citizens} citizens without thinking time, ${all.rounds} interleaved rounds`,
    row('', ...lanes.flatMap(([service]) => [service, 'bare page'])),
    each('requests a journey', ({ requestsPerJourney }) => String(requestsPerJourney)),
    each('bytes a page, on average', ({ pageBytes }) => String(pageBytes)),
    both('journeys', ({ journeys }) => String(journeys)),
    both('journeys/s', ({ journeysPerSecond }) => one(journeysPerSecond)),
    both('request p50 ms', ({ requestMs }) => one(requestMs.p50)),
    both('request p95 ms', ({ requestMs }) => one(requestMs.p95)),
    both('request p99 ms', ({ requestMs }) => one(requestMs.p99)),
    both('server CPU s/journey', ({ cpuSecondsPerJourney }) => five(cpuSecondsPerJourney)),
    row('ratio to the bare page', ...lanes.flatMap(([, { cpuRatio }]) => [one(cpuRatio), '1'])),
    each('  in the best round', ({ cpuRatioOfRounds }) => one(Math.min(...cpuRatioOfRounds))),
    each('  in the worst round', ({ cpuRatioOfRounds }) => one(Math.max(...cpuRatioOfRounds))),
    row('ratio without limits', ...lanes.flatMap(([service]) => [withoutLimits(service), ''])),
    row('resident memory MB, idle', one(all.idleMb)),
    row('resident memory MB, after load', one(all.loadMb)),
    row('cold start ms, database up', one(all.coldMs)),
    row('cold start CPU ms', one(all.coldCpuMs)),
    row('first view KB', one(all.firstView.bytes / 1000)),
    row('first view requests', String(all.firstView.requests)),
    row('reading 575 services, ms', one(all.readMs)),
    row('compiling 575 services, ms', one(all.compileMs)),
    row('one journey step, microseconds', one(all.stepMicroseconds)),
  ];
  console.log(lines.map((line) => line.trimEnd()).join('\n'));
}
