import type { Tx } from '#db';
import { open, seal } from '#seal';
import type { CardPayment, LastCardPayment } from './card-terminal.ts';
import { findPayment, lockPayment, movePayment, openAt, paymentsOf } from './ledger-rows.ts';
import { isOpen } from './ledger-rules.ts';
import { type AskedAt, choose, claimDue, type Settled, settle } from './ledger-steps.ts';
import type { LedgerDeps } from './ports.ts';
import type { Payment, PaymentReason, PayPoint, ReversedBy, Way } from './types.ts';

/** A payment being made says so within this time, or somebody else looks after it. */
export const LEASE_MS = 20_000;
/** While one node asks after a payment, the others leave it alone. */
const CLAIM_MS = 30_000;
/** While the case's other payment is not decided, a late one waits. */
const LATER_MS = 5_000;
const RECEIPT_KEPT_MS = 24 * 3_600_000;

/** The durable side of payments. Each call is one transaction: all of it is written, or nothing. */
export interface Ledger {
  find(id: string): Promise<Payment | undefined>;
  /** @returns all attempts to pay for a case, oldest first */
  ofCase(caseId: string): Promise<Payment[]>;
  /** @returns the card payment that waits for an answer of this terminal */
  openAt(terminal: string): Promise<Payment | undefined>;
  /**
   * Chooses a way to pay. Where a payment of the case is under way or done, that one is given back unchanged.
   * @returns undefined when there is no case that waits for a payment
   */
  choose(caseId: string, way: Way, place: PayPoint): Promise<Payment | undefined>;
  /**
   * `intended` to `pending`, before anybody outside is asked; `no` also when another way was chosen meanwhile, or another terminal.
   * `busy`: that card terminal has another payment.
   */
  start(id: string, way: Way, terminal?: string): Promise<'started' | 'busy' | 'no'>;
  /** A payment at a card terminal goes on. */
  beat(id: string): Promise<void>;
  /** Writes down what the card terminal is about to make final. @returns false when it must not */
  note(id: string, card: CardPayment): Promise<boolean>;
  /** Writes down the pay page's transaction. @returns false when the payment is over */
  link(id: string, externalId: string): Promise<boolean>;
  /** The person does not want to pay this way any more; too late once the card terminal has approved. */
  giveUp(id: string): Promise<Payment | undefined>;
  /**
   * @param payment as it was when somebody judged it: has its pay page been opened since, nothing happens
   * @param watch when to ask a pay page again that would still take the money
   */
  fail(payment: Payment, reason: PaymentReason, watch?: Date): Promise<boolean>;
  /** `pending` to `unknown`, or another reason for it. @param due when to look after it; at once when left out */
  doubt(id: string, reason: PaymentReason, due?: Date | null): Promise<void>;
  /** `unknown` to `pending`: its pay page answers again, and nobody has paid there so far. @param due when to ask again */
  reopen(id: string, due: Date): Promise<boolean>;
  /** Money has come: writes it down and hands the case in, both or nothing. */
  settle(id: string, card?: CardPayment): Promise<Settled>;
  /** Money came and went back. @param card what the card terminal calls the payment that it took back */
  reverse(id: string, by: ReversedBy, card: Pick<CardPayment, 'receiptNumber' | 'trace'>): Promise<boolean>;
  /** When to look after it next; null for never. */
  postpone(id: string, due: Date | null): Promise<void>;
  /** Takes payments that are due, so that no other node looks after them meanwhile. @param at left out: all */
  claimDue(most: number, at?: AskedAt): Promise<Payment[]>;
  /** The same for one. */
  claim(id: string): Promise<Payment | undefined>;
  /** @returns whether a transaction of that card terminal belongs to another payment */
  isKnown(payment: Payment, last: LastCardPayment): Promise<boolean>;
  /** @returns the card terminal's receipt for the customer, line by line; kept for a day */
  cardReceipt(id: string): Promise<string[] | undefined>;
  /** Forgets receipts that are older than a day. @returns how many */
  forgetReceipts(): Promise<number>;
}

const placeOf = (id: string): string => `payment/${id}/receipt`;

/** @returns the constraint that PostgreSQL found violated */
function violated(error: unknown): string | undefined {
  const { code, constraint } = error as { code?: unknown; constraint?: unknown };
  return code === '23505' && typeof constraint === 'string' ? constraint : undefined;
}

/** The ledger in the database. */
export function createLedger(deps: LedgerDeps): Ledger {
  const { db, clock } = deps;
  const after = (ms: number): Date => new Date(clock.now().getTime() + ms);
  const key = (): Buffer => deps.keys.secret('card receipt');

  /** One locked payment in one transaction. */
  const locked = <T>(
    id: string,
    otherwise: T,
    work: (tx: Tx, payment: Payment, at: Date) => Promise<T>,
  ): Promise<T> =>
    db.transaction().execute(async (tx) => {
      const payment = await lockPayment(tx, id);
      return payment ? work(tx, payment, clock.now()) : otherwise;
    });

  const cardColumns = (id: string, card: CardPayment | undefined) =>
    card && {
      receipt_number: card.receiptNumber,
      trace: card.trace,
      receipt: card.receipt.length > 0 ? seal(key(), JSON.stringify(card.receipt), placeOf(id)) : null,
    };

  async function start(id: string, way: Way, terminal?: string): Promise<'started' | 'busy' | 'no'> {
    const columns = { due_at: after(LEASE_MS) };
    try {
      return await locked(id, 'no', async (tx, payment, at) => {
        if (payment.state !== 'intended' || payment.way !== way) return 'no';
        if (terminal !== undefined && payment.terminal !== terminal) return 'no';
        return (await movePayment(tx, deps, payment, { to: 'pending', at, columns })) ? 'started' : 'no';
      });
    } catch (error) {
      if (violated(error) === 'payment_at_terminal') return 'busy';
      throw error;
    }
  }

  return {
    find: (id) => findPayment(db, id),
    ofCase: (caseId) => paymentsOf(db, caseId),
    openAt: (terminal) => openAt(db, terminal),
    choose: (caseId, way, place) => choose(deps, caseId, way, place),
    start,

    async beat(id) {
      await db
        .updateTable('payment')
        .set({ due_at: after(LEASE_MS) })
        .where('id', '=', id)
        .where('state', '=', 'pending')
        .execute();
    },

    async note(id, card) {
      const { numUpdatedRows } = await db
        .updateTable('payment')
        .set({ receipt_number: card.receiptNumber, trace: card.trace, due_at: after(LEASE_MS) })
        .where('id', '=', id)
        .where('state', '=', 'pending')
        .where('given_up_at', 'is', null)
        .where('amount_cents', '=', card.amountCents)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    async link(id, externalId) {
      const { numUpdatedRows } = await db
        .updateTable('payment')
        .set({ external_id: externalId, updated_at: clock.now() })
        .where('id', '=', id)
        .where('state', '=', 'pending')
        .where('given_up_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    giveUp: (id) =>
      locked<Payment | undefined>(id, undefined, async (tx, payment, at) => {
        if (payment.state === 'intended') {
          await movePayment(tx, deps, payment, { to: 'failed', at, reason: 'givenUp' });
        } else if (isOpen(payment.state) && payment.receiptNumber === null) {
          await tx.updateTable('payment').set({ given_up_at: at }).where('id', '=', id).execute();
        }
        return lockPayment(tx, id);
      }),

    fail: ({ id, externalId }, reason, watch) =>
      locked(id, false, async (tx, payment, at) => {
        if (payment.externalId !== externalId) return false;
        return movePayment(tx, deps, payment, {
          to: 'failed',
          at,
          reason,
          columns: { due_at: watch ?? null },
        });
      }),

    doubt: (id, reason, due) =>
      locked(id, undefined, async (tx, payment, at) => {
        const columns = { due_at: due ?? at };
        if (await movePayment(tx, deps, payment, { to: 'unknown', at, reason, columns })) return;
        if (payment.state !== 'unknown') return;
        await tx.updateTable('payment').set({ reason }).where('id', '=', id).execute();
      }),

    reopen: (id, due) =>
      locked(id, false, async (tx, payment, at) => {
        if (payment.way !== 'page' || payment.state !== 'unknown') return false;
        return movePayment(tx, deps, payment, { to: 'pending', at, columns: { due_at: due } });
      }),

    settle: (id, card) => settle(deps, id, cardColumns(id, card), after(LATER_MS)),

    reverse: (id, by, { receiptNumber, trace }) =>
      locked(id, false, (tx, payment, at) => {
        const columns = {
          ...{ receipt_number: receiptNumber, trace },
          ...{ settled_at: payment.settledAt ?? at, reversed_at: at, reversed_by: by },
        };
        return movePayment(tx, deps, payment, { to: 'reversed', at, reason: payment.reason, columns });
      }),

    async postpone(id, due) {
      await db
        .updateTable('payment')
        .set({ due_at: due })
        .where('id', '=', id)
        .where('state', 'in', ['pending', 'unknown', 'failed'])
        .execute();
    },

    claimDue: (most, at) => claimDue(db, clock.now(), after(CLAIM_MS), most, at),

    async claim(id) {
      const taken = await db
        .updateTable('payment')
        .set({ due_at: after(CLAIM_MS) })
        .where('id', '=', id)
        .where('due_at', '<=', clock.now())
        .executeTakeFirst();
      return taken.numUpdatedRows === 1n ? findPayment(db, id) : undefined;
    },

    async isKnown({ id, terminal }, last) {
      const row = await db
        .selectFrom('payment')
        .select('id')
        .where('terminal', '=', terminal)
        .where('trace', '=', last.trace)
        .where('receipt_number', '=', last.receiptNumber)
        .where('id', '<>', id)
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },

    async cardReceipt(id) {
      if (!(await findPayment(db, id))) return undefined;
      const row = await db
        .selectFrom('payment')
        .select('receipt')
        .where('id', '=', id)
        .where('settled_at', '>', after(-RECEIPT_KEPT_MS))
        .executeTakeFirst();
      return row?.receipt
        ? (JSON.parse(open(key(), row.receipt, placeOf(id)).toString()) as string[])
        : undefined;
    },

    async forgetReceipts() {
      const { numUpdatedRows } = await db
        .updateTable('payment')
        .set({ receipt: null })
        .where('receipt', 'is not', null)
        .where('settled_at', '<=', after(-RECEIPT_KEPT_MS))
        .executeTakeFirst();
      return Number(numUpdatedRows);
    },
  };
}
