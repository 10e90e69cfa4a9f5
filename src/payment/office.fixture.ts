/** An office that takes money, for tests: real storage and cases, the pay page to practise with, a card terminal. */
import { append, entry } from '#audit';
import { count } from '#lab';
import {
  type CrashPoint,
  createPayments,
  createPayPage,
  type PaymentProgress,
  type Payments,
} from '#payment';
import { type RunningPayPage, startPayPage } from '#sandbox/pay-page';
import { eventually } from '#test/eventually';
import { freshOffice, type TestOffice } from '#test/office';
import { FakeCard } from './outside.fixture.ts';

export const HERE = { site: 'rathaus', terminal: 'terminal-1' };
export const ORDER = { returnUrl: 'http://amt.example/pay/back', description: 'Abholung' };
export const CENTS = 1_300;

export interface PayingOffice extends TestOffice {
  payments: Payments;
  card: FakeCard;
  page: RunningPayPage;
  /** Another office with the same database, perhaps one that stops at a point for good. */
  another(crashAt?: CrashPoint): { payments: Payments; stopped: Promise<void> };
  /** A case that has to be paid for. */
  due(): Promise<{ caseId: string; number: string; accessCode: string }>;
  /** Waits until a payment is decided. */
  decided(paymentId: string): Promise<PaymentProgress>;
  /** The person on the page. */
  decide(address: string, outcome: 'pay' | 'fail' | 'cancel'): Promise<void>;
}

export async function payingOffice(): Promise<PayingOffice> {
  const office = await freshOffice();
  const page = await startPayPage({ port: 0 });
  const card = new FakeCard();
  const another: PayingOffice['another'] = (crashAt) => {
    const stopped = Promise.withResolvers<void>();
    let dead = false;
    const payments = createPayments({
      db: office.db,
      clock: { now: office.now },
      keys: office.keys,
      audit: { append, entry },
      lab: { count },
      cases: office.cases,
      terminals: [HERE],
      cardTerminal: (terminal) => (terminal === HERE.terminal ? card : undefined),
      page: createPayPage({ ...page, url: page.origin }, 1_000),
      wake() {},
      log: { warn() {} },
      async at(point) {
        if (point === crashAt) {
          dead = true;
          stopped.resolve();
        }
        if (dead) await new Promise(() => {});
      },
    });
    return { payments, stopped: stopped.promise };
  };
  const { payments } = another();
  return {
    ...office,
    payments,
    card,
    page,
    another,
    async due() {
      const receipt = await office.cases.submit({ ...(await office.handIn()), payment: { cents: CENTS } });
      return receipt;
    },
    async decided(paymentId) {
      let last: PaymentProgress | undefined;
      await eventually('the payment is decided', async () => {
        last = await payments.progress(paymentId);
        return last !== undefined && !['intended', 'pending', 'unknown'].includes(last.state);
      });
      if (!last) throw new Error('no payment');
      return last;
    },
    async decide(address, outcome) {
      await fetch(address, { method: 'POST', body: new URLSearchParams({ outcome }), redirect: 'manual' });
    },
    async close() {
      await page.stop();
      await office.close();
    },
  };
}
