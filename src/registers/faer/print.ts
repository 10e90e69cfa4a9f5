import type { RegisterPrintData } from '#documents';
import { type Language, longDate } from '#language';
import { entryLines, entryState, entryTitle, remarks, seminarText, totalOf } from './lines.ts';
import type { FaerPerson } from './protocol.ts';
import type { PointsReport } from './report.ts';
import { reportWords } from './words.ts';

/** What the report adds to a paper; the office and the time come from whoever prints it. */
export type PointsPrint = Omit<RegisterPrintData, 'office' | 'printedAt'>;

/**
 * @param person who asked
 * @returns the words of the paper "Auskunft aus dem Fahreignungsregister"
 */
export function printPoints(report: PointsReport, person: FaerPerson, language: Language): PointsPrint {
  const w = reportWords(language);
  return {
    language,
    title: w.paperTitle,
    subtitle: w.paperSubtitle,
    notice: w.paperNotice,
    about: [
      { label: w.asked, value: [person.givenNames, person.familyName].filter(Boolean).join(' ') },
      { label: w.born, value: longDate(person.birthDate, language) },
    ],
    result: {
      value: totalOf(report, language),
      label: w.asOf({ date: longDate(report.on, language) }),
      texts: [
        ...(report.points > 0 ? [`${w[`step_${report.step}`]}. ${w[`means_${report.step}`]}`] : []),
        ...(report.addsUp ? [] : [w.addsUp]),
        ...remarks(report, language),
      ],
    },
    entriesTitle: w.entries,
    empty: w.noEntries,
    entries: report.entries.map((entry) => ({
      title: entryTitle(entry, language),
      lines: [{ label: w.status, value: entryState(entry, language) }, ...entryLines(entry, language)],
    })),
    notes: [
      { title: w.seminarTitle, text: seminarText(report, language) },
      { title: w.noteTitle, text: w.note },
    ],
  };
}
