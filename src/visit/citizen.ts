/** Whose request this is: the terminal, the site, and the visit that it belongs to. */
import type { MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import {
  type CitizenContext,
  type CitizenEnv,
  clearBond,
  clearHandover,
  HANDOVER_URL,
  heldHandover,
  pageWithoutVisit,
  setVisitCookie,
  VISIT_COOKIE,
  wayOf,
} from './context.ts';
import { forgetGoodbye } from './goodbye.ts';
import { withdrawOffer } from './handover.ts';
import { type Whereabouts, whereaboutsOf } from './machine.ts';
import { keepPayer } from './payer.ts';
import { lostPage } from './terminal-pages.tsx';
import { overOf } from './tokens.ts';
import { type Over, type TypedAway, unlessGone, type Visit } from './visit.ts';
import type { Visits } from './visits.ts';

/** What is answered when the site is closed: it has nothing to do with a visit. */
const ANY_TIME =
  /^\/(?:farewell|terminal(?:\/|$)|(?:visit\/)?help$|impressum$|datenschutz$|barrierefreiheit$)/;

/**
 * Finds terminal, site and visit of a request. Where no visit has begun, it shows that a machine is out of service when it no
 * longer is the terminal that it was; the farewell is said at any time, and so are help and who runs this.
 */
export function citizen(deps: Visits): MiddlewareHandler<CitizenEnv> {
  return async (c, next) => {
    const place = await whereaboutsOf(c, deps);
    const { site, terminal } = place;
    c.set('site', site);
    c.set('terminal', terminal);
    c.set('typed', (c.env as { typed?: TypedAway }).typed);
    const token = getCookie(c, VISIT_COOKIE);
    const visit = movedTo(place, await visitOf(c, deps, token));
    if (visit) keepPayer(c, visit);
    forgetGoodbye(c);
    c.set('visit', visit);
    c.set('over', token !== undefined && !visit ? await overNow(deps, token) : undefined);
    const shown = heldHandover(c) !== undefined;
    if (!CODE_STAYS.test(c.req.path)) {
      // The code is not on the screen any more: nobody shall use it who saw it there, nor find it by going back.
      if (visit) await withdrawOffer(deps, visit).catch(unlessGone);
      if (shown) clearHandover(c);
    }
    const begins = !visit && !(shown && c.req.path === HANDOVER_URL) && !ANY_TIME.test(c.req.path);
    if (begins && place.lost) return c.html(lostPage(await pageWithoutVisit(c, deps), deps.city));
    c.set('begins', begins);
    await next();
  };
}

/**
 * The visit of a cookie. The first sight of a new key ends the way that led there from the old one; where the browser still
 * shows the old one, because the answer with the new one was lost, that way is gone, and the new one told again.
 */
async function visitOf(
  c: CitizenContext,
  deps: Visits,
  token: string | undefined,
): Promise<Visit | undefined> {
  const visit = await deps.store.load(token);
  if (visit) return visit.secret.unseen ? arrived(c, deps, visit) : visit;
  const way = await wayOf(c, deps.ways);
  const next = way && (await deps.store.load(way.visit));
  if (next) setVisitCookie(c, next);
  return next;
}

async function arrived(c: CitizenContext, deps: Visits, visit: Visit): Promise<Visit | undefined> {
  clearBond(c);
  const seen = deps.store.update(
    visit,
    ({ secret }) => {
      delete secret.unseen;
    },
    deps.ways.close(visit.id),
  );
  return seen.catch((error: unknown) => {
    unlessGone(error);
    return undefined;
  });
}

/** What is asked for while the code for the phone is on the screen. */
const CODE_STAYS = /^\/(?:visit\/(?:handover(?:\/news)?|end|alive)$|handover\/)|\/news$/;

/**
 * A visit counts where its browser is registered now, whatever it was when the visit began. Where it began is kept when there is
 * no registration any more: a screen in a public place must not be left alone for hours.
 */
function movedTo({ site, terminal }: Whereabouts, visit: Visit | undefined): Visit | undefined {
  return visit && { ...visit, site: site.id, terminal: terminal ?? visit.terminal };
}

/** What the cookie says of a visit that is over; a draft that was handed in, and nobody got the answer, was sent. */
async function overNow(deps: Visits, token: string): Promise<Over> {
  const over = overOf(token);
  const isSent = over.key !== undefined && (await deps.cases.isHandedIn(over.key));
  return isSent ? { ...over, begun: undefined, key: undefined, sent: true } : over;
}
