import { type Kysely, sql } from 'kysely';

/** Papers that wait for a phone to fetch them, each sealed under a token that stands only in the code on the screen. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`CREATE TABLE phone_paper (
    token_hash bytea PRIMARY KEY,
    terminal text NOT NULL,
    sealed bytea NOT NULL,
    expires_at timestamptz NOT NULL
  )`.execute(db);
  await sql`CREATE INDEX phone_paper_terminal ON phone_paper (terminal, expires_at)`.execute(db);
}
