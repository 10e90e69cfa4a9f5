import type { Tx } from '#db';
import { CaseFullError } from './errors.ts';

/** What a citizen may add to one case: a thick folder and a long correspondence, not a disk. */
const MOST_FILES = 40;
const MOST_EVENTS = 100;

/**
 * Keeps a case from being filled without end by whoever has its code. The case must be locked, so that many at once
 * cannot all count the same.
 * @param more files that are about to be added
 * @throws CaseFullError when there is no room for this
 */
export async function leaveRoom(tx: Tx, caseId: string, more: number): Promise<void> {
  const { files } = await tx
    .selectFrom('case_file')
    .select((eb) => eb.fn.countAll<string>().as('files'))
    .where('case_id', '=', caseId)
    .where('origin', '=', 'citizen')
    .executeTakeFirstOrThrow();
  const { events } = await tx
    .selectFrom('case_event')
    .select((eb) => eb.fn.countAll<string>().as('events'))
    .where('case_id', '=', caseId)
    .where('actor_kind', '=', 'citizen')
    .executeTakeFirstOrThrow();
  const isFull = Number(events) >= MOST_EVENTS || (more > 0 && Number(files) + more > MOST_FILES);
  if (isFull) throw new CaseFullError();
}
