/** A program before a database that a newer one has been at. */
import { sql } from 'kysely';
import type { Db } from './handle.ts';

/** The database has taken a step that this program cannot work on. */
export class NewerDatabaseError extends Error {
  override readonly name = 'NewerDatabaseError';
}

interface Taken {
  name: string;
  /** Name of the last step that the oldest program knows that can work after this one; null: none but its own. */
  oldest: string | null;
}

async function takenSteps(db: Db): Promise<Taken[]> {
  const { rows: columns } = await sql<{ name: string }>`
    SELECT attname AS name FROM pg_attribute
    WHERE attrelid = to_regclass('kysely_migration') AND attnum > 0 AND NOT attisdropped`.execute(db);
  const names = columns.map(({ name }) => name);
  if (names.length === 0) return [];
  const oldest = names.includes('oldest') ? sql`oldest` : sql`NULL::text AS oldest`;
  const { rows } = await sql<Taken>`SELECT name, ${oldest} FROM kysely_migration ORDER BY name`.execute(db);
  return rows;
}

/**
 * For whoever looks and must change nothing.
 * @throws Error where there is no office in it, and NewerDatabaseError when a program that knows these steps cannot read it
 */
export async function assertReadableWith(db: Db, known: readonly string[]): Promise<void> {
  const taken = await takenSteps(db);
  if (taken.length === 0) throw new Error('there is no office in the database');
  stepsBeyond(known, taken);
}

/** @returns the last step that a database has taken; undefined when there is no office in it */
export async function lastStep(db: Db): Promise<string | undefined> {
  return (await takenSteps(db)).at(-1)?.name;
}

/**
 * Compares the steps that a database has taken with those that a program knows.
 * @param known names of the program's steps, in their order
 * @param taken the database's steps, in their order
 * @returns the steps that the program does not know and can work with all the same; mostly none
 * @throws NewerDatabaseError when it cannot
 */
export function stepsBeyond(known: readonly string[], taken: readonly Taken[]): string[] {
  const beyond = taken.filter(({ name }) => !known.includes(name));
  const last = beyond.at(-1);
  if (!last) return [];
  const here = known.at(-1) ?? 'none';
  const untaken = known.filter((name) => !taken.some((step) => step.name === name));
  if (untaken.length > 0)
    throw new NewerDatabaseError(
      `the database was made by another line of Amtomat: it has taken ${last.name}, which this program does not know, and not ${untaken[0]}. Use the program that belongs to this database`,
    );
  const barrier = beyond.find(({ oldest }) => oldest === null || !known.includes(oldest));
  if (barrier)
    throw new NewerDatabaseError(
      `the database belongs to a newer Amtomat: it has taken the step ${barrier.name}, this program knows steps up to ${here}, and ${barrier.oldest === null ? 'no older program' : `only programs that know ${barrier.oldest}`} can work after it. Start the newer program again, or restore the backup from before the upgrade`,
    );
  return beyond.map(({ name }) => name);
}

/** As `stepsBeyond`, for the database itself. */
export async function stepsBeyondIn(db: Db, known: readonly string[]): Promise<string[]> {
  return stepsBeyond(known, await takenSteps(db));
}

/** Writes down which older programs can work after each step. */
export async function declareOldest(db: Db, oldest: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, program] of Object.entries(oldest))
    await sql`UPDATE kysely_migration SET oldest = ${program} WHERE name = ${name} AND oldest IS NULL`.execute(
      db,
    );
}
