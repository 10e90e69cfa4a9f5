import { type Kysely, sql } from 'kysely';

/** Who of the staff has said how a payment ended, what, and when they began to: one person says it, and once. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE payment ADD COLUMN clarified_by text, ADD COLUMN clarified_paid boolean,
    ADD COLUMN clarified_at timestamptz`.execute(db);
}
