import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { together } from '#db';
import { createJobs } from '#jobs';
import { createLog } from '#log';
import { type FitConnectKeys, generateKeys } from '#sandbox/fit-connect';
import { FAULTS, type Fault, type Line, lineTo } from '#test/bad-line';
import { eventually } from '#test/eventually';
import { createWayOut } from '#test/way-out';
import { DeliveryError, type Message } from '../channel.ts';
import { createWorld, type World } from './world.fixture.ts';

let keys: FitConnectKeys;
let world: World;
let line: Line;
before(async () => {
  keys = await generateKeys();
  world = await createWorld(keys);
  line = await lineTo(world.service.origin);
});
after(async () => {
  await line.stop();
  await world.stop();
});

/** The office's side, at the end of the bad line. @param timeoutMs how long it waits for one answer */
const throughLine = (timeoutMs: number) =>
  world.another({
    ...{ api: line.origin, tokenUrl: `${line.origin}/token`, issuer: world.service.origin, timeoutMs },
  });

const STEPS: Readonly<Record<string, RegExp>> = {
  token: /^POST \/token /,
  destination: /^GET \/v2\/destinations\/[^/]+ /,
  key: /^GET \/v2\/destinations\/.*\/keys\//,
  announce: /^POST \/v2\/submissions /,
  attachment: /^PUT .*\/attachments\//,
  submit: /^PUT \/v2\/submissions\/[^/]+ /,
  events: /^GET .*\/events/,
};

/** Nothing comes back of these, or never the end: only the office's own patience ends the wait. */
const SILENT: readonly Fault[] = ['black hole', 'no answer', 'drip'];

describe('a bad line to FIT-Connect', () => {
  const names = Object.keys(STEPS);
  const faults = Object.keys(FAULTS) as Fault[];
  for (const [index, fault] of faults.entries()) {
    // Handing over is where something could be doubled; the other steps take turns.
    for (const step of new Set(['submit', names[index % names.length] ?? 'announce'])) {
      it(`("${fault}" at "${step}") neither loses nor doubles a case, and nobody waits for ever`, async () => {
        // What other tests have left on its way is there before.
        await world.service.authority.work();
        const before = world.service.authority.received.length;
        const caseId = await world.newCase();
        const message = { caseId, idempotencyKey: caseId };
        // Whoever waits for silence need not wait for long.
        const troubled = throughLine(SILENT.includes(fault) ? 700 : 30_000);
        line.trouble(fault, STEPS[step]);
        // Whoever has handed over needs no answer, as long as the events say that it is there.
        await troubled.deliver(message).catch((error: unknown) => assert.ok(error instanceof DeliveryError));
        assert.ok(line.met());
        line.mend();
        const patient = throughLine(30_000);
        await patient.deliver(message);
        await patient.deliver(message);
        await world.service.authority.work();
        assert.equal(world.service.authority.received.length, before + 1);
        const told = (await world.heard()).filter((heard) => heard.caseId === caseId);
        assert.deepEqual(
          told.map(({ kind }) => kind),
          ['submitted'],
        );
      });
    }
  }

  it('gives an attempt up when it is told to, whatever the other side does', async () => {
    const caseId = await world.newCase();
    const enough = new AbortController();
    line.trouble('black hole', STEPS.announce);
    const attempt = throughLine(30_000).deliver({ caseId, idempotencyKey: caseId }, enough.signal);
    const ended = assert.rejects(attempt, new DeliveryError('unreachable', true));
    while (!line.met()) await new Promise(setImmediate);
    enough.abort();
    await ended;
  });

  it('that holds everything is asked once for each lane, however often it is time to ask', async () => {
    const caseId = await world.newCase();
    const channel = throughLine(30_000);
    await channel.deliver({ caseId, idempotencyKey: caseId });
    const slow = await lineTo(world.service.origin);
    const asking = world.another({
      ...{ api: slow.origin, tokenUrl: `${slow.origin}/token`, issuer: world.service.origin },
    });
    const { db } = world.database;
    const log = createLog('fatal', { now: world.now }, { write() {} });
    const atDesk: string[] = [];
    const desk = { id: 'desk', deliver: async (one: Message) => void atDesk.push(one.caseId) };
    const delivery = createWayOut({ ...{ db, log, clock: { now: world.now } }, channels: [asking, desk] });
    const jobs = createJobs({
      ...{ db, log, clock: { now: world.now } },
      jobs: [
        {
          name: 'decisions',
          everyMs: 1,
          lanes: asking.lanes,
          run: (enough, lane) => asking.poll(lane, enough),
        },
      ],
    });
    const stop = delivery.start();
    try {
      slow.hold();
      const put = async (way: string): Promise<string> => {
        const id = await world.newCase();
        await together(db, delivery.enqueue(id, way, way === 'desk' ? '' : 'bfj'));
        delivery.wake();
        return id;
      };
      for (let count = 0; count < 4; count += 1) await put(asking.id);
      const ticks: Promise<void>[] = [];
      const lanes = (await asking.lanes()).length + 1;
      for (let round = 0; round < 10; round += 1) {
        ticks.push(jobs.tick());
        const id = await put('desk');
        await eventually('the desk has its case', async () => atDesk.includes(id));
        world.pass(10);
      }
      await eventually('everybody asks', async () => slow.open() === lanes);
      assert.equal(slow.most(), lanes);
      slow.mend();
      await Promise.all(ticks);
      await eventually('all is delivered', async () => {
        const open = await db.selectFrom('outbox').select('id').where('state', '<>', 'done').execute();
        return open.length === 0;
      });
    } finally {
      slow.mend();
      await stop();
      await slow.stop();
    }
  });
});
