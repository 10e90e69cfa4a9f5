import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`CREATE TABLE letter_code (
    id uuid PRIMARY KEY, service text NOT NULL, office text NOT NULL, code_hash bytea NOT NULL UNIQUE,
    key_id text NOT NULL, wrapped_key bytea NOT NULL, sealed bytea NOT NULL, issued_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL, used_at timestamptz, revoked_at timestamptz)`.execute(db);
}
