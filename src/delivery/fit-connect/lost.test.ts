import assert from 'node:assert/strict';
import { afterEach, before, beforeEach, describe, it } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { type FitConnectKeys, generateKeys, type Step } from '#sandbox/fit-connect';
import { DeliveryError } from '../channel.ts';
import { createWorld, PERSON, type World } from './world.fixture.ts';

const HOUR = 3_600_000;
const SENDING: readonly Step[] = ['token', 'destination', 'key', 'announce', 'attachment', 'submit'];

let keys: FitConnectKeys;
let world: World;

before(async () => {
  keys = await generateKeys();
});
beforeEach(async () => {
  world = await createWorld(keys);
});
afterEach(() => world.stop());

const outbox = async () =>
  (await world.database.db.selectFrom('outbox').select('state').execute()).map((row) => row.state);

async function untilDone(): Promise<void> {
  for (let turn = 0; turn < 20 && (await outbox()).includes('waiting'); turn += 1) {
    await world.delivery.runOnce();
    world.pass(HOUR);
  }
  assert.ok(
    (await outbox()).every((state) => state === 'done'),
    'delivered in the end',
  );
}

/** However it went: the authority has it once, and the case heard everything once. */
async function arrivedOnce(count = 1): Promise<void> {
  await world.service.authority.work();
  await world.channel.poll();
  assert.equal(world.service.authority.received.length, count);
  assert.equal(world.service.submissions().filter(({ state }) => state !== 'incomplete').length, count);
  const heard = (await world.heard()).map(({ kind }) => kind).sort();
  assert.deepEqual(heard, [...Array(count).fill('accepted'), ...Array(count).fill('submitted')]);
}

describe('a submission whose way is troubled', () => {
  for (const step of SENDING) {
    it(`arrives once when the answer to "${step}" is lost`, async () => {
      await world.enqueue();
      await world.service.trouble({ loseAnswer: step });
      await world.delivery.runOnce();
      assert.deepEqual(await outbox(), ['waiting'], 'the first attempt has failed');
      world.pass(HOUR);
      await untilDone();
      await arrivedOnce();
    });

    it(`arrives once when a web page answers "${step}"`, async () => {
      await world.enqueue();
      await world.service.trouble({ garbage: step });
      await untilDone();
      await arrivedOnce();
    });
  }

  for (const pretend of ['attachment', 'submit'] as const) {
    it(`arrives once when somebody else says "${pretend}" was done`, async () => {
      await world.enqueue();
      await world.service.trouble({ pretend });
      await untilDone();
      await arrivedOnce();
    });
  }

  it('arrives once when also the questions after a lost answer are not answered', async () => {
    for (const step of ['events', 'service-keys'] as const) {
      await world.enqueue();
      await world.service.trouble({ loseAnswer: 'submit' });
      await world.delivery.runOnce();
      world.pass(HOUR);
      await world.service.trouble({ loseAnswer: step });
      await untilDone();
    }
    await arrivedOnce(2);
  });

  it('arrives once whatever is lost, spoiled or withdrawn, how often ever', async () => {
    const steps: readonly Step[] = [...SENDING, 'events', 'service-keys'];
    const trouble = fc.oneof(
      fc.constantFrom(...steps).map((loseAnswer) => ({ loseAnswer })),
      fc.constantFrom(...steps).map((garbage) => ({ garbage })),
      fc.constantFrom(...steps).map((pretend) => ({ pretend })),
      fc.constantFrom({ withdrawTokens: true }, { down: true }),
    );
    let count = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(trouble, { maxLength: 5 }), async (troubles) => {
        await world.enqueue();
        for (const one of troubles) {
          await world.service.trouble(one);
          await world.delivery.runOnce();
          world.pass(HOUR);
        }
        await world.service.trouble({});
        await untilDone();
        count += 1;
        await arrivedOnce(count);
      }),
      { numRuns: 8 },
    );
  });

  it('waits in order while the delivery service is away for a day', async () => {
    await world.service.trouble({ down: true });
    await world.enqueue();
    await world.enqueue();
    for (let hour = 0; hour < 24; hour += 1) {
      await world.delivery.runOnce();
      await world.channel.poll();
      world.pass(HOUR);
    }
    assert.deepEqual(await outbox(), ['waiting', 'waiting']);
    await world.service.trouble({});
    await untilDone();
    await arrivedOnce(2);
  });

  it('does not wait for an answer for ever', async () => {
    const channel = world.another({ timeoutMs: 50 });
    const caseId = await world.newCase();
    const message = { caseId, idempotencyKey: caseId };
    await world.service.trouble({ slowMs: 400 });
    await assert.rejects(channel.deliver(message), new DeliveryError('unreachable', true));
    await world.service.trouble({});
    await world.channel.deliver(message);
    await arrivedOnce();
  });

  it('is sent once by two workers that both believe it is theirs', async () => {
    const caseId = await world.newCase();
    const message = { caseId, idempotencyKey: caseId };
    const ends = await Promise.allSettled([world.channel.deliver(message), world.another().deliver(message)]);
    const failed = ends.filter((end) => end.status === 'rejected').map((end) => String(end.reason.code));
    assert.ok(
      failed.every((code) => code === 'taken-over'),
      failed.join(),
    );
    await world.another().deliver(message);
    await arrivedOnce();
  });

  it('is announced anew when the delivery service has forgotten the announcement', async () => {
    await world.enqueue();
    await world.service.trouble({ loseAnswer: 'attachment' });
    await world.delivery.runOnce();
    world.pass(HOUR);
    await world.service.trouble({ dropIncomplete: true });
    await untilDone();
    assert.equal(world.service.calls().filter((call) => call === 'announce').length, 2);
    await arrivedOnce();
  });

  it('is left to people when nobody can say whether it was submitted', async () => {
    const caseId = await world.newCase();
    const message = { caseId, idempotencyKey: caseId };
    await world.service.trouble({ garbage: 'submit' });
    await assert.rejects(world.channel.deliver(message), new DeliveryError('answer-not-understood', true));
    await world.service.trouble({ dropIncomplete: true });
    await assert.rejects(world.channel.deliver(message), new DeliveryError('end-unknown', false));
    assert.deepEqual(world.service.submissions(), [], 'nothing was announced anew');
  });

  it('asks for one token as long as it holds, and for another one afterwards', async () => {
    const tokens = () => world.service.calls().filter((call) => call === 'token').length;
    await world.enqueue();
    await untilDone();
    await world.enqueue();
    await world.delivery.runOnce();
    assert.equal(tokens(), 2, 'an hour lies between the two');
    await world.enqueue();
    await world.delivery.runOnce();
    assert.equal(tokens(), 2);
    await world.service.trouble({ withdrawTokens: true });
    await world.enqueue();
    await world.delivery.runOnce();
    assert.equal(tokens(), 3);
    await arrivedOnce(4);
  });

  it('leaves nothing of what was said in the log and in what is remembered', async () => {
    await world.service.trouble({ garbage: 'destination' });
    await world.enqueue();
    await untilDone();
    await world.service.trouble({ forgery: 'other-tags' });
    await arrivedOnce().catch(() => {});
    const { rows } = await sql`SELECT * FROM fit_connect_submission`.execute(world.database.db);
    const kept = JSON.stringify(rows) + world.logged();
    assert.ok(world.logged().length > 10 && rows.length === 1);
    for (const said of [PERSON, 'Nachweis', 'KA-2026-000123']) assert.ok(!kept.includes(said), said);
  });
});
