import { type Kysely, sql } from 'kysely';

/** One row for each terminal that has a code or a machine: a second machine of the same name can only take the place of the first. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`CREATE TABLE terminal (
    id text PRIMARY KEY, code_hash bytea NOT NULL UNIQUE, code_by text NOT NULL, code_expires_at timestamptz NOT NULL,
    code_used_at timestamptz, secret_hash bytea UNIQUE, registered_by text, registered_at timestamptz,
    seen_at timestamptz)`.execute(db);
}
