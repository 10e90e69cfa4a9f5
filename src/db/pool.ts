import { Kysely, PostgresDialect, type PostgresPool, sql } from 'kysely';
import pg from 'pg';
import type { Db } from './handle.ts';
import { Places } from './places.ts';
import type { Schema } from './schema.ts';
import { Storage } from './storage.ts';
import { type Kind, refuseWhatIsHeld, workNow } from './work.ts';

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

/** PostgreSQL's `lock_not_available` and `query_canceled`: a statement stood before a lock, or took, longer than it may. */
const TOO_LONG: ReadonlySet<unknown> = new Set(['55P03', '57014']);

/** What the driver says when it gives a statement up itself. */
const GIVEN_UP = 'Query read timeout';

/** Statements with parameters are prepared once a connection: half the work of sending them anew. */
class PreparingClient extends pg.Client {
  /** A statement was given up here and may still run there: what is asked next would wait behind it. */
  spoiled = false;
  storage: Storage | undefined;

  override query = ((text: unknown, values?: unknown, ...rest: unknown[]) => {
    const send = super.query.bind(this) as (...all: unknown[]) => unknown;
    const name =
      typeof text === 'string' && Array.isArray(values) && values.length > 0 ? nameOf(text) : undefined;
    const sent = name === undefined ? send(text, values, ...rest) : send({ name, text, values }, ...rest);
    return sent instanceof Promise ? this.#noting(sent) : sent;
  }) as typeof pg.Client.prototype.query;

  /** Writes down, with the work at hand or for itself, that a statement did not get on. */
  async #noting<T>(sent: Promise<T>): Promise<T> {
    try {
      return await sent;
    } catch (error) {
      const { code, message } = error as { code?: unknown; message?: unknown };
      if (TOO_LONG.has(code)) workNow().lockedOut = true;
      if (message === GIVEN_UP) this.spoiled = true;
      this.storage?.heard(code);
      throw error;
    }
  }
}

interface Budget {
  /** The most connections. */
  connections: number;
  /** Milliseconds that a statement may stand before a lock, may take in all, and that a transaction may do nothing; 0 = any. */
  lock: number;
  statement: number;
  idle: number;
}

/**
 * A page gives up soon, and says so; handing in is worth waiting for. Neither takes connections from the other, nor do jobs from
 * either, and whether the database is there is asked beside all of them.
 */
const BUDGETS: Readonly<Record<Kind, Budget>> = {
  page: { connections: 10, lock: 1_000, statement: 8_000, idle: 10_000 },
  handIn: { connections: 4, lock: 3_000, statement: 15_000, idle: 15_000 },
  job: { connections: 4, lock: 5_000, statement: 60_000, idle: 60_000 },
  look: { connections: 1, lock: 1_000, statement: 1_500, idle: 2_000 },
  upkeep: { connections: 1, lock: 0, statement: 0, idle: 0 },
};
/** Of the connections for pages, what the same page may hold at once. */
const SAME_PAGE = 4;
const CONNECT_MS = 5_000;

/** How it stands with the connections for one kind of work. */
export interface PoolState {
  kind: Kind;
  used: number;
  idle: number;
  /** Pieces of work that wait for one. */
  waiting: number;
}

/** Of each office's database: its connections, and what is known of the disk under it. */
const OFFICES = new WeakMap<Db, { pools: ReadonlyMap<Kind, pg.Pool>; storage: Storage }>();

/** @returns how it stands with the office's connections; nothing for any other database */
export function poolsOf(db: Db): PoolState[] {
  return [...(OFFICES.get(db)?.pools ?? [])].map(([kind, { totalCount, idleCount, waitingCount }]) => ({
    kind,
    used: totalCount - idleCount,
    idle: idleCount,
    waiting: waitingCount,
  }));
}

/** How long after its end a statement is given up here as well: the way to the database may be dead. */
const SILENCE_MS = 2_000;

function openPool(
  url: string,
  name: string,
  { connections, lock, statement, idle }: Budget,
  connecting = CONNECT_MS,
): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    Client: PreparingClient,
    connectionTimeoutMillis: connecting,
    statement_timeout: statement,
    lock_timeout: lock,
    idle_in_transaction_session_timeout: idle,
    ...(statement > 0 && { query_timeout: statement + SILENCE_MS }),
    application_name: name,
  });
  // Without listeners a connection that breaks, idle or in use, would end the process; the query reports it anyway.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

const dbOn = (pool: PostgresPool): Db => new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });

/**
 * A database for one thing at a time, as tests and commands want it.
 * @param url a PostgreSQL address; a unix socket as `postgresql:///name?host=/folder`
 * @param connections the most connections this process may open
 * @param patience milliseconds that anything may take before the database counts as away; those of handing in when left out
 */
export function createDb(url: string, connections = 10, patience?: number): Db {
  const budget = patience ? { lock: patience, statement: patience, idle: patience } : BUDGETS.handIn;
  return dbOn(openPool(url, 'amtomat', { ...budget, connections }, patience));
}

/**
 * The office's database: whatever is asked of it gets the connections and the patience of the work it belongs to, see `during`.
 * @param url a PostgreSQL address
 */
export function createOfficeDb(url: string): Db {
  const pools = new Map<Kind, pg.Pool>();
  const storage = new Storage();
  const places = new Places(SAME_PAGE);
  const poolOf = (kind: Kind): pg.Pool => {
    const known = pools.get(kind);
    if (known) return known;
    const pool = openPool(url, `amtomat ${kind}`, BUDGETS[kind]);
    pool.on('connect', (client) => Object.assign(client, { storage }));
    pools.set(kind, pool);
    return pool;
  };

  async function connect(): Promise<pg.PoolClient> {
    const work = workNow();
    // Whoever holds a connection already gets the next one: waiting for others who do the same would have no end.
    const shares = work.kind === 'page' && work.name !== '' && work.held === 0;
    if (shares) await places.enter(work.name);
    const leave = (): void => {
      work.held -= 1;
      if (shares) places.leave(work.name);
    };
    try {
      refuseWhatIsHeld(work);
      work.held += 1;
      work.asked = true;
      const client = await poolOf(work.kind).connect();
      const { release } = client;
      client.release = (error) => {
        leave();
        release(error || (client as PreparingClient & pg.PoolClient).spoiled);
      };
      return client;
    } catch (error) {
      if (work.held > 0) leave();
      else if (shares) places.leave(work.name);
      throw error;
    }
  }

  const end = async (): Promise<void> =>
    void (await Promise.all([...pools.values()].map((pool) => pool.end())));
  const db = dbOn({ connect, end, options: {} } as PostgresPool);
  OFFICES.set(db, { pools, storage });
  return db;
}

/** @returns whether the office's database takes what is written, as far as is known; only after a failure it is tried */
export async function takesWrites(db: Db): Promise<boolean> {
  return (await OFFICES.get(db)?.storage.works(db)) ?? true;
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
    application_name: 'amtomat copy',
    connectionTimeoutMillis: 10_000,
    statement_timeout: 0,
    idle_in_transaction_session_timeout: 0,
  });
  client.on('error', () => {});
  await client.connect();
  const held = Object.assign(client, { release() {} });
  const db = dbOn({ connect: async () => held, end: () => client.end(), options: {} });
  return { db, client, close: () => db.destroy() };
}

/** Asks the database for a sign of life. @throws its error when there is none */
export async function ping(db: Db): Promise<void> {
  await sql`SELECT 1`.execute(db);
}
