import { randomUUID } from 'node:crypto';
import type { Db, Tx, Write } from '#db';
import type { Language } from '#language';
import { lockPaymentsOf, movePayment, newPayment } from './ledger-rows.ts';
import { isOpen } from './ledger-rules.ts';
import type { LedgerBooks } from './ports.ts';
import { type OwedFor, owe, unsettled } from './refund-tasks.ts';

/** A case that costs something, as it is written down. */
export interface Due {
  caseId: string;
  /** Number of the case. */
  caseNumber: string;
  service: string;
  office: string;
  site: string;
  language: Language;
  /** Whole cents, more than 0. */
  cents: number;
  at: Date;
}

/** What the cases room tells the ledger, always within its own transaction. */
export interface CasePayments {
  /** A case was written that has to be paid for: what the last statement of its transaction writes of it. */
  intend(due: Due): Write[];
  /**
   * A case that waits for its payment is about to go; its row is locked.
   * @param quietSince when given, also a payment that changed after this instant keeps the case
   * @returns false when money may have moved: the case must stay
   */
  release(tx: Tx, caseId: string, at: Date, quietSince?: Date): Promise<boolean>;
  /** A case was rejected, withdrawn or ended without a decision: what was paid for it becomes a task for the desk. */
  owe(tx: Tx, caseId: string, reason: OwedFor, at: Date): Promise<void>;
  /**
   * @param caseId looks at this case alone
   * @returns cases with money that somebody has yet to give back or to find out about: they are not destroyed
   */
  unsettled(db: Db | Tx, caseId?: string): Promise<string[]>;
}

/** The ledger's side of handing in. */
export function createCasePayments(books: LedgerBooks): CasePayments {
  return {
    intend: ({ cents, ...due }) =>
      newPayment(books, { ...due, id: randomUUID(), way: null, terminal: null, amountCents: cents }),

    async release(tx, caseId, at, quietSince) {
      const payments = await lockPaymentsOf(tx, caseId);
      if (quietSince && payments.some(({ updatedAt }) => updatedAt > quietSince)) return false;
      if (payments.some(({ state, stray }) => isOpen(state) || (state === 'paid' && !stray))) return false;
      for (const payment of payments) {
        if (payment.state !== 'intended') continue;
        await movePayment(tx, books, payment, { to: 'failed', at, reason: 'givenUp' });
      }
      return true;
    },

    owe,
    unsettled,
  };
}
