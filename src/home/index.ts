/** What stands before any service: tiles, search, help, who runs this, the sign at the door, and what a service is. */
import { Hono } from 'hono';
import { SOURCE } from '#language';
import { momentOf } from '#time';
import { asTyped } from '#typed';
import {
  type CitizenEnv,
  clearVisitCookie,
  ENDED,
  type FormKeeper,
  first,
  languageOf,
  NOTHING,
  overIn,
  own,
  pageOf,
  returnTo,
  typedAgain,
  type Visit,
  WELCOME_URL,
} from '#visit';
import type { HomeDeps } from './deps.ts';
import { begunIn } from './draft-card.tsx';
import { helpPage } from './help.tsx';
import { homePage, ordered } from './home.tsx';
import { legalRoutes } from './legal.ts';
import { listPage } from './list-page.tsx';
import { searchExamples } from './offers.ts';
import { searchPage } from './search-page.tsx';
import { servicePage } from './service.tsx';
import { welcomePage } from './welcome-page.tsx';

export { whileClosed } from './closed.tsx';

const MOST_FOUND = 12;
/** So many services stand on the first page; all stand in the list that it leads to. */
const MOST_OFFERED = 8;

/** What stands in the search is shown once more in another language; for it alone no visit begins. */
export const searchKeeper: FormKeeper = (path) =>
  path === '/' ? { isLost: true, keep: async (_c, { fields }) => keepQuery(first(fields, 'q')) } : undefined;

function keepQuery(query: string): (visit: Visit) => void {
  return ({ secret }) => {
    if (query.trim() !== '') secret.typed = { path: '/', fields: { q: [query] }, said: [] };
  };
}

/** @returns the routes that lead to the services of this office, and to help */
export function homeRoutes(deps: HomeDeps): Hono<CitizenEnv> {
  const app = new Hono<CitizenEnv>();
  const examples = searchExamples(deps.catalogue);
  const all = ordered(deps.catalogue, deps.city);

  app.get('/', async (c) => {
    const { q } = (await typedAgain(c, deps))?.fields ?? {};
    const page = pageOf(c, deps, '');
    const over = overIn(c);
    // The next at this screen may be somebody else: they see it once.
    if (over && c.get('terminal')) clearVisitCookie(c);
    const begun = deps.catalogue.get(over?.begun ?? '');
    const moment = momentOf(deps.clock.now(), deps.reference.isHoliday);
    const draft = begunIn(deps.catalogue, c.get('visit'), moment);
    return c.html(
      homePage(page, all.slice(0, MOST_OFFERED), begun, over, examples(page.language), q?.[0], draft),
    );
  });

  // A phone never waits for anybody, and nobody comes to a machine that somebody else is at.
  app.get(WELCOME_URL, (c) => {
    if (c.get('terminal') === undefined || c.get('visit')) return c.redirect('/', 303);
    if (c.get('over')) clearVisitCookie(c);
    return c.html(welcomePage({ ...pageOf(c, deps, ''), language: SOURCE }, all.slice(0, MOST_OFFERED)));
  });

  app.get('/services', (c) => c.html(listPage(pageOf(c, deps, ''), all)));

  app.get('/search', (c) => {
    const query = asTyped(c.req.query('q') ?? '');
    const found = deps.catalogue.search(query, languageOf(c)).slice(0, MOST_FOUND);
    return c.html(
      searchPage(
        // In another language it looks for the same.
        pageOf(c, deps, '', { path: `/search?q=${encodeURIComponent(query.toWellFormed())}` }),
        query,
        found,
        all.slice(0, MOST_OFFERED),
        examples(languageOf(c)),
      ),
    );
  });

  app.get('/help', (c) => {
    const from = returnTo(c);
    const [, slug = '', id] = /^\/service\/([\w-]+)(?:\/([\w-]+))?$/.exec(from) ?? [];
    const service = deps.catalogue.get(slug);
    const asked = service?.pages.find((one) => one.id === id);
    const { today } = momentOf(deps.clock.now());
    return c.html(helpPage(pageOf(c, deps, ''), deps.city, today, from, asked, service?.office));
  });

  app.get('/service/:slug', (c) => {
    const service = deps.catalogue.get(c.req.param('slug'));
    if (!service) return c.notFound();
    const { drafts, receipts, paying, opened } = c.get('visit')?.secret ?? {};
    const draft = own(drafts, service.slug);
    const title = service.texts[languageOf(c)].title;
    const why = c.get('visit') || c.get('over') ? [] : ([NOTHING, ENDED] as const);
    return c.html(
      servicePage(
        pageOf(c, deps, title, { service: service.slug }),
        service,
        deps.city,
        draft?.version === service.version ? draft : undefined,
        own(receipts, service.slug),
        own(paying, service.slug) !== undefined && opened !== undefined,
        why.find((one) => c.req.query(one) !== undefined) ?? overIn(c),
      ),
    );
  });

  app.route('/', legalRoutes(deps));
  return app;
}
