import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { getCookie } from 'hono/cookie';
import { type CompiledService, filesIn, toldWrong } from '#journey';
import type { PageKind } from '#service';
import {
  BEGUN,
  type CitizenEnv,
  type Draft,
  ensureVisit,
  first,
  own,
  readOwnForm,
  setVisitCookie,
} from '#visit';
import type { ErrandDeps } from './deps.ts';
import type { KindOfPage } from './kinds/kind.ts';
import { entryOf, shownAgain } from './shown-again.ts';
import { askedPage, hereAt, nextOf, pageUrl, reviewOf, standing } from './standing.ts';

/** A service is begun, and its pages are shown; what was answered on them is `answer-walk.ts`. */
export function journeyRoutes(
  deps: ErrandDeps,
  kinds: Readonly<Record<PageKind, KindOfPage>>,
): Hono<CitizenEnv> {
  const app = new Hono<CitizenEnv>();

  app.post('/service/:slug', async (c) => {
    const service = deps.catalogue.get(c.req.param('slug'));
    if (!service || service.pages.length === 0) return c.notFound();
    const { fields } = await readOwnForm(c);
    const begun = first(fields, '_action') === 'restart' ? undefined : standing(c, deps, service);
    if (begun) return c.redirect(pageUrl(service, nextOf(begun)), 303);
    const draft = newDraft(service);
    const isKnown = Object.keys(getCookie(c)).length > 0;
    const visit = await ensureVisit(c, deps, { [service.slug]: draft });
    const former = visit.secret.drafts[service.slug];
    if (former !== draft) {
      if (former) await deps.booking.release(visit.id);
      // The last one is the one that somebody is in the middle of.
      delete visit.secret.drafts[service.slug];
      visit.secret.drafts[service.slug] = draft;
      await deps.store.save(visit);
      for (const { file } of filesIn(former?.answers ?? {})) await deps.files.drop(visit, file);
      setVisitCookie(c, visit);
    }
    const start = standing(c, deps, service);
    const to = pageUrl(service, start ? nextOf(start) : reviewOf(service));
    return c.redirect(isKnown ? to : `${to}?${BEGUN}`, 303);
  });

  app.get('/service/:slug/:page', async (c, next) => {
    // Its cookie came: who goes back to this page after the visit is not told of cookies.
    if (c.get('visit') && c.req.query(BEGUN) !== undefined) return c.redirect(c.req.path, 303);
    const asked = askedPage(c, deps);
    if (!asked) return next();
    const here = await hereAt(c, deps, asked);
    if (here instanceof Response) return here;
    const again = own(here.draft.unsent, here.page.id);
    const { fields, entry } = shownAgain(here, again?.fields);
    const errors = again?.errors ?? toldWrong(here.page, here.draft, deps.reference);
    const view = { fields, errors, entry: entryOf(c) ?? entry };
    return c.html(await kinds[here.page.kind].show({ c, deps, here }, view));
  });

  app.on(['GET', 'POST'], '/service/:slug/:page/:below', async (c, next) => {
    // A form of another's is refused before anything is said of the page.
    if (c.req.method === 'POST') await readOwnForm(c);
    const asked = askedPage(c, deps);
    const below = asked && own(kinds[asked.page.kind].below, c.req.param('below'));
    const handle = c.req.method === 'POST' ? below?.post : below?.get;
    if (!asked || !handle) return next();
    const here = await hereAt(c, deps, asked);
    return here instanceof Response ? here : handle({ c, deps, here });
  });

  return app;
}

function newDraft(service: CompiledService): Draft {
  return { key: randomUUID(), version: service.version, answers: {}, seen: [] };
}
