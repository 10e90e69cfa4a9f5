/** What is answered where a request cannot be: no such page, a form of somebody else's, too much from one line, no visit any more. */
import type { ErrorHandler, MiddlewareHandler } from 'hono';
import { UnreadableFormError } from '#http';
import { type CitizenContext, type CitizenEnv, languageOf, pageOf, ShareTakenError } from './context.ts';
import { noticePage } from './notice.tsx';
import { ForeignFormError } from './own-form.ts';
import { sharePage } from './share-page.tsx';
import { VisitGoneError } from './visit.ts';
import { ledOn, type Visits } from './visits.ts';
import { words } from './words.ts';

/** Says that there is no such page, where a route says only that it has found nothing. */
export function sayNotFound(deps: Visits): MiddlewareHandler<CitizenEnv> {
  return async (c, next) => {
    await next();
    if (c.res.status !== 404 || !c.res.headers.get('content-type')?.startsWith('text/html')) return;
    const w = words(languageOf(c));
    c.res = await c.html(noticePage(pageOf(c, deps, ''), w.notFoundTitle, w.notFoundText), 404);
  };
}

/** @param sayGone answers whoever wanted on in a visit that is over and leads nowhere */
export function sayTrouble(
  deps: Visits,
  sayGone: (c: CitizenContext) => Response | Promise<Response>,
): ErrorHandler<CitizenEnv> {
  return async (error, c) => {
    const w = words(languageOf(c));
    if (error instanceof ForeignFormError || error instanceof UnreadableFormError) {
      const status = error instanceof ForeignFormError ? 403 : 400;
      return c.html(noticePage(pageOf(c, deps, ''), w.foreignTitle, w.foreignText), status);
    }
    if (error instanceof ShareTakenError) return sayTaken(c, deps, error);
    // Another tab ended or moved the visit while this request was under way: whoever sent the same form twice goes on there.
    if (error instanceof VisitGoneError) return (await ledOn(c, deps)) ?? sayGone(c);
    throw error;
  };
}

/** Very much came from this line: says when it goes on. */
function sayTaken(
  c: CitizenContext,
  deps: Visits,
  { what, until, back }: ShareTakenError,
): Response | Promise<Response> {
  const seconds = Math.max(1, Math.ceil((until.getTime() - deps.clock.now().getTime()) / 1_000));
  return c.html(sharePage(pageOf(c, deps, ''), what, until, back, deps.city), 429, {
    'Retry-After': String(seconds),
  });
}
