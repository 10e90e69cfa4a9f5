import type { Language } from '#service';
import { civilDate, type IsoDate } from '#time';

const FORMATS: Record<Language, Intl.DateTimeFormat> = {
  de: format('de-DE'),
  leicht: format('de-DE'),
  en: format('en-GB'),
};

function format(locale: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale, {
    timeZone: 'UTC',
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
}

/** @returns a date as people say it: `Montag, 7. Dezember 2026` */
export function readableDate(date: IsoDate, language: Language): string {
  return FORMATS[language].format(new Date(`${date}T00:00:00Z`));
}

/** @returns the civil date of an instant as people say it */
export function readableDay(instant: Date, language: Language): string {
  return readableDate(civilDate(instant), language);
}
