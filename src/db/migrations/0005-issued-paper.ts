import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`CREATE TABLE issued_paper (
    case_id uuid NOT NULL REFERENCES cases, language text NOT NULL, code_hash bytea NOT NULL, sealed bytea,
    issued_at timestamptz NOT NULL, deleted_at timestamptz, PRIMARY KEY (case_id, language))`.execute(db);
}
