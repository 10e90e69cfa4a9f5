import { type Kysely, sql } from 'kysely';

/** How much of its share a client, and all together (an empty subject), have taken within an hour. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`CREATE TABLE share (
    what text NOT NULL, hour timestamptz NOT NULL, subject bytea NOT NULL, count integer NOT NULL,
    PRIMARY KEY (what, hour, subject))`.execute(db);
}
