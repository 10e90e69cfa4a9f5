/** Whether the office can serve people now, and what it answers before it can. */
import { setTimeout as pause } from 'node:timers/promises';
import { type Db, during, isMigrated, ping, takesWrites } from '#db';
import { type App, createApp, type ErrorPage, healthRoutes, notReady, type Readiness } from '#http';
import type { Log } from '#log';
import { type Clock, momentOf } from '#time';

/** A database that answers later than this is not one to send citizens to. */
const READY_WITHIN_MS = 2_000;

/** @returns a look at database, storage and migrations; all who ask at once share one */
export function readinessOf(db: Db, clock: Clock, services: number): () => Promise<Readiness> {
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

/** Answers while the office is being wired: alive, but not ready. */
export function openingApp(log: Log, page: ErrorPage): App {
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
