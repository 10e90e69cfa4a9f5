import { type Kysely, sql } from 'kysely';

/** Each step says in the database, too, which older programs it leaves in working order: only there can they read it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE kysely_migration ADD COLUMN oldest varchar(255)`.execute(db);
}
