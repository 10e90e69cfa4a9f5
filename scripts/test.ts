/** `./amtomat test`: installs what is missing, then checks everything, cheap things first; or the tests of a part. */
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCall, refuseCall, TEST } from '#call';
import { startPrivatePostgres } from '#db';
import { checkBoundaries } from './boundaries.ts';
import type { Counted } from './count-reporter.ts';
import { installNeeds } from './debian.ts';
import { chosenTestFiles } from './test-files.ts';

const root = join(import.meta.dirname, '..');
const bin = join(root, 'node_modules/.bin');
/** The files that take longest. */
const LONG = [
  ...[
    'browser/pages.test.ts',
    'browser/journeys.test.ts',
    'test/crash.test.ts',
    'test/payment-crash.test.ts',
  ],
  ...['test/journeys.test.ts', 'test/authority.test.ts', 'test/odd.test.ts', 'src/web/access.test.ts'],
];
const COUNTS = ['tests', 'suites', 'passed', 'failed', 'cancelled', 'skipped', 'todo'] as const;
type Counts = Record<(typeof COUNTS)[number], number>;

const call = readCall(TEST, process.argv.slice(2));
if (typeof call === 'number') process.exit(call);
/** Only some of the tests, and none of what looks at the repository as a whole. */
const isPart = call.words.length > 0;
const chosen = chosenTestFiles(root, call.words, process.cwd());
if (chosen.unknown.length > 0)
  process.exit(refuseCall(TEST, `no room, folder or test file: ${chosen.unknown.join(', ')}`));

const totals: Counts = { tests: 0, suites: 0, passed: 0, failed: 0, cancelled: 0, skipped: 0, todo: 0 };
const failed: string[] = [];
/** What was not tested here, and why. */
const skipped: string[] = [];
const scratch = mkdtempSync(join(tmpdir(), 'amtomat-test-'));

function title(text: string): void {
  console.log(`\n== ${text}`);
}

/** Runs a program that writes to our output. @returns whether it was content */
function runs(program: string, args: readonly string[], env: Record<string, string> = {}): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    });
    child.once('error', (error) => {
      console.error(`${program}: ${error.message}`);
      resolve(false);
    });
    child.once('exit', (code) => resolve(code === 0));
  });
}

async function step(name: string, check: () => Promise<boolean>): Promise<void> {
  title(name);
  if (!(await check())) failed.push(name);
}

/** node_modules/.bin holds scripts that start with whatever `node` comes first; ours must. */
function tool(name: string, ...args: string[]): Promise<boolean> {
  return runs(process.execPath, [join(bin, name), ...args]);
}

async function boundaries(): Promise<boolean> {
  const problems = checkBoundaries(root);
  console.log(problems.length > 0 ? problems.join('\n') : 'Every room is entered by its door.');
  return problems.length === 0;
}

/** Whatever takes longest begins first: then no core waits at the end for another. */
function longFirst(files: readonly string[]): string[] {
  const isLong = (file: string): boolean => LONG.some((name) => file.endsWith(name));
  return files.toSorted((one, other) => Number(isLong(other)) - Number(isLong(one)));
}

/** `AMTOMAT_TEST_ORDER=random`, or a seed that a run before has named: tests must not lean on each other. */
const wanted = process.env.AMTOMAT_TEST_ORDER ?? '';
const seed = wanted === 'random' ? String(randomInt(2 ** 31)) : wanted;
const order = seed === '' ? [] : [`--test-random-seed=${seed}`];

/** Runs test files with node:test and adds up its counts. */
async function tests(
  files: readonly string[],
  options: readonly string[],
  env: Record<string, string>,
): Promise<boolean> {
  // Without names node:test would look for files itself; and a run of nothing must not look like a pass.
  if (files.length === 0) return false;
  const counted = join(scratch, `counts-${totals.tests}.json`);
  const reporter = process.env.CI || isPart ? 'spec' : 'dot';
  const content = await runs(
    process.execPath,
    [
      ...['--import', './scripts/tsx-loader.ts', '--test', ...options, ...order],
      ...[`--test-reporter=${reporter}`, '--test-reporter-destination=stdout'],
      ...['--test-reporter=./scripts/count-reporter.ts', `--test-reporter-destination=${counted}`],
      ...files,
    ],
    { AMTOMAT_LOG: 'error', ...env },
  );
  let ran = 0;
  for (const text of readFileSync(counted, 'utf8').split('\n').filter(Boolean)) {
    const told = JSON.parse(text) as Counted;
    if ('skipped' in told) skipped.push(`${told.skipped} (${told.why || 'no reason given'})`);
    else {
      for (const name of COUNTS) totals[name] += told.counts[name] ?? 0;
      ran += told.counts.tests ?? 0;
    }
  }
  return content && ran > 0;
}

const pureTests = (): Promise<void> =>
  step('tests of the pure rooms', () => tests(chosen.files.pure, ['--test-isolation=none'], {}));

async function otherTests(server: string): Promise<void> {
  const { rooms, whole } = chosen.files;
  // Every file is a process of its own, and most of them load the same modules.
  const env = { AMTOMAT_TEST_PG: server, NODE_COMPILE_CACHE: join(scratch, 'modules') };
  // One more than there are cores: tests wait for databases, browsers and card terminals.
  const side = `--test-concurrency=${availableParallelism() + 1}`;
  if (rooms.length > 0) await step('tests of the other rooms', () => tests(longFirst(rooms), [side], env));
  if (whole.length > 0) await step('tests of the whole office', () => tests(longFirst(whole), [side], env));
}

async function withDatabase(work: (server: string) => Promise<void>): Promise<void> {
  const given = process.env.AMTOMAT_TEST_PG;
  if (given) return work(given);
  const postgres = await startPrivatePostgres(join(scratch, 'postgres'), {
    searchPath: process.env.PATH ?? '',
    forTests: true,
  });
  try {
    await work(postgres.adminUrl);
  } finally {
    await postgres.stop();
  }
}

function closingLines(begin: number): void {
  const { tests: all, suites, passed, failed: wrong, cancelled, todo } = totals;
  const lines = { tests: all, suites, pass: passed, fail: wrong, cancelled, skipped: totals.skipped, todo };
  console.log('');
  for (const [name, count] of Object.entries(lines)) console.log(`ℹ ${name} ${count}`);
  console.log(`ℹ duration_ms ${Math.round(performance.now() - begin)}`);
  if (seed !== '') console.log(`In the order of AMTOMAT_TEST_ORDER=${seed}.`);
  for (const each of skipped) console.log(`Not tested here: ${each}`);
  console.log(failed.length > 0 ? `\nNot good yet: ${failed.join(', ')}.` : '\nAll is well.');
}

/** Tests of the pure rooms need nothing but themselves. */
const needsOffice = chosen.files.rooms.length + chosen.files.whole.length > 0;
const begin = performance.now();
try {
  if (!isPart || needsOffice) {
    const missing = installNeeds();
    for (const line of missing) console.error(`amtomat: ${line}`);
    if (missing.length > 0) failed.push('programs of the system');
  }
  if (!isPart) {
    await step('types', () => tool('tsc', '--noEmit'));
    await step('style', () => tool('biome', 'check', '.'));
    await step('room boundaries', boundaries);
    await step('unused code and packages', () => tool('knip', '--no-config-hints'));
  }
  // What browsers load is made by the build; tests of the whole office serve it.
  if (needsOffice) await step('build', () => runs(process.execPath, [join(root, 'scripts', 'build.ts')]));
  if (chosen.files.pure.length > 0) await pureTests();
  if (needsOffice) await withDatabase(otherTests);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
closingLines(begin);
process.exitCode = failed.length > 0 ? 1 : 0;
