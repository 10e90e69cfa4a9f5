import { type ConfirmationData, officeOnPaper, type ReceiptData } from '#documents';
import { approved, dateWithWeekday, type Language, withoutMarks } from '#language';
import { formatCode, formatNumber } from '#seal';
import type { SlotAnswer } from '#service';
import { calendarText, span } from './calendar.ts';
import { readIssued } from './issue.ts';
import { genuineLink, genuinePage, statusLink, statusPage, typeable } from './links.ts';
import type { CaseContext } from './ports.ts';
import { readCase } from './read.ts';
import type { CaseView } from './types.ts';

/** No paper says of a case what is true only when it has been paid for. */
async function readPaid(context: CaseContext, caseId: string): Promise<CaseView | undefined> {
  const view = await readCase(context, caseId);
  return view?.state === 'unpaid' ? undefined : view;
}

/** Office, number and code as they stand on every paper of a case. */
function frame(context: CaseContext, view: CaseView, language: Language) {
  const { code } = view.shown[language];
  return {
    language,
    office: officeOnPaper(context.city.offices, view.office),
    number: formatNumber(view.number),
    code: code && view.code ? { ...code, value: formatCode(view.code) } : undefined,
  };
}

/** What the receipt says beside the case itself. */
export interface ReceiptExtra {
  /** What has been paid, as a sentence. */
  paid?: string | undefined;
  /** How long the office keeps what was said, as a sentence. */
  kept?: string | undefined;
  /** What has become of the case since it was handed in, where something has. */
  since?: ReceiptData['since'];
}

/**
 * The receipt of a hand-in as PDF/UA.
 * @param wanted.accessCode as the citizen has it; it is printed, and in the QR code behind a # so that no server logs it
 * @returns undefined when there is no such case or it is destroyed
 */
export async function receiptPdf(
  context: CaseContext,
  wanted: ReceiptExtra & { caseId: string; accessCode: string; language: Language },
): Promise<Buffer | undefined> {
  const { caseId, accessCode, language, paid, kept, since } = wanted;
  const view = await readPaid(context, caseId);
  if (!view) return undefined;
  const { title, sections } = view.shown[language];
  const data: ReceiptData = {
    ...frame(context, view, language),
    // Where another authority decides, nobody is sent to this office with questions about it.
    ...(view.authority !== undefined && { office: { name: view.authority, address: '' } }),
    title,
    receivedAt: view.createdAt,
    accessCode: formatCode(accessCode),
    date: view.booking?.slot.date,
    ...{ paid, kept, since },
    statusLink: statusLink(context.publicUrl, view.number, accessCode),
    statusAddress: typeable(statusPage(context.publicUrl)),
    // What happens next was said of a case that goes on.
    next: view.state === 'withdrawn' || view.state === 'rejected' ? [] : nextLines(view, language),
    sections,
  };
  return context.papers.receipt(data);
}

/** @returns the confirmation that the service issues, as PDF/UA; undefined where it has none, the office has not said yes (yet), or it counts no more */
export async function documentPdf(
  context: CaseContext,
  caseId: string,
  wanted: Language,
): Promise<Buffer | undefined> {
  // A paper that proves something says what people have read.
  const language = approved(wanted);
  const view = await readPaid(context, caseId);
  const document = view?.shown[language].document;
  if (!view || !document) return undefined;
  const { decided, ...said } = document;
  if (decided) return officialPdf(context, view, language);
  // What was taken back or not accepted is not confirmed any more, whoever asks for the paper once again.
  if (view.state === 'withdrawn' || view.state === 'rejected') return undefined;
  const data: ConfirmationData = {
    ...frame(context, view, language),
    ...said,
    issuedAt: view.createdAt,
    own: true,
  };
  return context.papers.confirmation(data);
}

/**
 * The paper of an office that has said yes: word for word what its page confirms to whoever holds it. Where nobody has
 * compared it with the register, because another authority decided or this program did not ask for it yet, it says so.
 */
async function officialPdf(
  context: CaseContext,
  view: CaseView,
  language: Language,
): Promise<Buffer | undefined> {
  const { document } = view.shown[language];
  if (view.state !== 'done' || !document) return undefined;
  const framed = frame(context, view, language);
  const code = view.paper?.issued?.codes[language];
  const issued = code && (await readIssued(context, view.id, code));
  if (!code || !issued) {
    const { title, text, fields } = document;
    const issuedAt = view.closedAt ?? view.createdAt;
    return context.papers.confirmation({ ...framed, title, text, fields, issuedAt, asStated: true });
  }
  return context.papers.official({
    ...framed,
    ...issued.printed,
    language: issued.language,
    issuedAt: new Date(view.paper?.issued?.at ?? view.createdAt),
    check: {
      code: formatCode(code),
      link: genuineLink(context.publicUrl, view.number, code),
      address: typeable(genuinePage(context.publicUrl)),
    },
  });
}

/**
 * @returns the booked date as an iCalendar file, or the one that takes it out of a calendar when the case was withdrawn or
 * rejected, or done before that day; undefined when there is none or the case is destroyed
 */
export async function calendarFile(
  context: CaseContext,
  caseId: string,
  language: Language,
): Promise<string | undefined> {
  const view = await readPaid(context, caseId);
  if (!view?.calendar) return undefined;
  const over = view.state === 'withdrawn' || view.state === 'rejected';
  const cancelled = over || (view.state === 'done' && !view.booking);
  // A withdrawn case has no booking any more; what was last booked stands in its answers.
  const booked = view.submission.answers[view.calendar.slot] as unknown as SlotAnswer | undefined;
  const date = view.booking?.slot.date ?? (cancelled ? booked?.date : undefined);
  if (date === undefined) return undefined;
  const { title, calendar } = view.shown[language];
  return calendarText({
    uid: `${caseId}@${new URL(context.publicUrl).hostname}`,
    // Moving, withdrawing and deciding all raise the case's version.
    sequence: view.version - 1,
    stamp: view.updatedAt,
    ...span({ date, ...view.calendar }),
    title: withoutMarks(calendar ?? title),
    text: withoutMarks(cancelled ? '' : nextLines(view, language).join('\n')),
    cancelled,
    tentative: view.toDecide,
  });
}

/** What happens next as lines, each with its day where it has one. */
function nextLines({ shown, days }: Pick<CaseView, 'shown' | 'days'>, language: Language): string[] {
  return shown[language].result.next.map((text, index) => {
    const day = days[index];
    return day ? `${dateWithWeekday(day.date, language)}: ${text}` : text;
  });
}
