/** The bench's numbers as a table for people or JSON for programs. */
import type { JourneyCost } from './citizen.ts';
import type { FirstView } from './first-view.ts';
import { percentile, type Window } from './load.ts';

export interface Report {
  citizens: number;
  rounds: number;
  cost: JourneyCost;
  office: Window;
  bare: Window;
  idleMb: number;
  loadMb: number;
  coldMs: number;
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

/** @returns the report with the load windows summed up */
export function summarise(report: Report) {
  const { office, bare, firstView, cost, ...rest } = report;
  const [ours, theirs] = [numbersOf(office), numbersOf(bare)];
  return {
    ...rest,
    requestsPerJourney: cost.gets + cost.posts,
    pageBytes: cost.pageBytes,
    office: ours,
    bare: theirs,
    cpuRatio: ours.cpuSecondsPerJourney / theirs.cpuSecondsPerJourney,
    firstView,
  };
}

const row = (name: string, ...cells: string[]): string =>
  `${name.padEnd(38)}${cells.map((cell) => cell.padStart(14)).join('')}`;
const one = (value: number): string => value.toFixed(1);
const five = (value: number): string => value.toFixed(5);

/** Prints the report to standard output. */
export function printReport(report: Report, json: boolean): void {
  const all = summarise(report);
  if (json) {
    console.log(JSON.stringify(all, null, 2));
    return;
  }
  const { office, bare } = all;
  const lines = [
    `${all.citizens} citizens without thinking time, ${all.rounds} interleaved rounds; ${all.requestsPerJourney} requests a journey, pages of ${all.pageBytes} bytes on average`,
    row('', 'office', 'bare page'),
    row('journeys', String(office.journeys), String(bare.journeys)),
    row('journeys/s', one(office.journeysPerSecond), one(bare.journeysPerSecond)),
    row('request p50 ms', one(office.requestMs.p50), one(bare.requestMs.p50)),
    row('request p95 ms', one(office.requestMs.p95), one(bare.requestMs.p95)),
    row('request p99 ms', one(office.requestMs.p99), one(bare.requestMs.p99)),
    row('server CPU s/journey', five(office.cpuSecondsPerJourney), five(bare.cpuSecondsPerJourney)),
    row('ratio to the bare page', one(all.cpuRatio), '1'),
    row('resident memory MB, idle', one(all.idleMb)),
    row('resident memory MB, after load', one(all.loadMb)),
    row('cold start ms, database up', one(all.coldMs)),
    row('first view KB', one(all.firstView.bytes / 1000)),
    row('first view requests', String(all.firstView.requests)),
    row('reading 575 services, ms', one(all.readMs)),
    row('compiling 575 services, ms', one(all.compileMs)),
    row('one journey step, microseconds', one(all.stepMicroseconds)),
  ];
  console.log(lines.join('\n'));
}
