import type { Channel } from '#delivery';
import { DESK } from './activate.ts';
import { endOfDays } from './due.ts';
import type { CaseDeps } from './ports.ts';

/**
 * Brings a case to the desk of this office, which is in the same database: it is enough to write down that it arrived.
 * The second time nothing happens.
 */
export function createDeskChannel({ db, clock, audit }: Pick<CaseDeps, 'db' | 'clock' | 'audit'>): Channel {
  return {
    id: DESK,
    async deliver({ caseId }) {
      await db.transaction().execute(async (tx) => {
        const row = await tx
          .selectFrom('cases')
          .select(['delivered_at', 'retain_from', 'retain_days'])
          .where('id', '=', caseId)
          .forUpdate()
          .executeTakeFirst();
        if (!row || row.delivered_at) return;
        const at = clock.now();
        const due = row.retain_from === 'delivered' ? { destroy_at: endOfDays(at, row.retain_days) } : {};
        await tx
          .updateTable('cases')
          .set({ delivered_at: at, ...due })
          .where('id', '=', caseId)
          .execute();
        await audit.append(tx, {
          at,
          actor: 'system',
          action: 'case.delivered',
          subject: caseId,
          detail: { channel: DESK },
        });
      });
    },
  };
}
