import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import { sql } from 'kysely';
import { readQueue } from '#outbox';
import { freshDatabase, type TestDatabase } from '#test/database';
import { eventually } from '#test/eventually';
import { createWayOut, putOut, type WayOut } from '#test/way-out';
import { DeliveryError, type Message } from './index.ts';

let database: TestDatabase;
let now: number;
const clock = { now: () => new Date(now) };
const log = { warn() {}, error() {} };

/** An authority whose answers the test lets go. */
function createAuthority() {
  const held: PromiseWithResolvers<void>[] = [];
  const seen: string[] = [];
  let most = 0;
  return {
    seen,
    /** Attempts under way. */
    open: () => held.length,
    /** The most that were ever under way at once. */
    most: () => most,
    /** Ends the attempts under way, well or not. */
    letGo(error?: Error) {
      for (const one of held.splice(0)) error ? one.reject(error) : one.resolve();
    },
    async take({ idempotencyKey }: Message, enough?: AbortSignal): Promise<void> {
      seen.push(idempotencyKey);
      const one = Promise.withResolvers<void>();
      held.push(one);
      most = Math.max(most, held.length);
      const interrupt = (): void => one.reject(new DeliveryError('unreachable', true));
      if (enough?.aborted) interrupt();
      enough?.addEventListener('abort', interrupt);
      await one.promise;
    },
  };
}
type Authority = ReturnType<typeof createAuthority>;

interface Node {
  delivery: WayOut;
  desk: string[];
}

/** A node of the office; what it brings outside goes to the authority of that name. */
function node(authorities: Record<string, Authority>, times?: { withinMs: number; renewMs: number }): Node {
  const desk: string[] = [];
  const delivery = createWayOut({
    ...{ db: database.db, clock, log },
    channels: [
      { id: 'desk', deliver: async ({ idempotencyKey }) => void desk.push(idempotencyKey) },
      {
        id: 'away',
        outside: true,
        async deliver(message, enough) {
          const { destination } = await database.db
            .selectFrom('outbox')
            .select('destination')
            .where('id', '=', message.idempotencyKey)
            .executeTakeFirstOrThrow();
          await authorities[destination]?.take(message, enough);
        },
      },
    ],
    ...(times && { times }),
  });
  return { delivery, desk };
}

async function put(delivery: WayOut, channel: string, destination = ''): Promise<string> {
  const id = randomUUID();
  await sql`INSERT INTO cases (id, number, service, service_version, office, site, language, state, access_hash,
    submission_key, created_at, updated_at) VALUES (${id}, ${id}, 's', 1, 'o', 's', 'de', 'new', '', ${id},
    ${clock.now()}, ${clock.now()})`.execute(database.db);
  now += 1;
  return putOut(database.db, delivery, id, channel, destination);
}

const rowOf = (id: string) =>
  database.db.selectFrom('outbox').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const isDone = async (id: string) => (await rowOf(id)).state === 'done';
const laneOf = async (destination: string) =>
  (await readQueue(database.db, clock.now())).find((lane) => lane.destination === destination);

/** @returns what changes with everything that is written to a lane, or held in it */
async function writtenTo(destination: string): Promise<string | undefined> {
  const { rows } = await sql<{ by: string }>`
    SELECT xmin::text AS by FROM delivery_lane WHERE destination = ${destination}`.execute(database.db);
  return rows[0]?.by;
}

before(async () => {
  database = await freshDatabase();
});
after(() => database.drop());
beforeEach(async () => {
  now = Date.UTC(2026, 10, 23, 9);
  await sql`TRUNCATE outbox, delivery_lane`.execute(database.db);
});

describe('the lanes of the outbox', () => {
  it('bring cases to the desk and to others while one authority holds its answer', async () => {
    const [slow, quick] = [createAuthority(), createAuthority()];
    const { delivery } = node({ slow, quick });
    const stop = delivery.start();
    try {
      const held = await put(delivery, 'away', 'slow');
      await put(delivery, 'away', 'slow');
      delivery.wake();
      await eventually('the slow one has the first', async () => slow.open() === 1);
      for (let round = 0; round < 3; round += 1) {
        const atDesk = await put(delivery, 'desk');
        const atQuick = await put(delivery, 'away', 'quick');
        delivery.wake();
        await eventually('the desk has its case', () => isDone(atDesk));
        await eventually('the quick one has its case', async () => quick.seen.includes(atQuick));
        quick.letGo();
        await eventually('it is delivered', () => isDone(atQuick));
      }
      assert.deepEqual(slow.seen, [held], 'the others of its lane wait');
      slow.letGo();
      await eventually('the next one follows', async () => slow.seen.length === 2);
      slow.letGo();
    } finally {
      await stop();
    }
  });

  it('hold one attempt at a time in each lane, whatever the number of looks and nodes, in the order of coming', async () => {
    const slow = createAuthority();
    const nodes = [node({ slow }), node({ slow }), node({ slow })].map(({ delivery }) => delivery);
    const [first] = nodes;
    assert.ok(first);
    const sent = [];
    for (let count = 0; count < 5; count += 1) sent.push(await put(first, 'away', 'slow'));
    const work = [first.runOnce()];
    await eventually('it is asked', async () => slow.open() === 1);
    for (let look = 0; look < 20; look += 1)
      for (const one of nodes.slice(1)) assert.equal(await one.runOnce(), 0);
    for (let count = 1; count < sent.length; count += 1) {
      slow.letGo();
      await eventually('the next one follows', async () => slow.seen.length === count + 1);
    }
    slow.letGo();
    await Promise.all(work);
    assert.equal(slow.most(), 1);
    assert.deepEqual(slow.seen, sent);
  });

  it('send nothing to a receiver that is away but one message now and then, and all at once when it is back', async () => {
    const away = createAuthority();
    const { delivery } = node({ away });
    const sent = [];
    for (let count = 0; count < 12; count += 1) sent.push(await put(delivery, 'away', 'away'));
    const down = new DeliveryError('unreachable', true);
    const turn = delivery.runOnce();
    for (let count = 1; count <= 3; count += 1) {
      await eventually('it is asked', async () => away.seen.length === count);
      away.letGo(down);
    }
    assert.equal(await turn, 3, 'twelve are due, and three were enough');
    assert.equal((await laneOf('away'))?.breaker, 'open');
    const before = await writtenTo('away');
    for (let looks = 0; looks < 20; looks += 1) assert.equal(await delivery.runOnce(), 0);
    assert.equal(await writtenTo('away'), before, 'looking on and on writes nothing');
    now = (await laneOf('away'))?.openUntil?.getTime() ?? 0;
    assert.equal((await laneOf('away'))?.breaker, 'half-open');
    const asked = delivery.runOnce();
    await eventually('it is tried', async () => away.seen.length === 4);
    for (let looks = 0; looks < 5; looks += 1)
      assert.equal(await node({ away }).delivery.runOnce(), 0, 'by one message only');
    away.letGo(down);
    assert.equal(await asked, 1);
    assert.equal((await laneOf('away'))?.failures, 4);

    now = (await laneOf('away'))?.openUntil?.getTime() ?? 0;
    const rest = delivery.runOnce();
    for (let count = 5; count <= 4 + sent.length; count += 1) {
      await eventually('the next one follows', async () => away.seen.length === count);
      away.letGo();
    }
    assert.equal(await rest, sent.length, 'also those whose own pause would have been longer');
    assert.equal((await laneOf('away'))?.breaker, 'closed');
    assert.ok((await Promise.all(sent.map(isDone))).every(Boolean));
  });

  it('do not count what a receiver refuses as being away', async () => {
    const strict = createAuthority();
    const { delivery } = node({ strict });
    for (let count = 0; count < 5; count += 1) await put(delivery, 'away', 'strict');
    const turn = delivery.runOnce();
    for (let count = 1; count <= 5; count += 1) {
      await eventually('it is asked', async () => strict.seen.length === count);
      strict.letGo(new DeliveryError('refused-422', false));
    }
    assert.equal(await turn, 5);
    assert.equal((await laneOf('strict'))?.breaker, 'closed');
  });

  it('say that an attempt is still under way, so that nobody else takes it however long it lasts', async () => {
    const slow = createAuthority();
    const one = node({ slow }, { withinMs: 60_000, renewMs: 5 });
    const id = await put(one.delivery, 'away', 'slow');
    const turn = one.delivery.runOnce();
    await eventually('it is asked', async () => slow.open() === 1);
    for (let minutes = 0; minutes < 5; minutes += 1) {
      now += 50_000;
      const at = now;
      await eventually('it says so', async () => (await rowOf(id)).next_at.getTime() > at + 50_000);
      assert.equal(await node({ slow }).delivery.runOnce(), 0);
    }
    slow.letGo();
    await turn;
    assert.deepEqual([slow.seen.length, await isDone(id)], [1, true]);
  });

  it('give up an attempt that never ends, and go on with the next', async () => {
    const asked: string[] = [];
    const delivery = createWayOut({
      ...{ db: database.db, clock, log, times: { withinMs: 5, renewMs: 1_000 } },
      channels: [
        {
          id: 'away',
          outside: true,
          deliver: ({ idempotencyKey }) => {
            asked.push(idempotencyKey);
            return new Promise<void>(() => {});
          },
        },
      ],
    });
    const sent = [await put(delivery, 'away', 'deaf'), await put(delivery, 'away', 'deaf')];
    assert.equal(await delivery.runOnce(), 2);
    assert.deepEqual(asked, sent);
    assert.equal((await rowOf(sent[0] ?? '')).last_error, 'too-late');
  });

  it('interrupt what is under way when the office closes, and the next to open goes on at once', async () => {
    const slow = createAuthority();
    const first = node({ slow });
    const id = await put(first.delivery, 'away', 'slow');
    const stop = first.delivery.start();
    await eventually('it is asked', async () => slow.open() === 1);
    await stop();
    assert.equal((await rowOf(id)).state, 'waiting');
    slow.letGo();
    const second = node({ slow });
    const turn = second.delivery.runOnce();
    await eventually('it is asked again', async () => slow.open() === 1);
    slow.letGo();
    assert.equal(await turn, 1);
    assert.deepEqual([slow.seen, (await laneOf('slow'))?.failures], [[id, id], 0]);
  });
});

describe('how it stands with the queue', () => {
  it('is told by receiver: what waits, since when, what was given up', async () => {
    const slow = createAuthority();
    const { delivery } = node({ slow });
    await put(delivery, 'away', 'slow');
    const oldest = new Date(now);
    await put(delivery, 'away', 'slow');
    const parked = await put(delivery, 'away', 'other');
    await sql`UPDATE outbox SET state = 'parked' WHERE id = ${parked}`.execute(database.db);
    await put(delivery, 'desk');
    const turn = delivery.runOnce();
    await eventually('it is asked', async () => slow.open() === 1);
    const calm = { failures: 0, breaker: 'closed', openUntil: undefined };
    await eventually('the desk has its case', async () => (await delivery.queue()).length === 2);
    assert.deepEqual(await readQueue(database.db, clock.now()), [
      { channel: 'away', destination: 'other', waiting: 0, parked: 1, oldest: undefined, ...calm },
      { channel: 'away', destination: 'slow', waiting: 2, parked: 0, oldest, ...calm },
    ]);
    slow.letGo();
    await eventually('the next one follows', async () => slow.seen.length === 2);
    slow.letGo();
    await turn;
  });
});
