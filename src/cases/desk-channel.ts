import type { Channel } from '#delivery';
import { ARRIVING, writeArrival } from './arrived.ts';
import type { CaseDeps } from './ports.ts';
import { isClosed } from './state.ts';

/** The channel to the office's own desk. */
export const DESK = 'desk';

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
      const row = await db
        .selectFrom('cases')
        .select(['state', ...ARRIVING])
        .where('id', '=', caseId)
        .executeTakeFirstOrThrow();
      const { state } = row;
      if (state === 'withdrawn' || (channel.id !== DESK && isClosed(state))) return;
      await channel.deliver(message, enough);
      await writeArrival({ clock, audit }, db, row, channel.id);
    },
  };
}

/** The way to the desk of this office. */
export function createDeskChannel(deps: Pick<CaseDeps, 'db' | 'clock' | 'audit'>): Channel {
  return arriving(deps, { id: DESK, deliver: async () => {} });
}
