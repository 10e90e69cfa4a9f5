/**
 * Taking money: begins payments, listens to card terminal and pay page, and looks after payments that nobody finished.
 * What is done outside is written down before and after.
 */
import type { CardListener, CardOutcome, CardPayment, CardStatus, CardTerminal } from './card-terminal.ts';
import { LEASE_MS } from './ledger.ts';
import { isLive, isOpen, isWatched } from './ledger-rules.ts';
import type { AskedAt } from './ledger-steps.ts';
import { PayPageError } from './pay-page/client.ts';
import type { Item, PageTransaction } from './pay-page/shapes.ts';
import type { CrashPoint } from './ports.ts';
import { createRecovery } from './recovery.ts';
import type { TillDeps } from './till-deps.ts';
import type { CardStart, PageStart, Payment, PaymentProgress, PayPoint, Way } from './types.ts';

/** What a pay page is told; nothing of it is about the person. */
export interface PageOrder {
  /** Address of this office that the page leads back to; it proves nothing. */
  returnUrl: string;
  /** Name of the service, for the page and the bank statement's reader. */
  description: string;
  items?: readonly Item[];
}

export interface Till {
  /**
   * Chooses how to pay for a case; may be called again with another way until one has begun. A payment of the case that
   * is under way or done is given back instead.
   * @returns undefined when no case of that id waits for a payment, or for a card without a terminal to stand at
   */
  begin(caseId: string, way: Way, place: PayPoint): Promise<Payment | undefined>;
  /** Begins to take a card payment; it goes on in the background, see {@link Till.progress}. */
  payByCard(paymentId: string): Promise<CardStart>;
  /** Opens the pay page, or finds the one that is open. */
  payByPage(paymentId: string, order: PageOrder): Promise<PageStart>;
  /** What a screen shows, without asking anybody outside. */
  progress(paymentId: string): Promise<PaymentProgress | undefined>;
  /** The same after asking card terminal or pay page, where nobody here is listening to them; also a page that was given up. */
  ask(paymentId: string): Promise<PaymentProgress | undefined>;
  /** The person wants to stop this payment, and perhaps pay another way. Too late once it is approved. */
  abort(paymentId: string): Promise<PaymentProgress | undefined>;
  /**
   * The person leaves without having paid: stops what is under way, asks pages that were given up, and removes the case as soon as
   * that is safe.
   */
  leave(caseId: string): Promise<void>;
  ofCase(caseId: string): Promise<Payment[]>;
  /**
   * Looks after payments that are due, on every node, again and again.
   * @param where only those that are asked about there; left out: all
   * @returns how many
   */
  recover(where?: AskedAt): Promise<number>;
  /** Waits until no card payment is under way here, stopping those that can be stopped. */
  close(): Promise<void>;
}

const BEAT_MS = LEASE_MS / 4;
const BATCH = 20;
const PURPOSE = 'Gebuehr';

interface Running {
  stop: AbortController;
  status: CardStatus | undefined;
  done: Promise<void>;
}

/** The terminal asks to make a payment final that is no longer wanted. It takes it back then. */
class NotWantedError extends Error {
  constructor() {
    super('this payment is not wanted any more');
    this.name = 'NotWantedError';
  }
}

export function createTill(deps: TillDeps): Till {
  const { ledger, log } = deps;
  const running = new Map<string, Running>();
  const asking = new Map<string, Promise<void>>();
  const at = async (point: CrashPoint): Promise<void> => deps.at?.(point);
  const recovery = createRecovery(deps, at, stop);

  async function stop(id: string): Promise<Payment | undefined> {
    const payment = await ledger.giveUp(id);
    running.get(id)?.stop.abort();
    return payment;
  }

  const progressOf = (payment: Payment): PaymentProgress => ({
    id: payment.id,
    caseId: payment.caseId,
    service: payment.service,
    state: payment.state,
    way: payment.way,
    amountCents: payment.amountCents,
    status: running.get(payment.id)?.status,
    reason: payment.reason,
    givenUp: payment.givenUpAt !== null,
    stray: payment.stray,
    watched: isWatched(payment),
    caseNumber: payment.caseNumber,
    office: payment.office,
    settledAt: payment.settledAt,
    reversedAt: payment.reversedAt,
  });

  async function progress(id: string): Promise<PaymentProgress | undefined> {
    const payment = await ledger.find(id);
    return payment && progressOf(payment);
  }

  /** One question at a time for a payment, however many screens ask. */
  function resolve(payment: Payment): Promise<void> {
    const { id } = payment;
    const under = asking.get(id);
    if (under) return under;
    const asked = recovery
      .resolve(payment)
      .catch(() => log.warn({ payment: id }, 'payment: what became of it could not be written down'))
      .finally(() => asking.delete(id));
    asking.set(id, asked);
    return asked;
  }

  async function conclude(payment: Payment, outcome: CardOutcome): Promise<void> {
    const { id } = payment;
    if (outcome.outcome === 'paid') {
      if ((await ledger.settle(id, outcome.payment)) === 'attached') deps.wake();
    } else if (outcome.outcome === 'notPaid') {
      const givenUp = (await ledger.find(id))?.givenUpAt;
      await ledger.fail(payment, givenUp ? 'givenUp' : outcome.reason);
    } else {
      await ledger.doubt(id, 'lost');
    }
  }

  async function take(payment: Payment, terminal: CardTerminal, self: Running): Promise<void> {
    const { id, amountCents } = payment;
    const beat = async (): Promise<void> => {
      await at('card.beat');
      await ledger.beat(id);
    };
    const beats = setInterval(
      () => void beat().catch(() => log.warn({ payment: id }, 'payment: the database is away')),
      BEAT_MS,
    );
    beats.unref();
    const on: CardListener = {
      status: (word) => {
        self.status = word;
      },
      async commit(card: CardPayment) {
        await at('card.commit.before');
        if (!(await ledger.note(id, card))) throw new NotWantedError();
        await at('card.commit.after');
      },
    };
    try {
      await at('card.pending');
      const outcome = await terminal.pay(amountCents, on, self.stop.signal);
      await at('card.answered');
      await conclude(payment, outcome);
      await at('card.settled');
    } catch {
      // What is written down is enough for whoever looks after it next.
      log.warn({ payment: id }, 'payment: its end could not be written down');
    } finally {
      clearInterval(beats);
      running.delete(id);
    }
  }

  /** A payment at this terminal that nobody listens to any more comes first. */
  async function clear(terminal: string): Promise<void> {
    const before = await ledger.openAt(terminal);
    if (!before || running.has(before.id)) return;
    const claimed = await ledger.claim(before.id);
    if (claimed) await resolve(claimed);
  }

  async function payByCard(paymentId: string): Promise<CardStart> {
    const payment = await ledger.find(paymentId);
    if (payment?.way !== 'card' || payment.terminal === null) return { started: false, reason: 'over' };
    if (running.has(paymentId)) return { started: true };
    const terminal = deps.cardTerminal(payment.terminal);
    if (!terminal) return { started: false, reason: 'unreachable' };
    await clear(payment.terminal);
    const start = await ledger.start(paymentId, 'card', payment.terminal);
    if (start === 'busy') return { started: false, reason: 'busy' };
    if (start === 'no') {
      const now = await ledger.find(paymentId);
      return now && isOpen(now.state) ? { started: true } : { started: false, reason: 'over' };
    }
    const self: Running = { stop: new AbortController(), status: undefined, done: Promise.resolve() };
    running.set(paymentId, self);
    self.done = take(payment, terminal, self);
    return { started: true };
  }

  async function openPage(payment: Payment, order: PageOrder): Promise<PageTransaction> {
    if (!deps.page) throw new PayPageError('refused');
    if (payment.externalId !== null) return deps.page.get(payment.externalId);
    const { id, amountCents, caseNumber } = payment;
    const purpose = `${PURPOSE} ${caseNumber}`;
    return deps.page.create({ requestId: id, at: payment.createdAt, amountCents, purpose, ...order });
  }

  async function payByPage(paymentId: string, order: PageOrder): Promise<PageStart> {
    const over = { ok: false, reason: 'over' } as const;
    await ledger.start(paymentId, 'page');
    const payment = await ledger.find(paymentId);
    if (payment?.way !== 'page' || payment.state !== 'pending') return over;
    await at('page.pending');
    let opened: PageTransaction;
    try {
      opened = await openPage(payment, order);
    } catch (error) {
      if (!(error instanceof PayPageError)) throw error;
      const refused = error.code === 'refused';
      if (refused && payment.externalId === null) await ledger.fail(payment, 'refused');
      return refused ? over : { ok: false, reason: 'unreachable' };
    }
    await at('page.created');
    if (payment.externalId === null && !(await ledger.link(paymentId, opened.id))) return over;
    await at('page.linked');
    if (opened.address !== undefined) return { ok: true, address: opened.address };
    await ask(paymentId);
    return over;
  }

  async function ask(paymentId: string): Promise<PaymentProgress | undefined> {
    const payment = await ledger.find(paymentId);
    if (!payment) return undefined;
    // A page that was given up may have taken the money all the same.
    const isAsked = isOpen(payment.state) || payment.state === 'failed';
    if (payment.way === 'page' && payment.externalId !== null && isAsked) await resolve(payment);
    if (payment.way === 'card' && isOpen(payment.state) && !running.has(paymentId)) {
      const claimed = await ledger.claim(paymentId);
      if (claimed) await resolve(claimed);
    }
    return progress(paymentId);
  }

  async function abort(paymentId: string): Promise<PaymentProgress | undefined> {
    const payment = await stop(paymentId);
    if (!payment) return undefined;
    if (payment.way === 'page' && isOpen(payment.state)) {
      // Whoever is asking already began before it was given up, and would go on waiting.
      for (let under = asking.get(paymentId); under; under = asking.get(paymentId)) await under;
      await resolve(payment);
    }
    return progress(paymentId);
  }

  async function leave(caseId: string): Promise<void> {
    const payments = await ledger.ofCase(caseId);
    // Somebody may have paid meanwhile on a page that was given up: that is what the case was for.
    await Promise.all(payments.filter(isWatched).map(resolve));
    for (const { id, state } of payments) {
      if (!isLive(state) || state === 'paid') continue;
      await abort(id);
      const under = running.get(id)?.done;
      // The screen does not wait for the card terminal. Should this fail, the case goes with the next cleaning.
      if (under) void under.then(() => deps.cases.discardUnpaid(caseId)).catch(() => false);
    }
    await deps.cases.discardUnpaid(caseId);
  }

  return {
    async begin(caseId, way, place) {
      return way === 'card' && place.terminal === null ? undefined : ledger.choose(caseId, way, place);
    },
    payByCard,
    payByPage,
    progress,
    ask,
    abort,
    leave,
    ofCase: (caseId) => ledger.ofCase(caseId),
    async recover(where) {
      const due = (await ledger.claimDue(BATCH, where)).filter(({ id }) => !running.has(id));
      if (due.length > 0) await at('recover.claimed');
      for (const payment of due) await resolve(payment);
      return due.length;
    },
    async close() {
      const under = [...running.values()];
      for (const { stop } of under) stop.abort();
      await Promise.all(under.map(({ done }) => done));
    },
  };
}
