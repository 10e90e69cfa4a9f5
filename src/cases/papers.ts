import type { Language } from '#service';
import { calendarText, span } from './calendar.ts';
import type { CaseContext } from './ports.ts';
import { openContent, unlock } from './read.ts';

/** @returns the booked date as an iCalendar file; undefined when there is none or the case is destroyed */
export async function calendarFile(
  context: CaseContext,
  caseId: string,
  language: Language,
): Promise<string | undefined> {
  const unlocked = await unlock(context, caseId);
  const booking = unlocked && (await context.booking.ofCase(caseId));
  if (!unlocked || !booking) return undefined;
  const { calendar, shown } = openContent(unlocked);
  if (!calendar) return undefined;
  const { row } = unlocked;
  const { title, calendar: entry, result } = shown[language];
  return calendarText({
    uid: `${caseId}@${new URL(context.publicUrl).hostname}`,
    sequence: row.version - 1,
    stamp: row.updated_at,
    ...span({ date: booking.slot.date, ...calendar }),
    title: entry ?? title,
    text: result.next.join('\n'),
  });
}
export const receiptPdf = async (
  _c: CaseContext,
  _i: string,
  _a: string,
  _l: Language,
): Promise<Buffer | undefined> => undefined;
export const documentPdf = async (_c: CaseContext, _i: string, _l: Language): Promise<Buffer | undefined> =>
  undefined;
