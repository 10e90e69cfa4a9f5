/** Steps of the ledger that concern a case and all its payments. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { type Db, together } from '#db';
import {
  chooseWay,
  findPayment,
  lockPayment,
  lockPaymentsOf,
  type Move,
  movePayment,
  newPayment,
  paymentsOf,
} from './ledger-rows.ts';
import { isLive, isOpen } from './ledger-rules.ts';
import type { LedgerDeps } from './ports.ts';
import { createTask } from './refund-tasks.ts';
import type { Payment, PayPoint, Way } from './types.ts';

/** `attached`: the case is handed in. `stray`: paid, but there is nothing to pay for. `later`: another payment first. */
export type Settled = 'attached' | 'stray' | 'later' | 'none';

/** See `Ledger.choose`. */
export async function choose(
  deps: LedgerDeps,
  caseId: string,
  way: Way,
  place: PayPoint,
): Promise<Payment | undefined> {
  return deps.db.transaction().execute(async (tx) => {
    const waits = await deps.cases.lockUnpaid(tx, caseId);
    const payments = await paymentsOf(tx, caseId);
    const live = payments.find(({ state, stray }) => isLive(state) && !stray);
    if (live && (live.state !== 'intended' || !waits)) return live;
    const latest = payments.at(-1);
    if (!waits || !latest) return undefined;
    const id = live?.id ?? randomUUID();
    if (live) {
      // Unless somebody has just begun it the other way.
      const chosen = await chooseWay(tx, id, way, place);
      if (chosen) return chosen;
    } else {
      await together(tx, ...newPayment(deps, { ...latest, ...place, id, way, at: deps.clock.now() }));
    }
    return lockPayment(tx, id);
  });
}

/**
 * See `Ledger.settle`. The case is locked before its payments, here as everywhere, so that nobody waits in a circle.
 * @param later when to try again while another payment of the case is not decided
 */
export async function settle(
  deps: LedgerDeps,
  id: string,
  card: Move['columns'],
  later: Date,
): Promise<Settled> {
  const found = await findPayment(deps.db, id);
  if (!found) return 'none';
  return deps.db.transaction().execute(async (tx): Promise<Settled> => {
    const waits = await deps.cases.lockUnpaid(tx, found.caseId);
    const payments = await lockPaymentsOf(tx, found.caseId);
    const payment = payments.find((one) => one.id === id);
    if (!payment) return 'none';
    if (payment.state === 'paid') return payment.stray ? 'stray' : 'attached';
    const at = deps.clock.now();
    const others = payments.filter((one) => one !== payment);
    if (others.some(({ state }) => isOpen(state))) {
      await tx.updateTable('payment').set({ due_at: later }).where('id', '=', id).execute();
      return 'later';
    }
    if (waits) {
      const idle = others.find(({ state }) => state === 'intended');
      if (idle) await movePayment(tx, deps, idle, { to: 'failed', at, reason: 'superseded' });
    }
    const columns = { ...card, settled_at: at, stray: !waits };
    if (!(await movePayment(tx, deps, payment, { to: 'paid', at, columns }))) return 'none';
    if (waits) await deps.cases.activate(tx, payment.caseId);
    else await createTask(tx, { payment, reason: 'stray', at });
    return waits ? 'attached' : 'stray';
  });
}

/** Whom to ask about payments: one card terminal, or everybody but these. */
export type AskedAt = { terminal: string } | { besides: readonly string[] };

/** Takes payments that are due until an instant. @param at left out: wherever they are asked about */
export async function claimDue(
  db: Db,
  now: Date,
  until: Date,
  most: number,
  at?: AskedAt,
): Promise<Payment[]> {
  const terminal = sql`coalesce(CASE WHEN way = 'card' THEN terminal END, '')`;
  let where = sql`true`;
  if (at)
    where = 'terminal' in at ? sql`${terminal} = ${at.terminal}` : sql`${terminal} <> ALL(${at.besides})`;
  const { rows } = await sql<{ id: string }>`
    UPDATE payment SET due_at = ${until} WHERE id IN (
      SELECT id FROM payment WHERE due_at <= ${now} AND ${where}
      ORDER BY due_at LIMIT ${most} FOR UPDATE SKIP LOCKED)
    RETURNING id`.execute(db);
  const found = await Promise.all(rows.map(({ id }) => findPayment(db, id)));
  return found.flatMap((payment) => payment ?? []);
}
