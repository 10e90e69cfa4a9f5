/** What the office says when it cannot answer a request: what happened, whether anything is lost, what to do. */
import { about, LANGUAGES, type Language, roomWords, SOURCE, withoutMarks } from '#language';
import type { Words } from './words/keys.ts';

const words = roomWords<Words>('http');
const errors = words('errors');
/** At the desk there are neither files nor pages before, and whoever answers the citizens' number cannot help its staff. */
const atDesk = words('desk')(SOURCE);

/** A text by language. */
export type Said = (language: Language) => string;

/** What passes by itself: the page comes again, or the same form is sent again. */
export const again = words('again');

/** Where a clerk goes on. */
export const TO_DESK = atDesk.start;

const general = (status: number) => (status < 500 ? 'unreadable' : 'ours');

function nameIn<T extends object>(group: T, status: number, otherwise: keyof T): keyof T {
  const own = `status_${status}`;
  return Object.hasOwn(group, own) ? (own as keyof T) : otherwise;
}

/** @returns what a clerk reads, in German as the whole desk */
export function deskErrorWordsOf(status: number, phone: string): string {
  const own = nameIn(atDesk, status, general(status));
  return Object.hasOwn(errors(SOURCE), `status_${status}`) && own === general(status)
    ? errorWordsOf(status, phone)(SOURCE)
    : atDesk[own];
}

/**
 * @param phone the number under which the city helps
 * @returns the words for an HTTP status from 400 on: below 500 it is about what was sent, from there on about us
 */
export function errorWordsOf(status: number, phone: string): Said {
  return (language) => {
    const all = errors(language);
    const word = all[nameIn(all, status, general(status))];
    return typeof word === 'string' ? word : word({ phone });
  };
}

/** @returns the languages, after German, that have words of their own for it: other ways of speaking German first */
export function othersFor(said: Said): readonly Language[] {
  const own = LANGUAGES.filter((one) => one !== SOURCE && withoutMarks(said(one)) === said(one));
  const isGerman = (one: Language): boolean => about(one).lang === about(SOURCE).lang;
  return [...own.filter(isGerman), ...own.filter((one) => !isGerman(one))];
}
