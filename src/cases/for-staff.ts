import { isUuid, type Tx } from '#db';
import { normaliseCode } from '#seal';
import type { IsoDate } from '#time';
import { codeKindsOf } from './edition.ts';
import { lookupCode } from './list.ts';
import type { CaseContext } from './ports.ts';
import { findRow, readCase, readCaseFile, unlock, viewOf } from './read.ts';
import type {
  CaseAttachment,
  CaseRow,
  CaseStaff,
  CaseStop,
  CaseView,
  FoundCode,
  StaffOpened,
} from './types.ts';

/** Writes down who looked at what. Comes before the look itself: no access without its entry. */
async function record(
  context: CaseContext,
  { subject: who }: CaseStaff,
  entry: { action: string; subject: string; detail?: { purpose: string } },
): Promise<void> {
  const at = context.clock.now();
  await context.db
    .transaction()
    .execute((tx: Tx) => context.audit.append(tx, { at, actor: `staff:${who}`, ...entry }));
}

/** The one door to a case: what belongs to another office, or is not paid for, does not exist here. */
async function enter(
  context: CaseContext,
  staff: CaseStaff,
  caseId: string,
  purpose: string,
): Promise<CaseRow | undefined> {
  if (!isUuid(caseId)) return undefined;
  const row = await findRow(context, { id: caseId });
  if (!row || row.state === 'unpaid' || !staff.offices.includes(row.office)) {
    await record(context, staff, { action: 'case.refused', subject: caseId });
    return undefined;
  }
  await record(context, staff, { action: 'case.read', subject: row.id, detail: { purpose } });
  return row;
}

/** What somebody of the staff can open; each opening, and each try, is an entry of the audit record. */
export function staffViews(context: CaseContext) {
  return {
    /**
     * @param purpose a word for the audit entry
     * @returns undefined when there is no such case for this person
     */
    async forStaff(caseId: string, staff: CaseStaff, purpose: string): Promise<StaffOpened | undefined> {
      const row = await enter(context, staff, caseId, purpose);
      if (!row) return undefined;
      const view = await readCase(context, row.id);
      return view ? { kind: 'open', view } : { kind: 'destroyed', at: row.destroyedAt ?? row.updatedAt };
    },

    /** @returns one file of a case, whoever sent it */
    async fileForStaff(
      caseId: string,
      fileId: string,
      staff: CaseStaff,
    ): Promise<CaseAttachment | undefined> {
      const row = await enter(context, staff, caseId, 'file');
      return row && readCaseFile(context, row.id, fileId);
    },

    /**
     * Looks up a code that a citizen brings to an office (§ 23a BMG: Zuordnungsmerkmal), of whatever service it is.
     * @param code as typed
     */
    async findCode(
      code: string,
      staff: CaseStaff,
    ): Promise<{ found: FoundCode; view: CaseView | undefined } | undefined> {
      if (!normaliseCode(code)) return undefined;
      for (const kind of await codeKindsOf(context.db, staff.offices)) {
        const found = await lookupCode(context, kind, code, staff.offices);
        if (!found) continue;
        await record(context, staff, { action: 'code.lookedUp', subject: found.caseId });
        // What was taken back is nobody's business at the counter any more, only that it was.
        return {
          found,
          view: found.state === 'withdrawn' ? undefined : await readCase(context, found.caseId),
        };
      }
      await record(context, staff, { action: 'code.unknown', subject: 'code' });
      return undefined;
    },

    /**
     * Opens the cases of one tour day for its list, which is one entry in the audit record.
     * @param booked as the booking room has them
     * @returns what is to be driven to, without what was rejected, withdrawn or not paid for
     */
    async forTour(
      tour: { calendar: string; date: IsoDate },
      booked: readonly { caseId: string; area: string }[],
      staff: CaseStaff,
    ): Promise<CaseStop[]> {
      await record(context, staff, {
        action: 'tour.opened',
        subject: `tour/${tour.calendar}/${tour.date}`,
      });
      const stops = await Promise.all(booked.map((one) => stopOf(context, one, staff)));
      return stops.filter((stop) => stop !== undefined);
    },
  };
}

const GONE = new Set(['rejected', 'withdrawn', 'unpaid']);

async function stopOf(
  context: CaseContext,
  { caseId, area }: { caseId: string; area: string },
  staff: CaseStaff,
): Promise<CaseStop | undefined> {
  const unlocked = await unlock(context, caseId);
  if (!unlocked || GONE.has(unlocked.row.state) || !staff.offices.includes(unlocked.row.office))
    return undefined;
  const view = await viewOf(context, unlocked);
  const { questions, computed } = await context.editions.of(context.db, unlocked.row);
  const { number, submission, shown, toDecide } = view;
  return { caseId, number, area, toDecide, submission, sections: shown.de.sections, questions, computed };
}
