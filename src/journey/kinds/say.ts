/** Numbers, dates and yes/no as people read them. */
import type { Language } from '#service';
import { type IsoDate, type PartialDate, weekday } from '#time';

const GERMAN = {
  months: 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'.split(' '),
  days: 'Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag'.split(' '),
  dot: '.',
  yes: 'Ja',
  no: 'Nein',
  confirmed: 'Ja, bestätigt',
  none: 'Keine Angabe',
  unlisted: 'nicht im Straßenverzeichnis',
};
const WORDS: Readonly<Record<Language, typeof GERMAN>> = {
  de: GERMAN,
  leicht: { ...GERMAN, confirmed: 'Ja', unlisted: 'steht nicht in der Straßen-Liste' },
  en: {
    months: 'January February March April May June July August September October November December'.split(
      ' ',
    ),
    days: 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' '),
    dot: '',
    yes: 'Yes',
    no: 'No',
    confirmed: 'Yes, confirmed',
    none: 'Not given',
    unlisted: 'not in the list of streets',
  },
};

export const words = (language: Language): typeof GERMAN => WORDS[language];

const formats = {
  de: new Intl.NumberFormat('de-DE', { maximumFractionDigits: 6 }),
  en: new Intl.NumberFormat('en-GB', { maximumFractionDigits: 6 }),
};

/** @returns a number with the language's decimal sign */
export function wholeNumber(value: number, language: Language): string {
  return formats[language === 'en' ? 'en' : 'de'].format(value);
}

const money = {
  de: new Intl.NumberFormat('de-DE', { style: 'currency', currency: 'EUR' }),
  en: new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'EUR' }),
};

/** @param cents euro cents @returns `13,00 €`, `€13.00` */
export function euros(cents: number, language: Language): string {
  return money[language === 'en' ? 'en' : 'de'].format(cents / 100);
}

/** @returns `24. Dezember 2026`, `24 December 2026`; of a date known in part `Dezember 2026` or `2026` */
export function longDate(date: PartialDate, language: Language): string {
  const { months, dot } = WORDS[language];
  const [year, month, day] = date.split('-').map(Number);
  if (month === undefined) return String(year);
  const named = `${months[month - 1]} ${year}`;
  return day === undefined ? named : `${day}${dot} ${named}`;
}

/** @returns the date with its weekday before it */
export function dateWithWeekday(date: IsoDate, language: Language): string {
  return `${WORDS[language].days[weekday(date) - 1]}, ${longDate(date, language)}`;
}
