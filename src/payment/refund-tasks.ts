import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { type Db, isUuid, type Tx } from '#db';
import { lockPayment, movePayment, paymentsOf } from './ledger-rows.ts';
import type { LedgerBooks, PaymentCases, PaymentStaff } from './ports.ts';
import type { Payment } from './types.ts';

/**
 * `undecided`: another authority did not decide, and the office ended the waiting.
 * `stray`: money came for a case that was not (any more) to be paid for.
 */
export type RefundReason = 'rejected' | 'withdrawn' | 'undecided' | 'stray';
/** `kept`: the fee is due all the same, as somebody of the staff decided. */
export type RefundOutcome = 'refunded' | 'kept';

/** How a task ends; whoever keeps a fee says why, and the person reads it. */
export type RefundEnd = { outcome: 'refunded' } | { outcome: 'kept'; reason: string };

/** Money that somebody has to give back, or to decide about. */
export interface RefundTask {
  id: string;
  reason: RefundReason;
  /** The case was paid for by another payment. */
  twice: boolean;
  createdAt: Date;
  paymentId: string;
  caseId: string;
  caseNumber: string;
  service: string;
  office: string;
  way: 'card' | 'page' | null;
  amountCents: number;
  paidAt: Date | null;
}

/** Writes down that a payment is to be given back; the second time nothing happens. */
export async function createTask(
  tx: Tx,
  { payment, reason, at }: { payment: Pick<Payment, 'id' | 'office'>; reason: RefundReason; at: Date },
): Promise<void> {
  await tx
    .insertInto('refund_task')
    .values({
      id: randomUUID(),
      payment_id: payment.id,
      office: payment.office,
      reason,
      created_at: at,
      done_at: null,
      done_by: null,
      outcome: null,
    })
    .onConflict((conflict) => conflict.column('payment_id').doNothing())
    .execute();
}

/** Why a case ended without what was paid for. */
export type OwedFor = Exclude<RefundReason, 'stray'>;

/** A case ended without what was paid for: its payment becomes a task; nothing when it was free. */
export async function owe(tx: Tx, caseId: string, reason: OwedFor, at: Date): Promise<void> {
  for (const payment of await paymentsOf(tx, caseId)) {
    if (payment.state === 'paid' && !payment.stray) await createTask(tx, { payment, reason, at });
  }
}

function openTasks(db: Db) {
  return db
    .selectFrom('refund_task')
    .innerJoin('payment', 'payment.id', 'refund_task.payment_id')
    .select([
      'refund_task.id',
      'refund_task.reason',
      'refund_task.created_at as createdAt',
      'payment.id as paymentId',
      'payment.case_id as caseId',
      'payment.reference as caseNumber',
      'payment.service',
      'payment.office',
      'payment.way',
      'payment.amount_cents as amountCents',
      'payment.settled_at as paidAt',
      sql<boolean>`EXISTS (SELECT FROM payment AS other WHERE other.case_id = payment.case_id
        AND other.id <> payment.id AND other.settled_at IS NOT NULL AND NOT other.stray)`.as('twice'),
    ])
    .where('refund_task.done_at', 'is', null)
    .orderBy('refund_task.created_at')
    .limit(500);
}

/**
 * @param caseId looks at this case alone
 * @returns cases of which money has yet to be given back, or nobody knows yet where it is
 */
export async function unsettled(db: Db | Tx, caseId?: string): Promise<string[]> {
  const owed = await db
    .selectFrom('refund_task')
    .innerJoin('payment', 'payment.id', 'refund_task.payment_id')
    .select('payment.case_id as id')
    .where('refund_task.done_at', 'is', null)
    .$if(caseId !== undefined, (query) => query.where('payment.case_id', '=', String(caseId)))
    .execute();
  const unclear = await db
    .selectFrom('payment')
    .select('case_id as id')
    .where('state', '=', 'unknown')
    .$if(caseId !== undefined, (query) => query.where('case_id', '=', String(caseId)))
    .execute();
  return [...new Set([...owed, ...unclear].map(({ id }) => id))];
}

/** @returns what these offices still have to give back or to decide about, oldest first */
export async function refundTasks(db: Db, offices: readonly string[]): Promise<RefundTask[]> {
  return offices.length === 0 ? [] : openTasks(db).where('refund_task.office', 'in', offices).execute();
}

/** @returns the open tasks of a case, oldest first: of what it was paid for with, and of what was paid besides */
export async function refundsOf(db: Db, caseId: string): Promise<RefundTask[]> {
  return openTasks(db).where('payment.case_id', '=', caseId).execute();
}

/** @returns the oldest open task of a case */
export async function refundOf(db: Db, caseId: string): Promise<RefundTask | undefined> {
  const [oldest] = await refundsOf(db, caseId);
  return oldest;
}

/** How a task ended, and by whom. */
export interface ClosedTask {
  by: string;
  at: Date;
  outcome: RefundOutcome;
}

/** @returns how a task of these offices has ended; undefined when it is open, or none of theirs */
export async function closedTask(
  db: Db,
  id: string,
  offices: readonly string[],
): Promise<ClosedTask | undefined> {
  if (!isUuid(id) || offices.length === 0) return undefined;
  const row = await db
    .selectFrom('refund_task')
    .select(['done_by', 'done_at', 'outcome'])
    .where('id', '=', id)
    .where('office', 'in', offices)
    .executeTakeFirst();
  const { done_by: by, done_at: at, outcome } = row ?? {};
  return by && at && outcome ? { by, at, outcome } : undefined;
}

type Books = LedgerBooks & { db: Db; cases: Pick<PaymentCases, 'feeKept' | 'wasFeeKept'> };

interface Ending {
  id: string;
  by: PaymentStaff;
  end: RefundEnd;
  at: Date;
}

/** @returns whether this person has ended the task just so already, and did not hear of it */
async function wasClosed(tx: Tx, books: Books, { id, by, end }: Ending): Promise<boolean> {
  const row = await tx
    .selectFrom('refund_task')
    .innerJoin('payment', 'payment.id', 'refund_task.payment_id')
    .select('payment.case_id as caseId')
    .where('refund_task.id', '=', id)
    .where('refund_task.office', 'in', by.offices)
    .where('done_by', '=', by.subject)
    .where('outcome', '=', end.outcome)
    .executeTakeFirst();
  if (!row || end.outcome === 'refunded') return row !== undefined;
  return books.cases.wasFeeKept(tx, { caseId: row.caseId, by: by.subject, reason: end.reason });
}

/**
 * Ends a task: the cash office has given the money back, or it is kept. The second time the same person says the same,
 * nothing happens.
 * @returns false when there is no such open task for this person
 */
export async function closeTask(books: Books, input: Ending): Promise<boolean> {
  const { id, by, end, at } = input;
  const { outcome } = end;
  if (!isUuid(id) || by.offices.length === 0) return false;
  return books.db.transaction().execute(async (tx) => {
    const closed = await tx
      .updateTable('refund_task')
      .set({ done_at: at, done_by: by.subject, outcome })
      .where('id', '=', id)
      .where('office', 'in', by.offices)
      .where('done_at', 'is', null)
      // Money that nobody owed cannot be kept.
      .$if(outcome === 'kept', (query) => query.where('reason', '<>', 'stray'))
      .returning('payment_id')
      .executeTakeFirst();
    if (!closed) return wasClosed(tx, books, input);
    const payment = await lockPayment(tx, closed.payment_id);
    if (!payment) return false;
    const actor = `staff:${by.subject}`;
    if (end.outcome === 'refunded') {
      const columns = { reversed_at: at, reversed_by: 'office' } as const;
      return movePayment(tx, books, payment, { to: 'reversed', at, actor, columns });
    }
    await books.cases.feeKept(tx, { caseId: payment.caseId, by: by.subject, reason: end.reason, at });
    await books.audit.append(tx, {
      at,
      actor,
      action: 'payment.kept',
      subject: payment.caseId,
      detail: { payment: payment.id, cents: payment.amountCents },
    });
    return true;
  });
}
