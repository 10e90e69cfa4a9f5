import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { sql } from 'kysely';
import { createLog } from '#log';
import { freshDatabase, type TestDatabase } from '#test/database';
import { eventually } from '#test/eventually';
import { createJobs, type Job, type Jobs, readJobs } from './index.ts';

const MINUTE = 60_000;

let database: TestDatabase;
let now: number;
let lines: string[];
const clock = { now: () => new Date(now) };

before(async () => {
  database = await freshDatabase();
});
after(() => database.drop());
beforeEach(async () => {
  now = Date.UTC(2026, 10, 23, 9);
  lines = [];
  await sql`TRUNCATE job`.execute(database.db);
});

/** A node of the office with these jobs. */
function node(jobs: readonly Job[], times?: { withinMs: number; renewMs: number }): Jobs {
  const log = createLog('info', clock, { write: (line: string) => void lines.push(line) });
  return createJobs({ ...{ db: database.db, clock, log, jobs }, ...(times && { times }) });
}

/** Work that ends when the test lets it go, and counts. */
function createWork() {
  const held: PromiseWithResolvers<void>[] = [];
  const work = {
    begun: 0,
    most: 0,
    open: () => held.length,
    letGo(error?: Error) {
      for (const one of held.splice(0)) error ? one.reject(error) : one.resolve();
    },
    async run(): Promise<void> {
      work.begun += 1;
      const one = Promise.withResolvers<void>();
      held.push(one);
      work.most = Math.max(work.most, held.length);
      await one.promise;
    },
  };
  return work;
}

/** Waits until it is told to end. */
const endOf = (enough: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (enough.aborted) resolve();
    enough.addEventListener('abort', () => resolve());
  });

const state = async (name: string, lane = '') =>
  (await readJobs(database.db, clock.now())).find((one) => one.name === name && one.lane === lane);

describe('a recurring job', () => {
  it('runs once for all nodes, each time it is due', async () => {
    const runs: string[] = [];
    const of = (name: string) => node([{ name: 'sweep', everyMs: MINUTE, run: async () => runs.push(name) }]);
    const nodes = [of('a'), of('b'), of('c')];
    for (let round = 1; round <= 4; round += 1) {
      for (let look = 0; look < 3; look += 1) await Promise.all(nodes.map((one) => one.tick()));
      assert.equal(runs.length, round);
      now += MINUTE;
    }
  });

  it('is never begun again while it runs, on this node nor on another, whatever the number of looks', async () => {
    const slow = createWork();
    const job = { name: 'slow', everyMs: 1_000, run: slow.run };
    const nodes = [node([job]), node([job])] as const;
    const turn = nodes[0].tick();
    await eventually('it runs', async () => slow.open() === 1);
    for (let look = 0; look < 10; look += 1) {
      now += 1_000;
      await nodes[1].tick();
      void nodes[0].tick();
    }
    assert.deepEqual([slow.begun, (await state('slow'))?.running], [1, true]);
    slow.letGo();
    await turn;
    assert.deepEqual([(await state('slow'))?.running, (await state('slow'))?.result], [false, 'done']);
    now += MINUTE;
    const again = nodes[1].tick();
    await eventually('it runs again', async () => slow.open() === 1);
    slow.letGo();
    await again;
    assert.deepEqual([slow.begun, slow.most], [2, 1]);
  });

  it('holds up no other when it hangs or fails, and its parts do not hold up each other', async () => {
    const hangs = createWork();
    const counted = { other: 0, quick: 0, failing: 0 };
    const office = node([
      {
        ...{ name: 'asking', everyMs: MINUTE, lanes: async () => ['slow', 'quick'] },
        async run(_, lane) {
          if (lane === 'slow') return hangs.run();
          counted.quick += 1;
        },
      },
      {
        ...{ name: 'failing', everyMs: MINUTE },
        async run() {
          counted.failing += 1;
          throw Object.assign(new Error('Frau Đặng'), { code: 'EXAMPLE' });
        },
      },
      {
        ...{ name: 'other', everyMs: MINUTE },
        async run() {
          counted.other += 1;
        },
      },
    ]);
    const turns: Promise<void>[] = [];
    for (let round = 1; round <= 3; round += 1) {
      await eventually('the others have run', async () => {
        // A run is over for its node only after the database knows: a look between the two begins nothing.
        turns.push(office.tick());
        const others = [await state('other'), await state('failing'), await state('asking', 'quick')];
        return others.every(
          (one) => one?.startedAt.getTime() === now && one.endedAt !== undefined && !one.running,
        );
      });
      now += MINUTE;
    }
    assert.deepEqual([counted, hangs.begun], [{ other: 3, quick: 3, failing: 3 }, 1]);
    hangs.letGo();
    await Promise.all(turns);
    const failing = await state('failing');
    assert.deepEqual([failing?.result, failing?.code, failing?.failures], ['failed', 'EXAMPLE', 3]);
    assert.equal((await state('asking', 'slow'))?.result, 'done');
    assert.match(lines.join(''), /"job":"failing","msg":"job failed"/);
    assert.doesNotMatch(lines.join(''), /Đặng/);
  });

  it('that fails because the database is away or held is put off, not failed', async () => {
    const passing = [
      Object.assign(new Error('Frau Đặng'), { code: '55P03' }),
      Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }),
    ];
    const office = node([
      {
        ...{ name: 'passing', everyMs: MINUTE },
        async run() {
          throw passing.shift() ?? new Error('a fault');
        },
      },
    ]);
    for (const level of [40, 40, 50]) {
      lines.length = 0;
      await office.tick();
      now += MINUTE;
      assert.deepEqual(
        lines.map((line) => (JSON.parse(line) as { level: number }).level),
        [level],
      );
    }
    assert.equal(
      (await state('passing'))?.failures,
      3,
      'whoever looks at the state of the office sees all of them',
    );
  });

  it('that the office ends itself has not failed', async () => {
    const begun = Promise.withResolvers<void>();
    const stop = node([
      {
        ...{ name: 'ended', everyMs: MINUTE },
        run: (enough) => {
          begun.resolve();
          return new Promise((_, reject) => enough.addEventListener('abort', () => reject(enough.reason)));
        },
      },
    ]).start();
    await begun.promise;
    await stop();
    assert.match(lines.join(''), /"level":30.*"job":"ended"/);
    assert.doesNotMatch(lines.join(''), /"level":[45]0/);
  });

  it('is given up when it never ends, told to end, and begun anew at its next turn', async () => {
    let told = 0;
    const office = node(
      [
        {
          ...{ name: 'deaf', everyMs: MINUTE },
          run(enough) {
            enough.addEventListener('abort', () => {
              told += 1;
            });
            return new Promise(() => {});
          },
        },
      ],
      { withinMs: 5, renewMs: 1_000 },
    );
    await office.tick();
    assert.deepEqual(
      [told, (await state('deaf'))?.result, (await state('deaf'))?.failures],
      [1, 'too-late', 1],
    );
    now += MINUTE;
    await office.tick();
    assert.deepEqual([told, (await state('deaf'))?.failures], [2, 2]);
  });

  it('goes on elsewhere when its node has died, but not while that says that it goes on', async () => {
    const held = createWork();
    const ticks: string[] = [];
    const alive = node([{ name: 'long', everyMs: 1_000, run: held.run }], { withinMs: 60_000, renewMs: 5 });
    const other = node([{ name: 'long', everyMs: 1_000, run: async () => ticks.push('other') }]);
    const turn = alive.tick();
    await eventually('it runs', async () => held.open() === 1);
    for (let minutes = 0; minutes < 5; minutes += 1) {
      const before = (await database.db.selectFrom('job').select('lease_until').executeTakeFirstOrThrow())
        .lease_until;
      now += 10_000;
      await eventually('it says so', async () => {
        const row = await database.db.selectFrom('job').select('lease_until').executeTakeFirstOrThrow();
        return (row.lease_until?.getTime() ?? 0) > (before?.getTime() ?? 0);
      });
      await other.tick();
    }
    assert.deepEqual(ticks, []);
    held.letGo();
    await turn;

    // A node that was killed says nothing any more.
    const dead = node([{ name: 'long', everyMs: 1_000, run: held.run }], {
      withinMs: 60_000,
      renewMs: 60_000,
    });
    now += MINUTE;
    const never = dead.tick();
    await eventually('it runs', async () => held.open() === 1);
    now += 14_000;
    await other.tick();
    assert.deepEqual(ticks, [], 'it may still be at it');
    now += MINUTE;
    await other.tick();
    assert.deepEqual(ticks, ['other']);
    held.letGo();
    await never;
    assert.deepEqual((await state('long'))?.result, 'done');
  });

  it('of each node runs on each of them', async () => {
    const runs: string[] = [];
    const of = (name: string) =>
      node([{ name: 'anchor', everyMs: MINUTE, ofEachNode: true, run: async () => runs.push(name) }]);
    await Promise.all([of('a').tick(), of('b').tick()]);
    assert.deepEqual(runs.sort(), ['a', 'b']);
  });

  it('does not wait for a clock that was set back', async () => {
    const runs: number[] = [];
    const office = node([{ name: 'sweep', everyMs: MINUTE, run: async () => runs.push(now) }]);
    await office.tick();
    now -= 24 * 60 * MINUTE;
    await office.tick();
    assert.equal(runs.length, 2);
  });

  it('is not begun any more when the office closes just then', async () => {
    for (let round = 0; round < 20; round += 1) {
      const office = node([{ name: `late ${round}`, everyMs: MINUTE, run: (enough) => endOf(enough) }]);
      const stop = office.start();
      for (let turn = 0; turn < round; turn += 1) await new Promise(setImmediate);
      await stop();
      assert.notEqual((await state(`late ${round}`))?.running, true);
    }
  });

  it('runs soon after the office opens, and is ended when it closes', async () => {
    const ends: string[] = [];
    let begun = false;
    const run = (enough: AbortSignal) => {
      begun = true;
      return endOf(enough).then(() => ends.push('told'));
    };
    const office = node([{ name: 'listening', everyMs: MINUTE, run }]);
    const stop = office.start();
    await eventually('it runs', async () => begun);
    await stop();
    assert.deepEqual([ends, (await state('listening'))?.running], [['told'], false]);
  });
});
