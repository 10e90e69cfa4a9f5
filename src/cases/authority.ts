import type { Tx } from '#db';
import { type Change, change } from './change.ts';
import { CaseNotFoundError, TransitionError } from './errors.ts';
import type { CaseContext } from './ports.ts';
import { findRow } from './read.ts';
import { isClosed } from './state.ts';
import type { CaseAttachment, Decision } from './types.ts';

/**
 * What the authority does with a case that was delivered to it. What comes too late, because the citizen has taken the
 * case back or its time is over and its key destroyed, changes nothing: nobody could read it any more.
 */
export function authorityActions(context: CaseContext) {
  const unlessOver = async (work: Promise<void>): Promise<boolean> => {
    try {
      await work;
      return true;
    } catch (error) {
      if (error instanceof TransitionError || error instanceof CaseNotFoundError) return false;
      throw error;
    }
  };

  return {
    /**
     * The authority has taken it over, or refuses it.
     * @param reason for the citizen; empty where the service's own words say enough
     * @returns false when it comes too late, also when the case was decided already
     */
    async concludedBy(caseId: string, decision: Decision, reason: string, tx: Tx): Promise<boolean> {
      const wanted: Change = {
        ...{ action: decision, event: 'decided', audit: 'case.decided', detail: { by: 'authority' } },
        body: { text: reason, decision },
      };
      if (await unlessOver(change(context, caseId, { kind: 'authority' }, wanted, tx))) return true;
      // Of a case whose key is destroyed nothing is left to decide on; but what was paid for it is still owed.
      const row = decision === 'rejected' ? await findRow({ ...context, db: tx }, { id: caseId }) : undefined;
      if (row?.destroyed && !isClosed(row.state))
        await context.payments.owe(tx, caseId, 'rejected', context.clock.now());
      return false;
    },

    /** The authority writes to the citizen, before or after it has decided. @returns false when it comes too late */
    writtenBy: (caseId: string, text: string, files: readonly CaseAttachment[], tx?: Tx): Promise<boolean> =>
      unlessOver(
        change(
          context,
          caseId,
          { kind: 'authority' },
          {
            action: 'letter',
            event: 'message',
            audit: 'case.messaged',
            detail: { by: 'authority' },
            body: { text },
            files,
          },
          tx,
        ),
      ),
  };
}
