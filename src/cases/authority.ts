import type { Tx } from '#db';
import { writeArrival } from './arrived.ts';
import { type Change, change } from './change.ts';
import { CaseNotFoundError, TransitionError } from './errors.ts';
import { readFile } from './files.ts';
import type { CaseContext } from './ports.ts';
import { findRow, unlock, viewOf } from './read.ts';
import { isClosed } from './state.ts';
import type { CaseAttachment, CaseForAuthority, Decision } from './types.ts';

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

  /** Who decides has it: also where this program died before the one that brought it could say so. */
  const writeDownThatItCame = async (caseId: string, tx: Tx): Promise<void> => {
    const sent = await tx
      .selectFrom('outbox')
      .innerJoin('cases', 'cases.id', 'outbox.case_id')
      .select(['channel', 'cases.id', 'retain_from', 'retain_days'])
      .where('case_id', '=', caseId)
      .executeTakeFirst();
    if (sent) await writeArrival(context, tx, sent, sent.channel);
  };

  return {
    /**
     * @returns what the authority that decides on a case receives, as it was handed in
     * @throws Error when there is no such case, or this office decides on it
     */
    async forAuthority(caseId: string): Promise<CaseForAuthority> {
      const unlocked = await unlock(context, caseId);
      if (!unlocked) throw new Error('there is no such case');
      const view = await viewOf(context, unlocked);
      const { leika, delivery, title } = await context.editions.of(context.db, unlocked.row);
      if (delivery.channel === 'desk' || leika === undefined)
        throw new Error('no case for another authority');
      const { number, service, serviceVersion, submission, language, createdAt } = view;
      const files = [];
      for (const { id, origin } of view.files) {
        const file = origin === 'citizen' && (await readFile(context.db, unlocked.seals, caseId, id));
        if (file) files.push({ id, ...file });
      }
      const { authority } = delivery;
      return {
        ...{
          number,
          service,
          serviceVersion,
          title,
          leika,
          authority,
          submission,
          language,
          createdAt,
          files,
        },
      };
    },

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
      if (await unlessOver(change(context, caseId, { kind: 'authority' }, wanted, tx))) {
        await writeDownThatItCame(caseId, tx);
        return true;
      }
      // Earlier versions of this program destroyed cases that were undecided. What was paid for one is still owed.
      const row = decision === 'rejected' ? await findRow({ ...context, db: tx }, { id: caseId }) : undefined;
      if (row?.destroyedAt && !isClosed(row.state))
        await context.payments.owe(tx, caseId, 'rejected', context.clock.now());
      return false;
    },

    /** The authority writes to the citizen, before or after it has decided. @returns false when it comes too late */
    writtenBy: (
      caseId: string,
      letter: { text: string; files: readonly CaseAttachment[]; missing: number },
      tx?: Tx,
    ): Promise<boolean> =>
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
            body: { text: letter.text, ...(letter.missing > 0 && { missing: letter.missing }) },
            files: letter.files,
          },
          tx,
        ),
      ),
  };
}
