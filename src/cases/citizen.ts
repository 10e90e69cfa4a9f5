import type { Selectable } from 'kysely';
import type { CaseTable } from '#db';
import type { Answer, Answers, SlotAnswer } from '#service';
import { momentOf } from '#time';
import { change } from './change.ts';
import { type CaseContent, contentOf } from './content.ts';
import type { CaseContext } from './ports.ts';
import { openContent } from './read.ts';
import type { CaseAttachment } from './types.ts';
import { FIELD } from './vault.ts';

const isSlot = (answer: Answer): boolean =>
  typeof answer === 'object' && !Array.isArray(answer) && 'slot' in answer && 'date' in answer;

/**
 * The content after the date was moved. The words are made anew by the service it was handed in with; where that has
 * changed since, they stay as they were, and only the answer and the booking carry the new date.
 */
function moved(
  context: CaseContext,
  row: Selectable<CaseTable>,
  content: CaseContent,
  slot: SlotAnswer,
): CaseContent {
  const answers: Answers = Object.fromEntries(
    Object.entries(content.submission.answers).map(([id, answer]) => [
      id,
      isSlot(answer) ? { slot: slot.slot, date: slot.date } : answer,
    ]),
  );
  const service = context.catalogue.get(row.service);
  if (service?.version !== row.service_version) {
    return { ...content, submission: { ...content.submission, answers } };
  }
  const seen = service.pages.map((page) => page.id);
  const walked = context.words.walk(
    service,
    { answers, seen },
    momentOf(row.created_at, (date) => context.city.isHoliday(date) !== undefined),
  );
  const submission = { ...content.submission, answers, computed: walked.computed };
  return contentOf(service, submission, walked, context.words);
}

/** What citizens do with their case on the status page. All throw CaseNotFoundError and TransitionError. */
export function citizenActions(context: CaseContext) {
  return {
    /** Answers the office or adds something; a case that waited goes back to work. */
    answer: (caseId: string, input: { text: string; files?: readonly CaseAttachment[] }): Promise<void> =>
      change(
        context,
        caseId,
        { kind: 'citizen' },
        {
          action: 'answer',
          event: 'answer',
          audit: 'case.answered',
          body: { text: input.text },
          files: input.files ?? [],
        },
      ),

    /**
     * Takes the case back: the date becomes free, the allowance is given back, the code ends.
     * @throws SlotLostError when it is too late to give the date up; nothing has changed then
     */
    withdraw: (caseId: string): Promise<void> =>
      change(
        context,
        caseId,
        { kind: 'citizen' },
        {
          action: 'withdraw',
          event: 'withdrawn',
          audit: 'case.withdrawn',
          work: async (tx) => {
            await tx.deleteFrom('lookup_code').where('case_id', '=', caseId).execute();
            await context.booking.giveUp(tx, caseId);
            await context.booking.entitlement.giveBack(tx, caseId);
            return undefined;
          },
        },
      ),

    /** Moves the booked date. @throws SlotLostError when that is not possible (any more); the old one is kept then */
    reschedule: (caseId: string, slotId: string): Promise<void> =>
      change(
        context,
        caseId,
        { kind: 'citizen' },
        {
          action: 'reschedule',
          event: 'moved',
          audit: 'case.moved',
          work: async (tx, unlocked) => {
            const slot = await context.booking.move(tx, caseId, slotId);
            const content = moved(context, unlocked.row, openContent(unlocked), slot);
            const sealed = unlocked.seals.seal(JSON.stringify(content), FIELD.content);
            return { columns: { content: sealed }, body: { slot } };
          },
        },
      ),
  };
}
