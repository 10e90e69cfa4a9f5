/**
 * `npm run bench`: the built office under eight citizens, beside a bare Fastify page in the same run.
 * It measures and prints; it never judges. What makes it fail is a journey that fails.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as path } from 'node:path';
import { parseArgs } from 'node:util';
import { loadCity, referenceOf } from '#city';
import { startPrivatePostgres } from '#db';
import { type CompiledService, compileService, readServiceFolder } from '#service';
import { formatProblems } from '#source';
import { goThrough, goThroughBare, type JourneyCost, planOf } from './citizen.ts';
import { writeBenchCity } from './city.ts';
import { measureFirstView } from './first-view.ts';
import { join, loadFor, percentile, type Window } from './load.ts';
import { type Running, startServer } from './processes.ts';
import { measureCompiling, measureStep } from './pure.ts';
import { printReport, type Report } from './report.ts';

const ROOT = path(import.meta.dirname, '..');
const SERVICE = path(ROOT, 'services', 'sperrmuell');
const OFFICE = path(ROOT, 'dist', 'amtomat.js');
const COLD_STARTS = 3;

const { values: flags } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    'warm-up': { type: 'string', default: '3' },
    rounds: { type: 'string', default: '3' },
    citizens: { type: 'string', default: '8' },
    json: { type: 'boolean', default: false },
  },
});
const [seconds, warmUp, rounds, citizens] = [
  flags.seconds,
  flags['warm-up'],
  flags.rounds,
  flags.citizens,
].map(Number) as [number, number, number, number];

const say = (line: string): void => console.error(`bench: ${line}`);

function compiled(): CompiledService {
  const { service, problems } = compileService(readServiceFolder(SERVICE));
  if (!service) throw new Error(formatProblems(problems));
  return service;
}

function pureNumbers(
  scratch: string,
  service: CompiledService,
): Pick<Report, 'readMs' | 'compileMs' | 'stepMicroseconds'> {
  const { city, problems } = loadCity(path(ROOT, 'city', 'karlsruhe'));
  const plain = service.journeys.find(({ id }) => id === 'plain');
  if (!city || !plain) throw new Error(formatProblems(problems) || 'the journey "plain" is missing');
  return {
    ...measureCompiling(SERVICE, path(scratch, 'services')),
    stepMicroseconds: measureStep(service, plain, referenceOf(city)),
  };
}

/** Starts the office a few times on a database that is up and migrated, and leaves the last one running. */
async function startOffice(
  scratch: string,
  databaseUrl: string,
): Promise<{ office: Running; coldMs: number }> {
  const city = path(scratch, 'city', 'karlsruhe');
  writeBenchCity(path(ROOT, 'city', 'karlsruhe'), city);
  const env: NodeJS.ProcessEnv = {
    PATH: process.env.PATH,
    HOME: scratch,
    DATABASE_URL: databaseUrl,
    AMTOMAT_CITY: city,
    // Eight citizens from one address are not an attack here: without the limit for one client.
    AMTOMAT_RATE: '0',
    AMTOMAT_LOG: 'error',
  };
  const start = (): Promise<Running> =>
    startServer([OFFICE, 'start', '--port', '0', '--data', path(scratch, 'data')], env);
  await (await start()).stop();
  const times: number[] = [];
  for (;;) {
    const office = await start();
    times.push(office.startMs);
    if (times.length === COLD_STARTS) return { office, coldMs: percentile(times, 0.5) };
    await office.stop();
  }
}

interface Loads {
  office: Window;
  bare: Window;
  cost: JourneyCost;
}

/** Office and bare page take turns, so that a busy moment of the machine meets both. */
async function measureLoad(office: Running, service: CompiledService): Promise<Loads> {
  const journey = service.journeys.find(({ id }) => id === 'plain');
  if (!journey) throw new Error('the journey "plain" is missing');
  const plan = planOf(service, journey);
  let cost: JourneyCost = { gets: 0, posts: 0, pageBytes: 0 };
  const visit = async (options: Parameters<typeof goThrough>[1]): Promise<void> => {
    cost = await goThrough(plan, options);
  };
  say(`warming up for ${warmUp} s`);
  await loadFor(office, warmUp, citizens, visit);
  const bareServer = await startServer([path(import.meta.dirname, 'bare.ts')], {
    PATH: process.env.PATH,
    BARE_BYTES: String(cost.pageBytes),
  });
  const bareVisit = (options: Parameters<typeof goThroughBare>[1]) => goThroughBare(cost, options);
  try {
    await loadFor(bareServer, Math.min(1, warmUp), citizens, bareVisit);
    const windows: { office: Window; bare: Window }[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      say(`round ${round} of ${rounds}`);
      windows.push({
        office: await loadFor(office, seconds / rounds, citizens, visit),
        bare: await loadFor(bareServer, seconds / rounds / 2, citizens, bareVisit),
      });
    }
    return {
      office: join(windows.map((one) => one.office)),
      bare: join(windows.map((one) => one.bare)),
      cost,
    };
  } finally {
    await bareServer.stop();
  }
}

async function main(): Promise<Report> {
  if (!existsSync(OFFICE)) {
    say('building the office');
    const built = spawnSync(process.execPath, [path(ROOT, 'scripts', 'build.ts')], { stdio: 'inherit' });
    if (built.status !== 0) throw new Error('the build failed');
  }
  const scratch = mkdtempSync(path(tmpdir(), 'amtomat-bench-'));
  await using closing = new AsyncDisposableStack();
  closing.defer(() => rmSync(scratch, { recursive: true, force: true }));
  const service = compiled();
  say('compiling services and walking a journey without a server');
  const pure = pureNumbers(scratch, service);
  say('starting a database of its own and the office');
  const postgres = await startPrivatePostgres(path(scratch, 'postgres'), {
    searchPath: process.env.PATH ?? '',
  });
  closing.defer(async () => void (await postgres.stop()));
  const { office, coldMs } = await startOffice(scratch, postgres.url);
  closing.defer(() => office.stop());
  const firstView = await measureFirstView(office.origin);
  const idleMb = office.residentMb();
  const loads = await measureLoad(office, service);
  return { ...pure, coldMs, firstView, idleMb, loadMb: office.residentMb(), citizens, rounds, ...loads };
}

printReport(await main(), flags.json);
