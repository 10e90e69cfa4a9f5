/** A ledger without a database, for thousands of histories a second. */
import { randomUUID } from 'node:crypto';
import type { CardPayment } from './card-terminal.ts';
import type { Ledger } from './ledger.ts';
import { isLive, isOpen, mayMove, type PaymentState } from './ledger-rules.ts';
import type { Settled } from './ledger-steps.ts';
import type { Payment } from './types.ts';

export type CaseFate = 'unpaid' | 'new' | 'gone';

/** What is remembered while offices come and go. */
export interface Memory {
  now: number;
  cases: Map<string, CaseFate>;
  payments: Map<string, Payment>;
  /** Payments that a refund task stands for. */
  tasks: Set<string>;
}

const AMOUNT = 1_300;

/** The rules of the real ledger without a database: every call is one step that nobody interrupts. */
export function memoryLedger(world: Memory): Ledger {
  const { payments, cases } = world;
  const at = (): Date => new Date(world.now);
  const after = (ms: number): Date => new Date(world.now + ms);
  const ofCase = (caseId: string): Payment[] => [...payments.values()].filter((one) => one.caseId === caseId);
  const change = (id: string, columns: Partial<Payment>): void => {
    const payment = payments.get(id);
    if (payment) payments.set(id, { ...payment, ...columns });
  };
  const move = (id: string, to: PaymentState, columns: Partial<Payment> = {}): boolean => {
    const payment = payments.get(id);
    if (!payment || !mayMove(payment.state, to)) return false;
    change(id, { dueAt: null, reason: null, ...columns, state: to, updatedAt: at() });
    return true;
  };
  const settle = (id: string, card?: CardPayment): Settled => {
    const payment = payments.get(id);
    if (!payment) return 'none';
    if (payment.state === 'paid') return payment.stray ? 'stray' : 'attached';
    const others = ofCase(payment.caseId).filter((other) => other.id !== id);
    if (others.some(({ state }) => isOpen(state))) {
      change(id, { dueAt: after(5_000) });
      return 'later';
    }
    const waits = cases.get(payment.caseId) === 'unpaid';
    const idle = others.find(({ state }) => state === 'intended');
    if (waits && idle) move(idle.id, 'failed', { reason: 'superseded' });
    const trace = card ? { trace: card.trace, receiptNumber: card.receiptNumber } : {};
    if (!move(id, 'paid', { ...trace, settledAt: at(), stray: !waits })) return 'none';
    if (waits) cases.set(payment.caseId, 'new');
    else world.tasks.add(id);
    return waits ? 'attached' : 'stray';
  };
  const claim = (payment: Payment): Payment => {
    change(payment.id, { dueAt: after(30_000) });
    return payments.get(payment.id) ?? payment;
  };
  const isDue = ({ dueAt }: Payment): boolean => dueAt !== null && dueAt.getTime() <= world.now;

  return {
    find: async (id) => payments.get(id),
    ofCase: async (caseId) => ofCase(caseId),
    openAt: async (terminal) =>
      [...payments.values()].find(
        (one) => one.way === 'card' && one.terminal === terminal && isOpen(one.state),
      ),
    async choose(caseId, way, place) {
      const mine = ofCase(caseId);
      const live = mine.find(({ state, stray }) => isLive(state) && !stray);
      const waits = cases.get(caseId) === 'unpaid';
      if (live && (live.state !== 'intended' || !waits)) return live;
      const latest = mine.at(-1);
      if (!waits || !latest) return undefined;
      const id = live?.id ?? randomUUID();
      payments.set(id, live ? { ...live, way, ...place } : fresh(caseId, id, at(), { way, ...place }));
      return payments.get(id);
    },
    async start(id, way, terminal) {
      const payment = payments.get(id);
      if (payment?.way !== way || payment.terminal !== (terminal ?? payment.terminal)) return 'no';
      const other = [...payments.values()].some(
        (one) => one.way === 'card' && one.terminal === payment?.terminal && isOpen(one.state),
      );
      if (payment?.state === 'intended' && payment.way === 'card' && other) return 'busy';
      return payment?.state === 'intended' && move(id, 'pending', { dueAt: after(20_000) })
        ? 'started'
        : 'no';
    },
    async beat(id) {
      if (payments.get(id)?.state === 'pending') change(id, { dueAt: after(20_000) });
    },
    async note(id, card) {
      const payment = payments.get(id);
      if (payment?.state !== 'pending' || payment.givenUpAt) return false;
      if (card.amountCents !== payment.amountCents) return false;
      change(id, { trace: card.trace, receiptNumber: card.receiptNumber, dueAt: after(20_000) });
      return true;
    },
    async link(id, externalId) {
      const payment = payments.get(id);
      if (payment?.state !== 'pending' || payment.givenUpAt) return false;
      change(id, { externalId, updatedAt: at() });
      return true;
    },
    async giveUp(id) {
      const payment = payments.get(id);
      if (payment?.state === 'intended') move(id, 'failed', { reason: 'givenUp' });
      else if (payment && isOpen(payment.state) && payment.receiptNumber === null) {
        change(id, { givenUpAt: at() });
      }
      return payments.get(id);
    },
    fail: async ({ id, externalId }, reason, watch) =>
      payments.get(id)?.externalId === externalId && move(id, 'failed', { reason, dueAt: watch ?? null }),
    async doubt(id, reason, due) {
      if (!move(id, 'unknown', { reason, dueAt: due ?? at() }) && payments.get(id)?.state === 'unknown') {
        change(id, { reason });
      }
    },
    async reopen(id, due) {
      const payment = payments.get(id);
      if (payment?.way !== 'page' || payment.state !== 'unknown') return false;
      return move(id, 'pending', { dueAt: due });
    },
    settle: async (id, card) => settle(id, card),
    reverse: async (id, by, { receiptNumber, trace }) =>
      move(id, 'reversed', {
        ...{ receiptNumber, trace, reversedBy: by, reversedAt: at() },
        ...{ settledAt: payments.get(id)?.settledAt ?? at(), reason: payments.get(id)?.reason ?? null },
      }),
    async postpone(id, due) {
      const state = payments.get(id)?.state;
      if (state === 'pending' || state === 'unknown' || state === 'failed') change(id, { dueAt: due });
    },
    claimDue: async (most) =>
      [...payments.values()]
        .filter(isDue)
        .sort((one, other) => Number(one.dueAt) - Number(other.dueAt))
        .slice(0, most)
        .map(claim),
    async claim(id) {
      const payment = payments.get(id);
      return payment && isDue(payment) ? claim(payment) : undefined;
    },
    isKnown: async (payment, last) =>
      [...payments.values()].some(
        (one) =>
          one.id !== payment.id &&
          one.terminal === payment.terminal &&
          one.trace === last.trace &&
          one.receiptNumber === last.receiptNumber,
      ),
    cardReceipt: async () => undefined,
    forgetReceipts: async () => 0,
  };
}

/** A case that has to be paid for, with its first payment. @returns its id */
export function newCase(world: Memory): string {
  const id = randomUUID();
  world.cases.set(id, 'unpaid');
  const payment = fresh(id, randomUUID(), new Date(world.now));
  world.payments.set(payment.id, payment);
  return id;
}

/** Removes a case that nobody paid for. @returns false when money may have moved, or it waits no longer */
export function discard(world: Memory, caseId: string): boolean {
  const mine = [...world.payments.values()].filter((one) => one.caseId === caseId);
  if (world.cases.get(caseId) !== 'unpaid') return false;
  if (mine.some(({ state, stray }) => isOpen(state) || (state === 'paid' && !stray))) return false;
  for (const payment of mine) {
    if (payment.state !== 'intended') continue;
    const updatedAt = new Date(world.now);
    world.payments.set(payment.id, {
      ...payment,
      state: 'failed',
      reason: 'givenUp',
      dueAt: null,
      updatedAt,
    });
  }
  world.cases.set(caseId, 'gone');
  return true;
}

/** A payment as it is first written down. */
function fresh(caseId: string, id: string, at: Date, changes: Partial<Payment> = {}): Payment {
  return {
    id,
    caseId,
    caseNumber: caseId,
    service: 's',
    office: 'o',
    language: 'de',
    way: null,
    site: 's',
    terminal: null,
    amountCents: AMOUNT,
    state: 'intended',
    stray: false,
    externalId: null,
    receiptNumber: null,
    trace: null,
    reason: null,
    reversedBy: null,
    givenUpAt: null,
    dueAt: null,
    createdAt: at,
    updatedAt: at,
    settledAt: null,
    reversedAt: null,
    ...changes,
  };
}
