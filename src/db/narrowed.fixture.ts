/** What a change of the database's shape takes from programs that do not know of it. */
import { sql } from 'kysely';
import type { Db, Tx } from './handle.ts';

interface Column {
  type: string;
  nullable: boolean;
  filled: boolean;
}

interface Constraint {
  kind: string;
  definition: string;
  columns: string[];
  /** For a foreign key: the other table, and what happens when a row of it goes. */
  to: string | null;
  onDelete: string;
}

interface Table {
  columns: Record<string, Column>;
  constraints: Constraint[];
  triggers: string[];
}

/** Tables by name. */
export type Shape = Readonly<Record<string, Table>>;

/** @returns the shape of everything but the migrator's own tables */
export async function shapeOf(db: Db | Tx): Promise<Shape> {
  const { rows } = await sql<{ name: string; table: Table }>`
    SELECT c.relname AS name, json_build_object(
      'columns', (SELECT coalesce(json_object_agg(a.attname, json_build_object(
          'type', format_type(a.atttypid, a.atttypmod), 'nullable', NOT a.attnotnull,
          'filled', a.atthasdef OR a.attidentity <> '')), '{}')
        FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
      'constraints', (SELECT coalesce(json_agg(k), '[]') FROM (
        SELECT k.contype AS kind, pg_get_constraintdef(k.oid) AS definition, t.relname AS "to",
          k.confdeltype AS "onDelete",
          ARRAY(SELECT a.attname FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum = ANY (k.conkey)) AS columns
        FROM pg_constraint k LEFT JOIN pg_class t ON t.oid = k.confrelid
        WHERE k.conrelid = c.oid AND k.contype IN ('c', 'f', 'x')
        UNION ALL
        SELECT 'u', pg_get_indexdef(i.indexrelid, 0, true), NULL, ' ',
          ARRAY(SELECT a.attname FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum = ANY (i.indkey))
        FROM pg_index i WHERE i.indrelid = c.oid AND i.indisunique) k),
      'triggers', (SELECT coalesce(json_agg(tgname), '[]') FROM pg_trigger WHERE tgrelid = c.oid AND NOT tgisinternal)
    ) AS "table"
    FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname NOT LIKE 'kysely%'`.execute(
    db,
  );
  return Object.fromEntries(rows.map(({ name, table }) => [name, table]));
}

function narrowedColumns(name: string, before: Table, after: Table): string[] {
  const problems: string[] = [];
  for (const [column, was] of Object.entries(before.columns)) {
    const is = after.columns[column];
    if (!is) problems.push(`${name}.${column} is gone`);
    else if (is.type !== was.type) problems.push(`${name}.${column} was ${was.type} and is ${is.type}`);
    else if (was.nullable && !is.nullable) problems.push(`${name}.${column} must not be empty any more`);
    else if (was.filled && !is.filled) problems.push(`${name}.${column} is not filled by itself any more`);
  }
  for (const [column, is] of Object.entries(after.columns)) {
    if (!before.columns[column] && !is.nullable && !is.filled)
      problems.push(`${name}.${column} is new and must not be empty`);
  }
  return problems;
}

/** Whether rows of a program that does not know the new columns pass the constraint anyway. */
function passes({ kind, columns }: Constraint, before: Table, after: Table): boolean {
  const unknown = columns.filter((column) => !before.columns[column]);
  if (kind === 'u')
    return unknown.some((column) => after.columns[column]?.nullable && !after.columns[column]?.filled);
  return columns.length > 0 && unknown.length === columns.length;
}

function narrowedRules(name: string, before: Table, after: Table): string[] {
  const had = new Set(before.constraints.map(({ definition }) => definition));
  const has = new Set(after.constraints.map(({ definition }) => definition));
  return [
    ...after.constraints
      .filter((one) => !had.has(one.definition) && !passes(one, before, after))
      .map(({ definition }) => `${name} has a new rule: ${definition}`),
    // Programs name the columns of unique ones in ON CONFLICT.
    ...before.constraints
      .filter(({ kind, definition }) => kind === 'u' && !has.has(definition))
      .map(({ definition }) => `${name} has lost what makes rows one: ${definition}`),
    ...after.triggers
      .filter((trigger) => !before.triggers.includes(trigger))
      .map((trigger) => `${name} has a new trigger: ${trigger}`),
  ];
}

/** Programs that do not know a new table cannot clear it before they delete what it points to. */
function held(before: Shape, after: Shape): string[] {
  return Object.entries(after)
    .filter(([name]) => !before[name])
    .flatMap(([name, { constraints }]) =>
      constraints
        .filter(({ to, onDelete }) => to !== null && before[to] && !['c', 'n', 'd'].includes(onDelete))
        .map(({ to }) => `rows of ${to} cannot be deleted while ${name} points to them`),
    );
}

/** @returns one line for everything that a program which knows only the first shape could stumble over */
export function narrowed(before: Shape, after: Shape): string[] {
  const problems = Object.entries(before).flatMap(([name, was]) => {
    const is = after[name];
    return is
      ? [...narrowedColumns(name, was, is), ...narrowedRules(name, was, is)]
      : [`the table ${name} is gone`];
  });
  return [...problems, ...held(before, after)];
}
