import type { Db } from '#db';
import { DeliveryError } from '../channel.ts';
import { readOwnEvents, reportRefused } from './events.ts';
import { eachAlone, type Parts } from './parts.ts';
import { pollReplies } from './replies.ts';
import type { FitConnectSettings } from './settings.ts';
import { type Announced, change, looked, undecided, undecidedAt } from './store.ts';

/** Cases looked at in one turn; the others follow in the next ones. */
const BATCH = 100;

async function decide(parts: Parts, row: Announced): Promise<void> {
  const { db, clock, received } = parts;
  const log = await readOwnEvents(parts, row);
  if (!log) {
    parts.log.error(
      { caseId: row.case_id, code: 'case-unknown' },
      'FIT-Connect: a submitted case is not known',
    );
    return;
  }
  const current = await reportRefused(parts, row, log);
  const decision = log.believed.find(
    ({ type }) => type === 'accept-submission' || type === 'reject-submission',
  );
  if (!decision) return;
  const state = decision.type === 'accept-submission' ? 'accepted' : 'rejected';
  await db.transaction().execute(async (tx) => {
    await change(tx, current, clock.now(), { state });
    if (state === 'accepted') await received.accepted(tx, row.case_id);
    else await received.rejected(tx, row.case_id, decision.problems);
  });
}

const REPLIES = 'replies';

/** @returns what is looked at apart, so that one that is slow holds up no other: each authority, and the replies */
export async function pollLanes(db: Db, settings: Pick<FitConnectSettings, 'replies'>): Promise<string[]> {
  return [...(await undecidedAt(db)), ...(settings.replies ? [REPLIES] : [])];
}

/**
 * Looks once at every case of a lane that the authority has not decided on, or at the replies that wait. Several nodes
 * may do so at once: each decision and each reply is handed on once. Where a callback fails, its case comes again at
 * the next turn, and the others go on.
 * @param lane one of {@link pollLanes}
 * @throws the database's error when it cannot be read what there is to look at
 */
export async function poll(parts: Parts, lane: string): Promise<void> {
  try {
    if (lane === REPLIES) return await pollReplies(parts);
    for (const row of await undecided(parts.db, lane, BATCH)) {
      await looked(parts.db, row, parts.clock.now());
      await eachAlone(parts, row.case_id, () => decide(parts, row));
    }
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
    parts.log.warn({ code: error.code }, 'FIT-Connect: cannot be asked at the moment');
  }
}
