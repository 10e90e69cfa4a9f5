import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import type { Schema } from './schema.ts';

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
  // Without listeners a connection that breaks, idle or in use, would end the process; the query reports it anyway.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
}
