/**
 * A database of its own for each test, copied from a migrated template in a few milliseconds.
 * `AMTOMAT_TEST_PG` names the server; the test command sets it.
 */
import pg from 'pg';
import { createDb, type Db, migrate } from '#db';

const server = process.env.AMTOMAT_TEST_PG;
// One template a process: test processes run side by side and must not wait for each other's template.
const template = `amtomat_template_${process.pid}`;
/** A machine that does ten other things at once is slow, and its database not away. */
const PATIENCE_MS = 120_000;
let ready: Promise<void> | undefined;
let counter = 0;

/** @returns the test server's address with another database name */
function addressOf(database: string): string {
  if (!server) throw new Error('AMTOMAT_TEST_PG is not set: run the tests with ./amtomat test');
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: addressOf('postgres') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

async function prepareTemplate(): Promise<void> {
  await onServer(`DROP DATABASE IF EXISTS ${template}`);
  await onServer(`CREATE DATABASE ${template}`);
  const db = createDb(addressOf(template), 1, PATIENCE_MS);
  await migrate(db);
  await db.destroy();
}

export interface TestDatabase {
  db: Db;
  url: string;
  drop(): Promise<void>;
}

/** @returns an empty, migrated database; call `drop` when done */
export async function freshDatabase(connections = 10): Promise<TestDatabase> {
  ready ??= prepareTemplate();
  await ready;
  return createFrom(template, connections);
}

/** @returns a database in which there is nothing at all; call `drop` when done */
export function emptyDatabase(): Promise<TestDatabase> {
  return createFrom('template0', 2);
}

async function createFrom(source: string, connections: number): Promise<TestDatabase> {
  counter += 1;
  const name = `amtomat_test_${process.pid}_${counter}`;
  await onServer(`CREATE DATABASE ${name} TEMPLATE ${source}`);
  const url = addressOf(name);
  const db = createDb(url, connections, PATIENCE_MS);
  return {
    db,
    url,
    async drop() {
      await db.destroy();
      await onServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}
