import { Hono } from 'hono';
import { type CitizenContext, type CitizenEnv, pageOf } from '#visit';
import { ownPath } from '#web';
import type { HomeDeps } from './deps.ts';
import { accessibilityPage, imprintPage, privacyPage } from './legal-pages.tsx';

/** Imprint, privacy and accessibility, which every page's foot leads to and which lead back to where one came from. */
export function legalRoutes(deps: HomeDeps): Hono<CitizenEnv> {
  const app = new Hono<CitizenEnv>();
  const page = (c: CitizenContext) => pageOf(c, deps, '', { back: ownPath(c.req.query('return')) });
  app.get('/impressum', (c) => c.html(imprintPage(page(c), deps.city)));
  app.get('/datenschutz', (c) => c.html(privacyPage(page(c), deps.city, deps.catalogue.services)));
  app.get('/barrierefreiheit', (c) => c.html(accessibilityPage(page(c), deps.city)));
  return app;
}
