import { isUuid } from '#db';
import type { FormFields } from '#journey';
import { languageOf } from '#language';
import { civilDate } from '#time';
import { change } from './change.ts';
import { overdueBefore } from './due.ts';
import { authorityIn } from './edition.ts';
import { BeforeDateError, NotComparedError, PaperLinesError, TransitionError } from './errors.ts';
import { issue, revoke } from './issue.ts';
import { saidIn, sealContent } from './kept-words.ts';
import { correct } from './official.ts';
import { agreeing, newlyBroken } from './paper-rules.ts';
import type { CaseContext } from './ports.ts';
import { openContent } from './read.ts';
import type { CaseAttachment, CaseStaff, Decision } from './types.ts';

/**
 * What clerks do with a case. `version` is that of the case on the clerk's screen.
 * All throw CaseNotFoundError (also for another office's case), VersionConflictError and TransitionError.
 */
export function staffActions(context: CaseContext) {
  return {
    /** Makes the case the clerk's own; also one that a colleague has. */
    takeOver: (caseId: string, by: CaseStaff, version: number): Promise<void> =>
      change(
        context,
        caseId,
        { kind: 'staff', by, version },
        {
          action: 'takeOver',
          event: 'taken',
          audit: 'case.taken',
          columns: { assigned_to: by.subject },
        },
      ),

    /**
     * Takes a case on that is beyond what its household is due: from now on it is like any other.
     * @throws TransitionError where nothing of the kind is to be decided (any more)
     */
    accept: (caseId: string, by: CaseStaff, version: number): Promise<void> =>
      change(
        context,
        caseId,
        { kind: 'staff', by, version },
        {
          action: 'takeOver',
          event: 'accepted',
          audit: 'case.accepted',
          columns: { assigned_to: by.subject, to_decide: false },
          work: async (_, { row }) => {
            if (!row.to_decide) throw new TransitionError();
            return undefined;
          },
        },
      ),

    /** Puts the case back for anybody. */
    release: (caseId: string, by: CaseStaff, version: number): Promise<void> =>
      change(
        context,
        caseId,
        { kind: 'staff', by, version },
        {
          action: 'release',
          event: 'released',
          audit: 'case.released',
          columns: { assigned_to: null },
        },
      ),

    /** Asks the citizen something; the case waits for the answer. */
    message: (
      caseId: string,
      by: CaseStaff,
      version: number,
      text: string,
      files: readonly CaseAttachment[] = [],
    ): Promise<void> =>
      change(
        context,
        caseId,
        { kind: 'staff', by, version },
        {
          action: 'message',
          event: 'message',
          audit: 'case.asked',
          columns: { assigned_to: by.subject },
          body: { text },
          files,
        },
      ),

    /** Writes something down for colleagues; the citizen does not see it. */
    note: (caseId: string, by: CaseStaff, version: number, text: string): Promise<void> =>
      change(
        context,
        caseId,
        { kind: 'staff', by, version },
        {
          action: 'note',
          event: 'note',
          audit: 'case.noted',
          body: { text },
        },
      ),

    /**
     * Writes lines of the paper anew that the office will issue; the submission stays as it was handed in. The citizen
     * sees what was corrected.
     * @param confirmed the register says so although a rule of the service speaks against it
     * @throws PaperLinesError when something is wrong, nothing changed, a rule is broken that nobody has confirmed, or it
     * cannot be; nothing is written then
     */
    correct: (
      caseId: string,
      by: CaseStaff,
      version: number,
      form: FormFields,
      confirmed = false,
    ): Promise<void> =>
      change(
        context,
        caseId,
        { kind: 'staff', by, version },
        {
          action: 'correct',
          event: 'corrected',
          audit: 'case.corrected',
          work: async (_, unlocked, at) => {
            const before = openContent(unlocked);
            const { errors, content: written, corrections } = correct(before, form, context.words);
            if (errors.length > 0 || corrections.de.length === 0) throw new PaperLinesError(errors);
            const rules = newlyBroken(context, unlocked, before, written, at);
            if (rules.some(({ impossible }) => impossible) || (rules.length > 0 && !confirmed))
              throw new PaperLinesError([], rules);
            const { content, followed } = agreeing(context, unlocked, written);
            const own = languageOf(unlocked.row.language);
            return {
              columns: { content: sealContent(unlocked.seals, own, content) },
              body: {
                corrections: saidIn(own, (language) => [...corrections[language], ...followed[language]]),
              },
              detail: { lines: corrections.de.length, ...(rules.length > 0 && { confirmed: rules.length }) },
            };
          },
        },
      ),

    /**
     * Takes back the paper that was issued (§§ 42, 48 LVwVfG): `/echt` says so from now on, and its citizen reads why.
     * The case is open again, so that its lines can be corrected and a paper with codes of its own be issued.
     */
    revoke: (caseId: string, by: CaseStaff, version: number, reason: string): Promise<void> =>
      change(
        context,
        caseId,
        { kind: 'staff', by, version },
        {
          action: 'revoke',
          event: 'revoked',
          audit: 'paper.revoked',
          columns: { assigned_to: by.subject },
          body: { text: reason },
          work: async (tx, unlocked, at) => ({
            columns: { content: await revoke(tx, unlocked, openContent(unlocked), at) },
          }),
        },
      ),

    /**
     * Ends the case with a decision that the service has; the citizen sees decision and reason. Where the office issues
     * a paper, saying yes issues it.
     * @param more.compared somebody has compared the paper's lines with the register
     * @param more.early it is done though its booked day has not come; the date becomes free then
     * @throws BeforeDateError when it would be done before that day without
     * @throws NotComparedError when a paper would be issued that nobody has compared
     */
    decide: async (
      caseId: string,
      by: CaseStaff,
      version: number,
      decision: Decision,
      reason: string,
      more: { files?: readonly CaseAttachment[]; compared?: boolean; early?: boolean } = {},
    ): Promise<void> => {
      const booking = isUuid(caseId) ? await context.booking.ofCase(caseId) : undefined;
      return change(
        context,
        caseId,
        { kind: 'staff', by, version },
        {
          action: decision,
          event: 'decided',
          audit: 'case.decided',
          columns: { assigned_to: by.subject },
          body: { text: reason, decision },
          files: more.files ?? [],
          work: async (tx, unlocked, at) => {
            const { decisions } = await context.editions.of(tx, unlocked.row);
            if (!decisions.includes(decision)) throw new TransitionError();
            // What is refused uses up nothing: others can have the date, and the household can order again.
            if (decision === 'rejected') {
              await context.booking.cancel(tx, caseId);
              await context.booking.entitlement.giveBack(tx, caseId);
              return undefined;
            }
            if (booking && booking.slot.date > civilDate(at)) {
              if (!more.early) throw new BeforeDateError();
              await context.booking.cancel(tx, caseId);
            }
            const accepted = { to_decide: false };
            const content = openContent(unlocked);
            if (!content.shown.de.document?.decided) return { columns: accepted };
            if (!more.compared) throw new NotComparedError();
            return { columns: { ...accepted, content: await issue(tx, context, unlocked, content, at) } };
          },
        },
      );
    },

    /**
     * Ends the waiting for an authority that never got the case, because its delivery was given up, or that has not
     * decided for so long that the lead was told. The citizen reads the reason; what was paid is owed.
     */
    closeUndecided: (caseId: string, by: CaseStaff, version: number, reason: string): Promise<void> =>
      change(
        context,
        caseId,
        { kind: 'staff', by, version },
        {
          action: 'closeUndecided',
          event: 'closed',
          audit: 'case.closedUndecided',
          body: { text: reason },
          work: async (tx, { row }, at) => {
            if (!authorityIn(await context.editions.of(tx, row))) throw new TransitionError();
            const stuck = await context.outbox.abandon(tx, caseId, at);
            if (!stuck && row.created_at > overdueBefore(at)) throw new TransitionError();
            return undefined;
          },
        },
      ),
  };
}
