/**
 * `npm run bench`: the built office under eight citizens, beside a bare Fastify page in the same run; one journey
 * without, and one with signing in and paying. One of them once more in an office without limits: what those cost.
 * It measures and prints; it never judges. What makes it fail is a journey that fails.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as path } from 'node:path';
import pg from 'pg';
import { BENCH } from '#call';
import { referenceOf } from '#city';
import { startPrivatePostgres } from '#db';
import { writeBenchCity } from './city.ts';
import { measureFirstView } from './first-view.ts';
import { numbersOf } from './flags.ts';
import { type Lane, openLane } from './lane.ts';
import { percentile } from './load.ts';
import { planOf } from './plan.ts';
import { type Running, startServer } from './processes.ts';
import { measureCompiling, measureStep } from './pure.ts';
import { printReport, type Report } from './report.ts';
import { benchCity, CITY, compiledService, folderOf } from './service.ts';
import { startWorld } from './world.ts';

const ROOT = path(import.meta.dirname, '..');
const OFFICE = path(ROOT, 'dist', 'amtomat.js');
/** What `./amtomat` tells Node. */
const AS_COMMAND = ['--min-semi-space-size=8', '--max-semi-space-size=8', '--heap-growing-percent=40'];
const COLD_STARTS = 3;
/** Services whose example journey `plain` is measured. */
const SERVICES = ['sperrmuell', 'urkunden'] as const;
/** Where compiling, a single step, and what limits cost are measured. */
const PURE = 'sperrmuell';
/** The measured office stands behind a reverse proxy, which tells it who asks. */
const PROXY = '127.0.0.1';

const { numbers, flags } = numbersOf(BENCH, process.argv.slice(2), {
  ...{ seconds: 20, 'warm-up': 200, rounds: 4, citizens: 8 },
});
const { seconds, 'warm-up': warmUp, rounds, citizens } = numbers;

const say = (line: string): void => console.error(`bench: ${line}`);

function pureNumbers(scratch: string): Pick<Report, 'readMs' | 'compileMs' | 'stepMicroseconds'> {
  const service = compiledService(PURE);
  const plain = service.journeys.find(({ id }) => id === 'plain');
  if (!plain) throw new Error('the journey "plain" is missing');
  return {
    ...measureCompiling(folderOf(PURE), path(scratch, 'services')),
    stepMicroseconds: measureStep(service, plain, referenceOf(benchCity())),
  };
}

/** An office on a database that is up. */
interface Ground {
  scratch: string;
  databaseUrl: string;
  city: string;
}

function startOffice({ scratch, databaseUrl, city }: Ground, more: NodeJS.ProcessEnv): Promise<Running> {
  return startServer([...AS_COMMAND, OFFICE, 'start', '--port', '0', '--data', path(scratch, 'data')], {
    PATH: process.env.PATH,
    HOME: scratch,
    DATABASE_URL: databaseUrl,
    AMTOMAT_CITY: city,
    // As the command does.
    NODE_COMPILE_CACHE: path(scratch, 'compiled'),
    MALLOC_ARENA_MAX: '2',
    AMTOMAT_PROXY: PROXY,
    AMTOMAT_LOG: 'error',
    ...more,
  });
}

/** Starts the office a few times as somebody does who tries it out: with stand-ins of its own. */
async function measureColdStart(ground: Ground): Promise<Pick<Report, 'coldMs' | 'coldCpuMs'>> {
  const [times, cpu]: [number[], number[]] = [[], []];
  for (let start = 0; start <= COLD_STARTS; start += 1) {
    const office = await startOffice(ground, {});
    // The first one migrates the database and makes keys.
    if (start > 0) {
      times.push(office.startMs);
      cpu.push(office.startCpuSeconds * 1000);
    }
    await office.stop();
  }
  return { coldMs: percentile(times, 0.5), coldCpuMs: percentile(cpu, 0.5) };
}

/** Where journeys are measured: the office as it stands in a town hall, one without limits, and the first one's database. */
interface Offices {
  office: Running;
  unlimited: Running;
  database: pg.Client;
}

/** The journeys take turns with each other and with bare pages, so that a busy moment of the machine meets all. */
async function measureLoad(
  { office, unlimited, database }: Offices,
  closing: AsyncDisposableStack,
): Promise<Pick<Report, 'journeys' | 'unlimited'>> {
  const open = async (service: string, where: Running): Promise<Lane> => {
    say(`warming up for ${warmUp} journeys of ${service}${where === unlimited ? ', without limits' : ''}`);
    const lane = await openLane(where, planOf(compiledService(service), 'plain'), { citizens, warmUp });
    closing.defer(() => lane.stop());
    return lane;
  };
  const lanes = new Map<string, Lane>();
  for (const service of SERVICES) lanes.set(service, await open(service, office));
  const free = await open(PURE, unlimited);
  for (let round = 1; round <= rounds; round += 1) {
    say(`round ${round} of ${rounds}`);
    for (const lane of [...lanes.values(), free]) await lane.round(seconds / rounds);
    // A bench hands in more within an hour than a town: what all have together begins anew, and each is counted as before.
    await database.query('DELETE FROM share');
  }
  const journeys = Object.fromEntries([...lanes].map(([service, lane]) => [service, lane.loads()]));
  return { journeys, unlimited: { service: PURE, loads: free.loads() } };
}

/** The same program on a database of its own, counting nobody: what limits cost is what it saves. */
async function startUnlimited({ city, ...all }: Ground, closing: AsyncDisposableStack): Promise<Running> {
  const scratch = path(all.scratch, 'unlimited');
  const databaseUrl = await startDatabase(scratch, closing);
  const office = await startOffice({ scratch, databaseUrl, city }, { AMTOMAT_RATE: '0' });
  closing.defer(() => office.stop());
  return office;
}

async function startDatabase(scratch: string, closing: AsyncDisposableStack): Promise<string> {
  const searchPath = process.env.PATH ?? '';
  mkdirSync(scratch, { recursive: true });
  const postgres = await startPrivatePostgres(path(scratch, 'postgres'), { searchPath });
  closing.defer(async () => void (await postgres.stop()));
  return postgres.url;
}

function build(): void {
  if (existsSync(OFFICE)) return;
  say('building the office');
  const built = spawnSync(process.execPath, [path(ROOT, 'scripts', 'build.ts')], { stdio: 'inherit' });
  if (built.status !== 0) throw new Error('the build failed');
}

async function main(): Promise<Report> {
  build();
  const scratch = mkdtempSync(path(tmpdir(), 'amtomat-bench-'));
  await using closing = new AsyncDisposableStack();
  closing.defer(() => rmSync(scratch, { recursive: true, force: true }));
  say('compiling services and walking a journey without a server');
  const pure = pureNumbers(scratch);
  say('starting a database of its own and the office');
  const databaseUrl = await startDatabase(scratch, closing);
  const city = path(scratch, 'city', 'karlsruhe');
  writeBenchCity(CITY, city);
  const ground = { scratch, databaseUrl, city };
  const cold = await measureColdStart(ground);
  const world = await startWorld(path(scratch, 'world'), benchCity());
  closing.defer(() => world.stop());
  const office = await startOffice(ground, { AMTOMAT_CONNECTIONS: world.connections });
  closing.defer(() => office.stop());
  await world.meet(office.origin);
  const firstView = await measureFirstView(office.origin);
  const idleMb = office.residentMb();
  const unlimited = await startUnlimited(ground, closing);
  const database = new pg.Client({ connectionString: databaseUrl });
  await database.connect();
  closing.defer(() => database.end());
  const load = await measureLoad({ office, unlimited, database }, closing);
  return { ...pure, ...cold, firstView, idleMb, loadMb: office.residentMb(), citizens, rounds, ...load };
}

printReport(await main(), flags.has('json'));
