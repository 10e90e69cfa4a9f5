/** The office: wires the rooms and opens the door. Reads like a table of contents. */
import { setTimeout as pause } from 'node:timers/promises';
import { BusyError } from '#apart';
import { changedUnderVersion, publishServices } from '#cases';
import type { City } from '#city';
import { type Config, ConfigError } from '#config';
import { type Db, during, isAway, isMigrated, migrate, type OpenDatabase, openDatabase, ping } from '#db';
import {
  type App,
  createApp,
  type ErrorPage,
  errorPage,
  healthRoutes,
  type Listening,
  listen,
  notReady,
  type Readiness,
} from '#http';
import { createLog, type Log } from '#log';
import type { PaymentDeps } from '#payment';
import { createFileKeys, makeKeys } from '#seal';
import { type Clock, createClock, momentOf } from '#time';
import { handsIn, isMachine, lookIn, takesFiles } from '#visit';
import { assets } from '#web';
import { strayTerminals, unconnected } from './connected.ts';
import { connectOutside, type Inside, type Outside } from './outside.ts';
import { loadCatalogueOf, openRooms } from './rooms.ts';

/** An open office. */
export interface Office {
  /** Where this process can be reached, for example `http://127.0.0.1:8080`. */
  origin: string;
  /** Who can sign in at the desk for trying it out; empty in production. */
  staff: readonly { name: string; description: string }[];
  /** What the door answers, by method and pattern. */
  routes: readonly { method: string; path: string }[];
  /** Does at once what is otherwise done now and then: recurring jobs, and deliveries that are due. */
  work(): Promise<void>;
  /** Lets running requests end, then closes everything. */
  close(): Promise<void>;
}

/** What connections are made on. */
export interface Ground extends Inside {
  log: Log;
  closing: AsyncDisposableStack;
}

/** How a test takes part in an office. */
export interface Tried {
  /** Connects it with the world outside. */
  connect?: ((config: Config, ground: Ground) => Promise<Outside>) | undefined;
  /** Told at each named point of taking money, where the test may stop the office. */
  at?: PaymentDeps['at'];
}

/** The largest file a service takes, and room for the form around it. */
const UPLOAD_BYTES = 12_000_000;
/** Where BundID's form arrives. */
const FROM_ELSEWHERE: ReadonlySet<string> = new Set(['/identity/bundid/acs']);
/** A database that answers later than this is not one to send citizens to. */
const READY_WITHIN_MS = 2_000;

function readinessOf(db: Db, clock: Clock, services: number): () => Promise<Readiness> {
  let migrations = false;
  let looking: Promise<boolean> | undefined;
  const look = async (): Promise<boolean> => {
    // Once applied, migrations stay applied; from then on a sign of life is enough.
    if (migrations) await ping(db);
    else migrations = await isMigrated(db);
    return true;
  };
  return async () => {
    // Beside all pages, and once for all who ask: it must not wait for those that wait.
    looking ??= during('look', 'readiness', look)
      .catch(() => false)
      .finally(() => {
        looking = undefined;
      });
    const tooLate = pause(READY_WITHIN_MS, false, { ref: false });
    const database = await Promise.race([looking, tooLate]);
    const { today } = momentOf(clock.now());
    return { database, migrations, services, today };
  };
}

/** What keeps the office from opening, for the operator; the database's own words hold no password. */
function inWords(what: string, error: unknown): ConfigError {
  const { code, message } = error as { code?: string; message?: string };
  return new ConfigError([`${what}: ${[message, code].filter(Boolean).join(' ')}`]);
}

async function openDoor(config: Config, log: Log, page: ErrorPage): Promise<Listening> {
  try {
    return await listen({
      ...config,
      fromElsewhere: FROM_ELSEWHERE,
      errorPage: page,
      first: openingApp(log, page).fetch,
    });
  } catch (error) {
    throw inWords(`port ${config.port} on ${config.host} cannot be opened`, error);
  }
}

async function openMigrated(config: Config, log: Log): Promise<OpenDatabase> {
  const where = config.databaseUrl ? 'the database of DATABASE_URL cannot be used' : 'the private PostgreSQL';
  try {
    const database = await openDatabase(config, (line) => log.error(line));
    const beyond = await during('upkeep', 'migrations', () => migrate(database.db)).catch(
      async (error: unknown) => {
        await database.close();
        throw error;
      },
    );
    const last = beyond.at(-1);
    if (last)
      log.warn(`the database is that of a newer Amtomat (up to ${last}); this older one can work with it`);
    return database;
  } catch (error) {
    throw inWords(where, error);
  }
}

/** Stand-ins of the outside world, loaded only here and only where the settings allow it. */
async function openSandbox(publicUrl: string, closing: AsyncDisposableStack) {
  const { PEOPLE, startOidc } = await import('#sandbox/oidc');
  const { stop, ...oidc } = await startOidc({ port: 0, publicUrl });
  closing.defer(stop);
  return { oidc, people: PEOPLE };
}

/** What the office is connected with: as its settings say, or stand-ins, loaded only here and only in a trial. */
async function openOutside(config: Config, ground: Ground): Promise<Outside> {
  if (config.sandbox && Object.keys(config.connections).length === 0) {
    const { openStandIns } = await import('#sandbox/office');
    return (await openStandIns({ ...ground, dataFolder: config.dataFolder })).outside;
  }
  try {
    const outside = connectOutside(config.connections, ground);
    for (const terminal of outside.cardTerminals.values()) ground.closing.defer(() => terminal.close());
    return outside;
  } catch (error) {
    throw inWords('a connection of AMTOMAT_CONNECTIONS cannot be used', error);
  }
}

/** @returns the origins that a citizen's form may end up at: whoever signs in, takes money, or serves a device */
function leadsTo({ identity, payPage, deviceAt }: Outside, city: City): string[] {
  const terminals = [...city.sites.values()].flatMap((site) => site.terminals);
  const devices = terminals.map((terminal) => deviceAt('eid', terminal));
  const all = [...identity.map(({ origin }) => origin), payPage?.origin, ...devices];
  return [...new Set(all.filter((one) => one !== undefined))];
}

/** Answers while the office is being wired: alive, but not ready. */
function openingApp(log: Log, page: ErrorPage): App {
  const app = createApp({ log, errorPage: page });
  healthRoutes(app, async () => ({ database: false, migrations: false, services: 0, today: '' }));
  notReady(app, page);
  return app;
}

/**
 * Opens the office.
 * @param clock the office's time; from the settings when left out
 * @param log where it writes what happens; by the settings when left out
 * @param tried what a test does in it; the command never gives any
 * @throws Error or ConfigError saying what is missing; then nothing is left running
 */
export async function openOffice(
  config: Config,
  city: City,
  clock: Clock = createClock(config.clockOffsetMs),
  log: Log = createLog(config.logLevel, clock),
  { connect = openOutside, at }: Tried = {},
): Promise<Office> {
  const catalogue = loadCatalogueOf(config, city);
  const missing = strayTerminals(config.connections, city);
  if (config.production) missing.push(...unconnected(catalogue, config.connections));
  if (missing.length > 0) throw new ConfigError(missing);
  const problem: ErrorPage = (status, cookies, again) =>
    errorPage(status, {
      ...{ stylesheet: assets().css(city.accent), look: lookIn(cookies) },
      ...{ again, terminal: isMachine(cookies) },
    });
  const door = await openDoor(config, log, problem);
  const closing = new AsyncDisposableStack();
  const close = async (): Promise<void> => {
    await door.close();
    await closing.disposeAsync();
  };
  try {
    const { db, close: closeDatabase } = await openMigrated(config, log);
    closing.defer(closeDatabase);
    const changed = config.production ? await changedUnderVersion(db, catalogue.services) : [];
    if (changed.length > 0) throw new ConfigError(changed);
    await publishServices(db, clock, catalogue.defined);
    if (!config.production) makeKeys(config.keyFolder, [...city.offices.keys()]);
    const keys = createFileKeys(config.keyFolder, !config.production);
    const publicUrl = config.publicUrl || door.origin;
    const sandbox = config.sandbox ? await openSandbox(publicUrl, closing) : undefined;
    const targets: string[] = [];
    const app = createApp({
      ...{ log, errorPage: problem, proxies: config.proxies },
      isAway: (error) => isAway(error) || error instanceof BusyError,
      formTargets: () => targets,
      around: (page, answer) => during(handsIn(page) ? 'handIn' : 'page', page.name, answer),
      uploads: { bytes: UPLOAD_BYTES, taken: takesFiles },
    });
    healthRoutes(app, readinessOf(db, clock, catalogue.services.length));
    const oidc = sandbox?.oidc ?? config.oidc;
    const outside = await connect(config, { db, clock, city, publicUrl, log, closing });
    targets.push(...leadsTo(outside, city));
    const { jobs, delivery, payments } = openRooms(app, {
      config,
      publicUrl,
      oidc,
      city,
      catalogue,
      db,
      clock,
      keys,
      log,
      outside,
      ...(at && { at }),
    });
    closing.defer(() => payments.close());
    closing.defer(delivery.start());
    closing.defer(jobs.start());
    door.use(app.fetch);
    const work = async (): Promise<void> => {
      await jobs.runAll();
      await delivery.runOnce();
    };
    return { origin: door.origin, staff: sandbox?.people ?? [], routes: app.routes, work, close };
  } catch (error) {
    await close();
    throw error;
  }
}
