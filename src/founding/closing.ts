/** Days on which a town is closed beside public holidays: `24.12. Heiligabend`, every year, or `08.02.2027 Rosenmontag`, once. */
import { isIsoDate } from '#time';

const DAY = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})?\s*(.*)$/;
const REASONS: Readonly<Record<string, string>> = { '12-24': 'Heiligabend', '12-31': 'Silvester' };

/** As `closures.yaml` has it. */
export type Closing = ({ every: string } | { date: string }) & { reason: string };

/** @returns the day; undefined where there is no such day */
export function readClosing(text: string): Closing | undefined {
  const [, day, month, year, said = ''] = DAY.exec(text.trim()) ?? [];
  if (day === undefined || month === undefined) return undefined;
  const every = `${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  // A leap year: 29 February is a day.
  if (!isIsoDate(`${year ?? '2028'}-${every}`)) return undefined;
  const reason = said || (REASONS[every] ?? 'Geschlossen');
  return year === undefined ? { every, reason } : { date: `${year}-${every}`, reason };
}
