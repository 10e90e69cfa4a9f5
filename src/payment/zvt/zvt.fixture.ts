import assert from 'node:assert/strict';
import {
  type Behaviour,
  type BehaviourName,
  type DeviceTimes,
  PASSWORD,
  type RunningPaymentTerminal,
  startPaymentTerminal,
} from '#sandbox/payment-terminal';
import { eventually } from '#test/eventually';
import type { CardOutcome, CardPayment, CardStatus, CardTerminal } from '../card-terminal.ts';
import type { ZvtTimes } from './options.ts';
import { createZvtTerminal } from './terminal.ts';

/** Short where something is to be waited for; where nothing should have to be, as long as it really is. */
const QUICK: ZvtTimes = {
  connectMs: 5_000,
  answerMs: 5_000,
  silenceMs: 5_000,
  patienceMs: 150,
  resolveMs: 10_000,
  retryMs: 5,
};
const QUICK_DEVICE: DeviceTimes = { paceMs: 0, customerMs: 20, answerMs: 5_000, repeatMs: 5, settleMs: 10 };

export interface Till {
  stand: RunningPaymentTerminal;
  client: CardTerminal;
  stop(): Promise<void>;
}

/** A stand-in and a client connected to it. */
export async function openTill(
  behaviour: Behaviour | BehaviourName = 'approve',
  times: Partial<ZvtTimes> = {},
  device: Partial<DeviceTimes> = {},
): Promise<Till> {
  const stand = await startPaymentTerminal({ port: 0, times: { ...QUICK_DEVICE, ...device } });
  stand.behave(behaviour);
  const client = clientOf(stand, times);
  return {
    stand,
    client,
    stop: async () => {
      await client.close();
      await stand.stop();
    },
  };
}

export function clientOf(at: { host: string; port: number }, times: Partial<ZvtTimes> = {}): CardTerminal {
  return createZvtTerminal({
    host: at.host,
    port: at.port,
    password: PASSWORD,
    times: { ...QUICK, ...times },
  });
}

/** Someone who pays: writes down what is to be written down, and what is on the screen. */
export interface Payer {
  words: CardStatus[];
  written: CardPayment[];
  status(word: CardStatus): void;
  commit(payment: CardPayment): Promise<void>;
}

/** @param write what writing down comes to; rejects for a database that is away */
export function payer(write: () => Promise<void> = async () => {}): Payer {
  const words: CardStatus[] = [];
  const written: CardPayment[] = [];
  return {
    words,
    written,
    status: (word) => words.push(word),
    commit: async (payment) => {
      await write();
      written.push(payment);
    },
  };
}

export const NEVER = new AbortController().signal;

/** Paid, once and with this number, or nothing charged at all: what the client says and what the bank has is the same. */
export async function assertAgreed(
  outcome: CardOutcome,
  { stand }: Pick<Till, 'stand'>,
  { written }: Payer,
): Promise<void> {
  // The terminal's own reversal may still be under way when the client knows enough.
  await eventually('the bank has nothing in the air', async () =>
    stand.ledger().every(({ state }) => state !== 'authorised'),
  );
  const charged = stand.ledger().filter(({ state }) => state === 'paid');
  assert.notEqual(outcome.outcome, 'unknown');
  if (outcome.outcome !== 'paid') {
    assert.deepEqual(charged, [], 'charged, but said not to be paid');
    return;
  }
  assert.equal(written.length, 1, 'paid, but not written down once');
  assert.equal(charged.length, 1, 'not charged once');
  const { receiptNumber, trace, amountCents } = outcome.payment;
  const [entry] = charged;
  assert.deepEqual(
    { receiptNumber, trace, amountCents },
    { receiptNumber: entry?.receiptNumber, trace: entry?.trace, amountCents: entry?.amountCents },
  );
  assert.equal(written[0]?.receiptNumber, receiptNumber);
}
