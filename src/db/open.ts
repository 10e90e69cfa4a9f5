import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Db } from './handle.ts';
import { createOfficeDb } from './pool.ts';
import { startPrivatePostgres } from './private/supervisor.ts';

/** The private cluster's folder within the data folder. */
const OWN = 'postgres';

export interface OpenDatabase {
  db: Db;
  /** Its address, which may hold a password. */
  url: string;
  /** Closes the connections, and stops the private PostgreSQL unless somebody else uses it. */
  close(): Promise<void>;
}

/** @returns whether there is a database of these settings already: one that is named, or the office's own in its data folder */
export function hasDatabase(settings: { databaseUrl: string | undefined; dataFolder: string }): boolean {
  return settings.databaseUrl !== undefined || existsSync(join(settings.dataFolder, OWN, 'PG_VERSION'));
}

/**
 * Opens the database of the settings: the one they name, else the office's own in its data folder.
 * @param settings where it is
 * @param say told when the private PostgreSQL goes and comes back
 * @param stopped ends the wait for a private PostgreSQL that recovers; then it throws
 */
export async function openDatabase(
  settings: { databaseUrl: string | undefined; dataFolder: string; searchPath: string },
  say: (line: string) => void,
  stopped?: AbortSignal,
): Promise<OpenDatabase> {
  if (settings.databaseUrl) {
    const db = createOfficeDb(settings.databaseUrl);
    return { db, url: settings.databaseUrl, close: () => db.destroy() };
  }
  const place = join(settings.dataFolder, OWN);
  const postgres = await startPrivatePostgres(place, { searchPath: settings.searchPath, say, stopped });
  const db = createOfficeDb(postgres.url);
  return {
    db,
    url: postgres.url,
    async close() {
      await db.destroy();
      await postgres.stop();
    },
  };
}
