/** Forms of this office's own pages: whether one is, what of it is read, and where it leads back to. */
import type { Context } from 'hono';
import { sentFrom } from '#http';
import type { FormFields } from '#journey';
import { sameText } from '#seal';
import type { CitizenContext } from './context.ts';
import { type FilesSent, first, readForm, type SentForm } from './forms.ts';

/** Pages that may ask for a file, the answer to the office, a phone's page for pictures, and the bar's buttons, which send along what was chosen. */
const WITH_FILES =
  /^\/(?:service\/[^/]+\/[^/]+|status\/case\/answer|photo\/\w+\/[\w-]+|visit\/(?:settings|help|handover|end))$/;

/** @returns whether a form that is sent to this path may have files in it */
export function takesFiles(path: string): boolean {
  return WITH_FILES.test(path);
}

/** The last page of a journey hands in; its id is the service's own, and `review` in all of ours. Then comes paying. */
const HANDS_IN = /^\/service\/[\w-]+\/(?:review|pay)$/;

/** @returns whether a request hands in or pays: what somebody has worked for all the way */
export function handsIn({ method, path }: { method: string; path: string }): boolean {
  return method === 'POST' && HANDS_IN.test(path);
}

function filesOf(c: CitizenContext): FilesSent {
  if (!takesFiles(c.req.path)) return 'none';
  if (c.get('visit')) return 'kept';
  return c.get('over') ? 'told' : 'none';
}

/** A form that did not come from a page of this visit. */
export class ForeignFormError extends Error {}

/**
 * Reads a form and makes sure that it was sent from a page of this visit: the browser says that it comes from here,
 * and inside a visit it carries the visit's token.
 * @throws ForeignFormError otherwise
 */
export async function readOwnForm(c: CitizenContext): Promise<SentForm> {
  const form = await readFormOfOurs(c);
  const visit = c.get('visit');
  if (visit && !sameText(first(form.fields, '_csrf'), visit.secret.csrf)) throw new ForeignFormError();
  return form;
}

/**
 * Reads a form that harms nobody when any of our own pages sends it, so that it needs no token: a page that was made before the visit
 * began, or in the one before, still ends it and still speaks another language.
 * @throws ForeignFormError where the browser does not say that a page of ours has sent it, and it has no token either
 */
export function readHarmlessForm(c: CitizenContext): Promise<SentForm> {
  const from = sentFrom((name) => c.req.header(name));
  const says = typeof from === 'object' ? from.origin !== 'null' : from !== undefined && from !== 'none';
  return says ? readFormOfOurs(c) : readOwnForm(c);
}

/** Reads what one of our own pages has sent. */
async function readFormOfOurs(c: CitizenContext): Promise<SentForm> {
  requireSameOrigin(c);
  return readForm(c, filesOf(c));
}

/** @throws ForeignFormError where the browser does not let this office's own page have sent a form */
export function requireSameOrigin(c: Context): void {
  const from = sentFrom((name) => c.req.header(name));
  if (from === 'other') throw new ForeignFormError();
  // The door has compared it with our own already; here nothing is taken that does not even say where it comes from.
  if (typeof from === 'object' && !URL.canParse(from.origin)) throw new ForeignFormError();
}

/** @returns a path on this office to go back to, with what was searched for there, or the home page: never another address */
export function safeReturn(fields: FormFields): string {
  const path = first(fields, 'return');
  return /^\/(?![/\\])[\w\-/.~]*(?:\?q=[\w\-.~%!'()*]*)?$/.test(path) ? path : '/';
}

/** @returns the same for the address of a page that is shown over another */
export function returnTo(c: Context): string {
  return safeReturn({ return: [c.req.query('return') ?? '/'] });
}
