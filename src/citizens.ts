/** The citizens' side of the office: what people come to before a service, through one, and back to afterwards. */
import { Hono } from 'hono';
import { type ErrandNeeds, errandRoutes, identityDoors, journeyKeeper, sayEndedHere } from '#errand';
import { homeRoutes, searchKeeper, whileClosed } from '#home';
import { replyKeeper, statusRoutes } from '#status';
import {
  type CitizenEnv,
  citizen,
  openVisits,
  sayNotFound,
  sayTrouble,
  sweepVisits,
  type VisitDeps,
  visitRoutes,
} from '#visit';

/** The citizens' side, opened. */
export interface Citizens {
  routes: Hono<CitizenEnv>;
  /** Destroys visits nobody came back to and frees what they held. @returns how many */
  sweep(): Promise<number>;
}

/** @param deps the rooms that the citizens' side needs */
export function createCitizens(deps: VisitDeps & ErrandNeeds): Citizens {
  const app = new Hono<CitizenEnv>();
  const all = openVisits(deps, (request, env) => app.fetch(request, env));
  const streets = JSON.stringify(deps.city.streets);

  // The whole list at once: what somebody types is compared in their own browser and never sent while typing.
  app.get('/city/streets.json', (c) =>
    c.body(streets, 200, { 'Content-Type': 'application/json', 'Cache-Control': 'public, max-age=3600' }),
  );
  app.route('/', identityDoors(all));
  app.use(citizen(all), whileClosed(all), sayNotFound(all));
  app.route('/', visitRoutes(all, [journeyKeeper(all), replyKeeper(all), searchKeeper]));
  app.route('/', statusRoutes(all));
  // What a service is stands behind all that may come before it: another version, a payment that has come in.
  app.route('/', errandRoutes(all));
  app.route('/', homeRoutes(all));
  app.onError(sayTrouble(all, (c) => sayEndedHere(c, all)));

  return { routes: app, sweep: () => sweepVisits(all) };
}
