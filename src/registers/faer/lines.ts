import { type Language, longDate } from '#language';
import type { IsoDate } from '#time';
import type { EntryKind } from './kinds.ts';
import type { PointsReport, ReportEntry } from './report.ts';
import { kindWords, reportWords } from './words.ts';

interface Line {
  label: string;
  value: string;
}

/** What the decisive date of an entry is called. */
function dateLabel(kind: EntryKind): 'final' | 'certificate' | 'dated' {
  switch (kind) {
    case 'seminar':
    case 'course':
      return 'certificate';
    case 'admonition':
    case 'warning':
    case 'probationCourse':
    case 'probationWarning':
    case 'waiver':
    case 'provisionalWithdrawal':
    case 'seizure':
      return 'dated';
    default:
      return 'final';
  }
}

/** @returns the title of an entry: "1 Punkt: Ordnungswidrigkeit" */
export function entryTitle(entry: ReportEntry, language: Language): string {
  const kind = kindWords(language)[`kind_${entry.kind}`];
  return entry.points > 0 ? `${reportWords(language).points({ count: entry.points })}: ${kind}` : kind;
}

/** @returns whether and how an entry counts today */
export function entryState(entry: ReportEntry, language: Language): string {
  return kindWords(language)[`state_${entry.state}`];
}

/** @returns what is known of an entry and when it ends, for screen and paper */
export function entryLines(entry: ReportEntry, language: Language): readonly Line[] {
  const w = reportWords(language);
  const until = (date: IsoDate | undefined): string => {
    if (date === undefined) return w.open;
    const day = longDate(date, language);
    return entry.atTheLatest ? w.atTheLatest({ date: day }) : day;
  };
  const period = entry.points === 0 ? w.period : entry.state === 'counts' ? w.counts : w.counted;
  return [
    ...(entry.offence ? [{ label: w.offence, value: entry.offence }] : []),
    ...(entry.actedOn ? [{ label: w.acted, value: longDate(entry.actedOn, language) }] : []),
    { label: w.authority, value: entry.authority },
    { label: w.reference, value: entry.reference },
    { label: w[dateLabel(entry.kind)], value: longDate(entry.finalOn, language) },
    // Where a new licence ended the points, the period says nothing about them any more.
    ...(entry.state === 'lapsed' ? [] : [{ label: period, value: until(entry.tilgung) }]),
    { label: w.deleted, value: until(entry.loeschung) },
  ];
}

/** @returns "5 Punkte", or in words that there are none */
export function totalOf({ points }: PointsReport, language: Language): string {
  const w = reportWords(language);
  return points === 0 ? w.noPoints : w.points({ count: points });
}

/** @returns whether a seminar would help, in words */
export function seminarText({ seminar }: PointsReport, language: Language): string {
  const w = reportWords(language);
  return seminar.code === 'used'
    ? w.seminarUsed({ date: longDate(seminar.until, language) })
    : w[`seminar_${seminar.code}`];
}

/** @returns what else holds for this person, one sentence or two each */
export function remarks(report: PointsReport, language: Language): readonly string[] {
  const w = reportWords(language);
  const { fall, probationUntil, barredUntil, barredForever, on } = report;
  return [
    ...(fall
      ? [w.fall({ date: longDate(fall.on, language), points: w.points({ count: fall.points }) })]
      : []),
    ...(probationUntil && probationUntil >= on
      ? [w.probation({ date: longDate(probationUntil, language) })]
      : []),
    ...(barredUntil && barredUntil >= on ? [w.barred({ date: longDate(barredUntil, language) })] : []),
    ...(barredForever ? [w.barredForever] : []),
  ];
}
