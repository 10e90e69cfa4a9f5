/** The office: wires the rooms and opens the door. Reads like a table of contents. */
import { join } from 'node:path';
import type { Config } from '#config';
import { createDb, type Db, isMigrated, migrate, startPrivatePostgres } from '#db';
import { type App, createApp, errorPage, healthRoutes, listen, type Readiness } from '#http';
import { createLog, type Log } from '#log';
import { createFileKeys } from '#seal';
import { createClock } from '#time';

/** An open office. */
export interface Office {
  /** Where this process can be reached, for example `http://127.0.0.1:8080`. */
  origin: string;
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
  const door = await listen({ ...config, errorPage, first: openingApp(log).fetch });
  const closing = new AsyncDisposableStack();
  const close = async (): Promise<void> => {
    await door.close();
    await closing.disposeAsync();
  };
  try {
    const db = await openDatabase(config, log, closing);
    createFileKeys(config.keyFolder, !config.production);
    const app = createApp({ log, uploadBytes: UPLOAD_BYTES, errorPage });
    healthRoutes(
      app,
      readinessOf(db, () => 0),
    );
    door.use(app.fetch);
  } catch (error) {
    await close();
    throw error;
  }
  return { origin: door.origin, close };
}
