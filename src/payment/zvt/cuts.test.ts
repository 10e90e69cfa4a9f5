import assert from 'node:assert/strict';
import test from 'node:test';
import type { Activity, Behaviour } from '#sandbox/payment-terminal';
import { eventually } from '#test/eventually';
import type { LastCardPayment } from '../card-terminal.ts';
import { assertAgreed, NEVER, openTill, type Payer, payer, type Till } from './zvt.fixture.ts';

const AMOUNT = 2_000;
const BACK_AFTER_MS = 15;

/** Command, four words, status information, receipt, completion: each with its answer. */
const PAYMENT = 16;
/** Command, four words, status information, the word that it reverses, abort. */
const REFUSED_PAYMENT = 16;
/** Command, status information, receipt, completion. */
const REPORT = 8;

type Cut = NonNullable<Behaviour['cut']>;

/** Cuts at each of so many messages, one after the other; that there are no more of them is checked, too. */
async function atEveryMessage(
  { during, what, count }: { during: Activity; what: Cut['what']; count: number },
  work: (till: Till, at: number) => Promise<void>,
): Promise<void> {
  for (let at = 0; at <= count; at += 1) {
    const till = await openTill({ course: 'approve', cut: { what, at, during, backAfterMs: BACK_AFTER_MS } });
    const isCut = async (): Promise<boolean> => till.stand.behaviour().cut === undefined;
    try {
      await work(till, at);
      if (at < count) await eventually(`a cut at message ${at}`, isCut);
      else {
        // Answered after everything before it.
        await till.client.ready();
        assert.equal(await isCut(), false, 'there are more messages than were tried');
      }
    } finally {
      await till.stop();
    }
  }
}

const refuses = (): Payer => payer(() => Promise.reject(new Error('the database is away')));

for (const what of ['connection', 'power'] as const) {
  test(`a payment with a ${what} cut at every message is paid once and written down, or not charged`, async () => {
    const seen = new Set<string>();
    await atEveryMessage({ during: 'pay', what, count: PAYMENT }, async (till) => {
      const by = payer();
      const outcome = await till.client.pay(AMOUNT, by, NEVER);
      await assertAgreed(outcome, till, by);
      seen.add(outcome.outcome);
    });
    assert.deepEqual([...seen].sort(), ['notPaid', 'paid']);
  });

  test(`a payment that cannot be written down is never charged, with a ${what} cut at any message`, async () => {
    await atEveryMessage({ during: 'pay', what, count: REFUSED_PAYMENT }, async (till) => {
      const by = refuses();
      const outcome = await till.client.pay(AMOUNT, by, NEVER);
      assert.equal(outcome.outcome, 'notPaid');
      await assertAgreed(outcome, till, by);
    });
  });

  test(`the payment before, of the same amount, is left alone by a ${what} cut at any message`, async () => {
    const till = await openTill();
    for (let at = 0; at < PAYMENT; at += 1) {
      till.stand.behave('approve');
      const before = await till.client.pay(AMOUNT, payer(), NEVER);
      assert.ok(before.outcome === 'paid');
      till.stand.behave({ course: 'approve', cut: { what, at, backAfterMs: BACK_AFTER_MS } });
      const outcome = await till.client.pay(AMOUNT, refuses(), NEVER);
      assert.equal(outcome.outcome, 'notPaid');
      const { receiptNumber } = before.payment;
      const entry = till.stand.ledger().find((one) => one.receiptNumber === receiptNumber);
      assert.equal(entry?.state, 'paid', `cut at message ${at}`);
    }
    await till.stop();
  });

  test(`a reversal with a ${what} cut at every message is done, once`, async () => {
    await atEveryMessage({ during: 'reverse', what, count: REPORT }, async (till) => {
      const outcome = await till.client.pay(AMOUNT, payer(), NEVER);
      assert.ok(outcome.outcome === 'paid');
      assert.equal(await till.client.reverse(outcome.payment), 'reversed');
      assert.deepEqual(
        till.stand.ledger().map(({ state }) => state),
        ['reversed'],
      );
    });
  });
}

test('registration and the question before a payment survive a lost connection', async () => {
  for (const [during, count] of [
    ['register', 4],
    ['last', 4],
  ] as const) {
    await atEveryMessage({ during, what: 'connection', count }, async (till, at) => {
      const by = payer();
      const outcome = await till.client.pay(AMOUNT, by, NEVER);
      // The last answer is lost unnoticed: the next to find out may be the payment itself.
      if (at < count - 1) assert.equal(outcome.outcome, 'paid');
      await assertAgreed(outcome, till, by);
    });
  }
});

for (const what of ['connection', 'power'] as const) {
  test(`an end of day with a ${what} cut at every message: every cent in one day, and in no other`, async () => {
    await atEveryMessage({ during: 'endOfDay', what, count: REPORT }, async (till) => {
      await till.client.pay(AMOUNT, payer(), NEVER);
      await till.client.pay(AMOUNT + 1, payer(), NEVER);
      assert.deepEqual(await till.client.endOfDay(), { totalCents: 2 * AMOUNT + 1, count: 2 });
      assert.deepEqual(await till.client.endOfDay(), { totalCents: 0, count: 0 });
    });
  });
}

/** Asks for the last transaction; a terminal that has just come back may be busy with its own reversal. */
async function lastOnceIdle({ client }: Till): Promise<LastCardPayment | 'none'> {
  let last: LastCardPayment | 'none' = 'none';
  await eventually('the terminal is idle', async () => {
    if ((await client.ready()) !== 'ready') return false;
    last = await client.last();
    return true;
  });
  return last;
}

test('a terminal that stays away leaves the payment unknown; once it is back, asking brings the truth', async () => {
  for (const at of ['afterApproval', 12, 13, 14] as const) {
    const till = await openTill({ course: 'approve', cut: { what: 'power', at } }, { resolveMs: 60 });
    const by = payer();
    const outcome = await till.client.pay(AMOUNT, by, NEVER);
    assert.deepEqual(outcome, { outcome: 'unknown' });
    till.stand.powerOn();
    const last = await lastOnceIdle(till);
    const state = till.stand.ledger()[0]?.state;
    const charged = last !== 'none' && last.reverses === undefined;
    assert.equal(charged, state === 'paid');
    if (charged) assert.equal(by.written.length, 1);
    await till.stop();
  }
});
