import { type Kysely, sql } from 'kysely';

/** When the provider last said what somebody of the staff may do, and what it can be asked with. Sessions begun before end. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`DELETE FROM staff_session`.execute(db);
  await sql`ALTER TABLE staff_session ADD COLUMN sid text, ADD COLUMN tokens bytea NOT NULL,
    ADD COLUMN confirmed_at timestamptz NOT NULL, ADD COLUMN check_at timestamptz NOT NULL`.execute(db);
}
