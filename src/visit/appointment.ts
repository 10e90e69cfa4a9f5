/** Whether people need an appointment at the office they are sent to, on the screen and on the note they take along. */
import type { Office } from '#city';
import { germanIn, type Language } from '#language';
import type { Appointment } from '#service';
import { hoursText } from './hours.ts';
import { appointmentWords, words } from './words.ts';

/** What to know before going: whether to book, and when somebody is there for it. */
export interface Going {
  appointment: string;
  hours: readonly string[];
}

/**
 * The counter's hours are only for those it is meant for: whoever needs an appointment comes at its time.
 * @param cityPhone the number for offices without one of their own
 */
export function goingTo(
  office: Office,
  appointment: Appointment,
  language: Language,
  cityPhone: string,
): Going {
  const w = appointmentWords(language);
  const { express } = office;
  if (appointment === 'express' && express)
    return {
      appointment: w.express({ counter: germanIn(language, express.name) }),
      hours: hoursText(express.hours, words(language)),
    };
  if (appointment === 'none') return { appointment: w.none, hours: hoursText(office.hours, words(language)) };
  const phone = office.phone ?? cityPhone;
  const book =
    office.url === undefined ? w.book({ phone }) : w.bookOnline({ phone, site: new URL(office.url).host });
  return { appointment: `${w.needed} ${book}`, hours: [] };
}

/** @returns what an office's express counter is for, and when; undefined where there is none */
export function expressLines(
  office: Office,
  language: Language,
): { title: string; hours: readonly string[]; rest: string } | undefined {
  const { express } = office;
  if (!express) return undefined;
  const w = appointmentWords(language);
  return {
    title: w.short({ counter: germanIn(language, express.name) }),
    hours: hoursText(express.hours, words(language)),
    rest: w.rest,
  };
}
