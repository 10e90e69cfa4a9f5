import { languageOf } from '#language';
import type { Answer, Answers, SlotAnswer } from '#service';
import { momentOf } from '#time';
import { change } from './change.ts';
import { contentOf, redated } from './content.ts';
import { isSameEdition } from './edition.ts';
import { TransitionError } from './errors.ts';
import { wasSaid } from './events.ts';
import { sealContent } from './kept-words.ts';
import { wasIssued } from './official.ts';
import type { CaseContext } from './ports.ts';
import { lock, openContent, type Unlocked } from './read.ts';
import type { CaseContent } from './sealed.ts';
import { mayWithdraw } from './state.ts';
import type { CaseAttachment } from './types.ts';

const isSlot = (answer: Answer): boolean =>
  typeof answer === 'object' && !Array.isArray(answer) && 'slot' in answer && 'date' in answer;

/**
 * The content after the date was moved. The words are made anew where the service still is what the case was handed in
 * with; elsewhere they stay, with the new date in the place of the old one.
 */
function moved(context: CaseContext, { row }: Unlocked, content: CaseContent, slot: SlotAnswer): CaseContent {
  const answers: Answers = Object.fromEntries(
    Object.entries(content.submission.answers).map(([id, answer]) => [
      id,
      isSlot(answer) ? { slot: slot.slot, date: slot.date } : answer,
    ]),
  );
  const service = context.catalogue.get(row.service);
  if (!service || !isSameEdition(service, row.edition)) {
    const old = Object.values(content.submission.answers).find(isSlot) as SlotAnswer | undefined;
    const submission = { ...content.submission, answers };
    return old ? { ...redated(content, old.date, slot.date, context.words), submission } : content;
  }
  const seen = service.pages.map((page) => page.id);
  const walked = context.words.walk(
    service,
    { answers, seen },
    momentOf(row.created_at, (date) => context.city.isHoliday(date) !== undefined),
  );
  const submission = { ...content.submission, answers, computed: walked.computed };
  return contentOf(service, submission, walked, context.words, languageOf(row.language));
}

/** What citizens do with their case on the status page. All throw CaseNotFoundError and TransitionError; all but taking it back CaseFullError. */
export function citizenActions(context: CaseContext) {
  return {
    /**
     * Answers the office or adds something; a case that waited goes back to work.
     * @param input.once names the form that says it: sent again, because the first answer never came, it says nothing new
     */
    answer: (
      caseId: string,
      { once, text, files = [] }: { once?: string; text: string; files?: readonly CaseAttachment[] },
    ): Promise<void> =>
      context.db.transaction().execute(async (tx) => {
        const found = await lock(tx, context, caseId);
        if (found && once && (await wasSaid(tx, found.seals, caseId, { once }))) return;
        const body = { text, once };
        const wanted = { action: 'answer', event: 'answer', audit: 'case.answered', body, files } as const;
        await change(context, caseId, { kind: 'citizen' }, wanted, tx);
      }),

    /**
     * Takes the case back, unless another authority has it or the office has issued a paper before: the date becomes free,
     * the allowance is given back, and the desk sees of the code that it was withdrawn.
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
          work: async (tx, unlocked) => {
            const { row } = unlocked;
            const { channel } = (await context.editions.of(tx, row)).delivery;
            const acted =
              (channel !== 'desk' && row.delivered_at !== null) || wasIssued(openContent(unlocked));
            if (!mayWithdraw(row.state, acted)) throw new TransitionError();
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
            const content = moved(context, unlocked, openContent(unlocked), slot);
            const sealed = sealContent(unlocked.seals, languageOf(unlocked.row.language), content);
            return { columns: { content: sealed, due_on: slot.date }, body: { slot } };
          },
        },
      ),
  };
}
