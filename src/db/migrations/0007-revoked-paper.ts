import { type Kysely, sql } from 'kysely';

/** A paper can be taken back, and another one issued for the same case. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE issued_paper ADD COLUMN revoked_at timestamptz, DROP CONSTRAINT issued_paper_pkey,
    ADD PRIMARY KEY (case_id, language, code_hash)`.execute(db);
}
