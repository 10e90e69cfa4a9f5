/** XBezahldienste 1.0.0 on the wire: amounts are euros with two decimals, here they are cents. */
import { z } from 'zod';
import { PAGE_STATES, type PageState } from '../ledger-rules.ts';

/** One thing that is paid for. Fees of administrations carry no turnover tax. */
export interface Item {
  /** Up to 36 letters, digits and hyphens. */
  id: string;
  description: string;
  quantity: number;
  eachCents: number;
}

/** What a payment is for and how it is called. */
export interface PageRequest {
  /** uuid; the same request again gives the same transaction. */
  requestId: string;
  at: Date;
  amountCents: number;
  /** What stands on the bank statement: at most 27 characters. */
  purpose: string;
  description: string;
  /** Where the page leads back to; an address of this office without anything personal in it. */
  returnUrl: string;
  /** 1 to 99; they add up to the amount. One item with the description when left out. */
  items?: readonly Item[];
}

/** A transaction as the page tells it. */
export interface PageTransaction {
  id: string;
  requestId: string;
  amountCents: number;
  state: PageState;
  /** Where the person pays; only while the state is `INITIAL`. */
  address: string | undefined;
}

const euros = (cents: number): number => Number((cents / 100).toFixed(2));

/** @returns whole cents, or undefined when there is something beyond the second decimal */
export function centsOf(amount: number): number | undefined {
  const cents = Math.round(amount * 100);
  return Number.isSafeInteger(cents) && Math.abs(amount * 100 - cents) < 1e-6 ? cents : undefined;
}

const PURPOSE_LENGTH = 27;
const DESCRIPTION_LENGTH = 250;
const MOST_ITEMS = 99;

/** @throws RangeError when the items do not add up to the amount, or a text is too long */
export function requestOf(request: PageRequest): object {
  const { amountCents, purpose, description } = request;
  const items = request.items ?? [{ id: '1', description, quantity: 1, eachCents: amountCents }];
  const sum = items.reduce((total, { quantity, eachCents }) => total + quantity * eachCents, 0);
  if (sum !== amountCents) throw new RangeError('the items do not add up to the amount');
  if (items.length < 1 || items.length > MOST_ITEMS) throw new RangeError('1 to 99 items');
  if (purpose.length > PURPOSE_LENGTH) throw new RangeError('the purpose is too long');
  return {
    requestId: request.requestId,
    requestTimestamp: request.at.toISOString(),
    currency: 'EUR',
    // As the standard spells it.
    grosAmount: euros(amountCents),
    purpose,
    description: description.slice(0, DESCRIPTION_LENGTH),
    redirectUrl: request.returnUrl,
    items: items.map((item) => ({
      id: item.id,
      reference: item.id,
      description: item.description.slice(0, DESCRIPTION_LENGTH),
      taxRate: 0,
      quantity: item.quantity,
      totalNetAmount: euros(item.quantity * item.eachCents),
      totalTaxAmount: 0,
      singleNetAmount: euros(item.eachCents),
      singleTaxAmount: 0,
    })),
  };
}

const TRANSACTION = z.object({
  paymentInformation: z.object({
    transactionId: z.string().regex(/^[\w-]{1,44}$/),
    transactionRedirectUrl: z
      .url({ protocol: /^https?$/ })
      .max(2_048)
      .nullish(),
    status: z.enum(PAGE_STATES),
  }),
  paymentRequest: z.object({
    requestId: z.string().max(36),
    currency: z.literal('EUR'),
    grosAmount: z.number(),
  }),
});

/** @returns undefined for anything that is not a transaction in euros */
export function transactionOf(answer: unknown): PageTransaction | undefined {
  const { data } = TRANSACTION.safeParse(answer);
  const amountCents = data && centsOf(data.paymentRequest.grosAmount);
  if (!data || amountCents === undefined) return undefined;
  const { transactionId, transactionRedirectUrl, status } = data.paymentInformation;
  return {
    id: transactionId,
    requestId: data.paymentRequest.requestId,
    amountCents,
    state: status,
    address: status === 'INITIAL' ? (transactionRedirectUrl ?? undefined) : undefined,
  };
}

const STATUS = z.object({ status: z.enum(PAGE_STATES) });

/** @returns the state that the status call tells, undefined for anything else */
export function stateOf(answer: unknown): PageState | undefined {
  return STATUS.safeParse(answer).data?.status;
}
