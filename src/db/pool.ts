import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import type { Schema } from './schema.ts';

export type Db = Kysely<Schema>;
export type Tx = Transaction<Schema>;

// Civil dates stay text (`YYYY-MM-DD`): a JavaScript Date would move them across time zones.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

/** How many statements a connection keeps prepared. Rarer ones are parsed each time, so that memory has an end. */
const MOST_PREPARED = 200;
const names = new Map<string, string>();

/** @returns a name for a statement's text, the same on every connection; undefined when there are enough of them */
function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= MOST_PREPARED) return known;
  const name = `s${names.size}`;
  names.set(text, name);
  return name;
}

/** Statements with parameters are prepared once a connection: half the work of sending them anew. */
class PreparingClient extends pg.Client {
  override query = ((text: unknown, values?: unknown, ...rest: unknown[]) => {
    const send = super.query.bind(this) as (...all: unknown[]) => unknown;
    const name =
      typeof text === 'string' && Array.isArray(values) && values.length > 0 ? nameOf(text) : undefined;
    return name === undefined ? send(text, values, ...rest) : send({ name, text, values }, ...rest);
  }) as typeof pg.Client.prototype.query;
}

/**
 * @param url a PostgreSQL address; a unix socket as `postgresql:///name?host=/folder`
 * @param connections the most connections this process may open
 */
export function createDb(url: string, connections = 10): Db {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    Client: PreparingClient,
    connectionTimeoutMillis: 5_000,
    query_timeout: 15_000,
    application_name: 'amtomat',
  });
  // Without listeners a connection that breaks, idle or in use, would end the process; the query reports it anyway.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
}

/** One connection, and the same as a database of one: for work that needs the driver itself inside a transaction. */
export interface SingleConnection {
  db: Db;
  client: pg.ClientBase;
  close(): Promise<void>;
}

/**
 * Opens one connection that may take its time.
 * @throws the database's error when there is none
 */
export async function connectOnce(url: string): Promise<SingleConnection> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'amtomat-backup',
    connectionTimeoutMillis: 10_000,
    statement_timeout: 0,
    idle_in_transaction_session_timeout: 0,
  });
  client.on('error', () => {});
  await client.connect();
  const held = Object.assign(client, { release() {} });
  const pool = { connect: async () => held, end: () => client.end(), options: {} };
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  return { db, client, close: () => db.destroy() };
}

/** Asks the database for a sign of life. @throws its error when there is none */
export async function ping(db: Db): Promise<void> {
  await sql`SELECT 1`.execute(db);
}
