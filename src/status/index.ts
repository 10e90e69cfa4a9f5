/** A citizen's own case: opened with number and code, read, answered, moved or withdrawn; its papers, and whether a paper is genuine. */
import { Hono } from 'hono';
import type { CitizenEnv } from '#visit';
import { statusAnswerRoutes } from './answer.ts';
import type { StatusDeps } from './deps.ts';
import { genuineRoutes } from './genuine.ts';
import { paperRoutes } from './papers.ts';
import { statusRoutes as caseRoutes } from './status.ts';

export { replyKeeper } from './look.ts';

/** @returns the routes of cases, for those who hold their number and code */
export function statusRoutes(deps: StatusDeps): Hono<CitizenEnv> {
  const app = new Hono<CitizenEnv>();
  app.route('/', caseRoutes(deps));
  app.route('/', genuineRoutes(deps));
  app.route('/', statusAnswerRoutes(deps));
  app.route('/', paperRoutes(deps));
  return app;
}
