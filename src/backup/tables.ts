/** What a backup takes of the database, in an order in which it can be brought back. */
import { sql } from 'kysely';
import type { Tx } from '#db';

/** A table as a backup holds it. */
export interface TableShape {
  name: string;
  columns: string[];
}

/**
 * What dies with the moment it was made in, and whatever points to it: drafts and files of visits, whose keys are in
 * browsers only, drafts and papers on their way to a phone, ways of phones to a draft, and sessions of staff. A backup does not even hold it.
 */
const LEFT_BEHIND: ReadonlySet<string> = new Set([
  'visit',
  'handover',
  'phone_paper',
  'phone_camera',
  'staff_session',
]);
/** How the database was made stands in the program; which version it has, in the manifest. */
const MIGRATOR = /^kysely_/;

/** @returns names in an order in which none comes before one that it points to */
function ordered(names: readonly string[], pointsTo: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const done = new Set<string>();
  const add = (name: string): void => {
    if (done.has(name)) return;
    for (const other of pointsTo.get(name) ?? []) if (other !== name) add(other);
    done.add(name);
  };
  for (const name of names) add(name);
  return [...done];
}

/** @returns every table that a backup holds, and that a restore must find empty; each after those it points to */
export async function tablesOf(tx: Tx): Promise<TableShape[]> {
  const { rows } = await sql<TableShape>`
    SELECT c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
      AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    GROUP BY c.relname ORDER BY c.relname`.execute(tx);
  const { rows: links } = await sql<{ from: string; to: string }>`
    SELECT a.relname AS "from", b.relname AS "to" FROM pg_constraint k
    JOIN pg_class a ON a.oid = k.conrelid JOIN pg_class b ON b.oid = k.confrelid
    WHERE k.contype = 'f' AND k.connamespace = 'public'::regnamespace`.execute(tx);
  const pointsTo = new Map<string, Set<string>>();
  for (const { from, to } of links) pointsTo.set(from, (pointsTo.get(from) ?? new Set()).add(to));
  const shapes = new Map(rows.map((shape) => [shape.name, shape]));
  const gone = new Set<string>();
  // In this order whatever points to a table that stays behind comes after it.
  return ordered([...shapes.keys()], pointsTo).flatMap((name) => {
    const dies = LEFT_BEHIND.has(name) || [...(pointsTo.get(name) ?? [])].some((other) => gone.has(other));
    if (dies) gone.add(name);
    const shape = shapes.get(name);
    return !shape || dies || MIGRATOR.test(name) ? [] : [shape];
  });
}

/** @returns how many rows it has */
export async function rowsOf(tx: Tx, table: string): Promise<number> {
  const { rows } = await sql<{ count: string }>`SELECT count(*) AS count FROM ${sql.table(table)}`.execute(
    tx,
  );
  return Number(rows[0]?.count);
}

/** Lets every counter of the table go on behind the highest number that was given out. */
export async function moveCounters(tx: Tx, { name, columns }: TableShape): Promise<void> {
  const { rows } = await sql<{ column: string; counter: string }>`
    SELECT name AS "column", pg_get_serial_sequence(${`public.${name}`}, name) AS counter
    FROM unnest(${columns}::text[]) AS name
    WHERE pg_get_serial_sequence(${`public.${name}`}, name) IS NOT NULL`.execute(tx);
  for (const { column, counter } of rows) {
    await sql`SELECT setval(${counter}::regclass, max(${sql.ref(column)})) FROM ${sql.table(name)}`.execute(
      tx,
    );
  }
}

/** A COPY statement's table and columns. */
export function copyOf({ name, columns }: TableShape): string {
  const quote = (word: string): string => `"${word.replaceAll('"', '""')}"`;
  return `COPY public.${quote(name)} (${columns.map(quote).join(', ')})`;
}
