/** The office: wires the rooms and opens the door. Reads like a table of contents. */
import { BusyError } from '#apart';
import { changedUnderVersion, publishServices } from '#cases';
import type { City } from '#city';
import { type Config, ConfigError, programVersion } from '#config';
import { type Db, during, isAway } from '#db';
import { createApp, type ErrorPage, errorPage, healthRoutes, type Listening, listen } from '#http';
import { createLog, type Log } from '#log';
import { createRequests, openMetricsDoor, type Requests } from '#metrics';
import type { PaymentDeps } from '#payment';
import { type Clock, createClock } from '#time';
import { handsIn, isMachine, lookIn, takesFiles } from '#visit';
import { assets } from '#web';
import { strayTerminals, unconnected } from './connected.ts';
import { awaitDatabase } from './database.ts';
import { inWords } from './in-words.ts';
import { openKeys } from './known-keys.ts';
import { connectOutside, type Inside, type Outside } from './outside.ts';
import { openingApp, readinessOf } from './readiness.ts';
import { loadCatalogueOf, openRooms } from './rooms.ts';

/** An open office. */
export interface OpenOffice {
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
): Promise<OpenOffice> {
  const catalogue = loadCatalogueOf(config, city);
  const missing = strayTerminals(config.connections, city);
  if (config.production) missing.push(...unconnected(catalogue, config.connections));
  if (missing.length > 0) throw new ConfigError(missing);
  const problem: ErrorPage = (status, cookies, again, path) =>
    errorPage(status, {
      ...{ stylesheet: assets().css(city.accent), look: lookIn(cookies), phone: city.phone115 },
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
