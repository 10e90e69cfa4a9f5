/** Language, text size and contrast change, and nothing that was typed or chosen gets lost over it. */

import { getCookie } from 'hono/cookie';
import type { FieldError } from '#journey';
import {
  type CitizenContext,
  chosenIn,
  languageOf,
  ShareTakenError,
  setOverCookie,
  settingsOf,
  setVisitCookie,
  takerOf,
  VISIT_COOKIE,
} from './context.ts';
import type { SentForm } from './forms.ts';
import { keepFiles } from './kept-files.ts';
import { keepReply } from './reply.ts';
import { takeFiles } from './resolve.ts';
import { ensureVisit, type Here, type JourneyDeps, standing, typedOf } from './standing.ts';
import { stillWrong } from './still-wrong.ts';
import { type Draft, type Over, overToken, own, type TypedAway, type Visit } from './store.ts';
import { saidIn } from './typed-again.tsx';

const JOURNEY = /^\/service\/([\w-]+)\/([\w-]+)$/;
const CASE = '/status/case';

/**
 * The bar's buttons send the page's form along: what was typed or chosen but not yet sent is kept with the visit, for the
 * page that comes back.
 * @returns the page itself, where no visit can keep what was typed because too much has come from this line
 */
export async function changeLook(
  c: CitizenContext,
  deps: JourneyDeps,
  back: string,
  form: SentForm,
): Promise<Response | undefined> {
  const over = c.get('over');
  const isTyped = Object.keys(typedOf(form.fields)).length > 0;
  // A visit that is over does not begin anew by that: the page still has to say so.
  const isLost = JOURNEY.test(back) || back.startsWith(`${CASE}/`) || !isTyped;
  if (over && isLost) {
    setOverCookie(c, { ...over, ...chosenIn(form.fields, over) });
    return;
  }
  const visit = await ensureVisit(c, deps).catch((error: unknown) => {
    if (!(error instanceof ShareTakenError)) throw error;
  });
  // Too much has come from this line: how somebody reads needs no visit.
  if (!visit) {
    const look = chosenIn(form.fields, { language: languageOf(c), settings: settingsOf(c) });
    const read = { ...(over ?? { begun: undefined, key: undefined, sent: false }), ...look };
    const shown = isLost ? undefined : await showAgain(c, deps, read, awayFrom(back, form));
    setOverCookie(c, read);
    return shown;
  }
  const wrong = await keepChosen(c, deps, back, form);
  const changed = await deps.store.update(visit, (current) => {
    Object.assign(current, chosenIn(form.fields, current));
    if (JOURNEY.test(back)) keepTyped(current, back, form, wrong);
    else if (back === CASE ? !current.secret.status : isTyped || saidIn(form.fields).length > 0)
      current.secret.typed = awayFrom(back, form);
  });
  if (back === CASE && changed.secret.status) await keepReply(deps, changed, form, takerOf(c, deps));
  setVisitCookie(c, changed);
  return;
}

/** What was typed on a page, and what that page had said of it, for the page that comes back. */
function awayFrom(back: string, form: SentForm): TypedAway {
  if (back === CASE) return unsent(form);
  return { path: back, fields: typedOf(form.fields), said: saidIn(form.fields) };
}

/** The page once more, as somebody reads now, with what was typed there, which is kept nowhere. */
async function showAgain(
  c: CitizenContext,
  { show }: JourneyDeps,
  over: Over,
  typed: TypedAway,
): Promise<Response> {
  const cookies = { ...getCookie(c), [VISIT_COOKIE]: overToken(over) };
  const headers = new Headers(c.req.raw.headers);
  for (const name of headers.keys()) if (name.startsWith('content-')) headers.delete(name);
  const cookie = Object.entries(cookies).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  headers.set('cookie', cookie.join('; '));
  c.res = await show(new Request(new URL(typed.path, c.req.url), { headers }), {
    ...(c.env as object),
    typed,
  });
  return c.res;
}

/** An answer to the office whose visit has run out: number and code are asked for first. */
function unsent(form: SentForm): TypedAway {
  const { number, text } = form.fields;
  const said = form.uploads.size > 0 ? 'files' : 'again';
  return { path: '/status', fields: { number: number ?? [], text: text ?? [] }, said: [said] };
}

/** @returns the page of a journey that an address names, for a person who stands in it */
function hereAt(c: CitizenContext, deps: JourneyDeps, path: string): Here | undefined {
  const [, slug = '', id] = JOURNEY.exec(path) ?? [];
  const service = deps.catalogue.get(slug);
  const stand = service && standing(c, deps, service);
  const page = service?.pages.find((one) => one.id === id);
  return stand && page && { ...stand, page };
}

/** Takes in what was chosen on a journey's page. @returns what is wrong with the page now, of what was wrong before */
async function keepChosen(
  c: CitizenContext,
  deps: JourneyDeps,
  path: string,
  form: SentForm,
): Promise<readonly FieldError[]> {
  const here = hereAt(c, deps, path);
  if (!here) return [];
  const taken = await takeFiles(deps, here, form, takerOf(c, deps));
  const wrong = stillWrong(deps, here, form, taken);
  await keepFiles(deps, here, taken.answers);
  return wrong;
}

function keepTyped(
  visit: Visit,
  path: string,
  { fields, uploads }: SentForm,
  errors: readonly FieldError[],
): void {
  const [, slug, page] = JOURNEY.exec(path) ?? [];
  const draft: Draft | undefined = slug ? own(visit.secret.drafts, slug) : undefined;
  if (!slug || !page || !draft) return;
  const typed = typedOf(fields);
  const isSilent = Object.keys(typed).length === 0 && uploads.size === 0;
  if (isSilent && draft.pending?.page !== page) return;
  visit.secret.drafts[slug] = { ...draft, pending: { page, fields: typed, errors } };
}
