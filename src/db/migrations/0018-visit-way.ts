import { type Kysely, sql } from 'kysely';

/** Where somebody goes on whose browser still holds what it held before its visit got a new key: the answer was lost. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`CREATE TABLE visit_way (
    held bytea PRIMARY KEY,
    visit_id uuid NOT NULL REFERENCES visit ON DELETE CASCADE ON UPDATE CASCADE,
    sealed bytea NOT NULL, expires_at timestamptz NOT NULL)`.execute(db);
  await sql`CREATE INDEX visit_way_visit ON visit_way (visit_id)`.execute(db);
}
