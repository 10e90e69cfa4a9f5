/** Which rooms the office has, and what each needs of the others. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { anchor, anchorsOf, append, appendOrCount, chainCounted, entry } from '#audit';
import { createBooking } from '#booking';
import { arriving, type Cases, createCases, createDeskChannel, DESK } from '#cases';
import { type Catalogue, catalogueApi, letterCodeProblems, loadCatalogue } from '#catalogue';
import { type City, meantStreetOf, referenceOf } from '#city';
import { type Config, ConfigError } from '#config';
import { type Db, together } from '#db';
import { createDelivery, FIT_CONNECT } from '#delivery';
import { type DeskDeps, deskRoutes } from '#desk';
import { createExaminer } from '#doctor';
import { createPapers, SIGNERS } from '#documents';
import { createTerminals } from '#fleet';
import type { App } from '#http';
import { sweepUsedAssertions } from '#identity';
import { createJobs, type Job, type Jobs } from '#jobs';
import { brokenRules, fillText, readAnswer, readableAnswer, review, walk } from '#journey';
import { count } from '#lab';
import { dateWithWeekday, longDate } from '#language';
import { createLetterCodes } from '#letters';
import type { Log } from '#log';
import { createOutbox } from '#outbox';
import { createCasePayments, createPayments, type PaymentDeps, type Payments } from '#payment';
import { faerOf } from '#registers';
import type { KeyProvider } from '#seal';
import { createShares } from '#share';
import { formatProblems } from '#source';
import { type Clock, civilDate, createClock } from '#time';
import { assetRoutes, countryName } from '#web';
import { authorityChannel } from './authorities.ts';
import { createCitizens } from './citizens.ts';
import type { Outside } from './outside.ts';
import { schemaVersion } from './parcels.ts';

/**
 * Reads and compiles the services for a city.
 * @throws ConfigError naming file and line of everything that is wrong
 */
export function loadCatalogueOf(config: Config, city: City): Catalogue {
  const { catalogue, problems } = loadCatalogue(config.servicesFolder, city, config.production);
  if (!catalogue) throw new ConfigError([formatProblems(problems)]);
  if (city.letterCodes.length > 0) {
    const file = join(city.folder, 'city.yaml');
    const wrong = letterCodeProblems(file, readFileSync(file, 'utf8'), city, catalogue.defined);
    if (wrong.length > 0) throw new ConfigError([formatProblems(wrong)]);
  }
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
  oidc: DeskDeps['config']['oidc'];
  outside: Outside;
  /** Told at each named point of taking money; an office that takes real money is given none. */
  at?: PaymentDeps['at'];
}

const MINUTE = 60_000;

/** Puts every room's routes on the app. @returns the work that goes on in the background */
export function openRooms(
  app: App,
  ground: Ground,
): { jobs: Jobs; delivery: ReturnType<typeof createDelivery>; payments: Payments } {
  const { config, publicUrl, db, clock, keys, log, city, catalogue } = ground;
  const audit = { append, entry };
  const papers = createPapers(city, SIGNERS[config.signer]);
  const reference = referenceOf(city);
  const booking = createBooking({ db, city, clock, keys, meantStreet: meantStreetOf(city) });
  const { outside } = ground;
  const outbox = createOutbox({ db, clock, channels: [DESK, FIT_CONNECT] });
  const cases: Cases = createCases({
    ...{ db, clock, keys, catalogue, city, booking, outbox, audit, papers, publicUrl },
    lab: { count },
    payments: createCasePayments({ audit, lab: { count } }),
    words: {
      review: (service, walked, language) =>
        review(service, walked, language, { country: (code) => countryName(code, language) }),
      fillText: (text, walked, language) =>
        fillText(text, walked, language, { country: (code) => countryName(code, language) }),
      walk,
      rules: brokenRules,
      readAnswer: (question, field, form) => readAnswer(question, field, form, reference),
      readable: (question, answer, options, language) =>
        readableAnswer(
          question,
          question.id,
          answer,
          { questions: { [question.id]: { options } } },
          language,
          {
            country: (code) => countryName(code, language),
          },
        ),
      dates: (date, language) => [dateWithWeekday(date, language), longDate(date, language)],
    },
  });
  const authorities = authorityChannel({ ...ground, audit, cases });
  const delivery = createDelivery({
    ...{ db, clock, log, outbox },
    channels: [createDeskChannel({ db, clock, audit }), arriving({ db, clock, audit }, authorities)],
  });
  const shares = createShares({ db, clock, keys, unlimited: config.requestsPerSecond === 0 });
  const letterCodes = createLetterCodes({ db, clock, keys, audit });
  const terminals = createTerminals({ db, clock, keys, audit });
  const payments = createPayments({
    ...{ db, clock, keys, log, audit, lab: { count }, cases, page: outside.payPage?.client },
    cardTerminal: (terminal) => outside.cardTerminals.get(terminal),
    terminals: [...city.sites.values()].flatMap(({ id, terminals }) =>
      terminals.filter((one) => outside.cardTerminals.has(one)).map((terminal) => ({ terminal, site: id })),
    ),
    wake: outbox.wake,
    ...(ground.at && { at: ground.at }),
  });
  const citizens = createCitizens({
    ...{ db, clock, keys, city, catalogue, booking, cases, log, shares },
    config: { publicUrl, production: config.production, proxies: config.proxies },
    reference,
    ...{
      identity: outside.identity,
      deviceAt: outside.deviceAt,
      deviceKey: outside.deviceKey,
      standIns: outside.standIns,
      papers,
      payments,
      letterCodes,
      terminals,
    },
    registers: new Map(outside.faer ? [['faer', faerOf(outside.faer, papers, city)]] : []),
    payWays: {
      cardAt: (terminal) => outside.cardTerminals.has(terminal),
      pageOrigin: outside.payPage?.origin,
    },
    count: async ({ visit, service }, name, value) => {
      // What one visit can bring about again and again is counted up to an end.
      const who = { client: visit.id, screen: visit.terminal ? 'terminal' : 'own' } as const;
      if (await shares.take('measure', who)) return;
      const about = { service: service.slug, site: visit.site, language: visit.language };
      await together(db, count({ ...about, name, value, day: civilDate(clock.now()) }));
    },
    auditRefusal: (detail) =>
      db.transaction().execute((tx) =>
        appendOrCount(tx, {
          ...{ at: clock.now(), actor: 'citizen', action: 'identity.refused', subject: 'identity' },
          detail: { reason: detail },
        }),
      ),
  });

  const examine = createExaminer(
    async () => ({ config, city, db, problems: [], at: clock.now(), realAt: createClock().now() }),
    () => clock.now().getTime(),
  );
  app.route('/', assetRoutes());
  if (outside.panel) app.route('/', outside.panel({ catalogue, letterCodes }));
  app.get('/api/services', (c) => c.json(catalogueApi(catalogue)));
  app.get('/api/services/:slug/:schema', async (c) => {
    const version = schemaVersion(c.req.param('schema'));
    const schema =
      version === undefined ? undefined : await cases.submissionSchema(c.req.param('slug'), version);
    return schema ? c.json(schema) : c.notFound();
  });
  app.route(
    '/desk',
    deskRoutes({
      db,
      clock,
      log,
      audit,
      cases,
      booking,
      outbox,
      payments,
      letterCodes,
      terminals,
      papers,
      examine,
      catalogue,
      reference,
      city,
      config: { oidc: ground.oidc, publicUrl, production: config.production },
    }),
  );
  app.route('/', citizens.routes);

  const anchors = anchorsOf(config.dataFolder, keys);
  const jobs: Job[] = [
    { name: 'tour dates', everyMs: 60 * MINUTE, run: () => booking.ensureSlots() },
    { name: 'ended visits', everyMs: MINUTE / 2, run: () => citizens.sweep() },
    { name: 'held places', everyMs: MINUTE / 2, run: () => booking.freeExpired() },
    { name: 'past allowances', everyMs: 24 * 60 * MINUTE, run: () => booking.entitlement.forgetPast() },
    { name: 'retention', everyMs: 10 * MINUTE, run: () => cases.retention() },
    {
      ...{ name: 'decisions of authorities', everyMs: MINUTE / 4, lanes: authorities.lanes },
      run: (enough, lane) => authorities.poll(lane, enough),
    },
    {
      ...{ name: 'payments', everyMs: MINUTE / 12, lanes: async () => payments.places },
      run: (_, place) => payments.recover(place),
    },
    { name: 'closing of card terminals', everyMs: 10 * MINUTE, run: () => payments.closeTerminals() },
    { name: 'card receipts', everyMs: 60 * MINUTE, run: () => payments.forgetReceipts() },
    { name: 'unpaid cases', everyMs: 10 * MINUTE, run: () => cases.discardUnpaidLeft() },
    { name: 'used sign-ins', everyMs: 60 * MINUTE, run: () => sweepUsedAssertions(db, clock.now()) },
    { name: 'codes by letter', everyMs: 60 * MINUTE, run: () => letterCodes.sweep() },
    { name: 'shares', everyMs: 10 * MINUTE, run: () => shares.sweep() },
    { name: 'counted entries', everyMs: 10 * MINUTE, run: () => chainCounted(db, clock.now()) },
    {
      // Each node has a file of its own.
      ...{ name: 'audit anchor', everyMs: 10 * MINUTE, ofEachNode: true },
      run: () => anchor(db, anchors, clock.now()),
    },
    { name: 'age of the queue', everyMs: 5 * MINUTE, run: () => delivery.warnOfAge() },
  ];
  return {
    delivery,
    payments,
    jobs: createJobs({ db, clock, log, jobs }),
  };
}
