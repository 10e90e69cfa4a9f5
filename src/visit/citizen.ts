/** Whose request this is: the terminal, the site, and the visit that it belongs to. */
import type { MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import { type OpenState, openState, type Site } from '#city';
import { momentOf } from '#time';
import type { Page } from '#web';
import {
  type CitizenContext,
  type CitizenEnv,
  chosenIn,
  clearBond,
  clearHandover,
  HANDOVER_URL,
  heldHandover,
  leadToCode,
  pageOf,
  setVisitCookie,
  VISIT_COOKIE,
  wayOf,
} from './context.ts';
import { readForm } from './forms.ts';
import { type Place, placeOfMachine } from './machine.ts';
import { atHome } from './offers.ts';
import { closedPage } from './pages/closed.tsx';
import { lostPage } from './pages/terminal.tsx';
import type { JourneyDeps } from './standing.ts';
import { type Over, overOf, type TypedAway, unlessGone, type Visit } from './store.ts';

/** What is answered when the site is closed, and while a code for the phone waits: it has nothing to do with a visit. */
const ANY_TIME = /^\/(?:farewell|terminal(?:\/|$)|impressum$|datenschutz$|barrierefreiheit$)/;

/**
 * Finds terminal, site and visit of a request. Where no visit has begun, it shows the closed page while the site is closed, and
 * that a machine is out of service when it no longer is the terminal that it was; the farewell is said at any time, and so is
 * who runs this.
 */
export function citizen(deps: JourneyDeps): MiddlewareHandler<CitizenEnv> {
  return async (c, next) => {
    const place = await placeOfMachine(c, deps);
    const { site, terminal } = place;
    c.set('site', site);
    c.set('terminal', terminal);
    c.set('typed', (c.env as { typed?: TypedAway }).typed);
    const token = getCookie(c, VISIT_COOKIE);
    const visit = movedTo(place, await visitOf(c, deps, token));
    c.set('visit', visit);
    c.set('over', token !== undefined && !visit ? await overNow(deps, token) : undefined);
    const code = visit ? undefined : c.get('handover');
    if (code !== undefined && !isCodeNext(c)) return leadToCode(c, code);
    const shown = heldHandover(c)?.until !== undefined;
    // Whoever comes to the screen later must not find the code by going back.
    if (shown && !showsCode(c)) clearHandover(c);
    if (!visit && code === undefined && !(shown && showsCode(c)) && !ANY_TIME.test(c.req.path)) {
      if (place.lost) return c.html(lostPage(await closedFor(c, deps), deps.city));
      const state = openState(site, deps.city, momentOf(deps.clock.now()));
      if (!state.open) return sayClosed(c, deps, site, state.opens);
    }
    await next();
  };
}

/**
 * The visit of a cookie. The first sight of a new key ends the way that led there from the old one; where the browser still
 * shows the old one, because the answer with the new one was lost, that way is gone, and the new one told again.
 */
async function visitOf(
  c: CitizenContext,
  deps: JourneyDeps,
  token: string | undefined,
): Promise<Visit | undefined> {
  const visit = await deps.store.load(token);
  if (visit) return visit.secret.unseen ? arrived(c, deps, visit) : visit;
  const way = await wayOf(c, deps.ways);
  const held = heldHandover(c);
  c.set('handover', way && 'handover' in way ? way.handover : held?.until ? undefined : held?.token);
  if (!way || 'handover' in way) return undefined;
  const next = await deps.store.load(way.visit);
  if (next) setVisitCookie(c, next);
  return next;
}

async function arrived(c: CitizenContext, deps: JourneyDeps, visit: Visit): Promise<Visit | undefined> {
  await deps.ways.close(visit.id);
  clearBond(c);
  const seen = deps.store.update(visit, ({ secret }) => {
    delete secret.unseen;
  });
  return seen.catch((error: unknown) => {
    unlessGone(error);
    return undefined;
  });
}

/** What scripts ask for by themselves, the end, and the phone's own way. */
const CODE_WAITS = /^\/(?:visit\/(?:end|alive)$|handover\/)|\/news$/;

/** @returns whether a request goes on though the code for the phone was not seen yet */
function isCodeNext(c: CitizenContext): boolean {
  if (showsCode(c) && c.req.method === 'GET') return heldHandover(c) !== undefined;
  return CODE_WAITS.test(c.req.path) || ANY_TIME.test(c.req.path);
}

const showsCode = (c: CitizenContext): boolean => c.req.path === HANDOVER_URL;

/**
 * A visit counts where its browser is registered now, whatever it was when the visit began. Where it began is kept when there is
 * no registration any more: a screen in a public place must not be left alone for hours.
 */
function movedTo({ site, terminal }: Place, visit: Visit | undefined): Visit | undefined {
  return visit && { ...visit, site: site.id, terminal: terminal ?? visit.terminal };
}

/** What the cookie says of a visit that is over; a draft that was handed in, and nobody got the answer, was sent. */
async function overNow(deps: JourneyDeps, token: string): Promise<Over> {
  const over = overOf(token);
  const isSent = over.key !== undefined && (await deps.cases.isHandedIn(over.key));
  return isSent ? { ...over, begun: undefined, key: undefined, sent: true } : over;
}

async function sayClosed(
  c: CitizenContext,
  deps: JourneyDeps,
  site: Site,
  opens: Extract<OpenState, { open: false }>['opens'],
): Promise<Response> {
  const page = await closedFor(c, deps);
  return c.html(closedPage(page, site, opens, deps.city, atHome(deps, page.language)));
}

/** The closed page's own bar: no visit begins there, so what is pressed holds for the page that answers. */
async function closedFor(c: CitizenContext, deps: JourneyDeps): Promise<Page> {
  const page = pageOf(c, deps, '', { path: '/' });
  if (c.req.method !== 'POST' || c.req.path !== '/visit/settings') return page;
  return { ...page, ...chosenIn((await readForm(c)).fields, page) };
}
