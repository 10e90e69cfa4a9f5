import type { Tx } from '#db';
import { change } from './change.ts';
import { TransitionError } from './errors.ts';
import type { CaseContext } from './ports.ts';
import type { CaseAttachment, Decision } from './types.ts';

/**
 * What the authority does with a case that was delivered to it. What comes too late, because the citizen has taken the
 * case back meanwhile, changes nothing. All throw CaseNotFoundError.
 */
export function authorityActions(context: CaseContext) {
  const unlessClosed = async (work: Promise<void>): Promise<boolean> => {
    try {
      await work;
      return true;
    } catch (error) {
      if (error instanceof TransitionError) return false;
      throw error;
    }
  };

  return {
    /**
     * The authority has taken it over, or refuses it.
     * @param reason for the citizen; empty where the service's own words say enough
     * @returns false when the case was closed already
     */
    concludedBy: (caseId: string, decision: Decision, reason: string, tx?: Tx): Promise<boolean> =>
      unlessClosed(
        change(
          context,
          caseId,
          { kind: 'authority' },
          {
            action: decision,
            event: 'decided',
            audit: 'case.decided',
            detail: { by: 'authority' },
            body: { text: reason, decision },
          },
          tx,
        ),
      ),

    /** The authority writes to the citizen. @returns false when the case was closed already */
    writtenBy: (caseId: string, text: string, files: readonly CaseAttachment[], tx?: Tx): Promise<boolean> =>
      unlessClosed(
        change(
          context,
          caseId,
          { kind: 'authority' },
          {
            action: 'message',
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
