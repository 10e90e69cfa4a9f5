/** The office: wires the rooms and opens the door. Reads like a table of contents. */
import { join } from 'node:path';
import type { Config } from '#config';
import { createDb, type Db, isMigrated, migrate, startPrivatePostgres } from '#db';
import { type App, createApp, errorPage, healthRoutes, listen, type Readiness } from '#http';
import { createLog, type Log } from '#log';
import { createFileKeys } from '#seal';
import { createClock } from '#time';
import { startJobs } from './jobs.ts';
import { loadDefinitions, openRooms } from './rooms.ts';

/** An open office. */
export interface Office {
  /** Where this process can be reached, for example `http://127.0.0.1:8080`. */
  origin: string;
  /** Who can sign in at the desk for trying it out; empty in production. */
  signIn: readonly string[];
  /** Lets running requests end, then closes everything. */
  close(): Promise<void>;
}

/** The largest file a service takes, and room for the form around it. */
const UPLOAD_BYTES = 12_000_000;
const DATABASE_CONNECTIONS = 10;

/** The database of the settings: the one they name, or the office's own. */
async function openDatabase(config: Config, log: Log, closing: AsyncDisposableStack): Promise<Db> {
  let url = config.databaseUrl;
  if (!url) {
    const postgres = await startPrivatePostgres(join(config.dataFolder, 'postgres'), {
      searchPath: config.searchPath,
      say: (line) => log.error(line),
    });
    closing.defer(async () => void (await postgres.stop()));
    url = postgres.url;
  }
  const db = createDb(url, DATABASE_CONNECTIONS);
  closing.defer(() => db.destroy());
  await migrate(db);
  return db;
}

function readinessOf(db: Db, services: () => number): () => Promise<Readiness> {
  return async () => {
    const migrated = await isMigrated(db).catch(() => undefined);
    return { database: migrated !== undefined, migrations: migrated === true, services: services() };
  };
}

/** Stand-ins of the outside world, loaded only here and only where the settings allow it. */
async function openSandbox(publicUrl: string, closing: AsyncDisposableStack) {
  const { PEOPLE, startOidc } = await import('#sandbox/oidc');
  const { stop, ...oidc } = await startOidc({ port: 0, publicUrl });
  closing.defer(stop);
  return { ...oidc, people: PEOPLE.map((person) => person.name) };
}

/** Answers while the office is being wired: alive, but not ready. */
function openingApp(log: Log): App {
  const app = createApp({ log, uploadBytes: 0, errorPage });
  healthRoutes(app, async () => ({ database: false, migrations: false, services: 0 }));
  app.all('*', (c) => c.html(errorPage(503), 503, { 'Retry-After': '2' }));
  return app;
}

/**
 * Opens the office.
 * @throws Error or ConfigError saying what is missing; then nothing is left running
 */
export async function openOffice(config: Config): Promise<Office> {
  const clock = createClock(config.clockOffsetMs);
  const log = createLog(config.logLevel, clock);
  const definitions = loadDefinitions(config);
  const door = await listen({ ...config, errorPage, first: openingApp(log).fetch });
  const closing = new AsyncDisposableStack();
  const close = async (): Promise<void> => {
    await door.close();
    await closing.disposeAsync();
  };
  try {
    const db = await openDatabase(config, log, closing);
    const keys = createFileKeys(config.keyFolder, !config.production);
    const publicUrl = config.publicUrl || door.origin;
    const signIn = config.sandbox ? await openSandbox(publicUrl, closing) : undefined;
    const app = createApp({ log, uploadBytes: UPLOAD_BYTES, errorPage });
    healthRoutes(
      app,
      readinessOf(db, () => definitions.catalogue.services.length),
    );
    const ground = { ...definitions, config, publicUrl, db, clock, keys, log, oidc: signIn ?? config.oidc };
    const { jobs, delivery } = openRooms(app, ground);
    closing.defer(delivery.start());
    closing.defer(startJobs(jobs, log));
    door.use(app.fetch);
    return { origin: door.origin, signIn: signIn?.people ?? [], close };
  } catch (error) {
    await close();
    throw error;
  }
}
