import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { createClock } from '#time';

export type Outcome = 'pay' | 'fail' | 'cancel';
type Status = 'INITIAL' | 'PAYED' | 'FAILED' | 'CANCELED';

/** An answer to the office. */
export interface Answer {
  status: number;
  body: object;
}

/** A transaction as tests and the page see it. */
export interface Shown {
  transactionId: string;
  requestId: string;
  cents: number;
  purpose: string;
  description: string;
  redirectUrl: string;
  status: Status;
  /** How often the person's decision came; a second one changes nothing. */
  decisions: number;
}

interface Transaction extends Shown {
  token: string;
  /** As it was sent: the same request again must be the same. */
  sent: string;
  request: z.infer<typeof REQUEST>;
  paidAt: string | undefined;
  /** Paid, but not believed yet. */
  late: boolean;
}

const cents = (amount: number): number => Math.round(amount * 100);
const money = z
  .number()
  .min(0)
  .max(999_999)
  .refine((amount) => Math.abs(amount * 100 - cents(amount)) < 1e-6, 'at most two decimals');
const short = z.string().regex(/^[\w-]{1,36}$/);

const ITEM = z.strictObject({
  id: short,
  reference: short,
  description: z.string().min(1).max(250),
  taxRate: z.number().min(0).max(100),
  quantity: z.int().min(1),
  totalNetAmount: money,
  totalTaxAmount: money,
  singleNetAmount: money,
  singleTaxAmount: money,
  bookingData: z.record(z.string(), z.string()).optional(),
});

const REQUEST = z
  .strictObject({
    requestId: short,
    requestTimestamp: z.iso.datetime({ offset: true }),
    currency: z.literal('EUR'),
    grosAmount: money.refine((amount) => amount > 0, 'more than nothing'),
    purpose: z.string().regex(/^[\w -]{1,27}$/),
    description: z.string().max(250).optional(),
    redirectUrl: z.url({ protocol: /^https?$/ }),
    items: z.array(ITEM).min(1).max(99),
  })
  .refine(({ grosAmount, items }) => {
    const each = items.every(
      (item) =>
        cents(item.totalNetAmount) === item.quantity * cents(item.singleNetAmount) &&
        cents(item.totalTaxAmount) === item.quantity * cents(item.singleTaxAmount),
    );
    const sum = items.reduce((all, item) => all + cents(item.totalNetAmount) + cents(item.totalTaxAmount), 0);
    return each && sum === cents(grosAmount);
  }, 'the items do not add up');

const refused = (status: number, message: string): Answer => ({ status, body: { message } });

/** Everything that was opened since the stand-in started, in memory. */
export function createTransactions(place: { origin: string; originatorId: string; endPointId: string }) {
  const clock = createClock();
  const byId = new Map<string, Transaction>();
  const own = `/${place.originatorId}/${place.endPointId}`;
  const stamp = (): string => clock.now().toISOString();

  const informationOf = (one: Transaction): object => ({
    transactionUrl: `${place.origin}/paymenttransaction${own}/${one.transactionId}`,
    ...(one.status === 'INITIAL' ? { transactionRedirectUrl: `${place.origin}/pay/${one.token}` } : {}),
    transactionId: one.transactionId,
    transactionReference: one.transactionId,
    ...(one.paidAt === undefined ? {} : { transactionTimestamp: one.paidAt, paymentMethod: 'CREDITCARD' }),
    status: one.status,
  });
  const whole = (one: Transaction): object => ({
    paymentInformation: informationOf(one),
    paymentRequest: one.request,
  });

  function enter(request: Transaction['request'], sent: string): Transaction {
    const transaction: Transaction = {
      transactionId: randomUUID(),
      token: randomBytes(24).toString('base64url'),
      requestId: request.requestId,
      cents: cents(request.grosAmount),
      purpose: request.purpose,
      description: request.description ?? '',
      redirectUrl: request.redirectUrl,
      status: 'INITIAL',
      decisions: 0,
      paidAt: undefined,
      late: false,
      ...{ sent, request },
    };
    byId.set(transaction.transactionId, transaction);
    return transaction;
  }

  return {
    all: (): Shown[] => [...byId.values()].map((one) => ({ ...one })),

    /** Opens a transaction; the same request again gives the same one. */
    open(path: string, body: string): Answer {
      if (path !== own) return refused(404, 'no such originator or end point');
      const parsed = REQUEST.safeParse(JSON.parse(body));
      if (!parsed.success) return refused(400, parsed.error.issues[0]?.message ?? 'not a payment request');
      const sent = JSON.stringify(parsed.data);
      const known = [...byId.values()].find(({ requestId }) => requestId === parsed.data.requestId);
      if (known && known.sent !== sent) return refused(409, 'this request was sent with other content');
      return { status: known ? 200 : 201, body: whole(known ?? enter(parsed.data, sent)) };
    },

    /** @param strange answers with another payment's request */
    find(path: string, strange: boolean): Answer {
      const [, status, id = ''] = /^(\/status)?\/[^/]+\/[^/]+\/([\w-]+)$/.exec(path) ?? [];
      const found = path.replace(/^\/status/, '').startsWith(`${own}/`) ? byId.get(id) : undefined;
      if (!found) return refused(404, 'no such transaction');
      if (status) return { status: 200, body: informationOf(found) };
      const other = { ...found, status: 'PAYED' as const, request: { ...found.request, grosAmount: 0.01 } };
      return { status: 200, body: whole(strange ? other : found) };
    },

    /** The person decides, once. @param late the decision to pay is believed only later */
    decide(token: string, outcome: Outcome | undefined, late: boolean): { shown?: Shown; decided: boolean } {
      const found = [...byId.values()].find((one) => one.token === token);
      if (!found) return { decided: false };
      if (outcome) found.decisions += 1;
      if (!outcome || found.status !== 'INITIAL' || found.late) return { shown: found, decided: false };
      if (outcome === 'pay' && late) found.late = true;
      else if (outcome === 'pay') Object.assign(found, { status: 'PAYED', paidAt: stamp() });
      else found.status = outcome === 'fail' ? 'FAILED' : 'CANCELED';
      return { shown: found, decided: true };
    },

    /** Late payments are believed now. */
    believe(): void {
      for (const one of byId.values()) {
        if (one.late) Object.assign(one, { late: false, status: 'PAYED', paidAt: stamp() });
      }
    },
  };
}
