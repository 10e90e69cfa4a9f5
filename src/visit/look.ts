/** Language, text size and contrast change, and nothing that was typed or chosen gets lost over it. */
import { getCookie } from 'hono/cookie';
import {
  type CitizenContext,
  chosenIn,
  languageOf,
  ShareTakenError,
  setOverCookie,
  settingsOf,
  setVisitCookie,
  VISIT_COOKIE,
} from './context.ts';
import { type SentForm, typedOf } from './forms.ts';
import { overToken } from './tokens.ts';
import { saidIn } from './typed-again.tsx';
import type { Over, TypedAway, Visit } from './visit.ts';
import { ensureVisit, type Visits } from './visits.ts';

/** How the form of a page is kept that has more to keep than what was typed, or keeps it elsewhere. */
export interface KeptForm {
  /** It belongs to a visit: one that is over does not begin anew by it, because the page still has to say so. */
  isLost: boolean;
  /** What of it a page shows once more that keeps nothing; left out where that is the page itself. */
  away?(form: SentForm): TypedAway;
  /**
   * Takes in what was chosen in it; left out where what was typed is all.
   * @returns what is written to the visit together with the new look
   */
  keep?(c: CitizenContext, form: SentForm): Promise<(visit: Visit) => void>;
}

/** @returns how the form of the page with this path is kept; undefined for pages that a keeper does not know */
export type FormKeeper = (path: string) => KeptForm | undefined;

/**
 * The bar's buttons send the page's form along: what was typed or chosen but not yet sent is kept with the visit, for the
 * page that comes back.
 * @returns the page itself, where no visit can keep what was typed because too much has come from this line
 */
export async function changeLook(
  c: CitizenContext,
  deps: Visits,
  keepers: readonly FormKeeper[],
  back: string,
  form: SentForm,
): Promise<Response | undefined> {
  const over = c.get('over');
  const isTyped = Object.keys(typedOf(form.fields)).length > 0;
  const [kept] = keepers.flatMap((keeper) => keeper(back) ?? []);
  const isLost = kept?.isLost || !isTyped;
  if (over && isLost) {
    setOverCookie(c, { ...over, ...chosenIn(form.fields, over) });
    return;
  }
  const visit = await ensureVisit(c, deps).catch((error: unknown) => {
    if (!(error instanceof ShareTakenError)) throw error;
  });
  const away = kept?.away?.(form) ?? awayFrom(back, form);
  // Too much has come from this line: how somebody reads needs no visit.
  if (!visit) {
    const look = chosenIn(form.fields, { language: languageOf(c), settings: settingsOf(c) });
    const read = { ...(over ?? { begun: undefined, key: undefined, sent: false }), ...look };
    const shown = isLost ? undefined : await showAgain(c, deps, read, away);
    setOverCookie(c, read);
    return shown;
  }
  const write = kept?.keep ? await kept.keep(c, form) : keepTyped(away);
  const changed = await deps.store.update(visit, (current) => {
    Object.assign(current, chosenIn(form.fields, current));
    write(current);
  });
  c.set('visit', changed);
  setVisitCookie(c, changed);
  return;
}

/** What was typed on a page, and what that page had said of it, for the page that comes back. */
function awayFrom(path: string, { fields }: SentForm): TypedAway {
  return { path, fields: typedOf(fields), said: saidIn(fields) };
}

/** What was typed on a page outside of journeys is shown there once more. */
function keepTyped(away: TypedAway): (visit: Visit) => void {
  const isAny = Object.keys(away.fields).length > 0 || away.said.length > 0;
  return ({ secret }) => {
    if (isAny) secret.typed = away;
  };
}

/** The page once more, as somebody reads now, with what was typed there, which is kept nowhere. */
async function showAgain(
  c: CitizenContext,
  { show }: Visits,
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
