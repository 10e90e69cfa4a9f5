/** The way to the phone: the terminal keeps the visit until a phone has taken it, and can take the code back until then. */
import { type Context, Hono } from 'hono';
import { ownSite } from '#city';
import { newToken } from '#seal';
import {
  bondOf,
  type CitizenContext,
  type CitizenEnv,
  clearHandover,
  clearVisitCookie,
  HANDOVER_URL,
  type HeldCode,
  heldHandover,
  keepHandover,
  pageOf,
  setBond,
  setVisitCookie,
} from './context.ts';
import { first, readForm } from './forms.ts';
import type { Waiting } from './handed.ts';
import {
  handoverAskPage,
  handoverGonePage,
  handoverOfferPage,
  handoverOverPage,
  handoverStoppedPage,
  handoverTakenPage,
  handoverTakePage,
} from './handover-pages.tsx';
import { endVisit } from './leaving.ts';
import { changeLook, type FormKeeper } from './look.ts';
import { digestOf, goingAlong } from './new-key.ts';
import { createNews } from './news.ts';
import { openIn } from './open-here.ts';
import { readOwnForm, requireSameOrigin, safeReturn } from './own-form.ts';
import { paysHere } from './payer.ts';
import { visitToken } from './tokens.ts';
import { own, unlessGone, type Visit, VisitGoneError } from './visit.ts';
import type { Visits } from './visits.ts';

/** How long the code works: as long as a visit rests at a terminal without a sign of its person. */
const VALID_MS = 10 * 60_000;

/**
 * Carries a visit from the terminal to the person's own phone. The code on the screen holds a token under which the way into the
 * visit lies sealed; the phone that uses it up gives the visit a new id and key, and from then on the terminal holds nothing.
 * @param keepers what becomes of the form of the page on which the code was asked for
 */
export function handoverRoutes(deps: Visits, keepers: readonly FormKeeper[]): Hono<CitizenEnv> {
  const app = new Hono<CitizenEnv>();
  const news = createNews();

  app.post(HANDOVER_URL, async (c) => {
    const form = await readOwnForm(c);
    const visit = c.get('visit');
    const held = heldHandover(c);
    if (!visit && held && first(form.fields, '_action') === 'stop') return stopOther(c, held);
    // What became of the code, the page itself says.
    if (!visit) return c.redirect(heldHandover(c) ? HANDOVER_URL : '/', 303);
    const back = form.fields.return ? safeReturn(form.fields) : placeIn(visit);
    if (first(form.fields, '_action') === 'back')
      return c.redirect(await takeBack(c, deps, visit, back), 303);
    await changeLook(c, deps, keepers, back, form);
    // A screen that is no terminal is not left to anybody; what its person has begun stays with it.
    if (!c.get('terminal')) return c.redirect(back, 303);
    await offer(deps, visit, back);
    return c.redirect(HANDOVER_URL, 303);
  });

  app.get(HANDOVER_URL, async (c) => {
    const visit = c.get('visit');
    if (!visit) return offeredBefore(c);
    const { offered } = visit.secret;
    const waiting = offered && (await deps.handedOver.find(offered.token));
    if (!offered || !waiting) return c.redirect(placeIn(visit), 303);
    keepHandover(c, { until: waiting.until, stop: offered.stop, look: visit });
    const page = pageOf(c, deps, '', { path: '/' });
    return c.html(
      handoverOfferPage(page, `${deps.config.publicUrl}/handover/${offered.token}`, offered.path),
    );
  });

  app.get(`${HANDOVER_URL}/news`, async (c) => {
    const visit = c.get('visit');
    if (!visit) return c.text('news');
    // It has left this screen as soon as its key opens nothing any more.
    return news(c, visit.id, async () => !(await deps.store.load(visitToken(visit))));
  });

  app.get('/handover/:token', async (c) => {
    const token = c.req.param('token');
    const found = await waitingFor(deps, token);
    if (found) {
      // Ties taking it to this phone: should the answer get lost, it can be asked for again, here and nowhere else.
      setBond(c);
      return c.html(takePage(c, token, found.waiting));
    }
    const visit = await takenHere(c, token);
    return visit ? goOn(c, deps, visit) : gone(c);
  });

  app.post('/handover/:token', async (c) => {
    requireSameOrigin(c);
    const token = c.req.param('token');
    const here = c.get('visit');
    const isAsked = first((await readForm(c)).fields, '_action') === 'replace';
    const found = isAsked ? undefined : await waitingFor(deps, token);
    if (found && openIn(deps, here, found.waiting.language)) return c.html(takePage(c, token, found.waiting));
    const taken = await take(c, deps, token);
    // It gave way to the other: its places are for others again, and its pay page is not waited for.
    if (taken && here) await endVisit(deps, here, { unattended: true, within: undefined }).catch(unlessGone);
    const visit = taken ?? (await takenHere(c, token));
    return visit ? goOn(c, deps, visit) : gone(c);
  });

  /** What the phone shows before it takes a visit; where one of its own is open there, that is asked about. */
  function takePage(c: CitizenContext, token: string, { language, settings }: Waiting): string {
    const page = { ...pageOf(c, deps, ''), language, settings };
    const here = c.get('visit');
    const open = openIn(deps, here, language);
    return here && open ? handoverAskPage(page, token, open, placeIn(here)) : handoverTakePage(page, token);
  }

  /** @returns the visit that this phone has taken already, whether it heard of it or not */
  async function takenHere(c: CitizenContext, token: string): Promise<Visit | undefined> {
    const here = c.get('visit');
    if (here?.secret.shown?.digest === digestOf(token)) return here;
    const bond = bondOf(c);
    const way = bond === undefined ? undefined : await deps.ways.find(token, [bond]);
    return way && deps.store.load(way.visit);
  }

  /** The visit is not there any more: a phone has it, or its time is over, or this browser has forgotten it. */
  function offeredBefore(c: CitizenContext): Response | Promise<Response> {
    const held = heldHandover(c);
    const page = pageOf(c, deps, '', { ...held?.look, path: '/' });
    if (!held) return c.html(handoverOverPage(page), 410);
    if (deps.clock.now() >= held.until) return c.html(handoverGonePage(page), 410);
    // The visit has left: nothing of it stays in this browser but how the page that says so is read.
    clearVisitCookie(c);
    c.header('Clear-Site-Data', '"cache", "storage"');
    return c.html(handoverTakenPage(page));
  }

  /** It was not this person's phone: what it has taken ends, where it has not gone on to another key already. */
  async function stopOther(c: CitizenContext, { stop, look }: HeldCode) {
    const waiting = await deps.handedOver.find(stop);
    const other = waiting && (await deps.store.load(waiting.visit));
    if (other) await endVisit(deps, other, { unattended: true, within: undefined }).catch(unlessGone);
    clearHandover(c);
    const page = pageOf(c, deps, '', { ...look, path: '/' });
    return c.html(handoverStoppedPage(page, other !== undefined));
  }

  const gone = (c: CitizenContext) => c.html(handoverGonePage(pageOf(c, deps, '', { path: '/' })), 410);

  return app;
}

async function goOn(c: CitizenContext, deps: Visits, visit: Visit): Promise<Response> {
  clearVisitCookie(c);
  setVisitCookie(c, visit);
  // It is paid here then, and writing it says that somebody is there.
  await deps.store.update(visit, ({ secret }) => paysHere(c, secret)).catch(unlessGone);
  return c.redirect(placeIn(visit), 303);
}

/** Makes the one code of a visit; the one before is worth nothing from then on. @param path of the page it was asked for on */
async function offer(deps: Visits, visit: Visit, path: string): Promise<void> {
  const token = newToken();
  const before = visit.secret.offered?.token;
  const expires = new Date(deps.clock.now().getTime() + VALID_MS);
  await deps.store.update(
    visit,
    ({ secret }) => {
      secret.offered = { token, path, stop: newToken() };
    },
    [...deps.handedOver.leave(token, visit, expires), ...(before ? deps.handedOver.forget(before) : [])],
  );
}

/**
 * The code is not on the screen any more, so nobody can use it who has seen it there: the visit goes on where it is.
 * @throws VisitGoneError when a phone was faster
 */
export async function withdrawOffer(deps: Visits, visit: Visit): Promise<void> {
  const { offered } = visit.secret;
  if (!offered) return;
  await deps.store.update(
    visit,
    ({ secret }) => {
      delete secret.offered;
    },
    deps.handedOver.forget(offered.token),
  );
}

/** Whoever has no phone at hand goes on here. @returns where */
async function takeBack(c: CitizenContext, deps: Visits, visit: Visit, back: string): Promise<string> {
  try {
    await withdrawOffer(deps, visit);
  } catch (error) {
    unlessGone(error);
    return HANDOVER_URL;
  }
  clearHandover(c);
  return back;
}

/** @returns what waits behind a token, and the visit as long as it is there: who ends it ends the code, too */
async function waitingFor(
  deps: Visits,
  token: string,
): Promise<{ waiting: Waiting; visit: Visit } | undefined> {
  const waiting = await deps.handedOver.find(token);
  const visit = waiting && (await deps.store.load(waiting.visit));
  return waiting && visit && { waiting, visit };
}

/** Uses the code up, and gives the visit a new key. @returns the visit; undefined where somebody was faster */
async function take(c: Context, deps: Visits, token: string): Promise<Visit | undefined> {
  const bond = bondOf(c);
  const found = await waitingFor(deps, token);
  if (!found) return undefined;
  const { visit } = found;
  const expires = new Date(deps.clock.now().getTime() + VALID_MS);
  const moved = deps.store.move(visit, async (tx, { secret }) => {
    if (!(await deps.handedOver.take(tx, token))) throw new VisitGoneError('the code was taken back');
    const { path = '/', stop } = secret.offered ?? {};
    delete secret.offered;
    const along = goingAlong(deps, visit, { held: token, bond });
    Object.assign(secret, { shown: { digest: digestOf(token), path }, unseen: true });
    return {
      ...{ site: ownSite(deps.city).id, terminal: undefined },
      moved: (next: Visit) => [...along(next), ...(stop ? [deps.handedOver.leave(stop, next, expires)] : [])],
    };
  });
  return moved.catch((error: unknown) => {
    unlessGone(error);
    return undefined;
  });
}

/** @returns where somebody goes on in a visit: on the page of a service that they left, where one is still to be done */
function placeIn({ secret }: Visit): string {
  const [due] = Object.keys(secret.paying ?? {});
  if (due) return `/service/${due}/pay`;
  const [slug] = Object.keys(secret.drafts);
  const [done] = Object.keys(secret.receipts);
  const left = secret.shown?.path ?? '/';
  const [, of = ''] = /^\/service\/([\w-]+)\/./.exec(left) ?? [];
  if (own(secret.drafts, of)) return left;
  return slug ? `/service/${slug}` : done ? `/service/${done}/done` : '/';
}
