/**
 * The back of the office for tests of the desk: the real services and city, real storage, booking, outbox and audit
 * record, the try-out identity provider, and a desk on a port of its own. The clock stands until tests move it.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ServerType, serve } from '@hono/node-server';
import { Hono } from 'hono';
import { append, entry } from '#audit';
import { type Booking, createBooking } from '#booking';
import {
  type Cases,
  type CaseWords,
  createCases,
  createDeskChannel,
  publishServices,
  type Receipt,
} from '#cases';
import { loadCatalogue } from '#catalogue';
import { referenceOf } from '#city';
import type { Db } from '#db';
import type { Channel } from '#delivery';
import { type DeskDeps, deskRoutes } from '#desk';
import { createPapers } from '#documents';
import { createTerminals } from '#fleet';
import { brokenRules, fillText, readAnswer, readableAnswer, review, submission, walk } from '#journey';
import { count } from '#lab';
import { dateWithWeekday, type Language, longDate } from '#language';
import { createLetterCodes } from '#letters';
import { type CardTerminal, createCasePayments, createPayments, type Payments } from '#payment';
import { type OidcOptions, type RunningOidc, startOidc } from '#sandbox/oidc';
import { identifiedIn } from '#sandbox/people';
import { createFileKeys } from '#seal';
import type { Answers, CompiledService } from '#service';
import { formatProblems } from '#source';
import { karlsruhe } from '#test/city';
import { type Answer, type Client, createClient } from '#test/client';
import { freshDatabase, type TestDatabase } from '#test/database';
import { createWayOut, type WayOut } from '#test/way-out';
import { createClock, type IsoDate, momentOf, zonedInstant } from '#time';

/** What is handed in; the slot is booked first where the answers leave it open. */
export interface TestHandIn {
  service: string;
  answers: Answers;
  files?: readonly { id: string; name: string; mediaType: string; content: Buffer }[];
  /** What has to be paid first. */
  cents?: number;
  /** In which language somebody went through the service; German when left out. */
  language?: Language;
}

export interface TestDesk {
  db: Db;
  url: string;
  oidc: RunningOidc;
  /** The desk's addresses that take forms, as patterns. */
  forms: readonly string[];
  /** Moves the provider's clock. */
  passAtProvider(milliseconds: number): void;
  /** Facts that signing in has logged. */
  logged: readonly string[];
  cases: Cases;
  /** The outbox and what works it off. */
  delivery: WayOut;
  payments: Payments;
  /** Moves the office's clock. */
  pass(milliseconds: number): void;
  now(): Date;
  /** A client that has signed in as this person of the try-out provider. */
  signIn(person: string): Promise<Client>;
  /** Goes through the sign-in with this client and gives the last answer. */
  signInWith(client: Client, person: string, to?: string): Promise<Answer>;
  handIn(input: TestHandIn): Promise<Receipt>;
  /** The first free tour day of the area a postcode belongs to, held for a visit that hands in next. */
  slot(postcode: string): Promise<{ slot: string; date: IsoDate }>;
  /** Actions of the audit record since the last call, oldest first, as `actor action subject`. */
  audited(): Promise<string[]>;
  stop(): Promise<void>;
}

export interface TestDeskOptions {
  /** Whether the desk believes to be in production. */
  production?: boolean;
  /** How the desk uses the provider, beside its address and client. */
  provider?: Partial<DeskDeps['config']['oidc']>;
  /** How the stand-in of the provider behaves. */
  standIn?: Partial<OidcOptions>;
  /** Services beside those of this repository. */
  also?: readonly CompiledService[];
  /** How cases reach the desk; the real channel when left out. */
  deliver?: Channel['deliver'];
  /** Ways by which cases leave, beside that to the desk. */
  channels?: readonly Channel[];
  /** The card terminal beside every machine; none when left out. */
  card?: CardTerminal;
  /** The database to use, for tests that watch it; a fresh one when left out. Dropped at the end. */
  database?: Pick<TestDatabase, 'db' | 'drop'>;
}

/** Those of Karlsruhe, as they are defined. */
function compiledServices(): readonly CompiledService[] {
  const { catalogue, problems } = loadCatalogue('services', karlsruhe);
  if (!catalogue) throw new Error(formatProblems(problems));
  return catalogue.defined;
}

function listen(app: Hono): Promise<{ server: ServerType; port: number }> {
  return new Promise((resolve) => {
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
      resolve({ server, port }),
    );
  });
}

const allOf = (services: readonly CompiledService[]) => ({
  services,
  get: (slug: string) => services.find((service) => service.slug === slug),
});

/** Opens a desk. Monday, 23 November 2026, 10:00 in Karlsruhe. */
export async function startDesk(options: TestDeskOptions = {}): Promise<TestDesk> {
  const database = options.database ?? (await freshDatabase());
  const { db } = database;
  const folder = mkdtempSync(join(tmpdir(), 'desk-'));
  let now = zonedInstant('2026-11-23', '10:00').getTime();
  const clock = { now: () => new Date(now) };
  const city = karlsruhe;
  const services = [...compiledServices(), ...(options.also ?? [])];
  const catalogue = allOf(services);
  const keys = createFileKeys(folder);
  const booking: Booking = createBooking({ db, city, clock, keys });
  const channel = createDeskChannel({ db, clock, audit: { append, entry } });
  const delivery = createWayOut({
    db,
    clock,
    log: { warn() {}, error() {} },
    channels: [{ id: channel.id, deliver: options.deliver ?? channel.deliver }, ...(options.channels ?? [])],
  });
  const words: CaseWords = {
    ...{ walk, fillText, review },
    rules: brokenRules,
    readAnswer: (question, field, form) => readAnswer(question, field, form, referenceOf(city)),
    readable: (question, answer, options, language) =>
      readableAnswer(question, question.id, answer, { questions: { [question.id]: { options } } }, language),
    dates: (date, language) => [dateWithWeekday(date, language), longDate(date, language)],
  };
  const app = new Hono();
  const { server, port } = await listen(app);
  const url = `http://127.0.0.1:${port}`;
  const papers = createPapers(city);
  const cases = createCases({
    ...{ db, clock, keys, catalogue, city, booking, words, outbox: delivery },
    audit: { append, entry },
    lab: { count },
    payments: createCasePayments({ audit: { append, entry }, lab: { count } }),
    papers,
    publicUrl: url,
  });
  const logged: string[] = [];
  let theirs = 0;
  const real = createClock();
  const oidc = await startOidc({
    ...{ port: 0, publicUrl: url, people: city.staff },
    clock: { now: () => new Date(real.now().getTime() + theirs) },
    ...options.standIn,
  });
  const payments = createPayments({
    ...{ db, clock, keys, cases, terminals: [], log: { warn() {} }, wake() {} },
    audit: { append, entry },
    lab: { count },
    cardTerminal: () => options.card,
    page: undefined,
  });
  const deps: DeskDeps = {
    ...{ db, clock, city, cases, booking, outbox: delivery, payments, papers, catalogue },
    examine: async () => ({ at: now, lines: [] }),
    terminals: createTerminals({ db, clock, keys, audit: { append, entry } }),
    letterCodes: createLetterCodes({ db, clock, keys, audit: { append, entry } }),
    reference: referenceOf(city),
    audit: { append, entry },
    log: { warn: (facts) => logged.push(JSON.stringify(facts)) },
    config: {
      publicUrl: url,
      production: options.production ?? false,
      oidc: { ...oidc, ...options.provider },
    },
  };
  const routes = deskRoutes(deps);
  app.route('/desk', routes);
  await booking.ensureSlots();
  await publishServices(db, clock, services);

  const visitId = randomUUID();
  let heard = '0';
  const desk: TestDesk = {
    ...{ db, url, oidc, logged, cases, delivery, payments },
    forms: routes.routes.filter(({ method }) => method === 'POST').map(({ path }) => path),
    passAtProvider(milliseconds) {
      theirs += milliseconds;
    },
    now: clock.now,
    pass(milliseconds) {
      now += milliseconds;
    },
    async signInWith(client, person, to = '/desk') {
      const login = await client.follow(await client.get(`/desk/sign-in/start?to=${encodeURIComponent(to)}`));
      return client.follow(await client.post(login.url, { person }));
    },
    async signIn(person) {
      const client = createClient(url);
      const answer = await desk.signInWith(client, person);
      if (answer.status !== 200) throw new Error(`sign-in as ${person} ended with ${answer.status}`);
      return client;
    },
    async slot(postcode) {
      const area = city.tours.find((tour) => tour.postcodes.includes(postcode))?.area ?? '';
      const [free] = await booking.free('sperrmuell', area, 1);
      const held = await booking.hold(visitId, free?.id ?? '', new Date(now + 600_000));
      if (!held.ok) throw new Error('no free slot');
      return { slot: held.slot.slot, date: held.slot.date };
    },
    async handIn({ service: slug, answers, files = [], cents = 0, language = 'de' }) {
      const service = catalogue.get(slug);
      if (!service) throw new Error(`no service ${slug}`);
      const seen = service.pages.map((page) => page.id);
      const identity = answers.identity === undefined ? undefined : identifiedIn(karlsruhe)('paul');
      const walked = walk(service, { answers, seen, identity }, momentOf(clock.now()));
      const receipt = await cases.submit({
        submissionKey: randomUUID(),
        ...{ service, walked, visitId, files },
        submission: submission(service, walked),
        language,
        site: 'rathaus',
        payment: { cents },
      });
      await delivery.runOnce();
      return receipt;
    },
    async audited() {
      const rows = await db
        .selectFrom('audit_entry')
        .select(['seq', 'actor', 'action', 'subject'])
        .where('seq', '>', heard)
        .orderBy('seq')
        .execute();
      heard = rows.at(-1)?.seq ?? heard;
      return rows.map(({ actor, action, subject }) => `${actor} ${action} ${subject}`);
    },
    async stop() {
      await new Promise((resolve) => server.close(resolve));
      await oidc.stop();
      await database.drop();
      rmSync(folder, { recursive: true });
    },
  };
  return desk;
}
