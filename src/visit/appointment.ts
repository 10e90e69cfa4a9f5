/** Whether people need an appointment at the office they are sent to, on the screen and on the note they take along. */
import type { Office } from '#city';
import type { Appointment, Language } from '#service';
import { defineWords } from '#web';
import { hoursText } from './hours.ts';
import { words } from './words.ts';

const appointmentWords = defineWords({
  de: {
    needed: 'Sie brauchen einen Termin.',
    book: (phone: string) => `Den Termin bekommen Sie am Telefon: ${phone}.`,
    bookOnline: (phone: string, site: string) =>
      `Den Termin bekommen Sie am Telefon: ${phone}, oder im Internet: ${site}.`,
    none: 'Sie brauchen keinen Termin.',
    express: (counter: string) => `Sie brauchen keinen Termin. Gehen Sie in den ${counter}.`,
    short: (counter: string) => `${counter}, ohne Termin, nur für Kurzes bis 5 Minuten`,
    rest: 'Alles andere mit Termin',
  },
  en: {
    needed: 'You need an appointment.',
    book: (phone: string) => `You get one by phone: ${phone}.`,
    bookOnline: (phone: string, site: string) => `You get one by phone: ${phone}, or online: ${site}.`,
    none: 'You do not need an appointment.',
    express: (counter: string) => `You do not need an appointment. Go to the ${counter} (express counter).`,
    short: (counter: string) =>
      `${counter} (express counter), no appointment, only for short matters of up to 5 minutes`,
    rest: 'Everything else by appointment',
  },
  leicht: {
    needed: 'Sie brauchen einen Termin.',
    book: (phone: string) => `Rufen Sie dafür an: ${phone}.`,
    bookOnline: (phone: string, site: string) =>
      `Rufen Sie dafür an: ${phone}. Oder gehen Sie ins Internet: ${site}.`,
    none: 'Sie brauchen keinen Termin.',
    express: (counter: string) => `Sie brauchen keinen Termin. Gehen Sie zum ${counter}.`,
    short: (counter: string) => `${counter}: ohne Termin. Nur wenn es höchstens 5 Minuten dauert`,
    rest: 'Für alles andere brauchen Sie einen Termin',
  },
});

/** What to know before going: whether to book, and when somebody is there for it. */
export interface Going {
  appointment: string;
  hours: readonly string[];
}

/** The counter's hours are only for those it is meant for: whoever needs an appointment comes at its time. */
export function goingTo(office: Office, appointment: Appointment, language: Language): Going {
  const w = appointmentWords(language);
  const { express } = office;
  if (appointment === 'express' && express)
    return { appointment: w.express(express.name), hours: hoursText(express.hours, words(language)) };
  if (appointment === 'none') return { appointment: w.none, hours: hoursText(office.hours, words(language)) };
  const phone = office.phone ?? '115';
  const book = office.url === undefined ? w.book(phone) : w.bookOnline(phone, new URL(office.url).host);
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
  return { title: w.short(express.name), hours: hoursText(express.hours, words(language)), rest: w.rest };
}
