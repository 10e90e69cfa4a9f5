/** PostgreSQL: pool, migrations, transactions. */
import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import pg from 'pg';
import * as firstVisit from './migrations/0001-first-visit.ts';
import type { Schema } from './schema.ts';

export { type PrivateOptions, type PrivatePostgres, startPrivatePostgres } from './private/supervisor.ts';
export type * from './schema.ts';

export type Db = Kysely<Schema>;
export type Tx = Transaction<Schema>;

// Civil dates stay text (`YYYY-MM-DD`): a JavaScript Date would move them across time zones.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

/**
 * @param url a PostgreSQL address; a unix socket as `postgresql:///name?host=/folder`
 * @param connections the most connections this process may open
 */
export function createDb(url: string, connections = 10): Db {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 5_000,
    query_timeout: 15_000,
    application_name: 'amtomat',
  });
  // Without a listener an idle connection that breaks would end the process; the next query reports it anyway.
  pool.on('error', () => {});
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
}

const migrations: Record<string, Migration> = {
  '0001-first-visit': { up: firstVisit.up },
};

/**
 * Brings the database to this program's version; safe when several office nodes start at once.
 * @throws the database's error when a migration fails; nothing of that migration stays
 */
export async function migrate(db: Db): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}

/** @returns whether every migration of this program has been applied */
export async function isMigrated(db: Db): Promise<boolean> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  return (await migrator.getMigrations()).every((migration) => migration.executedAt !== undefined);
}
