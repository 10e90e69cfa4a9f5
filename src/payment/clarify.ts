import type { Db } from '#db';
import type { Clock } from '#time';
import type { Ledger } from './ledger.ts';
import type { LedgerBooks, PaymentStaff } from './ports.ts';
import type { Payment } from './types.ts';

/**
 * `before`: the same person has said the same already, and did not hear of it. `decided`: its end was known by then,
 * or somebody else is saying it. `none`: no payment of this person's offices.
 */
export type Clarified = 'done' | 'before' | 'decided' | 'none';

interface Parts extends LedgerBooks {
  db: Db;
  clock: Clock;
  ledger: Ledger;
  wake(): void;
}

interface Said {
  paymentId: string;
  by: PaymentStaff;
  paid: boolean;
}

/** Whoever began to say it and is not done by then died on the way. */
const AT_IT_MS = 60_000;

/** Writes down who says how it ended, before anything follows from it. @returns whether nobody else does, and it is not known */
async function begin({ db, clock, audit }: Parts, payment: Payment, { by, paid }: Said): Promise<boolean> {
  const at = clock.now();
  return db.transaction().execute(async (tx) => {
    const mine = await tx
      .updateTable('payment')
      .set({ clarified_by: by.subject, clarified_paid: paid, clarified_at: at })
      .where('id', '=', payment.id)
      .where('state', '=', 'unknown')
      .where((is) =>
        is.or([is('clarified_at', 'is', null), is('clarified_at', '<=', new Date(at.getTime() - AT_IT_MS))]),
      )
      .returning('id')
      .executeTakeFirst();
    if (!mine) return false;
    await audit.append(tx, {
      at,
      actor: `staff:${by.subject}`,
      action: 'payment.clarified',
      subject: payment.caseId,
      detail: { payment: payment.id, paid },
    });
    return true;
  });
}

/** @returns whether it is this person who said just this of it, and it came so or is about to */
async function saidBefore({ db }: Parts, { paymentId, by, paid }: Said): Promise<boolean> {
  const row = await db
    .selectFrom('payment')
    .select(['state', 'settled_at', 'clarified_by', 'clarified_paid'])
    .where('id', '=', paymentId)
    .executeTakeFirst();
  if (row?.clarified_by !== by.subject || row.clarified_paid !== paid) return false;
  return row.state === 'unknown' || (paid ? row.settled_at !== null : row.state === 'failed');
}

/** Somebody of the staff says how a payment ended that nobody could find out about. One person does, and once. */
export async function clarify(parts: Parts, said: Said): Promise<Clarified> {
  const { ledger } = parts;
  const payment = await ledger.find(said.paymentId);
  if (!payment || !said.by.offices.includes(payment.office)) return 'none';
  if (!(await begin(parts, payment, said))) return (await saidBefore(parts, said)) ? 'before' : 'decided';
  if (!said.paid) return (await ledger.fail(payment, 'decided')) ? 'done' : 'decided';
  const settled = await ledger.settle(payment.id);
  if (settled === 'attached') parts.wake();
  return settled === 'attached' || settled === 'stray' ? 'done' : 'decided';
}
