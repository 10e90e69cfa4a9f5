import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE cases ADD COLUMN to_decide boolean NOT NULL DEFAULT false`.execute(db);
}
