import type { Selectable } from 'kysely';
import { type Db, isUuid, type PaymentTable, type Tx, together, type Write, writing } from '#db';
import type { Language } from '#language';
import { civilDate } from '#time';
import { mayMove, type PaymentState } from './ledger-rules.ts';
import type { LedgerBooks } from './ports.ts';
import type { Payment, PaymentReason, PayPoint, Way } from './types.ts';

type Row = Selectable<PaymentTable>;

/** Every column but the sealed receipt. */
const COLUMNS = [
  'id',
  'case_id',
  'reference',
  'service',
  'office',
  'language',
  'way',
  'site',
  'terminal',
  'amount_cents',
  'state',
  'stray',
  'external_id',
  'receipt_number',
  'trace',
  'reason',
  'reversed_by',
  'given_up_at',
  'due_at',
  'created_at',
  'updated_at',
  'settled_at',
  'reversed_at',
] as const satisfies readonly (keyof Row)[];

function toPayment(row: Pick<Row, (typeof COLUMNS)[number]>): Payment {
  return {
    id: row.id,
    caseId: row.case_id,
    caseNumber: row.reference,
    service: row.service,
    office: row.office,
    language: row.language as Language,
    way: row.way,
    site: row.site,
    terminal: row.terminal,
    amountCents: row.amount_cents,
    state: row.state,
    stray: row.stray,
    externalId: row.external_id,
    receiptNumber: row.receipt_number,
    trace: row.trace,
    reason: row.reason as PaymentReason | null,
    reversedBy: row.reversed_by,
    givenUpAt: row.given_up_at,
    dueAt: row.due_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    settledAt: row.settled_at,
    reversedAt: row.reversed_at,
  };
}

/** @returns undefined when there is no such payment, or the text is no id at all */
export async function findPayment(db: Db, id: string): Promise<Payment | undefined> {
  if (!isUuid(id)) return undefined;
  const row = await db.selectFrom('payment').select(COLUMNS).where('id', '=', id).executeTakeFirst();
  return row && toPayment(row);
}

/** Holds a payment for the rest of the transaction. Whoever locks its case too does so before. */
export async function lockPayment(tx: Tx, id: string): Promise<Payment | undefined> {
  if (!isUuid(id)) return undefined;
  const row = await tx
    .selectFrom('payment')
    .select(COLUMNS)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row && toPayment(row);
}

/** Holds all payments of a case for the rest of the transaction, oldest first. Its case is locked before. */
export async function lockPaymentsOf(tx: Tx, caseId: string): Promise<Payment[]> {
  const rows = await tx
    .selectFrom('payment')
    .select(COLUMNS)
    .where('case_id', '=', caseId)
    .orderBy('seq')
    .forUpdate()
    .execute();
  return rows.map(toPayment);
}

/** Chooses how an intended payment is made. @returns undefined when it is not intended any more */
export async function chooseWay(
  tx: Tx,
  id: string,
  way: Way,
  { site, terminal }: PayPoint,
): Promise<Payment | undefined> {
  const row = await tx
    .updateTable('payment')
    .set({ way, site, terminal })
    .where('id', '=', id)
    .where('state', '=', 'intended')
    .returning(COLUMNS)
    .executeTakeFirst();
  return row && toPayment(row);
}

/** @returns all attempts to pay for a case, oldest first */
export async function paymentsOf(db: Db | Tx, caseId: string): Promise<Payment[]> {
  if (!isUuid(caseId)) return [];
  const rows = await db
    .selectFrom('payment')
    .select(COLUMNS)
    .where('case_id', '=', caseId)
    .orderBy('seq')
    .execute();
  return rows.map(toPayment);
}

/** @returns the card payment that this terminal has not been asked about yet, if any */
export async function openAt(db: Db, terminal: string): Promise<Payment | undefined> {
  const row = await db
    .selectFrom('payment')
    .select(COLUMNS)
    .where('terminal', '=', terminal)
    .where('way', '=', 'card')
    .where('state', 'in', ['pending', 'unknown'])
    .executeTakeFirst();
  return row && toPayment(row);
}

const UNCLEAR_AFTER_MS = 15 * 60_000;

/** @returns since before when the end of a payment must be unknown for somebody to have to look */
export const unclearBefore = (at: Date): Date => new Date(at.getTime() - UNCLEAR_AFTER_MS);

/** @returns payments whose end has been unknown since before an instant, oldest first */
export async function unknownSince(db: Db, offices: readonly string[], before: Date): Promise<Payment[]> {
  if (offices.length === 0) return [];
  const rows = await db
    .selectFrom('payment')
    .select(COLUMNS)
    .where('state', '=', 'unknown')
    .where('office', 'in', offices)
    .where('updated_at', '<', before)
    .orderBy('updated_at')
    .limit(100)
    .execute();
  return rows.map(toPayment);
}

/** @returns how many payments are unclear in all offices: those that the desk shows */
export async function countUnclear(db: Db, at: Date): Promise<number> {
  const { count } = await db
    .selectFrom('payment')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('state', '=', 'unknown')
    .where('updated_at', '<', unclearBefore(at))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** A new payment, written down as `intended`. */
export function newPayment(
  books: LedgerBooks,
  payment: Pick<
    Payment,
    'id' | 'caseId' | 'caseNumber' | 'service' | 'office' | 'language' | 'way' | 'site' | 'terminal'
  > & { amountCents: number; at: Date },
): Write[] {
  const { at } = payment;
  const row = writing.insertInto('payment').values({
    id: payment.id,
    case_id: payment.caseId,
    reference: payment.caseNumber,
    service: payment.service,
    office: payment.office,
    language: payment.language,
    way: payment.way,
    site: payment.site,
    terminal: payment.terminal,
    amount_cents: payment.amountCents,
    state: 'intended',
    stray: false,
    external_id: null,
    receipt_number: null,
    trace: null,
    receipt: null,
    reason: null,
    reversed_by: null,
    given_up_at: null,
    due_at: null,
    created_at: at,
    updated_at: at,
    settled_at: null,
    reversed_at: null,
  });
  const event = { payment_id: payment.id, at, from_state: null, to_state: 'intended', reason: null } as const;
  return [
    [{ does: row }, { does: writing.insertInto('payment_event').values(event) }],
    books.audit.entry({
      ...{ at, actor: 'citizen', action: 'payment.intended', subject: payment.caseId },
      detail: { payment: payment.id, cents: payment.amountCents },
    }),
  ];
}

/** What changes with a payment's state. */
export interface Move {
  to: PaymentState;
  at: Date;
  reason?: PaymentReason | null;
  /** `system` unless somebody of the staff decided it, as `staff:<subject>`. */
  actor?: string;
  columns?: Partial<Omit<Row, 'id' | 'seq' | 'state' | 'updated_at' | 'reason'>>;
}

/**
 * Moves a locked payment to another state: row, history, audit entry, measure.
 * @returns whether the rules allow it; nothing is written otherwise
 */
export async function movePayment(
  tx: Tx,
  books: LedgerBooks,
  payment: Payment,
  move: Move,
): Promise<boolean> {
  const { to, at, reason = null, actor = 'system' } = move;
  if (!mayMove(payment.state, to)) return false;
  const row = writing
    .updateTable('payment')
    .set({ due_at: null, ...move.columns, state: to, reason, updated_at: at })
    .where('id', '=', payment.id);
  const event = { payment_id: payment.id, at, from_state: payment.state, to_state: to, reason };
  await together(
    tx,
    [{ does: row }, { does: writing.insertInto('payment_event').values(event) }],
    moveCounted(books, payment, move),
    books.audit.entry({
      ...{ at, actor, action: `payment.${to}`, subject: payment.caseId },
      detail: {
        payment: payment.id,
        cents: payment.amountCents,
        ...(payment.way ? { way: payment.way } : {}),
        ...(reason ? { reason } : {}),
      },
    }),
  );
  return true;
}

function moveCounted({ lab }: LedgerBooks, payment: Payment, { to, at }: Move): Write {
  const { way, service, site, language } = payment;
  if (!way || (to !== 'paid' && to !== 'failed' && to !== 'reversed')) return [];
  return lab.count({ day: civilDate(at), service, site, language, name: `payment.${to}`, value: way });
}
