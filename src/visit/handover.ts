import { randomBytes } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { ownSite } from '#city';
import { together } from '#db';
import {
  bondOf,
  type CitizenContext,
  type CitizenEnv,
  clearHandover,
  clearVisitCookie,
  HANDOVER_URL,
  type HeldCode,
  heldHandover,
  heldOf,
  keepHandover,
  leadToCode,
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
  handoverTakenPage,
  handoverTakePage,
} from './handover-pages.tsx';
import { endVisit } from './leaving.ts';
import { machineBond } from './machine.ts';
import { digestOf } from './new-key.ts';
import { openIn } from './open-here.ts';
import { readOwnForm, requireSameOrigin, safeReturn } from './own-form.ts';
import { paysHere } from './payer.ts';
import { forgetEverything } from './presence.ts';
import { idIn, visitToken } from './tokens.ts';
import { own, unlessGone, type Visit, VisitGoneError } from './visit.ts';
import type { Visits } from './visits.ts';

/** How long the code on the screen works. */
const VALID_MS = 15 * 60_000;

/**
 * Carries a visit from the terminal to the person's own phone. The visit gets a new id and key on the spot, so the
 * terminal holds nothing any more; the new ones travel sealed under a token that only the QR code on the screen knows.
 * The code is on a page of its own: once that has been asked for, the old cookie leads nowhere.
 */
export function handoverRoutes(deps: Visits): Hono<CitizenEnv> {
  const app = new Hono<CitizenEnv>();

  app.post(HANDOVER_URL, async (c) => {
    requireSameOrigin(c);
    if (first((await readForm(c)).fields, '_action') === 'back') return goOnHere(c, deps);
    const { fields } = await readOwnForm(c);
    const visit = c.get('visit');
    // Once more from the page before: the code is there already.
    if (!visit) return c.redirect(heldHandover(c) ? HANDOVER_URL : '/', 303);
    // A screen that is no terminal is not left to anybody; what its person has begun stays with it.
    if (!c.get('terminal')) return c.redirect(fields.return ? safeReturn(fields) : placeIn(visit), 303);
    return leadToCode(c, await handOver(c, deps, visit, safeReturn(fields)));
  });

  app.get(HANDOVER_URL, async (c) => {
    const held = heldHandover(c);
    const waiting = held && (await deps.handedOver.find(held.token));
    if (!held || !waiting) {
      if (c.get('visit')) return c.redirect('/', 303);
      const back = await backHere(c, deps, held);
      return back ? goOn(c, deps, back) : offeredBefore(c, held);
    }
    await together(deps.db, deps.ways.close(idIn(waiting.visit)));
    forgetEverything(c);
    const { language, settings, until } = waiting;
    keepHandover(c, held.token, until, waiting);
    const page = pageOf(c, deps, '', { language, settings, path: '/' });
    return c.html(handoverOfferPage(page, `${deps.config.publicUrl}/handover/${held.token}`));
  });

  app.get('/handover/:token', async (c) => {
    const token = c.req.param('token');
    const waiting = await deps.handedOver.find(token);
    if (waiting) {
      // Ties taking it to this phone: should the answer get lost, it can be asked for again, here and nowhere else.
      setBond(c);
      return c.html(takePage(c, token, waiting));
    }
    const visit = await takenHere(c, token);
    return visit ? goOn(c, deps, visit) : gone(c);
  });

  app.post('/handover/:token', async (c) => {
    requireSameOrigin(c);
    const token = c.req.param('token');
    const here = c.get('visit');
    const isAsked = first((await readForm(c)).fields, '_action') === 'replace';
    const waiting = isAsked ? undefined : await deps.handedOver.find(token);
    if (waiting && openIn(deps, here, waiting.language)) return c.html(takePage(c, token, waiting));
    const taken = await take(c, token);
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

  /** @returns the visit that a token stands for, which nobody else gets any more */
  async function take(c: Context, token: string): Promise<Visit | undefined> {
    const bond = bondOf(c);
    const found = await deps.handedOver.find(token);
    if (!found) return undefined;
    const id = idIn(found.visit);
    const taken = deps.db.transaction().execute(async (tx) => {
      // The visit before its code, as where it is taken back: else each would wait for the other.
      await deps.store.hold(tx, { id });
      const waiting = await deps.handedOver.take(tx, token);
      if (waiting && bond)
        await together(tx, deps.ways.open({ held: token, bond }, { id }, { visit: waiting.visit }));
      return waiting?.visit;
    });
    const cookie = await taken.catch(undefinedIfGone);
    return deps.store.load(cookie);
  }

  /** @returns the visit that this phone has taken already, whether it heard of it or not */
  async function takenHere(c: CitizenContext, token: string): Promise<Visit | undefined> {
    const here = c.get('visit');
    if (here?.secret.shown?.digest === digestOf(token)) return here;
    const bond = bondOf(c);
    const way = bond === undefined ? undefined : await deps.ways.find(token, [bond]);
    return way && 'visit' in way ? deps.store.load(way.visit) : undefined;
  }

  /** The code is not there any more: a phone has it, or its time is over, or this browser has forgotten it. */
  function offeredBefore(c: CitizenContext, held: HeldCode | undefined): Response | Promise<Response> {
    const page = pageOf(c, deps, '', { ...held?.look, path: '/' });
    const isTaken = held?.until !== undefined && deps.clock.now() < held.until;
    return isTaken
      ? c.html(handoverTakenPage(page))
      : c.html(held ? handoverGonePage(page) : handoverOverPage(page), 410);
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

/** Whoever has no phone at hand, or none that reads the code, goes on where the code is: as long as no phone has used it. */
async function goOnHere(c: CitizenContext, deps: Visits): Promise<Response> {
  const [here, held] = [c.get('visit'), heldHandover(c)];
  // Pressed twice: it goes on already.
  if (here) return c.redirect(placeIn(here), 303);
  if (!held || !c.get('terminal')) return c.redirect('/', 303);
  const visit = (await takeBack(c, deps, held)) ?? (await backHere(c, deps, held));
  // What became of the code, the page itself says.
  if (!visit) return c.redirect(HANDOVER_URL, 303);
  clearHandover(c);
  return goOn(c, deps, visit);
}

/** Uses the code up, and gives the visit a new key once more. @returns the visit; undefined where a phone was faster */
async function takeBack(c: CitizenContext, deps: Visits, { token }: HeldCode): Promise<Visit | undefined> {
  const waiting = await deps.handedOver.find(token);
  const visit = await deps.store.load(waiting?.visit);
  if (!visit) return undefined;
  const bond = machineBond(c);
  const moved = deps.store.move(visit, async (tx, { secret }) => {
    if (!(await deps.handedOver.take(tx, token))) throw new VisitGoneError('a phone has taken the visit');
    secret.unseen = true;
    return {
      ...{ site: c.get('site').id, terminal: c.get('terminal') },
      moved: (next) => [
        deps.booking.transfer(visit.id, next.id, undefined),
        // Should the answer get lost, the code that it had leads this machine on.
        ...(bond
          ? [
              deps.ways.open(
                { held: token, bond },
                { id: next.id, was: visit.id },
                { visit: visitToken(next) },
              ),
            ]
          : []),
      ],
    };
  });
  return moved.catch(undefinedIfGone);
}

/** Somebody else was faster. */
function undefinedIfGone(error: unknown): undefined {
  unlessGone(error);
}

/** @returns the visit that this machine has taken back already, and never heard of it */
async function backHere(
  c: CitizenContext,
  deps: Visits,
  held: HeldCode | undefined,
): Promise<Visit | undefined> {
  const bond = machineBond(c);
  const way = held && bond ? await deps.ways.find(held.token, [bond]) : undefined;
  return way && 'visit' in way ? deps.store.load(way.visit) : undefined;
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

/**
 * Gives the visit a new key that waits for the phone.
 * @param path of the page it was left on
 * @returns the token of the code
 */
async function handOver(c: CitizenContext, deps: Visits, visit: Visit, path: string): Promise<string> {
  const expires = new Date(deps.clock.now().getTime() + VALID_MS);
  const token = randomBytes(24).toString('base64url');
  const [held, bond] = [heldOf(c), machineBond(c)];
  await deps.store.move(visit, async (_tx, { secret }) => {
    Object.assign(secret, { shown: { digest: digestOf(token), path }, unseen: true });
    return {
      ...{ site: ownSite(deps.city).id, terminal: undefined, expires },
      moved: (next) => [
        deps.booking.transfer(visit.id, next.id, expires),
        deps.handedOver.leave(token, next, expires),
        ...(held && bond
          ? [deps.ways.open({ held, bond }, { id: next.id, was: visit.id }, { handover: token })]
          : []),
      ],
    };
  });
  return token;
}
