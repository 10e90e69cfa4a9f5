import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import type { CardPayment, LastCardPayment } from './card-terminal.ts';
import { FEE, inDatabase, inMemory, type LedgerWorld } from './ledger-contract.fixture.ts';
import type { Payment, Way } from './types.ts';

const card = (changes: Partial<CardPayment> = {}): CardPayment => ({
  ...{ amountCents: FEE, receiptNumber: 7, trace: 70, terminalId: '1', cardName: undefined },
  ...{ maskedPan: undefined, receipt: [] },
  ...changes,
});
const last = (changes: Partial<CardPayment> = {}): LastCardPayment => ({
  ...card(changes),
  reverses: undefined,
});

let terminals = 0;

/** A case with a payment that has been begun, by default at a card terminal of its own. */
async function begun(world: LedgerWorld, way: Way = 'card', terminal = `t${terminals++}`) {
  const caseId = await world.newCase();
  const payment = await world.ledger.choose(caseId, way, { site: 's', terminal });
  assert.ok(payment);
  assert.equal(await world.ledger.start(payment.id, way, terminal), 'started');
  return { caseId, id: payment.id, terminal };
}

const found = async (world: LedgerWorld, id: string): Promise<Payment> =>
  (await world.ledger.find(id)) ?? assert.fail('no such payment');

for (const [name, open] of [
  ['the ledger in the database', inDatabase],
  ['the ledger in memory', inMemory],
] as const) {
  describe(name, () => {
    let world: LedgerWorld;
    before(async () => {
      world = await open();
    });
    after(() => world.close());

    it('lets no card terminal make another amount final than the fee', async () => {
      const { ledger } = world;
      const { id } = await begun(world);
      for (const amountCents of [FEE - 1, FEE + 1, 0, FEE * 100]) {
        assert.equal(await ledger.note(id, card({ amountCents })), false, `${amountCents}`);
      }
      assert.equal((await found(world, id)).receiptNumber, null);
      assert.equal(await ledger.note(id, card()), true);
      assert.equal((await found(world, id)).receiptNumber, 7);
    });

    it('does not settle while another payment of the case is not decided, and hands in once', async () => {
      const { ledger } = world;
      const { caseId, id } = await begun(world, 'page');
      await ledger.link(id, `x-${id}`);
      await ledger.giveUp(id);
      assert.equal(await ledger.fail(await found(world, id), 'givenUp', world.now()), true);
      // The person turns to the card terminal, and then somebody pays on the page that was given up.
      const second = await ledger.choose(caseId, 'card', { site: 's', terminal: 'desk' });
      assert.ok(second && second.id !== id);
      assert.equal(await ledger.start(second.id, 'card', 'desk'), 'started');
      assert.equal(await ledger.settle(id), 'later');
      assert.equal(await world.fate(caseId), 'unpaid');
      assert.ok(((await found(world, id)).dueAt ?? 0) > world.now(), 'it is looked after again');
      await ledger.doubt(second.id, 'lost');
      assert.equal(await ledger.settle(id), 'later', 'unknown is not decided either');
      await ledger.fail(await found(world, second.id), 'lost');
      assert.equal(await ledger.settle(id), 'attached');
      assert.equal(await ledger.settle(id), 'attached', 'a second time says the same');
      assert.equal(await world.fate(caseId), 'new');
      assert.equal(await world.isOwed(id), false);
    });

    it('calls off what was only intended when another payment of the case comes in', async () => {
      const { ledger } = world;
      const { caseId, id } = await begun(world, 'page');
      await ledger.fail(await found(world, id), 'expired', world.now());
      const second = await ledger.choose(caseId, 'card', { site: 's', terminal: 'desk-2' });
      assert.equal(await ledger.settle(id), 'attached');
      const idle = await found(world, second?.id ?? '');
      assert.deepEqual([idle.state, idle.reason], ['failed', 'superseded']);
    });

    it('gives money without a case to somebody who has to give it back', async () => {
      const { ledger } = world;
      const { caseId, id } = await begun(world, 'page');
      await ledger.fail(await found(world, id), 'expired', world.now());
      assert.equal(await world.discard(caseId), true);
      assert.equal(await ledger.settle(id), 'stray');
      assert.equal(await world.fate(caseId), 'gone');
      assert.equal(await world.isOwed(id), true);
      assert.equal((await found(world, id)).stray, true);
    });

    it('keeps a case while money may have moved for it', async () => {
      const { ledger } = world;
      const { caseId, id } = await begun(world);
      assert.equal(await world.discard(caseId), false);
      await ledger.doubt(id, 'lost');
      assert.equal(await world.discard(caseId), false);
      await ledger.settle(id, card());
      assert.equal(await world.discard(caseId), false);
      assert.equal(await world.fate(caseId), 'new');
    });

    it('knows a transaction by its terminal, its trace and its receipt number together', async () => {
      const { ledger } = world;
      const before = await begun(world);
      await ledger.note(before.id, card({ receiptNumber: 9_999, trace: 500 }));
      await ledger.settle(before.id, card({ receiptNumber: 9_999, trace: 500 }));
      const now = await begun(world, 'card', before.terminal);
      const payment = await found(world, now.id);
      assert.equal(await ledger.isKnown(payment, last({ receiptNumber: 9_999, trace: 500 })), true);
      // Receipt numbers begin again at 1 after 9999, so the same one comes with another trace; traces wrap as well.
      assert.equal(await ledger.isKnown(payment, last({ receiptNumber: 9_999, trace: 10_499 })), false);
      assert.equal(await ledger.isKnown(payment, last({ receiptNumber: 3, trace: 500 })), false);
      const elsewhere = await found(world, (await begun(world)).id);
      assert.equal(await ledger.isKnown(elsewhere, last({ receiptNumber: 9_999, trace: 500 })), false);
      assert.equal(
        await ledger.isKnown(await found(world, before.id), last({ receiptNumber: 9_999, trace: 500 })),
        false,
      );
    });

    it('takes one payment at a card terminal at a time', async () => {
      const { ledger } = world;
      const { id, terminal } = await begun(world);
      const other = await world.newCase();
      const waiting = await ledger.choose(other, 'card', { site: 's', terminal });
      assert.equal(await ledger.start(waiting?.id ?? '', 'card', terminal), 'busy');
      assert.equal((await ledger.openAt(terminal))?.id, id);
      await ledger.fail(await found(world, id), 'declined');
      assert.equal(await ledger.start(waiting?.id ?? '', 'card', terminal), 'started');
    });

    it('looks first after what has been due longest, and leaves it to one node at a time', async () => {
      const { ledger } = world;
      const ids: string[] = [];
      for (let each = 0; each < 3; each += 1) {
        const { id } = await begun(world, 'page');
        ids.unshift(id);
        await ledger.postpone(id, new Date(world.now().getTime() - 1_000_000 * (each + 1)));
      }
      const first = await ledger.claimDue(2);
      assert.deepEqual(first.map(({ id }) => id).sort(), ids.slice(0, 2).sort());
      assert.equal(await ledger.claim(ids[0] ?? ''), undefined, 'another node leaves it alone');
      assert.equal((await ledger.claim(ids[2] ?? ''))?.id, ids[2]);
    });

    it('hears too late of giving up once the terminal has approved', async () => {
      const { ledger } = world;
      const { id } = await begun(world);
      await ledger.note(id, card());
      assert.equal((await ledger.giveUp(id))?.givenUpAt, null);
      const { id: early } = await begun(world);
      assert.notEqual((await ledger.giveUp(early))?.givenUpAt, null);
      assert.equal(await ledger.note(early, card()), false, 'who stopped in time is not charged');
    });
  });
}

/** What may be asked of a ledger; `who` is one of two cases, `which` one of its payments. */
const pick = { who: fc.nat(1), which: fc.nat(2) };
const amount = fc.oneof(
  { weight: 5, arbitrary: fc.constant(FEE) },
  { weight: 2, arbitrary: fc.constant(FEE - 1) },
);
const number = fc.integer({ min: 1, max: 2 });
const call = fc.oneof(
  fc.record({
    kind: fc.constant('choose' as const),
    ...pick,
    way: fc.constantFrom<Way>('card', 'page'),
    terminal: fc.constantFrom('a', 'b'),
  }),
  fc.record({ kind: fc.constant('start' as const), ...pick }),
  fc.record({
    kind: fc.constantFrom(
      'beat',
      'link',
      'giveUp',
      'fail',
      'doubt',
      'reopen',
      'postpone',
      'claim',
      'claimDue',
      'discard',
    ),
    ...pick,
  }),
  fc.record({
    kind: fc.constantFrom('note' as const, 'settle' as const, 'reverse' as const, 'known' as const),
    ...pick,
    card: fc.record({ amountCents: amount, receiptNumber: number, trace: number }).map(card),
  }),
  fc.record({ kind: fc.constant('time' as const), ...pick, seconds: fc.constantFrom(1, 6, 25, 100) }),
);
type Call = typeof call extends fc.Arbitrary<infer T> ? T : never;

/** One call. @returns what it answers, without ids, which differ from world to world */
async function ask(world: LedgerWorld, cases: readonly string[], one: Call): Promise<unknown> {
  const { ledger } = world;
  const caseId = cases[one.who] ?? '';
  const mine = await ledger.ofCase(caseId);
  const payment = mine[one.which] ?? mine.at(-1);
  assert.ok(payment);
  const { id } = payment;
  if (one.kind === 'time') return world.pass(one.seconds * 1_000);
  if (one.kind === 'choose') {
    // What an earlier history left open at a terminal is not in this one's way.
    const terminal = `${one.terminal}-${cases[0]}`;
    const chosen = await ledger.choose(caseId, one.way, { site: 's', terminal });
    return (await ledger.ofCase(caseId)).findIndex((each) => each.id === chosen?.id);
  }
  if (one.kind === 'start')
    return payment.way && ledger.start(id, payment.way, payment.terminal ?? undefined);
  if (one.kind === 'note') return ledger.note(id, one.card);
  // Only what came to the till is settled: a payment that was begun, by the way that was chosen.
  if (one.kind === 'settle') {
    const begunOnce = payment.way !== null && payment.state !== 'intended';
    return begunOnce && ledger.settle(id, payment.way === 'card' ? one.card : undefined);
  }
  if (one.kind === 'reverse') return ledger.reverse(id, 'terminal', one.card);
  if (one.kind === 'known') return ledger.isKnown(payment, { ...one.card, reverses: undefined });
  return askPlain(world, one.kind, caseId, payment);
}

async function askPlain(
  world: LedgerWorld,
  kind: string,
  caseId: string,
  payment: Payment,
): Promise<unknown> {
  const { ledger } = world;
  const { id } = payment;
  const soon = new Date(world.now().getTime() + 10_000);
  if (kind === 'beat') return ledger.beat(id);
  if (kind === 'link') return payment.way === 'page' && ledger.link(id, `page-${id}`);
  if (kind === 'reopen') return ledger.reopen(id, soon);
  if (kind === 'giveUp') return (await ledger.giveUp(id))?.state;
  if (kind === 'fail') return ledger.fail(payment, 'expired', soon);
  if (kind === 'doubt') return ledger.doubt(id, 'lost', soon);
  if (kind === 'postpone') return ledger.postpone(id, soon);
  if (kind === 'claim') return (await ledger.claim(id))?.state;
  if (kind === 'claimDue') return (await ledger.claimDue(9)).length;
  return world.discard(caseId);
}

/** Everything the ledger knows, in an order and in words that both worlds share. */
async function known(world: LedgerWorld, cases: readonly string[], from: Date): Promise<unknown> {
  const since = (at: Date | null): number | null => at && at.getTime() - from.getTime();
  const all = [];
  for (const caseId of cases) {
    const payments = await world.ledger.ofCase(caseId);
    const told = [];
    for (const each of payments) {
      const { way, amountCents, state, stray, receiptNumber, trace, reason, reversedBy } = each;
      told.push({
        ...{
          way,
          at: each.terminal?.slice(0, 1),
          amountCents,
          state,
          stray,
          receiptNumber,
          trace,
          reason,
          reversedBy,
        },
        ...{ linked: each.externalId !== null, owed: state === 'paid' && (await world.isOwed(each.id)) },
        ...{ givenUp: since(each.givenUpAt), due: since(each.dueAt), settled: since(each.settledAt) },
        ...{ reversed: since(each.reversedAt), updated: since(each.updatedAt) },
      });
    }
    all.push({ fate: await world.fate(caseId), payments: told });
  }
  return all;
}

describe('the ledger in memory and the one in the database', () => {
  it('answer the same to the same calls, and know the same afterwards', async () => {
    const worlds = [await inDatabase(), await inMemory()];
    try {
      await fc.assert(
        fc.asyncProperty(fc.array(call, { minLength: 15, maxLength: 40 }), async (calls) => {
          const tales = await Promise.all(worlds.map((world) => tell(world, calls)));
          assert.deepEqual(tales[0], tales[1]);
        }),
        { numRuns: 40 },
      );
    } finally {
      for (const world of worlds) await world.close();
    }
  });
});

async function tell(world: LedgerWorld, calls: readonly Call[]): Promise<unknown[]> {
  const cases = [await world.newCase(), await world.newCase()];
  const from = world.now();
  const tale: unknown[] = [];
  for (const one of calls) {
    tale.push([one.kind, (await ask(world, cases, one)) ?? null, await known(world, cases, from)]);
  }
  // The next history is told for itself.
  for (const caseId of cases) {
    for (const { id } of await world.ledger.ofCase(caseId)) await world.ledger.postpone(id, null);
  }
  return tale;
}
