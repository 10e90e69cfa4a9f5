import type { Channel } from '#delivery';
import { endOfDays } from './due.ts';
import type { CaseDeps } from './ports.ts';
import { isClosed } from './state.ts';

/** The channel to the office's own desk. */
const DESK = 'desk';

/**
 * A channel that also writes down, once, that the case arrived: from then on its time may run.
 * What its citizen took back before that, or the office gave up, goes nowhere.
 * @param channel brings the case; the desk of this office is in the same database, so nothing needs to be brought there
 */
export function arriving(
  { db, clock, audit }: Pick<CaseDeps, 'db' | 'clock' | 'audit'>,
  channel: Channel,
): Channel {
  return {
    ...channel,
    async deliver(message, enough) {
      const { caseId } = message;
      const { state } = await db
        .selectFrom('cases')
        .select('state')
        .where('id', '=', caseId)
        .executeTakeFirstOrThrow();
      if (state === 'withdrawn' || (channel.id !== DESK && isClosed(state))) return;
      await channel.deliver(message, enough);
      await db.transaction().execute(async (tx) => {
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
          at,
          actor: 'system',
          action: 'case.delivered',
          subject: caseId,
          detail: { channel: channel.id },
        });
      });
    },
  };
}

/** The way to the desk of this office. */
export function createDeskChannel(deps: Pick<CaseDeps, 'db' | 'clock' | 'audit'>): Channel {
  return arriving(deps, { id: DESK, deliver: async () => {} });
}
