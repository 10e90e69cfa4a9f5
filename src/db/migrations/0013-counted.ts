import { type Kysely, sql } from 'kysely';

/** What strangers cause again and again is counted by the hour before one audit entry says how often. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`CREATE TABLE audit_tally (
    hour timestamptz NOT NULL, action text NOT NULL, detail text NOT NULL, count integer NOT NULL,
    PRIMARY KEY (hour, action, detail))`.execute(db);
}
