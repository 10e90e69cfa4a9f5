import type { Context } from 'hono';
import { OverfullFormError, readUrlencoded, sentFrom } from '#http';
import { sameText } from '#seal';
import { asTyped } from '#typed';
import { said } from './words.ts';

const WORDS = said('forms');
const FORM_LIMIT_BYTES = 64 * 1_024;
/** The longest text of a clerk. No field has a `maxlength`: browsers cut in silence what is pasted. */
const LONGEST_TEXT = 4_000;
/** Said beside each field for a clerk's text. */
export const AT_MOST = WORDS.atMost({ most: LONGEST_TEXT });
/** More than any page of the desk has. */
const MOST_FIELDS = 500;

/**
 * Reads a plain HTML form.
 * @returns its fields as typed, without what cannot be seen, or undefined when the body is something else, larger than 64 KB or
 * has more than 500 fields
 */
export async function readForm(c: Context): Promise<URLSearchParams | undefined> {
  const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded') return undefined;
  if (Number(c.req.header('content-length') ?? 0) > FORM_LIMIT_BYTES) return undefined;
  const body = await c.req.text();
  if (body.length > FORM_LIMIT_BYTES) return undefined;
  const sent = fieldsIn(body);
  return sent && new URLSearchParams([...sent].map(([name, value]) => [name, asTyped(value)]));
}

function fieldsIn(body: string): URLSearchParams | undefined {
  try {
    return readUrlencoded(body, MOST_FIELDS);
  } catch (error) {
    if (error instanceof OverfullFormError) return undefined;
    throw error;
  }
}

/**
 * @param publicUrl the office's own origin
 * @returns whether the browser says that one of our own pages sent this request; browsers that say nothing pass,
 * because the form's token decides in any case
 */
function fromOwnPage(headers: Headers, publicUrl: string): boolean {
  const from = sentFrom((name) => headers.get(name));
  if (typeof from === 'object') return from.origin === new URL(publicUrl).origin;
  return from === undefined || from === 'own';
}

/**
 * Reads the form of a changing request.
 * @param csrf the session's token
 * @returns the form where there is one, and whether it carries that token and comes from one of our own pages
 */
export async function readOwnForm(
  c: Context,
  csrf: string,
  publicUrl: string,
): Promise<{ form: URLSearchParams; own: true } | { form: URLSearchParams | undefined; own: false }> {
  const form = await readForm(c);
  const own = form && fromOwnPage(c.req.raw.headers, publicUrl) && sameText(form.get('_csrf') ?? '', csrf);
  return form && own ? { form, own } : { form, own: false };
}

/** @returns why a clerk's text cannot be kept: nothing of it is ever left out; undefined where it can */
export function tooLong(text: string): string | undefined {
  const { length } = [...text];
  if (length <= LONGEST_TEXT) return undefined;
  return WORDS.tooLong({ count: length, most: LONGEST_TEXT });
}

/**
 * A way back that cannot lead to another site.
 * @param wanted a path a browser sent along
 * @returns that path when it lies within the desk, otherwise the desk's first page
 */
export function pathWithinDesk(wanted: string | undefined): string {
  return wanted !== undefined && /^\/desk(?:\/[\w-]+)*(?:\?[\w=&%~+-]*)?$/.test(wanted) ? wanted : '/desk';
}
