import type { Tx } from '#db';
import { endOfDays } from './due.ts';
import type { CaseDeps } from './ports.ts';

/**
 * Writes down, once, that a case arrived where it is decided: from then on its time may run.
 * @param channel by which it came
 */
export async function writeArrival(
  { clock, audit }: Pick<CaseDeps, 'clock' | 'audit'>,
  tx: Tx,
  caseId: string,
  channel: string,
): Promise<void> {
  const at = clock.now();
  const row = await tx
    .updateTable('cases')
    .set({ delivered_at: at })
    .where('id', '=', caseId)
    .where('delivered_at', 'is', null)
    .returning(['retain_from', 'retain_days'])
    .executeTakeFirst();
  if (!row) return;
  if (row.retain_from === 'delivered') {
    const due = endOfDays(at, row.retain_days);
    await tx.updateTable('cases').set({ destroy_at: due }).where('id', '=', caseId).execute();
  }
  await audit.append(tx, {
    ...{ at, actor: 'system', action: 'case.delivered', subject: caseId },
    detail: { channel },
  });
}
