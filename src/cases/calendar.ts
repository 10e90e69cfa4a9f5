import { addDays, type IsoDate, zonedInstant } from '#time';

export interface CalendarEntry {
  /** Stays the same when the date moves, so that the entry moves too. */
  uid: string;
  /** Grows with every change of the entry. */
  sequence: number;
  stamp: Date;
  starts: Date;
  ends: Date;
  title: string;
  text: string;
  /** The date is off: the file takes the entry out of a calendar again. */
  cancelled: boolean;
  /** The office has yet to say yes to it. */
  tentative: boolean;
}

/** What a service's definition says of the entry, and the booked date. */
export interface CalendarTimes {
  date: IsoDate;
  /** Wall clock times `HH:MM`; an end that is not after the start is on the next day. */
  starts: string;
  ends: string;
  /** Days from the booked date to the day it starts; -1 is the evening before. */
  dayOffset: number;
}

/** @returns the instants of a wall clock span, right also where it crosses a change of summer time */
export function span({ date, starts, ends, dayOffset }: CalendarTimes): { starts: Date; ends: Date } {
  const first = addDays(date, dayOffset);
  const last = ends > starts ? first : addDays(first, 1);
  return { starts: zonedInstant(first, starts), ends: zonedInstant(last, ends) };
}

const utc = (instant: Date): string => instant.toISOString().replace(/[-:]|\.\d{3}/g, '');

/** RFC 5545, 3.3.11: what is special in a text value. */
const text = (value: string): string =>
  value.replace(/[\\;,]/g, (character) => `\\${character}`).replace(/\r\n|\r|\n/g, '\\n');

/** RFC 5545, 3.1: no line is longer than 75 bytes; the next begins with a blank. Characters are not cut in two. */
function fold(line: string): string {
  const lines: string[] = [];
  let current = '';
  for (const character of line) {
    if (Buffer.byteLength(current + character) > 75) {
      lines.push(current);
      current = ' ';
    }
    current += character;
  }
  return [...lines, current].join('\r\n');
}

/** A reminder at the beginning. */
const alarm = (title: string): string[] => [
  'BEGIN:VALARM',
  'ACTION:DISPLAY',
  `DESCRIPTION:${text(title)}`,
  'TRIGGER:PT0M',
  'END:VALARM',
];

/**
 * @returns an iCalendar file (RFC 5545) with one event and a reminder at its beginning; of a date that is off the one that
 * withdraws it (RFC 5546, 3.2.5)
 */
export function calendarText(entry: CalendarEntry): string {
  const { cancelled, tentative } = entry;
  const open = tentative ? 'TENTATIVE' : 'CONFIRMED';
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Amtomat//DE',
    `METHOD:${cancelled ? 'CANCEL' : 'PUBLISH'}`,
    'BEGIN:VEVENT',
    `UID:${entry.uid}`,
    `DTSTAMP:${utc(entry.stamp)}`,
    `SEQUENCE:${entry.sequence}`,
    `DTSTART:${utc(entry.starts)}`,
    `DTEND:${utc(entry.ends)}`,
    `SUMMARY:${text(entry.title)}`,
    `DESCRIPTION:${text(entry.text)}`,
    `STATUS:${cancelled ? 'CANCELLED' : open}`,
    'TRANSP:TRANSPARENT',
    ...(cancelled ? [] : alarm(entry.title)),
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return `${lines.map(fold).join('\r\n')}\r\n`;
}
