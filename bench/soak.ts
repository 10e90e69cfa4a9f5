/**
 * `./amtomat bench soak`: how much memory the office takes while citizens go on and on. Everything outside of it, citizens
 * included, is in another process.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { BENCH_SOAK } from '#call';
import { MACHINES, prepare } from './faults/ground.ts';
import { citizens, type Words } from './faults/people.ts';
import { numbersOf } from './flags.ts';

const MB = 1_048_576;
const ROWS = 20;
/** Programs settle at first: caches fill, code is compiled. What comes after the first fifth must stay. */
const WARM_PART = 0.2;
/** How much the last part may take more than the one after the warm-up, as a ratio. */
const MOST_GROWTH = 1.15;

const { numbers } = numbersOf(BENCH_SOAK, process.argv.slice(3), { minutes: 60, citizens: 6 });
const { minutes, citizens: people } = numbers;

interface Row {
  minute: number;
  rss: number;
  heap: number;
  handedIn: number;
}

/** @returns the lowest of some rows: what is there when the garbage has just been collected */
const lowest = (rows: readonly Row[]): number => Math.min(...rows.map(({ heap }) => heap));

const ground = await prepare();
const words: Words = { told: [], untold: [], decided: [] };
const rows: Row[] = [];
try {
  const begin = performance.now();
  const passed = (): number => (performance.now() - begin) / 60_000;
  let household = 0;
  const next = () => {
    household += 1;
    const way = ground.ways[household % ground.ways.length];
    return passed() < minutes && way ? { ...way, household } : undefined;
  };
  const all = Array.from({ length: people }, (_, index) =>
    citizens(ground.origin, words, next, MACHINES[index]),
  );
  console.log('minute   RSS MB   heap MB   handed in');
  while (passed() < minutes) {
    await pause((minutes * 60_000) / ROWS);
    const { rss, heapUsed } = await ground.office.memory();
    const row = { minute: passed(), rss: rss / MB, heap: heapUsed / MB, handedIn: words.told.length };
    rows.push(row);
    const cells = [row.minute.toFixed(1), row.rss.toFixed(0), row.heap.toFixed(0), row.handedIn];
    console.log(cells.map((cell) => String(cell).padStart(8)).join(''));
  }
  await Promise.all(all);
} finally {
  await ground.close();
}
const warm = rows.slice(Math.floor(rows.length * WARM_PART));
const half = Math.floor(warm.length / 2);
const growth = lowest(warm.slice(half)) / lowest(warm.slice(0, half));
console.log(`heap after the warm-up, second half to first: ${growth.toFixed(2)}`);
const failed = new Map<string, number>();
for (const { service, why } of words.untold) {
  const line = `${service}, ${why}`;
  failed.set(line, (failed.get(line) ?? 0) + 1);
}
for (const [line, times] of failed) console.log(`failed ${times} times: ${line}`);
// Of an office in which nobody got anywhere nothing is known.
const isFlat = growth <= MOST_GROWTH && words.told.length > 0;
process.exit(isFlat && words.untold.length === 0 ? 0 : 1);
