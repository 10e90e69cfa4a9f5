import { Hono, type MiddlewareHandler } from 'hono';
import { type CompiledService, carryOver, filesIn } from '#journey';
import type { Answers } from '#service';
import type { Taker } from '#share';
import { momentOf } from '#time';
import {
  type CitizenContext,
  type CitizenEnv,
  type Draft,
  readOwnForm,
  type SentForm,
  takerOf,
  typedOf,
  type Visit,
} from '#visit';
import type { ErrandDeps } from './deps.ts';
import { keepFiles } from './kept-files.ts';
import { holdAgain, resolveAnswers } from './resolve.ts';
import { askedFor, nextOf, pageUrl, serviceUrl, standing } from './standing.ts';

/** Paying and the result belong to what was handed in, by whichever version. */
const HANDED_IN = ['pay', 'done'];

/**
 * A service got another version while somebody was in the middle of it: what still fits goes on with it, and whoever was
 * just answering sees the page as it is now before anything is taken from it. Mounted before everything of a service.
 */
export function renewalRoutes(deps: ErrandDeps): Hono<CitizenEnv> {
  const app = new Hono<CitizenEnv>();
  const renew: MiddlewareHandler<CitizenEnv> = async (c, next) => {
    const service = deps.catalogue.get(c.req.param('slug') ?? '');
    const visit = c.get('visit');
    const draft = service && visit?.secret.drafts[service.slug];
    const id = c.req.param('page');
    if (!draft || draft.version === service.version || (id && HANDED_IN.includes(id))) return next();
    const answers = c.req.method === 'POST' && id !== undefined;
    const form = answers ? await readOwnForm(c) : undefined;
    // Only explained here from now on: there is nothing to go on with.
    if (service.pages.length === 0) return id ? c.redirect(serviceUrl(service), 303) : next();
    c.set('visit', await renewed(deps, visit, service, draft, takerOf(c, deps)));
    return form ? shownFirst(c, deps, service, form) : next();
  };
  for (const path of ['/service/:slug', '/service/:slug/:page/*']) app.use(path, renew);
  // The page somebody was on is gone.
  app.get('/service/:slug/:page', (c, next) => {
    const service = deps.catalogue.get(c.req.param('slug'));
    const isThere = service?.pages.some(({ id }) => id === c.req.param('page'));
    const isNew = service && c.get('visit')?.secret.drafts[service.slug]?.renewed;
    if (!isNew || isThere || HANDED_IN.includes(c.req.param('page'))) return next();
    return Promise.resolve(whereTheyStand(c, deps, service));
  });
  return app;
}

/** Somebody has answered a page of before: what they typed and chose stands in the page as it is now. */
async function shownFirst(
  c: CitizenContext,
  deps: ErrandDeps,
  service: CompiledService,
  form: SentForm,
): Promise<Response> {
  const stand = standing(c, deps, service);
  const { page } = askedFor(c, deps);
  if (!stand || !page) return whereTheyStand(c, deps, service);
  const here = { ...stand, page };
  const { visit } = await keepFiles(
    deps,
    here,
    (await resolveAnswers(deps, here, form, takerOf(c, deps))).answers,
  );
  const fields = typedOf(form.fields);
  if (Object.keys(fields).length > 0)
    await deps.store.update(visit, ({ secret }) => {
      const draft = secret.drafts[service.slug];
      if (draft) draft.unsent = { ...draft.unsent, [page.id]: { fields, errors: [] } };
    });
  return c.redirect(pageUrl(service, page), 303);
}

function whereTheyStand(c: CitizenContext, deps: ErrandDeps, service: CompiledService): Response {
  const stand = standing(c, deps, service);
  return c.redirect(stand ? pageUrl(service, nextOf(stand)) : serviceUrl(service), 303);
}

/** @returns the visit with a draft that goes on under the service as it is now */
async function renewed(
  deps: ErrandDeps,
  visit: Visit,
  service: CompiledService,
  old: Draft,
  who: Taker,
): Promise<Visit> {
  const moment = momentOf(deps.clock.now(), deps.reference.isHoliday);
  const { answers } = carryOver(service, old, deps.reference);
  const lost = await holdAgain(deps, visit, service, answers, moment, who);
  const without = (all: Answers): Answers =>
    Object.fromEntries(Object.entries(all).filter(([id]) => !lost.includes(id)));
  const next = await deps.store.update(visit, ({ secret }) => {
    const draft = secret.drafts[service.slug];
    if (!draft || draft.version === service.version) return;
    const carried = carryOver(service, draft, deps.reference);
    secret.drafts[service.slug] = {
      ...draft,
      ...carried,
      answers: without(carried.answers),
      version: service.version,
      renewed: true,
    };
  });
  const kept = new Set(filesIn(next.secret.drafts[service.slug]?.answers ?? {}).map(({ file }) => file));
  for (const { file } of filesIn(old.answers)) if (!kept.has(file)) await deps.files.drop(next, file);
  return next;
}
