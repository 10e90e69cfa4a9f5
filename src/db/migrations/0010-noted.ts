import { type Kysely, sql } from 'kysely';

/** What nobody has to decide on is a list of its own beside what is new; both are read along this. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`CREATE INDEX cases_new ON cases (office, (retain_from = 'delivered'), created_at, id)
    WHERE state = 'new'`.execute(db);
}
