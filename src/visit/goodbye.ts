/**
 * What the farewell says of a visit that is over. It travels in a cookie, not in an address: who comes next and goes back finds
 * an address, and one that somebody has made up would say whatever they like.
 */
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Catalogue } from '#catalogue';
import type { Language } from '#language';
import { normaliseNumber } from '#seal';
import { COOKIE } from './context.ts';
import type { Goodbye } from './farewell.tsx';
import { LEFT, type Leftovers } from './left.ts';
import { readSent, sentWord } from './sent.ts';

const GOODBYE_COOKIE = '__Host-goodbye';
/** Longer than any farewell stays, with its letters made larger on the way. */
const STAYS_SECONDS = 180;
/** The farewell itself, and what changes how it is read. */
const STAYS = /^\/(?:farewell\/|visit\/(?:settings|end)$)/;

export function keepGoodbye(c: Context, { left, numbers, sent }: Leftovers): void {
  const told = new URLSearchParams();
  for (const one of new Set(left)) told.append('left', one);
  for (const number of numbers) told.append('number', number);
  for (const one of sent) told.append('sent', sentWord(one));
  setCookie(c, GOODBYE_COOKIE, String(told), { ...COOKIE, maxAge: STAYS_SECONDS });
}

/** @returns what this browser was told at the end of its visit; nothing where it knows of none */
export function goodbyeOf(c: Context, catalogue: Catalogue, language: Language): Goodbye {
  const told = new URLSearchParams(getCookie(c, GOODBYE_COOKIE) ?? '');
  return {
    left: LEFT.filter((one) => told.getAll('left').includes(one)),
    numbers: told.getAll('number').flatMap((text) => normaliseNumber(text) ?? []),
    sent: told.getAll('sent').flatMap((word) => readSent(word, catalogue, language)),
  };
}

/** As soon as the screen shows anything else, nobody reads it any more. */
export function forgetGoodbye(c: Context): void {
  if (getCookie(c, GOODBYE_COOKIE) !== undefined && !STAYS.test(c.req.path))
    deleteCookie(c, GOODBYE_COOKIE, { path: '/', secure: true });
}
