/** Going through one service: its pages one after another, the steps that lead outside, handing in or paying, and what came of it. */
import { Hono } from 'hono';
import type { CitizenEnv } from '#visit';
import { answerRoutes } from './answer-walk.ts';
import { cameraRoutes } from './camera-phone.tsx';
import type { ErrandDeps } from './deps.ts';
import { doneRoutes } from './done.tsx';
import { identityRoutes } from './identity.ts';
import { journeyRoutes } from './journey.ts';
import { KINDS_OF_PAGES } from './kinds/index.ts';
import { payRoutes } from './pay.ts';
import { registerRoutes } from './register.ts';
import { renewalRoutes } from './renewal.ts';

export type { ErrandNeeds } from './deps.ts';
export { identityDoors } from './identity.ts';
export { journeyKeeper } from './look.ts';
export { sayEndedHere } from './standing.ts';

/** @returns the routes of all services, from their beginning to their end */
export function errandRoutes(deps: ErrandDeps): Hono<CitizenEnv> {
  const app = new Hono<CitizenEnv>();
  app.route('/', identityRoutes(deps));
  app.route('/', renewalRoutes(deps));
  app.route('/', payRoutes(deps));
  app.route('/', registerRoutes(deps));
  app.route('/', doneRoutes(deps));
  app.route('/', cameraRoutes(deps));
  app.route('/', answerRoutes(deps, KINDS_OF_PAGES));
  app.route('/', journeyRoutes(deps, KINDS_OF_PAGES));
  return app;
}
