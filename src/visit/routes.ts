import { Hono } from 'hono';
import type { CitizenEnv } from './context.ts';
import { handoverRoutes } from './handover.ts';
import type { FormKeeper } from './look.ts';
import { phonePaperRoutes } from './phone-paper.ts';
import { presenceRoutes } from './presence.ts';
import { terminalRoutes } from './terminal.ts';
import type { Visits } from './visits.ts';

/** @param keepers what becomes of pages' forms when only the look of the page changes */
export function visitRoutes(visits: Visits, keepers: readonly FormKeeper[]): Hono<CitizenEnv> {
  const app = new Hono<CitizenEnv>();
  app.route('/', presenceRoutes(visits, keepers));
  app.route('/', terminalRoutes(visits));
  app.route('/', handoverRoutes(visits, keepers));
  app.route('/', phonePaperRoutes(visits));
  return app;
}
