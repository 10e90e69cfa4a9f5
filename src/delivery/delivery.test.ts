import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { sql } from 'kysely';
import { together } from '#db';
import { freshDatabase, type TestDatabase } from '#test/database';
import { eventually } from '#test/eventually';
import { createWayOut, putOut } from '#test/way-out';
import { type Channel, DeliveryError, type Message } from './index.ts';

let database: TestDatabase;
let now: number;
const clock = { now: () => new Date(now) };
const lines: object[] = [];
const log = { warn: (fields: object) => lines.push(fields), error: (fields: object) => lines.push(fields) };

async function newCase(): Promise<string> {
  const id = randomUUID();
  await sql`INSERT INTO cases (id, number, service, service_version, office, site, language, state, access_hash,
    submission_key, created_at, updated_at) VALUES (${id}, ${id}, 's', 1, 'o', 's', 'de', 'new', '', ${id},
    ${clock.now()}, ${clock.now()})`.execute(database.db);
  return id;
}

function office(deliver: Channel['deliver']) {
  return createWayOut({ db: database.db, clock, log, channels: [{ id: 'desk', deliver }] });
}

async function enqueue(delivery: ReturnType<typeof office>, count = 1): Promise<string[]> {
  const cases: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const id = await newCase();
    await together(database.db, delivery.enqueue(id, 'desk'));
    cases.push(id);
  }
  return cases;
}

const states = async () =>
  (await database.db.selectFrom('outbox').select('state').orderBy('created_at').execute()).map(
    (row) => row.state,
  );

const attempts = async () =>
  (await database.db.selectFrom('outbox').select('attempts').executeTakeFirstOrThrow()).attempts;

before(async () => {
  database = await freshDatabase();
  await sql`CREATE TABLE received (key text)`.execute(database.db);
  await sql`CREATE TABLE effect (key text PRIMARY KEY)`.execute(database.db);
});
after(() => database.drop());
beforeEach(async () => {
  now = Date.UTC(2026, 10, 23, 9);
  lines.length = 0;
  await sql`TRUNCATE outbox, received, effect`.execute(database.db);
});

describe('the outbox', () => {
  it('delivers each message once, and only when its transaction was committed', async () => {
    const seen: Message[] = [];
    const delivery = office(async (message) => void seen.push(message));
    const cases = await enqueue(delivery, 3);
    const lost = await newCase();
    await assert.rejects(
      database.db.transaction().execute(async (tx) => {
        await together(tx, delivery.enqueue(lost, 'desk'));
        throw new Error('rolled back');
      }),
    );
    assert.equal(await delivery.runOnce(), 3);
    assert.equal(await delivery.runOnce(), 0);
    assert.deepEqual(seen.map((message) => message.caseId).sort(), [...cases].sort());
    assert.deepEqual(await states(), ['done', 'done', 'done']);
  });

  it('never gives the same message to two workers at once', async () => {
    const seen: string[] = [];
    const deliver = async (message: Message) => void seen.push(message.idempotencyKey);
    const [first, second] = [office(deliver), office(deliver)];
    await enqueue(first, 60);
    const drain = async (worker: typeof first) => {
      while ((await worker.runOnce()) > 0);
    };
    await Promise.all([drain(first), drain(second), drain(first), drain(second)]);
    assert.equal(seen.length, 60);
    assert.equal(new Set(seen).size, 60);
  });

  it('tries again with growing pauses and the same key', async () => {
    const keys = new Set<string>();
    const times: number[] = [];
    const delivery = office(async (message) => {
      keys.add(message.idempotencyKey);
      times.push(now);
      if (times.length < 5) throw new DeliveryError('unreachable', true);
    });
    await enqueue(delivery);
    for (let second = 0; second < 600; second += 1) {
      await delivery.runOnce();
      now += 1_000;
    }
    const pauses = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    assert.equal(pauses.length, 4);
    for (const [index, pause] of pauses.entries()) {
      const planned = 5_000 * 2 ** index;
      assert.ok(pause >= planned && pause <= planned * 1.25 + 1_000, `pause ${index}: ${pause}`);
    }
    assert.equal(keys.size, 1);
    assert.deepEqual(await states(), ['done']);
  });

  it('waits for a receiver that is away for a day, and then delivers', async () => {
    const back = now + 24 * 3_600_000;
    let delivered = 0;
    const delivery = office(async () => {
      if (now < back) throw new DeliveryError('unreachable', true);
      delivered += 1;
    });
    await enqueue(delivery);
    for (let minute = 0; minute < 26 * 60; minute += 5) {
      await delivery.runOnce();
      now += 300_000;
    }
    assert.equal(delivered, 1);
    assert.deepEqual(await delivery.parked(), []);
  });

  it('parks a message that keeps failing, lets the others pass, and can be told to try again', async () => {
    let poisoned: string | undefined;
    const delivery = office(async ({ caseId }) => {
      if (caseId === poisoned) throw new Error('Frau Đặng, Kaiserstraße: not valid');
    });
    [poisoned] = await enqueue(delivery);
    await enqueue(delivery, 5);
    for (let hour = 0; hour < 20; hour += 1) {
      await delivery.runOnce();
      now += 3_600_000;
    }
    const [parked, ...others] = await delivery.parked();
    assert.ok(parked && others.length === 0);
    assert.deepEqual([parked.caseId, parked.lastError, parked.attempts], [poisoned, 'failed', 8]);
    assert.ok(lines.length > 0 && !JSON.stringify(lines).includes('Đặng'));
    poisoned = undefined;
    assert.equal(await delivery.retry(parked.id), true);
    assert.equal(await delivery.retry(parked.id), false);
    await delivery.runOnce();
    assert.deepEqual(new Set(await states()), new Set(['done']));
  });

  it('never lets a later message of a case overtake one that failed or was parked, and holds up no others', async () => {
    let broken = true;
    const tried: string[] = [];
    const deliver = async ({ idempotencyKey }: Message): Promise<void> => {
      tried.push(idempotencyKey);
      if (broken && idempotencyKey === first) throw new DeliveryError('refused', false);
    };
    const channels = ['desk', 'elsewhere'].map((id) => ({ id, deliver }));
    const delivery = createWayOut({ db: database.db, clock, log, channels });
    const put = (caseId: string, channel: string) => putOut(database.db, delivery, caseId, channel);
    const caseId = await newCase();
    const first = await put(caseId, 'desk');
    now += 1;
    const later = await put(caseId, 'desk');
    const [otherChannel, otherCase] = [await put(caseId, 'elsewhere'), await put(await newCase(), 'desk')];
    for (let hour = 0; hour < 20; hour += 1) {
      await delivery.runOnce();
      now += 3_600_000;
    }
    assert.deepEqual(
      (await delivery.parked()).map(({ id }) => id),
      [first],
    );
    assert.ok(!tried.includes(later), 'it waits, however long');
    for (const one of [otherChannel, otherCase]) assert.ok(tried.includes(one));
    broken = false;
    tried.length = 0;
    await delivery.retry(first);
    while ((await delivery.runOnce()) > 0);
    assert.deepEqual(tried, [first, later]);
  });

  it('takes messages of a case one by one, also those of one instant', async () => {
    const delivery = office(async () => {});
    const caseId = await newCase();
    for (let count = 0; count < 3; count += 1) await together(database.db, delivery.enqueue(caseId, 'desk'));
    for (let count = 0; count < 3; count += 1) assert.equal(await delivery.runOnce(), 1);
    assert.equal(await delivery.runOnce(), 0);
  });

  it('does not heed a worker that comes back after another one has taken its message', async () => {
    const late = Promise.withResolvers<void>();
    const slow = office(() => late.promise);
    const busy = Promise.withResolvers<void>();
    const second = office(() => busy.promise);
    const third = office(async () => {});
    await enqueue(slow);
    const first = slow.runOnce();
    await eventually('the slow worker has it', async () => (await attempts()) === 1);
    now += 61_000;
    const taken = second.runOnce();
    await eventually('the second worker has it', async () => (await attempts()) === 2);
    late.reject(new DeliveryError('unreachable', true));
    await first;
    now += 30_000;
    assert.equal(await third.runOnce(), 0, 'the second one is still at it');
    busy.resolve();
    await taken;
    assert.deepEqual(await states(), ['done']);
  });

  it('is delivered again with the same key after the worker was killed before it could write it down', async () => {
    const delivery = office(async ({ idempotencyKey }) => {
      await sql`INSERT INTO received VALUES (${idempotencyKey})`.execute(database.db);
      await sql`INSERT INTO effect VALUES (${idempotencyKey}) ON CONFLICT DO NOTHING`.execute(database.db);
    });
    await enqueue(delivery);
    const worker = `
      import { sql } from 'kysely';
      import { createDb } from '#db';
      import { createDelivery } from '#delivery';
      import { createOutbox } from '#outbox';
      const db = createDb(process.env.DATABASE);
      const deliver = async ({ idempotencyKey }) => {
        await sql\`INSERT INTO received VALUES (\${idempotencyKey})\`.execute(db);
        await sql\`INSERT INTO effect VALUES (\${idempotencyKey}) ON CONFLICT DO NOTHING\`.execute(db);
        process.kill(process.pid, 'SIGKILL');
      };
      const clock = { now: () => new Date(Number(process.env.NOW)) };
      const outbox = createOutbox({ db, clock, channels: ['desk'] });
      await createDelivery({ db, clock, log: console, outbox, channels: [{ id: 'desk', deliver }] }).runOnce();`;
    const died = spawnSync(process.execPath, ['--input-type=module', '-e', worker], {
      cwd: join(import.meta.dirname, '../..'),
      env: { ...process.env, DATABASE: database.url, NOW: String(now) },
    });
    assert.equal(died.signal, 'SIGKILL', died.stderr.toString());
    assert.equal(await delivery.runOnce(), 0, 'its lease still runs');
    now += 61_000;
    assert.equal(await delivery.runOnce(), 1);
    const { rows } = await sql<{ key: string }>`SELECT key FROM received`.execute(database.db);
    assert.equal(rows.length, 2);
    assert.equal(rows[0]?.key, rows[1]?.key);
    assert.equal((await sql`SELECT key FROM effect`.execute(database.db)).rows.length, 1);
    assert.deepEqual(await states(), ['done']);
  });

  it('works by itself once started, at once when woken, and stops when told', async () => {
    let arrived = (_: Message): void => {};
    const delivery = office(async (message) => arrived(message));
    const stop = delivery.start();
    const message = new Promise<Message>((resolve) => {
      arrived = resolve;
    });
    const [caseId] = await enqueue(delivery);
    delivery.wake();
    assert.equal((await message).caseId, caseId);
    await stop();
    await enqueue(delivery);
    assert.deepEqual((await states()).at(-1), 'waiting');
  });
});
