/** Which rooms the office has, and what each needs of the others. */
import { join } from 'node:path';
import { anchor, append } from '#audit';
import { createBooking } from '#booking';
import { createCases, createDeskChannel } from '#cases';
import { type Catalogue, catalogueApi, loadCatalogue } from '#catalogue';
import { type City, referenceOf } from '#city';
import { type Config, ConfigError } from '#config';
import type { Db } from '#db';
import { createDelivery } from '#delivery';
import { deskRoutes } from '#desk';
import type { App } from '#http';
import { fillText, review, walk } from '#journey';
import { count } from '#lab';
import type { Log } from '#log';
import {
  createCasePayments,
  createPayments,
  createPayPage,
  type Payments,
  type PayPageSettings,
} from '#payment';
import type { KeyProvider } from '#seal';
import { formatProblems } from '#source';
import type { Clock } from '#time';
import { createVisitRoom } from '#visit';
import { assetRoutes, countryName } from '#web';
import type { Job } from './jobs.ts';

/**
 * Reads and compiles the services for a city.
 * @throws ConfigError naming file and line of everything that is wrong
 */
export function loadCatalogueOf(config: Config, city: City): Catalogue {
  const { catalogue, problems } = loadCatalogue(config.servicesFolder, city, config.production);
  if (!catalogue) throw new ConfigError([formatProblems(problems)]);
  return catalogue;
}

/** What the rooms stand on. */
export interface Ground {
  config: Config;
  city: City;
  catalogue: Catalogue;
  /** Origin under which people reach the office. */
  publicUrl: string;
  db: Db;
  clock: Clock;
  keys: KeyProvider;
  log: Log;
  oidc: Config['oidc'];
  /** The city's contract with a pay page. */
  payPage: PayPageSettings | undefined;
}

const MINUTE = 60_000;

/** Puts every room's routes on the app. @returns the work that goes on in the background */
export function openRooms(
  app: App,
  ground: Ground,
): { jobs: Job[]; delivery: ReturnType<typeof createDelivery>; payments: Payments } {
  const { config, publicUrl, db, clock, keys, log, city, catalogue } = ground;
  const audit = { append };
  const booking = createBooking({ db, city, clock, keys });
  const delivery = createDelivery({ db, clock, log, channels: [createDeskChannel({ db, clock, audit })] });
  const cases = createCases({
    ...{ db, clock, keys, catalogue, city, booking, delivery, audit, publicUrl },
    lab: { count },
    payments: createCasePayments({ audit, lab: { count } }),
    words: {
      review: (service, walked, language) =>
        review(service, walked, language, { country: (code) => countryName(code, language) }),
      fillText: (text, walked, language) =>
        fillText(text, walked, language, { country: (code) => countryName(code, language) }),
      walk,
    },
  });
  const payments = createPayments({
    ...{ db, clock, keys, audit, cases, log },
    lab: { count },
    terminals: [],
    cardTerminal: () => undefined,
    page: ground.payPage && createPayPage(ground.payPage),
    wake: () => delivery.wake(),
  });
  const visits = createVisitRoom({
    ...{ db, clock, keys, city, catalogue, booking, cases, log },
    config: { publicUrl, production: config.production, proxies: config.proxies },
    reference: referenceOf(city),
  });

  app.route('/', assetRoutes());
  app.get('/api/services', (c) => c.json(catalogueApi(catalogue)));
  app.route(
    '/desk',
    deskRoutes({
      db,
      clock,
      audit,
      cases,
      booking,
      delivery,
      payments,
      catalogue,
      city,
      config: { oidc: ground.oidc, publicUrl, production: config.production },
    }),
  );
  app.route('/', visits.routes);

  const anchors = {
    file: join(config.dataFolder, 'audit-anchors.log'),
    secret: keys.secret('audit anchors'),
  };
  return {
    delivery,
    payments,
    jobs: [
      { name: 'tour dates', everyMs: 60 * MINUTE, run: () => booking.ensureSlots() },
      { name: 'ended visits', everyMs: MINUTE / 2, run: () => visits.sweep() },
      { name: 'held places', everyMs: MINUTE / 2, run: () => booking.freeExpired() },
      { name: 'past allowances', everyMs: 24 * 60 * MINUTE, run: () => booking.entitlement.forgetPast() },
      { name: 'payments', everyMs: 2_000, run: () => payments.recover() },
      { name: 'closing of card terminals', everyMs: 5 * MINUTE, run: () => payments.closeTerminals() },
      { name: 'card receipts', everyMs: 60 * MINUTE, run: () => payments.forgetReceipts() },
      { name: 'unpaid cases', everyMs: 10 * MINUTE, run: () => cases.discardUnpaidLeft() },
      { name: 'retention', everyMs: 10 * MINUTE, run: () => cases.retention() },
      { name: 'audit anchor', everyMs: 10 * MINUTE, run: () => anchor(db, anchors, clock.now()) },
    ],
  };
}
