import { type Kysely, sql } from 'kysely';

/** Whom a place is held for, as a keyed hash: one client cannot hold the days of a whole month. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE booking ADD COLUMN client bytea`.execute(db);
  await sql`CREATE INDEX booking_client ON booking (client) WHERE state = 'held'`.execute(db);
}
