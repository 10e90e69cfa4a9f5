/**
 * A database of its own for each test, copied from a migrated template in a few milliseconds.
 * `AMTOMAT_TEST_PG` names the server; the test command sets it.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { createDb, type Db, migrate } from '#db';

const server = process.env.AMTOMAT_TEST_PG;
/** A machine that does ten other things at once is slow, and its database not away. */
const PATIENCE_MS = 120_000;
let template: Promise<string> | undefined;
let counter = 0;

/** @returns the test server's address with another database name */
function addressOf(database: string): string {
  if (!server) throw new Error('AMTOMAT_TEST_PG is not set: run the tests with ./amtomat test');
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}

/** Does something on the server, connected with the database that is always there. */
async function onServer<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: addressOf('postgres') });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** @returns a name for the template that another program, with other steps, gives to none of its own */
function templateName(): string {
  const folder = join(import.meta.dirname, '../../src/db');
  const hash = createHash('sha256');
  const files = readdirSync(join(folder, 'migrations')).sort();
  for (const file of ['migrate.ts', 'newer.ts', ...files.map((one) => join('migrations', one))])
    hash.update(readFileSync(join(folder, file)));
  return `amtomat_template_${hash.digest('hex').slice(0, 16)}`;
}

/** Any number: who makes the template has this lock. */
const MAKING = 73_015_248;

/**
 * Makes the template that all test processes copy, unless one of them has: it has its name only once it is whole.
 * @returns its name
 */
function prepareTemplate(): Promise<string> {
  const name = templateName();
  const draft = `${name}_draft`;
  return onServer(async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [MAKING]);
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (rowCount) return name;
    await client.query(`DROP DATABASE IF EXISTS ${draft} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${draft}`);
    const db = createDb(addressOf(draft), 1, PATIENCE_MS);
    await migrate(db);
    await db.destroy();
    await client.query(`ALTER DATABASE ${draft} RENAME TO ${name}`);
    return name;
  });
}

export interface TestDatabase {
  db: Db;
  url: string;
  drop(): Promise<void>;
}

/** @returns an empty, migrated database; call `drop` when done */
export async function freshDatabase(connections = 10): Promise<TestDatabase> {
  template ??= prepareTemplate();
  return createFrom(await template, connections);
}

/** @returns a database in which there is nothing at all; call `drop` when done */
export function emptyDatabase(): Promise<TestDatabase> {
  return createFrom('template0', 2);
}

async function createFrom(source: string, connections: number): Promise<TestDatabase> {
  counter += 1;
  const name = `amtomat_test_${process.pid}_${counter}`;
  await onServer((client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${source}`));
  const url = addressOf(name);
  const db = createDb(url, connections, PATIENCE_MS);
  return {
    db,
    url,
    async drop() {
      await db.destroy();
      await onServer((client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
    },
  };
}
