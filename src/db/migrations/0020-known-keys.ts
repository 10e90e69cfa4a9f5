import { type Kysely, sql } from 'kysely';

/** Which keys this database was sealed with: their ids, and what only the key itself can make. Never the keys. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`CREATE TABLE known_key (
    name text PRIMARY KEY, key_id text NOT NULL, proof bytea NOT NULL)`.execute(db);
}
