/** The office: wires the rooms and opens the door. Reads like a table of contents. */
import { setTimeout as pause } from 'node:timers/promises';
import { BusyError } from '#apart';
import { anchorsBeyond, anchorsOf } from '#audit';
import { changedUnderVersion, publishServices } from '#cases';
import type { City } from '#city';
import { type Config, ConfigError, programVersion } from '#config';
import {
  type Db,
  during,
  isAway,
  isMigrated,
  migrate,
  type OpenDatabase,
  openDatabase,
  ping,
  takesWrites,
} from '#db';
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
import { createLog, errorFacts, type Log } from '#log';
import { createRequests, openMetricsDoor, type Requests } from '#metrics';
import type { PaymentDeps } from '#payment';
import { createFileKeys, type KeyProvider, keyNames, makeKeys } from '#seal';
import { type Clock, createClock, momentOf } from '#time';
import { handsIn, isMachine, lookIn, takesFiles } from '#visit';
import { assets } from '#web';
import { strayTerminals, unconnected } from './connected.ts';
import { keysThatDoNotFit, rememberKeys } from './known-keys.ts';
import { connectOutside, type Inside, type Outside } from './outside.ts';
import { loadCatalogueOf, openRooms } from './rooms.ts';

/** An open office. */
export interface Office {
  /** Where this process can be reached, for example `http://127.0.0.1:8080`. */
  origin: string;
  /** Where measures are served; undefined when they are not. */
  metrics: string | undefined;
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
  type Seen = Pick<Readiness, 'database' | 'storage'>;
  const away: Seen = { database: false, storage: false };
  let looking: Promise<Seen> | undefined;
  const look = async (): Promise<Seen> => {
    // Once applied, migrations stay applied; from then on a sign of life is enough.
    if (migrations) await ping(db);
    else migrations = await isMigrated(db);
    return { database: true, storage: await takesWrites(db) };
  };
  return async () => {
    // Beside all pages, and once for all who ask: it must not wait for those that wait.
    looking ??= during('look', 'readiness', look)
      .catch(() => away)
      .finally(() => {
        looking = undefined;
      });
    const tooLate = pause(READY_WITHIN_MS, away, { ref: false });
    const seen = await Promise.race([looking, tooLate]);
    const { today } = momentOf(clock.now());
    return { ...seen, migrations, services, today };
  };
}

/** What an operator can do about what the operating system says. */
const ADVICE: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full: make room',
  EDQUOT: 'the quota of this user is used up: make room',
  EROFS: 'the file system can only be read: mount it for writing, or choose another --data',
  EACCES: 'this user may not write there: give it the folder, or choose another --data',
  EPERM: 'this user may not write there: give it the folder, or choose another --data',
  EIO: 'the disk gives errors: look at it before anything else',
};

/** What keeps the office from opening, for the operator; the database's own words hold no password. */
function inWords(what: string, error: unknown): ConfigError {
  const { code = '', message } = error as { code?: string; message?: string };
  const said = [message, message?.includes(code) ? '' : code, ADVICE[code] && `(${ADVICE[code]})`];
  return new ConfigError([`${what}: ${said.filter(Boolean).join(' ')}`]);
}

async function openDoor(config: Config, log: Log, page: ErrorPage, requests: Requests): Promise<Listening> {
  try {
    return await listen({
      ...config,
      fromElsewhere: FROM_ELSEWHERE,
      refused: requests.refused,
      errorPage: page,
      first: openingApp(log, page).fetch,
    });
  } catch (error) {
    throw inWords(`port ${config.port} on ${config.host} cannot be opened`, error);
  }
}

/** Measures have a port of their own, which is none of the public's. */
async function openMetrics(config: Config, db: Db, clock: Clock, requests: Requests) {
  if (!config.metrics) return undefined;
  const { metrics: listen } = config;
  try {
    return await openMetricsDoor({ listen, requests, db, now: clock.now, version: programVersion() });
  } catch (error) {
    throw inWords(`AMTOMAT_METRICS: port ${listen.port} on ${listen.host} cannot be opened`, error);
  }
}

/** How long to wait before the next look at a database that is away; every so many looks it is said again. */
const LOOK_AGAIN_MS = [200, 500, 1_000, 2_000];
const SAY_AGAIN = 30;

async function openMigrated(config: Config, log: Log, stopped: AbortSignal): Promise<OpenDatabase> {
  const database = await openDatabase(config, (line) => log.error(line), stopped);
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
}

/**
 * Opens the database. One that is away or still recovering is waited for, without an end: it comes back by itself or by whoever
 * looks after it, and an office that ends over it would have to be started by hand.
 */
async function awaitDatabase(config: Config, log: Log, stopped: AbortSignal): Promise<OpenDatabase> {
  const where = config.databaseUrl ? 'the database of DATABASE_URL' : 'the private PostgreSQL';
  for (let looks = 0; ; looks += 1) {
    try {
      const opened = await openMigrated(config, log, stopped);
      if (looks > 0) log.error(`${where} is there`);
      return opened;
    } catch (error) {
      if (stopped.aborted || !isAway(error)) throw inWords(`${where} cannot be used`, error);
      const { code } = errorFacts(error);
      if (looks % SAY_AGAIN === 0) log.error({ code }, `${where} cannot be reached: waiting for it`);
      await pause(LOOK_AGAIN_MS[Math.min(looks, LOOK_AGAIN_MS.length - 1)], undefined, { signal: stopped });
    }
  }
}

/** The keys, when they are those of this database and this database is the one whose audit record was written down here. */
async function openKeys(config: Config, city: City, db: Db): Promise<KeyProvider> {
  const names = keyNames(city.offices.keys());
  const strange = await keysThatDoNotFit(db, config.keyFolder, names);
  if (strange.length > 0) throw new ConfigError(strange);
  if (!config.production) {
    try {
      makeKeys(config.keyFolder, [...city.offices.keys()]);
    } catch (error) {
      throw inWords(`no keys can be made in ${config.keyFolder}`, error);
    }
  }
  const keys = createFileKeys(config.keyFolder, !config.production);
  const beyond = await anchorsBeyond(db, anchorsOf(config.dataFolder, keys));
  if (beyond) throw new ConfigError([beyond]);
  await rememberKeys(db, config.keyFolder, names);
  return keys;
}

/** Stand-ins of the outside world, loaded only here and only where the settings allow it. */
async function openSandbox(publicUrl: string, people: City['staff'], closing: AsyncDisposableStack) {
  const { startOidc } = await import('#sandbox/oidc');
  const { stop, ...oidc } = await startOidc({ port: 0, people, publicUrl });
  closing.defer(stop);
  return { oidc, people };
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
  healthRoutes(app, async () => ({
    database: false,
    storage: false,
    migrations: false,
    services: 0,
    today: '',
  }));
  notReady(app, page);
  return app;
}

/**
 * Opens the office.
 * @param clock the office's time; from the settings when left out
 * @param log where it writes what happens; by the settings when left out
 * @param tried what a test does in it; the command never gives any
 * @param stopped ends the wait for a database that is away; then it throws
 * @throws Error or ConfigError saying what is missing; then nothing is left running
 */
export async function openOffice(
  config: Config,
  city: City,
  clock: Clock = createClock(config.clockOffsetMs),
  log: Log = createLog(config.logLevel, clock),
  { connect = openOutside, at }: Tried = {},
  stopped: AbortSignal = new AbortController().signal,
): Promise<Office> {
  const catalogue = loadCatalogueOf(config, city);
  const missing = strayTerminals(config.connections, city);
  if (config.production) missing.push(...unconnected(catalogue, config.connections));
  if (missing.length > 0) throw new ConfigError(missing);
  const problem: ErrorPage = (status, cookies, again, path) =>
    errorPage(status, {
      ...{ stylesheet: assets().css(city.accent), look: lookIn(cookies) },
      ...{ again, terminal: isMachine(cookies), desk: /^\/desk(?![^/?])/.test(path ?? '') },
    });
  const requests = createRequests();
  const door = await openDoor(config, log, problem, requests);
  const closing = new AsyncDisposableStack();
  const close = async (): Promise<void> => {
    await door.close();
    await closing.disposeAsync();
  };
  try {
    const { db, close: closeDatabase } = await awaitDatabase(config, log, stopped);
    closing.defer(closeDatabase);
    const changed = config.production ? await changedUnderVersion(db, catalogue.services) : [];
    if (changed.length > 0) throw new ConfigError(changed);
    const keys = await openKeys(config, city, db);
    await publishServices(db, clock, catalogue.defined);
    const publicUrl = config.publicUrl || door.origin;
    const sandbox = config.sandbox ? await openSandbox(publicUrl, city.staff, closing) : undefined;
    const targets: string[] = [];
    const app = createApp({
      ...{ log, errorPage: problem, proxies: config.proxies },
      ...(config.metrics && { answered: requests.answered }),
      isAway: (error) => isAway(error) || error instanceof BusyError,
      formTargets: () => targets,
      around: (page, answer) => during(handsIn(page) ? 'handIn' : 'page', page.name, answer),
      uploads: { bytes: UPLOAD_BYTES, taken: takesFiles },
    });
    const readiness = readinessOf(db, clock, catalogue.services.length);
    // Once before anybody asks: its connection is open then, and on a busy machine the first answer is not too late.
    await readiness();
    healthRoutes(app, readiness);
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
    const metrics = await openMetrics(config, db, clock, requests);
    if (metrics) closing.defer(metrics.close);
    door.use(app.fetch);
    const work = async (): Promise<void> => {
      await jobs.runAll();
      await delivery.runOnce();
    };
    return {
      origin: door.origin,
      metrics: metrics?.origin,
      staff: sandbox?.people ?? [],
      routes: app.routes,
      work,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
