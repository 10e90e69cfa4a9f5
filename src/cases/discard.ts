import { lockUnpaid } from './activate.ts';
import type { CaseContext } from './ports.ts';

/** Nobody has tried to pay for so long: the person is gone, and others wait for the place they booked. */
const QUIET_MS = 3_600_000;
const BATCH = 100;

/**
 * Removes a case that waits for its payment: its key, everything sealed with it, its booking and allowance. What the
 * ledger knows of tries to pay is kept; it says nothing of the person.
 * @param quietSince when given, a try to pay after this instant keeps the case
 * @returns false when there is no such case, it was paid for, or money may have moved; nothing is changed then
 */
export async function discardUnpaid(
  context: CaseContext,
  caseId: string,
  quietSince?: Date,
): Promise<boolean> {
  const at = context.clock.now();
  return context.db.transaction().execute(async (tx) => {
    if (!(await lockUnpaid(tx, caseId))) return false;
    if (!(await context.payments.release(tx, caseId, at, quietSince))) return false;
    await context.booking.discard(tx, caseId);
    await context.booking.entitlement.giveBack(tx, caseId);
    for (const table of ['lookup_code', 'case_file', 'case_event'] as const) {
      await tx.deleteFrom(table).where('case_id', '=', caseId).execute();
    }
    await tx.deleteFrom('cases').where('id', '=', caseId).execute();
    await context.audit.append(tx, { at, actor: 'system', action: 'case.discarded', subject: caseId });
    return true;
  });
}

/**
 * Removes cases that nobody has paid for within an hour of the last try; never while it is not known whether money has
 * moved. Several nodes may do so at once.
 * @returns how many were removed
 */
export async function discardUnpaidLeft(context: CaseContext): Promise<number> {
  const quietSince = new Date(context.clock.now().getTime() - QUIET_MS);
  const waiting = await context.db
    .selectFrom('cases')
    .select('id')
    .where('state', '=', 'unpaid')
    .where('created_at', '<=', quietSince)
    .orderBy('created_at')
    .limit(BATCH)
    .execute();
  let removed = 0;
  for (const { id } of waiting) if (await discardUnpaid(context, id, quietSince)) removed += 1;
  return removed;
}
