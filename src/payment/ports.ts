import type { AuditWriter } from '#audit';
import type { Db, Tx } from '#db';
import type { MeasureWriter } from '#lab';
import type { KeyProvider } from '#seal';
import type { Clock } from '#time';

/** What the ledger writes besides its own tables, in the same transaction. */
export interface LedgerBooks {
  audit: AuditWriter;
  lab: MeasureWriter;
}

/** What payments need of the cases. */
export interface PaymentCases {
  /** Locks a case that waits for its payment. @returns whether there is such a case, and it still waits */
  lockUnpaid(tx: Tx, caseId: string): Promise<boolean>;
  /** Hands in a case that waited for its payment, in the transaction that writes down the payment. */
  activate(tx: Tx, caseId: string): Promise<void>;
  /** Removes a case that waits for its payment. @returns false when money may have moved, or it waits no longer */
  discardUnpaid(caseId: string): Promise<boolean>;
  /** Writes down for the person that the fee stays due, and why; in the transaction that decides so. */
  feeKept(tx: Tx, kept: { caseId: string; by: string; reason: string; at: Date }): Promise<void>;
  /** @returns whether this person has said so already, with just this reason */
  wasFeeKept(tx: Tx, kept: { caseId: string; by: string; reason: string }): Promise<boolean>;
}

/** Somebody of the staff and the offices they work for. */
export interface PaymentStaff {
  subject: string;
  offices: readonly string[];
}

export interface LedgerDeps extends LedgerBooks {
  db: Db;
  clock: Clock;
  keys: Pick<KeyProvider, 'secret'>;
  cases: Pick<PaymentCases, 'lockUnpaid' | 'activate'>;
}

/** Places where a test stops an office: before and after each commit and each call to somebody outside. */
export const CRASH_POINTS = [
  'card.pending',
  'card.beat',
  'card.commit.before',
  'card.commit.after',
  'card.answered',
  'card.settled',
  'page.pending',
  'page.created',
  'page.linked',
  'page.asked',
  'page.settled',
  'recover.claimed',
  'recover.asked',
  'recover.settled',
  'reverse.before',
  'reverse.after',
] as const;
export type CrashPoint = (typeof CRASH_POINTS)[number];
