/** Going through one service: its pages one after another, the steps that lead outside, handing in or paying, and what came of it. */
import { Hono } from 'hono';
import type { CitizenEnv } from '#visit';
import type { ErrandDeps } from './deps.ts';
import { doneRoutes } from './done.tsx';
import { handInRoutes } from './hand-in.ts';
import { identityRoutes } from './identity.ts';
import { journeyRoutes } from './journey.ts';
import { letterCodeRoutes } from './letter-code.ts';
import { payRoutes } from './pay.ts';
import { registerRoutes } from './register.ts';
import { renewalRoutes } from './renewal.ts';
import { stepRoutes } from './steps.ts';

export type { ErrandNeeds } from './deps.ts';
export { identityDoors } from './identity.ts';
export { journeyKeeper } from './look.ts';
export { sayEndedHere } from './standing.ts';

/** @returns the routes of all services, from their beginning to their end */
export function errandRoutes(deps: ErrandDeps): Hono<CitizenEnv> {
  const app = new Hono<CitizenEnv>();
  app.route('/', identityRoutes(deps));
  app.route('/', renewalRoutes(deps));
  app.route('/', letterCodeRoutes(deps));
  app.route('/', payRoutes(deps));
  app.route('/', registerRoutes(deps));
  app.route('/', handInRoutes(deps));
  app.route('/', doneRoutes(deps));
  app.route('/', stepRoutes(deps));
  app.route('/', journeyRoutes(deps));
  return app;
}
