/** What stands before any service: tiles, search, help, who runs this, the sign at the door, and what a service is. */
import { Hono } from 'hono';
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
  typedAgain,
  type Visit,
} from '#visit';
import type { HomeDeps } from './deps.ts';
import { helpPage } from './help.tsx';
import { homePage, searchPage } from './home.tsx';
import { legalRoutes } from './legal.ts';
import { searchExamples } from './offers.ts';
import { servicePage } from './service.tsx';

export { whileClosed } from './closed.tsx';

const MOST_FOUND = 12;

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

  app.get('/', async (c) => {
    const { q } = (await typedAgain(c, deps))?.fields ?? {};
    const page = pageOf(c, deps, '');
    const over = overIn(c);
    // The next at this screen may be somebody else: they see it once.
    if (over && c.get('terminal')) clearVisitCookie(c);
    return c.html(homePage(page, deps.catalogue, deps.city, over, examples(page.language), q?.[0]));
  });

  app.get('/search', (c) => {
    const query = asTyped(c.req.query('q') ?? '');
    const found = deps.catalogue.search(query, languageOf(c)).slice(0, MOST_FOUND);
    return c.html(
      searchPage(
        // In another language it looks for the same.
        pageOf(c, deps, '', { path: `/search?q=${encodeURIComponent(query.toWellFormed())}` }),
        query,
        found,
        examples(languageOf(c)),
      ),
    );
  });

  app.get('/help', (c) => c.html(helpPage(pageOf(c, deps, ''), deps.city, momentOf(deps.clock.now()).today)));

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
