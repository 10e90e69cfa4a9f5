import { type Kysely, sql } from 'kysely';

/** Codes of terminals that are or were told: the form that asked for one leads to no second life of it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`CREATE TABLE terminal_code (code_hash bytea PRIMARY KEY, told_at timestamptz NOT NULL)`.execute(
    db,
  );
}
