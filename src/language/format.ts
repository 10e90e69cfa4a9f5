/** Numbers, money, dates, lists and names as a language writes them, by `Intl`. */
import type { IsoDate, PartialDate } from '#time';
import type { Language } from './keys.ts';
import { about } from './languages.ts';
import { plainTag } from './message.ts';

/** Making a formatter takes a hundred times as long as using it. */
function remembered<T>(make: (tag: string) => T): (language: Language) => T {
  const known = new Map<Language, T>();
  return (language) => {
    const found = known.get(language) ?? make(plainTag(about(language).tag));
    known.set(language, found);
    return found;
  };
}

const date = (parts: Intl.DateTimeFormatOptions) =>
  remembered((tag) => new Intl.DateTimeFormat(tag, { timeZone: 'UTC', ...parts }));
const number = (parts: Intl.NumberFormatOptions) => remembered((tag) => new Intl.NumberFormat(tag, parts));

const numbers = number({ maximumFractionDigits: 6 });
const decimals = number({ maximumFractionDigits: 1 });
const money = number({ style: 'currency', currency: 'EUR' });
const prices = number({ style: 'currency', currency: 'EUR', trailingZeroDisplay: 'stripIfInteger' });
const amounts = number({ minimumFractionDigits: 2 });
const years = date({ year: 'numeric' });
const months = date({ year: 'numeric', month: 'long' });
const days = date({ year: 'numeric', month: 'long', day: 'numeric' });
const weekdays = date({ year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' });
const shortWeekdays = date({ weekday: 'long' });
const daysAlone = date({ month: 'long', day: 'numeric' });
const lists = remembered((tag) => new Intl.ListFormat(tag, { type: 'conjunction' }));
const choices = remembered((tag) => new Intl.ListFormat(tag, { type: 'disjunction' }));
const commas = remembered((tag) => (new Intl.Locale(tag).maximize().script === 'Arab' ? '، ' : ', '));
const regions = remembered((tag) => new Intl.DisplayNames(tag, { type: 'region' }));
const MINUTE_SECONDS = 60;
const waits = (unit: 'second' | 'minute') => number({ style: 'unit', unit, unitDisplay: 'long' });
const [seconds, minutes] = [waits('second'), waits('minute')];
const orders = remembered((tag) => new Intl.Collator(tag));

const at = (day: string): Date => new Date(`${day}T00:00:00Z`);

/** @returns a number with the language's decimal sign */
export const wholeNumber = (value: number, language: Language): string => numbers(language).format(value);

/** @returns a number with one decimal at most: `10,4` in German */
export const decimal = (value: number, language: Language): string => decimals(language).format(value);

/** @param cents euro cents @returns `13,00 €`, `€13.00` */
export const euros = (cents: number, language: Language): string => money(language).format(cents / 100);

/** @param cents euro cents @returns `13 €`, `€13`, and `12,50 €` where there are cents: to be read at a glance */
export const price = (cents: number, language: Language): string => prices(language).format(cents / 100);

/** @param cents euro cents @returns euros as a number: `13`, and `12,50` where there are cents */
export const amount = (cents: number, language: Language): string =>
  (cents % 100 === 0 ? numbers : amounts)(language).format(cents / 100);

/** @returns how long somebody waits, rounded up: `10 Sekunden`, and from a minute on `2 Minuten` */
export const waitingTime = (wait: number, language: Language): string =>
  wait < MINUTE_SECONDS
    ? seconds(language).format(Math.ceil(wait))
    : minutes(language).format(Math.ceil(wait / MINUTE_SECONDS));

/** @returns `24. Dezember 2026`, `24 December 2026`; of a date known in part `Dezember 2026` or `2026` */
export function longDate(day: PartialDate, language: Language): string {
  const [year = '', month, one] = day.split('-');
  if (month === undefined) return years(language).format(at(`${year}-01-01`));
  return one === undefined ? months(language).format(at(`${day}-01`)) : days(language).format(at(day));
}

/** @returns a date with its weekday, as people say it: `Mittwoch, 2. Dezember 2026` */
export const dateWithWeekday = (day: IsoDate, language: Language): string =>
  weekdays(language).format(at(day));

/** @returns weekday, day and month, and year apart, for cards: `Mittwoch`, `2. Dezember`, `2026` */
export function dateParts(day: IsoDate, language: Language): { weekday: string; day: string; year: string } {
  return {
    weekday: shortWeekdays(language).format(at(day)),
    day: daysAlone(language).format(at(day)),
    year: years(language).format(at(day)),
  };
}

const GERMAN_TIME = /^0?(\d+):(\d\d)$/;

/** @returns a time of the day `HH:MM` as a sentence says it: in German `8` and `8:30`, before the word for the hour */
export function timeInWords(time: string, language: Language): string {
  if (!about(language).tag.startsWith('de')) return time;
  return time.replace(GERMAN_TIME, (_, hour, minute) => (minute === '00' ? hour : `${hour}:${minute}`));
}

/** @returns the names of the months, January first */
export const monthNames = (language: Language): readonly string[] =>
  Array.from({ length: 12 }, (_, month) => monthAlone(language).format(new Date(Date.UTC(2026, month, 1))));
const monthAlone = date({ month: 'long' });

/** @returns `A, B und C` */
export const listOf = (parts: readonly string[], language: Language): string => lists(language).format(parts);

/** @returns parts one after another, without a word between them: `A, B, C` */
export const inARow = (parts: readonly string[], language: Language): string => parts.join(commas(language));

/** @returns `A, B oder C` */
export const choiceOf = (parts: readonly string[], language: Language): string =>
  choices(language).format(parts);

/** @param code ISO 3166-1 alpha-2 @returns what the state is called; the code where it has no name */
export const regionName = (code: string, language: Language): string => regions(language).of(code) ?? code;

/** @returns the language's order of two words */
export const compare = (one: string, other: string, language: Language): number =>
  orders(language).compare(one, other);
