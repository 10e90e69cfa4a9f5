/** The office's database, waited for until it is there and brought up to date. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Config } from '#config';
import { during, isAway, migrate, type OpenDatabase, openDatabase } from '#db';
import { errorFacts, type Log } from '#log';
import { inWords } from './in-words.ts';

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
export async function awaitDatabase(config: Config, log: Log, stopped: AbortSignal): Promise<OpenDatabase> {
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
