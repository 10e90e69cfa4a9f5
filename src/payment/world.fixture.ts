/**
 * A world for model tests, in memory: a ledger that keeps the rules of the real one, cases, a card terminal and a pay
 * page that each know what money really moved. An office can stop at any named point, as if its power had gone.
 */
import { randomUUID } from 'node:crypto';
import type { CardOutcome, CardPayment, CardTerminal, LastCardPayment } from './card-terminal.ts';
import type { Ledger, Settled } from './ledger.ts';
import { isLive, isOpen, mayMove, type PageState, type PaymentState } from './ledger-rules.ts';
import { type PageTransaction, type PayPage, PayPageError } from './pay-page/client.ts';
import { createTill, type Till } from './till.ts';
import type { Payment } from './types.ts';

export type CaseFate = 'unpaid' | 'new' | 'gone';

/** What the card terminal does with the next payment; `deaf` waits for the customer and hears no abort. */
export type CardMood = 'approve' | 'decline' | 'wait' | 'deaf' | 'lostBefore' | 'lostAfter' | 'away';
/** What the pay page does with the next calls. */
export type PageMood = 'fine' | 'down' | 'answerLost' | 'garbage';

export interface World {
  now: number;
  cases: Map<string, CaseFate>;
  payments: Map<string, Payment>;
  /** Payments that a refund task stands for. */
  tasks: Set<string>;
  card: FakeCard;
  page: FakePage;
  /** The office stops for good after so many steps: calls to the ledger or outside, before or after; 0 for never. */
  crashAfter: number;
  till(): Till;
  /** Another office takes over, as after a restart. */
  restart(): void;
  crashed(): boolean;
  newCase(): string;
  /** Lets so much happen of what is under way; all of it when left out. */
  turn(times?: number): Promise<void>;
}

const AMOUNT = 1_300;

/** A card terminal: approves, asks the office to write it down, and takes the payment back unless it may be final. */
export class FakeCard implements CardTerminal {
  mood: CardMood = 'approve';
  /** Amounts that customers were really charged, by trace number; deleted when given back. */
  readonly charged = new Map<number, number>();
  private trace = 0;
  private latest: LastCardPayment | 'none' = 'none';
  private busy = false;
  private approve: (() => void) | undefined;

  /** The customer, who was waited for, holds the card to the reader. */
  present(): void {
    this.approve?.();
  }

  /** Power off and on: what was not final is given back. */
  reset(): void {
    this.busy = false;
    this.approve = undefined;
  }

  async pay(
    amountCents: number,
    on: Parameters<CardTerminal['pay']>[1],
    signal: AbortSignal,
  ): Promise<CardOutcome> {
    if (this.busy) return { outcome: 'notPaid', reason: 'busy' };
    if (this.mood === 'away') return { outcome: 'notPaid', reason: 'unreachable' };
    if (this.mood === 'decline') return { outcome: 'notPaid', reason: 'declined' };
    this.busy = true;
    on.status('insertCard');
    const mood = this.mood;
    if (mood === 'wait' || mood === 'deaf') {
      const customer = Promise.withResolvers<void>();
      this.approve = customer.resolve;
      signal.addEventListener('abort', () => {
        if (mood === 'wait') customer.reject(new Error('aborted'));
      });
      try {
        await customer.promise;
      } catch {
        this.busy = false;
        return { outcome: 'notPaid', reason: 'aborted' };
      }
    }
    if (mood === 'lostBefore') {
      this.busy = false;
      return { outcome: 'unknown' };
    }
    this.trace += 1;
    const payment: CardPayment = {
      amountCents,
      receiptNumber: this.trace,
      trace: this.trace,
      terminalId: '1',
      cardName: undefined,
      maskedPan: undefined,
      receipt: [],
    };
    try {
      await on.commit(payment);
    } catch {
      this.busy = false;
      return { outcome: 'notPaid', reason: 'failed' };
    }
    this.charged.set(payment.trace, amountCents);
    this.latest = { ...payment, reverses: undefined };
    this.busy = false;
    const receipt = ['Kundenbeleg', '**** 4771'];
    return mood === 'lostAfter'
      ? { outcome: 'unknown' }
      : { outcome: 'paid', payment: { ...payment, receipt } };
  }

  async last(): Promise<LastCardPayment | 'none'> {
    if (this.mood === 'away' || this.busy) throw new Error('away');
    return this.latest;
  }

  async reverse(payment: Pick<CardPayment, 'receiptNumber'>): Promise<'reversed' | 'alreadyReversed'> {
    return this.charged.delete(payment.receiptNumber) ? 'reversed' : 'alreadyReversed';
  }

  async endOfDay(): Promise<{ totalCents: number; count: number }> {
    return { totalCents: [...this.charged.values()].reduce((a, b) => a + b, 0), count: this.charged.size };
  }

  async ready(): Promise<'ready'> {
    return 'ready';
  }

  async close(): Promise<void> {}
}

/** A pay page: the same request is the same transaction, and only the customer decides. */
export class FakePage implements PayPage {
  mood: PageMood = 'fine';
  readonly transactions = new Map<string, { requestId: string; amountCents: number; state: PageState }>();
  /** Addresses that an office has shown to somebody. */
  readonly shown = new Set<string>();

  private told(id: string): PageTransaction {
    const found = this.transactions.get(id);
    if (!found) throw new PayPageError('refused');
    const address = found.state === 'INITIAL' ? `https://pay.example/${id}` : undefined;
    return { id, ...found, address };
  }

  private trouble(): void {
    if (this.mood === 'down') throw new PayPageError('unreachable');
    if (this.mood === 'garbage') throw new PayPageError('garbage');
  }

  async create({ requestId, amountCents }: Parameters<PayPage['create']>[0]): Promise<PageTransaction> {
    this.trouble();
    const id = `t-${requestId}`;
    if (!this.transactions.has(id)) this.transactions.set(id, { requestId, amountCents, state: 'INITIAL' });
    if (this.mood === 'answerLost') throw new PayPageError('unreachable');
    return this.told(id);
  }

  async get(id: string): Promise<PageTransaction> {
    this.trouble();
    return this.told(id);
  }

  async status(id: string): Promise<PageState> {
    return (await this.get(id)).state;
  }

  /** The customer on a page that was shown. */
  decide(state: PageState): void {
    for (const [id, transaction] of this.transactions) {
      if (this.shown.has(id) && transaction.state === 'INITIAL') transaction.state = state;
    }
  }
}

/** The rules of the real ledger without a database: every call is one step that nobody interrupts. */
function memoryLedger(world: Pick<World, 'now' | 'cases' | 'payments' | 'tasks'>): Ledger {
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
      if (payment?.way !== way || payment.terminal !== terminal) return 'no';
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
    settle: async (id, card) => settle(id, card),
    reverse: async (id, by) => move(id, 'reversed', { reversedBy: by, reversedAt: at(), settledAt: at() }),
    async postpone(id, due) {
      const state = payments.get(id)?.state;
      if (state === 'pending' || state === 'unknown' || state === 'failed') change(id, { dueAt: due });
    },
    claimDue: async (most) => [...payments.values()].filter(isDue).slice(0, most).map(claim),
    async claim(id) {
      const payment = payments.get(id);
      return payment && isDue(payment) ? claim(payment) : undefined;
    },
    isKnown: async (payment, last) =>
      [...payments.values()].some((one) => one.id !== payment.id && one.trace === last.trace),
    cardReceipt: async () => undefined,
  };
}

function fresh(caseId: string, id: string, at: Date, changes: Partial<Payment> = {}): Payment {
  return {
    id,
    caseId,
    reference: caseId,
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

/** More turns of the event loop than anything here takes. */
const TURNS = 120;

/** Every call to `target` passes `step` before and after it, as every call to somebody outside can be the last one. */
function stepping<T extends object>(target: T, step: () => Promise<void>): T {
  return new Proxy(target, {
    get(from, name) {
      const value: unknown = Reflect.get(from, name);
      if (typeof value !== 'function') return value;
      return async (...given: unknown[]): Promise<unknown> => {
        await step();
        const result: unknown = await Reflect.apply(value, from, given);
        await step();
        return result;
      };
    },
  });
}

export function newWorld(): World {
  let office = 0;
  let dead = false;
  const openTill = (): Till => {
    office += 1;
    dead = false;
    world.crashAfter = 0;
    const self = office;
    const step = async (): Promise<void> => {
      if (self === office && world.crashAfter > 0) {
        world.crashAfter -= 1;
        if (world.crashAfter === 0) dead = true;
      }
      // Whoever stops here has stopped for good; a later office is another one.
      if (self !== office || dead) await new Promise(() => {});
    };
    return createTill({
      clock: { now: () => new Date(world.now) },
      ledger: stepping(memoryLedger(world), step),
      cases: { discardUnpaid: async (id) => discard(world, id) },
      cardTerminal: () => stepping(world.card, step),
      page: stepping(world.page, step),
      wake() {},
      log: { warn() {} },
    });
  };
  const world = {
    now: 1_000_000,
    cases: new Map<string, CaseFate>(),
    payments: new Map<string, Payment>(),
    tasks: new Set<string>(),
    card: new FakeCard(),
    page: new FakePage(),
    crashAfter: 0,
    crashed: () => dead,
    newCase() {
      const id = randomUUID();
      world.cases.set(id, 'unpaid');
      const payment = fresh(id, randomUUID(), new Date(world.now));
      world.payments.set(payment.id, payment);
      return id;
    },
    async turn(times = TURNS) {
      for (let turn = 0; turn < times; turn += 1) await null;
    },
  };
  let till = openTill();
  return Object.assign(world, {
    till: () => till,
    restart() {
      world.card.reset();
      till = openTill();
    },
  });
}

function discard(world: Pick<World, 'cases' | 'payments'>, caseId: string): boolean {
  const mine = [...world.payments.values()].filter((one) => one.caseId === caseId);
  if (world.cases.get(caseId) !== 'unpaid') return false;
  if (mine.some(({ state, stray }) => isOpen(state) || (state === 'paid' && !stray))) return false;
  for (const payment of mine) {
    if (payment.state === 'intended') world.payments.set(payment.id, { ...payment, state: 'failed' });
  }
  world.cases.set(caseId, 'gone');
  return true;
}
