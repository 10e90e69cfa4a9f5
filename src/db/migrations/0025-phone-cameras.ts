import { type Kysely, sql } from 'kysely';

/** The way of one phone to one page of a visit, to which it may send pictures; sealed under a token that stands only in the code on the screen. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`CREATE TABLE phone_camera (
    token_hash bytea PRIMARY KEY,
    visit_id uuid NOT NULL REFERENCES visit ON DELETE CASCADE ON UPDATE CASCADE,
    sealed bytea NOT NULL,
    phone bytea,
    turn integer NOT NULL DEFAULT 0,
    expires_at timestamptz NOT NULL
  )`.execute(db);
  await sql`CREATE INDEX phone_camera_visit ON phone_camera (visit_id)`.execute(db);
}
