import { randomBytes } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { ownSite } from '#city';
import {
  bondOf,
  type CitizenContext,
  type CitizenEnv,
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
import {
  handoverGonePage,
  handoverOfferPage,
  handoverOverPage,
  handoverTakenPage,
  handoverTakePage,
} from './handover-pages.tsx';
import { machineBond } from './machine.ts';
import { digestOf } from './new-key.ts';
import { readOwnForm, requireSameOrigin, safeReturn } from './own-form.ts';
import { forgetEverything } from './presence.ts';
import { idIn } from './tokens.ts';
import type { Visit } from './visit.ts';
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
    const { fields } = await readOwnForm(c);
    const visit = c.get('visit');
    // Once more from the page before: the code is there already.
    if (!visit) return c.redirect(heldHandover(c) ? HANDOVER_URL : '/', 303);
    // A screen that is no terminal is not left to anybody; what its person has begun stays with it.
    if (!c.get('terminal')) return c.redirect(fields.return ? safeReturn(fields) : placeIn(visit), 303);
    return leadToCode(c, await handOver(c, deps, visit));
  });

  app.get(HANDOVER_URL, async (c) => {
    const held = heldHandover(c);
    const waiting = held && (await deps.handedOver.find(held.token));
    if (!held || !waiting) return c.get('visit') ? c.redirect('/', 303) : offeredBefore(c, held);
    await deps.ways.close(idIn(waiting.visit));
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
      const { language, settings } = waiting;
      return c.html(handoverTakePage({ ...pageOf(c, deps, ''), language, settings }, token));
    }
    const visit = await takenHere(c, token);
    return visit ? goOn(c, visit) : gone(c);
  });

  app.post('/handover/:token', async (c) => {
    requireSameOrigin(c);
    const token = c.req.param('token');
    const visit = (await take(c, token)) ?? (await takenHere(c, token));
    return visit ? goOn(c, visit) : gone(c);
  });

  /** @returns the visit that a token stands for, which nobody else gets any more */
  async function take(c: Context, token: string): Promise<Visit | undefined> {
    const bond = bondOf(c);
    const cookie = await deps.db.transaction().execute(async (tx) => {
      const waiting = await deps.handedOver.take(tx, token);
      const id = waiting && idIn(waiting.visit);
      if (waiting && id && bond)
        await deps.ways.open(tx, { held: token, bond }, id, { visit: waiting.visit });
      return waiting?.visit;
    });
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

  async function goOn(c: CitizenContext, visit: Visit): Promise<Response> {
    clearVisitCookie(c);
    setVisitCookie(c, visit);
    await deps.store.touch(visit);
    return c.redirect(placeIn(visit), 303);
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

/** @returns where somebody goes on in a visit */
function placeIn({ secret }: Visit): string {
  const [due] = Object.keys(secret.paying ?? {});
  if (due) return `/service/${due}/pay`;
  const [slug] = Object.keys(secret.drafts);
  const [done] = Object.keys(secret.receipts);
  return slug ? `/service/${slug}` : done ? `/service/${done}/done` : '/';
}

/** Gives the visit a new key that waits for the phone. @returns the token of the code */
async function handOver(c: CitizenContext, deps: Visits, visit: Visit): Promise<string> {
  const expires = new Date(deps.clock.now().getTime() + VALID_MS);
  const token = randomBytes(24).toString('base64url');
  const [held, bond] = [heldOf(c), machineBond(c)];
  await deps.store.move(visit, async (_tx, { secret }) => {
    Object.assign(secret, { shown: { digest: digestOf(token), path: '/' }, unseen: true });
    return {
      ...{ site: ownSite(deps.city).id, terminal: undefined, expires },
      async moved(tx, next) {
        await deps.booking.transfer(tx, visit.id, next.id, expires);
        await deps.handedOver.leave(tx, token, next, expires);
        if (held && bond) await deps.ways.open(tx, { held, bond }, next.id, { handover: token });
      },
    };
  });
  return token;
}
