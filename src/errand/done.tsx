import { Hono } from 'hono';
import { isClosed } from '#cases';
import { keptText, paidText } from '#receipt';
import {
  type CitizenContext,
  type CitizenEnv,
  languageOf,
  own,
  pageOf,
  unlessGone,
  type VisitReceipt,
} from '#visit';
import type { ErrandDeps } from './deps.ts';
import { earlierPages } from './earlier.tsx';
import { resultPage } from './result.tsx';
import { serviceUrl } from './standing.ts';

/** What a person holds after handing in. Mounted before the journey's pages. */
export function doneRoutes(deps: ErrandDeps): Hono<CitizenEnv> {
  const app = new Hono<CitizenEnv>();

  app.get('/service/:slug/done', async (c) => {
    const slug = c.req.param('slug');
    const visit = c.get('visit');
    const receipt = own(visit?.secret.receipts, slug);
    if (receipt) await noteSeen(c, deps, slug, receipt);
    const view = receipt && (await deps.cases.forCitizen(receipt.caseId));
    if (!visit || !receipt || !view) {
      const service = deps.catalogue.get(slug);
      return service ? c.redirect(serviceUrl(service), 303) : c.notFound();
    }
    const { caseId } = receipt;
    const language = languageOf(c);
    // What was paid on a page that was given up is told here, too.
    const earlier = await earlierPages(deps, visit, { slug, caseId }, 'all');
    const shown = view.shown[language];
    const title = isClosed(view.state) ? shown.title : shown.result.title;
    return c.html(
      resultPage(pageOf(c, deps, title, { service: slug, about: shown.title }), deps, {
        ...{ receipt, view, earlier, paid: await paidText(deps, earlier.payments, language) },
        kept: keptText(view, language),
        unsent: (own(visit.secret.drafts, slug)?.seen.length ?? 0) > 0,
      }),
    );
  });

  return app;
}

/** From now on the visit may end without showing it. */
async function noteSeen(
  c: CitizenContext,
  deps: ErrandDeps,
  slug: string,
  { key, seen }: VisitReceipt,
): Promise<void> {
  const visit = c.get('visit');
  if (!visit || seen) return;
  const noted = deps.store.update(visit, ({ secret }) => {
    const receipt = secret.receipts[slug];
    if (receipt?.key === key) secret.receipts[slug] = { ...receipt, seen: true };
  });
  // Ended by another request meanwhile: the page is here all the same.
  await noted.catch(unlessGone);
}
