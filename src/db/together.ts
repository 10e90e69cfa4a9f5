/**
 * Several writes as one statement. Each statement costs the office about the same, however little it does: what one step writes
 * into several tables, and nobody waits for the result of, travels together.
 */
import { type CompiledQuery, NOOP_QUERY_EXECUTOR, QueryCreator, type RawBuilder, sql } from 'kysely';
import type { Db, Tx } from './handle.ts';
import type { Schema } from './schema.ts';

/** What can be written into a statement as a part of it. */
type Statement = Parameters<typeof sql.join>[0][number] & { compile(...executor: never[]): CompiledQuery };

/** One part of a statement; later parts can refer to it by its name. */
interface Part {
  name?: string;
  does: Statement | RawBuilder<unknown>;
}

/** Something to be written, as parts of one statement. */
export type Write = readonly Part[];

/** Begins a typed statement that is not sent by itself, see {@link together}. */
export const writing = new QueryCreator<Schema>({ executor: NOOP_QUERY_EXECUTOR });

/**
 * Does all of these, or nothing, in one statement. None of them sees what another writes, they are done in no order to rely on,
 * and no two of them may change the same row (PostgreSQL's documentation, 7.8.4).
 * @param to the transaction that they belong to, or the database, where they are one by themselves
 */
export async function together(to: Db | Tx, ...writes: readonly Write[]): Promise<void> {
  if (writes.some(({ length }) => length > 0)) await reading(to, sql`SELECT`, ...writes);
}

/**
 * The same, and reads something in the same statement.
 * @param read sees everything as it was before these writes, and what their parts of a name return
 */
export async function reading<Row>(
  to: Db | Tx,
  read: RawBuilder<Row>,
  ...writes: readonly Write[]
): Promise<Row[]> {
  const named = writes.flat().map(({ name, does }, at) => sql`${sql.ref(name ?? `part${at}`)} AS (${does})`);
  const { rows } = await sql<Row>`WITH ${sql.join(named)} ${read}`.execute(to);
  return rows;
}
