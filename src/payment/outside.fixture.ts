/** A card terminal and a pay page that each know what money really moved. */
import type { CardOutcome, CardPayment, CardTerminal, LastCardPayment } from './card-terminal.ts';
import type { PageState } from './ledger-rules.ts';
import { type PayPage, PayPageError } from './pay-page/client.ts';
import type { PageTransaction } from './pay-page/shapes.ts';

/** What the card terminal does with the next payment; `deaf` waits for the customer and hears no abort. */
export type CardMood = 'approve' | 'decline' | 'wait' | 'deaf' | 'lostBefore' | 'lostAfter' | 'away';
/** What the pay page does with the next calls. */
export type PageMood = 'fine' | 'down' | 'answerLost' | 'garbage';

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
