import type { Selectable } from 'kysely';
import { type CaseTable, type Db, type Tx, together, writing } from '#db';
import { endOfDays } from './due.ts';
import type { CaseDeps } from './ports.ts';

/** What of a case says from when on its time runs, and how long: it never changes. */
export const ARRIVING = ['id', 'retain_from', 'retain_days'] as const;

/**
 * Writes down, once, that a case arrived where it is decided: from then on its time may run.
 * @param channel by which it came
 */
export async function writeArrival(
  { clock, audit }: Pick<CaseDeps, 'clock' | 'audit'>,
  to: Db | Tx,
  { id, retain_from, retain_days }: Pick<Selectable<CaseTable>, (typeof ARRIVING)[number]>,
  channel: string,
): Promise<void> {
  const at = clock.now();
  const does = writing
    .updateTable('cases')
    .set({
      delivered_at: at,
      ...(retain_from === 'delivered' && { destroy_at: endOfDays(at, retain_days) }),
    })
    .where('id', '=', id)
    .where('delivered_at', 'is', null)
    .returning('id');
  const entry = { at, actor: 'system', action: 'case.delivered', subject: id, detail: { channel } };
  await together(to, [{ name: 'arrived', does }], audit.entry(entry, 'arrived'));
}
