/** A person at a screen: home, a service's journey, handing in, what came of it, and the end. */
import { Hono } from 'hono';
import { UnreadableFormError } from '#http';
import { asTyped } from '#typed';
import { citizen } from './citizen.ts';
import {
  type CitizenContext,
  type CitizenEnv,
  clearVisitCookie,
  ForeignFormError,
  languageOf,
  pageOf,
  ShareTakenError,
} from './context.ts';
import type { VisitDeps } from './deps.ts';
import { createDraftFiles } from './files.ts';
import { createHandedOver } from './handed.ts';
import { searchExamples } from './offers.ts';
import { helpPage, noticePage } from './pages/help.tsx';
import { homePage, searchPage } from './pages/home.tsx';
import { overIn } from './pages/ran-out.tsx';
import { sharePage } from './pages/share.tsx';
import { genuineRoutes } from './routes/genuine.tsx';
import { handInRoutes } from './routes/hand-in.tsx';
import { handoverRoutes } from './routes/handover.tsx';
import { identityDoors, identityRoutes } from './routes/identity.tsx';
import { journeyRoutes } from './routes/journey.tsx';
import { legalRoutes } from './routes/legal.ts';
import { letterCodeRoutes } from './routes/letter-code.tsx';
import { paperRoutes } from './routes/papers.ts';
import { payRoutes } from './routes/pay.tsx';
import { registerRoutes } from './routes/register.tsx';
import { renewalRoutes } from './routes/renewal.ts';
import { statusRoutes } from './routes/status.tsx';
import { statusAnswerRoutes } from './routes/status-answer.tsx';
import { stepRoutes } from './routes/steps.tsx';
import { terminalRoutes } from './routes/terminal.tsx';
import { visitRoutes } from './routes/visit.tsx';
import { askedFor, type JourneyDeps, ledOn, sayEnded } from './standing.ts';
import { createVisitStore, VisitGoneError } from './store.ts';
import { createWays } from './ways.ts';
import { words } from './words.ts';

export { handsIn, lookIn, takesFiles } from './context.ts';
export type { VisitDeps } from './deps.ts';
export { isMachine } from './machine.ts';
export { faerOf } from './registers.tsx';

/** The citizens' side of the office. */
export interface VisitRoom {
  routes: Hono<CitizenEnv>;
  /** Destroys visits nobody came back to and frees what they held. @returns how many */
  sweep(): Promise<number>;
}

const MOST_FOUND = 12;

/** @param deps the rooms that a visit needs */
export function createVisitRoom(deps: VisitDeps): VisitRoom {
  const store = createVisitStore(deps.db, deps.clock);
  const { db, clock } = deps;
  const [files, ways] = [createDraftFiles(db, clock), createWays(db, clock)];
  const app = new Hono<CitizenEnv>();
  const all: JourneyDeps = {
    ...{ ...deps, store, files, ways, handedOver: createHandedOver(db, clock) },
    show: (request, env) => app.fetch(request, env),
  };

  const examples = searchExamples(deps.catalogue);
  const streets = JSON.stringify(deps.city.streets);

  // The whole list at once: what somebody types is compared in their own browser and never sent while typing.
  app.get('/city/streets.json', (c) =>
    c.body(streets, 200, { 'Content-Type': 'application/json', 'Cache-Control': 'public, max-age=3600' }),
  );
  app.route('/', identityDoors(all));
  app.use(citizen(all));
  app.use(async (c, next) => {
    await next();
    if (c.res.status !== 404 || !c.res.headers.get('content-type')?.startsWith('text/html')) return;
    const w = words(languageOf(c));
    c.res = await c.html(noticePage(pageOf(c, deps, ''), w.notFoundTitle, w.notFoundText), 404);
  });
  app.get('/', (c) => {
    const page = pageOf(c, deps, '');
    const over = overIn(c);
    // The next at this screen may be somebody else: they see it once.
    if (over && c.get('terminal')) clearVisitCookie(c);
    return c.html(homePage(page, deps.catalogue, deps.city, over, examples(page.language)));
  });
  app.get('/search', (c) => {
    const query = asTyped(c.req.query('q') ?? '').slice(0, 80);
    const found = deps.catalogue.search(query, languageOf(c)).slice(0, MOST_FOUND);
    return c.html(
      searchPage(
        pageOf(c, deps, ''),
        query,
        found.map((hit) => hit.service),
        examples(languageOf(c)),
      ),
    );
  });
  app.get('/help', (c) => c.html(helpPage(pageOf(c, deps, ''), deps.city)));
  app.route('/', legalRoutes(deps));
  app.route('/', visitRoutes(all));
  app.route('/', terminalRoutes(all));
  app.route('/', handoverRoutes(all));
  app.route('/', statusRoutes(all));
  app.route('/', genuineRoutes(all));
  app.route('/', statusAnswerRoutes(all));
  app.route('/', paperRoutes(all));
  app.route('/', identityRoutes(all));
  app.route('/', renewalRoutes(all));
  app.route('/', letterCodeRoutes(all));
  app.route('/', payRoutes(all));
  app.route('/', registerRoutes(all));
  app.route('/', handInRoutes(all));
  app.route('/', stepRoutes(all));
  app.route('/', journeyRoutes(all));

  app.onError((error, c) => {
    const w = words(languageOf(c as never));
    if (error instanceof ForeignFormError || error instanceof UnreadableFormError) {
      const status = error instanceof ForeignFormError ? 403 : 400;
      return c.html(noticePage(pageOf(c as never, deps, ''), w.foreignTitle, w.foreignText), status);
    }
    if (error instanceof ShareTakenError) return sayTaken(c as never, deps, error);
    // Another tab ended or moved the visit while this request was under way.
    if (error instanceof VisitGoneError) return sayGone(c as never, all);
    throw error;
  });

  return {
    routes: app,
    async sweep() {
      await ways.sweep();
      const ended = await store.sweep();
      for (const id of ended) await deps.booking.release(id);
      return ended.length;
    },
  };
}

/** The visit has ended, or it has a new key: then whoever sent the same form twice goes on with that. */
async function sayGone(c: CitizenContext, deps: JourneyDeps): Promise<Response> {
  const led = await ledOn(c, deps);
  if (led) return led;
  const { service } = askedFor(c, deps);
  return service ? sayEnded(c, deps, service) : c.redirect('/', 303);
}

/** Very much came from this line: says when it goes on. */
function sayTaken(
  c: CitizenContext,
  deps: VisitDeps,
  { what, until, back }: ShareTakenError,
): Response | Promise<Response> {
  const seconds = Math.max(1, Math.ceil((until.getTime() - deps.clock.now().getTime()) / 1_000));
  return c.html(sharePage(pageOf(c, deps, ''), what, until, back, deps.city), 429, {
    'Retry-After': String(seconds),
  });
}
