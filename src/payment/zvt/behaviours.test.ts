import assert from 'node:assert/strict';
import test from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import type { Behaviour, BehaviourName } from '#sandbox/payment-terminal';
import type { CardOutcome } from '../card-terminal.ts';
import { assertAgreed, clientOf, NEVER, openTill, type Payer, payer, type Till } from './zvt.fixture.ts';

const AMOUNT = 1_300;

/** Pays once at a terminal of that behaviour. */
async function payOnce(
  behaviour: Behaviour | BehaviourName,
  work: (outcome: CardOutcome, till: Till, by: Payer) => Promise<void> | void,
  by = payer(),
): Promise<void> {
  const till = await openTill(behaviour);
  try {
    const outcome = await till.client.pay(AMOUNT, by, NEVER);
    await assertAgreed(outcome, till, by);
    await work(outcome, till, by);
  } finally {
    await till.stop();
  }
}

test('an approved payment is written down, final, and has its receipt', async () => {
  await payOnce('approve', (outcome, till, by) => {
    assert.equal(outcome.outcome, 'paid');
    if (outcome.outcome !== 'paid') return;
    assert.equal(outcome.payment.amountCents, AMOUNT);
    assert.equal(outcome.payment.terminalId, '29000910');
    assert.equal(outcome.payment.cardName, 'girocard');
    assert.equal(outcome.payment.maskedPan, '**** 4711');
    assert.ok(outcome.payment.receipt.includes('EUR 13,00'));
    assert.deepEqual(by.words, ['insertCard', 'enterPin', 'pleaseWait', 'removeCard']);
    assert.equal(till.stand.ledger().length, 1);
  });
});

test('a payment is written down while the bank still only holds the money', async () => {
  const till = await openTill();
  const states: string[] = [];
  const by = payer(async () => {
    states.push(...till.stand.ledger().map(({ state }) => state));
  });
  await till.client.pay(AMOUNT, by, NEVER);
  assert.deepEqual(states, ['authorised']);
  assert.deepEqual(
    till.stand.ledger().map(({ state }) => state),
    ['paid'],
  );
  await till.stop();
});

for (const [behaviour, reason] of [
  ['decline', 'declined'],
  ['wrongPin', 'wrongPin'],
  ['abortedByCustomer', 'aborted'],
  ['timeOut', 'aborted'],
  ['printerNotReady', 'printer'],
] as const) {
  test(`${behaviour}: nothing is charged, and the screen can say why`, async () => {
    await payOnce(behaviour, (outcome, till, by) => {
      assert.deepEqual(outcome, { outcome: 'notPaid', reason });
      assert.deepEqual(till.stand.ledger(), []);
      assert.deepEqual(by.written, []);
    });
  });
}

test('the connection is lost before the bank said yes: nothing is charged, and the next payment goes through', async () => {
  await payOnce('connectionLostBeforeApproval', async (outcome, till) => {
    assert.deepEqual(outcome, { outcome: 'notPaid', reason: 'unreachable' });
    assert.equal((await till.client.pay(AMOUNT, payer(), NEVER)).outcome, 'paid');
  });
});

test('the connection is lost after the bank said yes: the money goes back', async () => {
  await payOnce('connectionLostAfterApproval', (outcome, till, by) => {
    assert.deepEqual(outcome, { outcome: 'notPaid', reason: 'unreachable' });
    assert.deepEqual(
      till.stand.ledger().map(({ state }) => state),
      ['reversed'],
    );
    assert.deepEqual(by.written, []);
  });
});

for (const delivery of ['fragmented', 'late'] as const) {
  test(`messages that come ${delivery} change nothing, however often`, async () => {
    await payOnce({ course: 'approve', delivery }, async (outcome, till) => {
      assert.equal(outcome.outcome, 'paid');
      assert.equal((await till.client.pay(250, payer(), NEVER)).outcome, 'paid');
      assert.notEqual(await till.client.last(), 'none');
    });
  });
}

for (const lie of [{ amountCents: 1 }, { amountCents: AMOUNT * 10 }, { currency: 756 }]) {
  test(`a payment of something else (${JSON.stringify(lie)}) is never accepted`, async () => {
    await payOnce({ course: 'approve', lie }, (outcome, till, by) => {
      assert.deepEqual(outcome, { outcome: 'notPaid', reason: 'failed' });
      assert.deepEqual(by.written, []);
      assert.equal(till.stand.ledger()[0]?.state, 'reversed');
    });
  });
}

test('what cannot be written down is not charged', async () => {
  const by = payer(() => Promise.reject(new Error('the database is away')));
  await payOnce(
    'approve',
    (outcome, till) => {
      assert.deepEqual(outcome, { outcome: 'notPaid', reason: 'failed' });
      assert.equal(till.stand.ledger()[0]?.state, 'reversed');
    },
    by,
  );
});

test('writing down may take longer than the terminal waits: it is asked to wait, and written once', async () => {
  const till = await openTill('approve', { patienceMs: 10 });
  const open = Promise.withResolvers<void>();
  let asked = 0;
  const by = payer(() => {
    asked += 1;
    setTimeout(open.resolve, 100);
    return open.promise;
  });
  const outcome = await till.client.pay(AMOUNT, by, NEVER);
  assert.equal(outcome.outcome, 'paid');
  assert.equal(asked, 1);
  await assertAgreed(outcome, till, by);
  await till.stop();
});

test('writing down that never ends is not waited for for ever, and not charged', async () => {
  const till = await openTill('approve', { patienceMs: 10, silenceMs: 300 });
  const by = payer(() => new Promise(() => {}));
  const outcome = await till.client.pay(AMOUNT, by, NEVER);
  assert.deepEqual(outcome, { outcome: 'notPaid', reason: 'failed' });
  await assertAgreed(outcome, till, by);
  await till.stop();
});

test('an abort from the screen, at any moment, leaves no money behind that nobody has written down', async () => {
  let tooLate = 0;
  let obeyed = 0;
  // Later and later, until the abort has come too late a few times.
  for (let turns = 0; tooLate < 3; turns += 4) {
    assert.ok(turns < 10_000, 'no payment ever comes to its end');
    const till = await openTill();
    await till.client.ready();
    const screen = new AbortController();
    const by = payer();
    const paying = till.client.pay(AMOUNT, by, screen.signal);
    for (let index = 0; index < turns; index += 1) await turn();
    screen.abort();
    const outcome = await paying;
    await assertAgreed(outcome, till, by);
    if (outcome.outcome === 'paid') tooLate += 1;
    else {
      obeyed += 1;
      assert.deepEqual(outcome, { outcome: 'notPaid', reason: 'aborted' });
    }
    await till.stop();
  }
  assert.ok(obeyed > 3);
});

for (const word of ['insertCard', 'enterPin', 'pleaseWait', 'removeCard'] as const) {
  test(`an abort from the screen while it says "${word}" is obeyed`, async () => {
    const till = await openTill();
    const screen = new AbortController();
    const by = payer();
    const on = { ...by, status: (said: string) => said === word && screen.abort() };
    const outcome = await till.client.pay(AMOUNT, on, screen.signal);
    assert.deepEqual(outcome, { outcome: 'notPaid', reason: 'aborted' });
    await assertAgreed(outcome, till, by);
    assert.deepEqual(by.written, []);
    await till.stop();
  });
}

test('an abort from the screen ends the waiting for a card at once', { timeout: 20_000 }, async () => {
  const till = await openTill('timeOut', { silenceMs: 60_000 }, { customerMs: 60_000 });
  const screen = new AbortController();
  const on = { ...payer(), status: () => screen.abort() };
  const outcome = await till.client.pay(AMOUNT, on, screen.signal);
  assert.deepEqual(outcome, { outcome: 'notPaid', reason: 'aborted' });
  await till.stop();
});

test('a payment may take longer than the silence allowed between two messages', async () => {
  const till = await openTill('approve', { silenceMs: 900 }, { paceMs: 300 });
  const by = payer();
  const outcome = await till.client.pay(AMOUNT, by, NEVER);
  assert.equal(outcome.outcome, 'paid');
  await assertAgreed(outcome, till, by);
  await till.stop();
});

test('an abort from the screen comes too late once the payment is being written down', async () => {
  const till = await openTill();
  const screen = new AbortController();
  const by = payer(async () => screen.abort());
  const outcome = await till.client.pay(AMOUNT, by, screen.signal);
  assert.equal(outcome.outcome, 'paid');
  await assertAgreed(outcome, till, by);
  await till.stop();
});

test('one thing at a time: a second payment is told that the terminal is busy', async () => {
  const till = await openTill();
  const first = till.client.pay(AMOUNT, payer(), NEVER);
  assert.deepEqual(await till.client.pay(AMOUNT, payer(), NEVER), { outcome: 'notPaid', reason: 'busy' });
  assert.equal(await till.client.ready(), 'busy');
  assert.equal((await first).outcome, 'paid');
  assert.equal(await till.client.ready(), 'ready');
  assert.equal(till.stand.ledger().length, 1);
  await till.stop();
});

test('the last transaction: none, a payment, the same after a restart of the client, its reversal', async () => {
  const till = await openTill();
  assert.equal(await till.client.last(), 'none');
  const outcome = await till.client.pay(AMOUNT, payer(), NEVER);
  assert.ok(outcome.outcome === 'paid');
  const { payment } = outcome;
  await till.client.close();
  const client = clientOf(till.stand);
  assert.deepEqual(await client.last(), { ...payment, reverses: undefined });
  assert.equal(await client.reverse(payment), 'reversed');
  const last = await client.last();
  assert.ok(last !== 'none');
  assert.equal(last.reverses, payment.trace);
  assert.equal(till.stand.ledger()[0]?.state, 'reversed');
  await client.close();
  await till.stop();
});

test('a reversal: once, never of another amount or an unknown receipt', async () => {
  const till = await openTill();
  const outcome = await till.client.pay(AMOUNT, payer(), NEVER);
  assert.ok(outcome.outcome === 'paid');
  const { receiptNumber } = outcome.payment;
  assert.equal(await till.client.reverse({ receiptNumber, amountCents: AMOUNT + 1 }), 'refused');
  assert.equal(await till.client.reverse({ receiptNumber: 4_711, amountCents: AMOUNT }), 'refused');
  assert.equal(till.stand.ledger()[0]?.state, 'paid');
  assert.equal(await till.client.reverse({ receiptNumber, amountCents: AMOUNT }), 'reversed');
  assert.equal(await till.client.reverse({ receiptNumber, amountCents: AMOUNT }), 'alreadyReversed');
  await till.stop();
});

test('the end of day adds up to the cent, and begins anew', async () => {
  const till = await openTill();
  for (const cents of [1_300, 2_000, 999]) await till.client.pay(cents, payer(), NEVER);
  const last = await till.client.last();
  assert.ok(last !== 'none');
  await till.client.reverse(last);
  till.stand.behave('decline');
  await till.client.pay(5_000, payer(), NEVER);
  assert.deepEqual(await till.client.endOfDay(), { totalCents: 3_300, count: 2 });
  assert.deepEqual(await till.client.endOfDay(), { totalCents: 0, count: 0 });
  await till.stop();
});

test('a terminal that is off is unreachable, and ready again when power is back', async () => {
  const till = await openTill();
  assert.equal(await till.client.ready(), 'ready');
  till.stand.powerOff();
  assert.equal(await till.client.ready(), 'unreachable');
  assert.deepEqual(await till.client.pay(AMOUNT, payer(), NEVER), {
    outcome: 'notPaid',
    reason: 'unreachable',
  });
  await assert.rejects(till.client.last(), { name: /CardTerminalAway|LinkLost/ });
  till.stand.powerOn();
  assert.equal(await till.client.ready(), 'ready');
  await till.stop();
});

test('amounts that no card can pay are refused before anybody is asked', async () => {
  const till = await openTill();
  for (const amount of [0, -1, 1.5, Number.NaN, 1_000_000_000_000]) {
    await assert.rejects(till.client.pay(amount, payer(), NEVER), RangeError);
  }
  await till.stop();
});
