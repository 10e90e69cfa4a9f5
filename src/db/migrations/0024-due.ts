import { type Kysely, sql } from 'kysely';

/** Until when the office means to have dealt with a case: a list is read by it, and by service. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE cases ADD COLUMN due_on date NOT NULL DEFAULT (CURRENT_DATE + 14)`.execute(db);
  await sql`UPDATE cases SET due_on = (created_at AT TIME ZONE 'Europe/Berlin')::date + 14`.execute(db);
  await sql`CREATE INDEX cases_due ON cases (office, state, due_on, created_at, id)`.execute(db);
  await sql`CREATE INDEX cases_new_due ON cases (office, (retain_from = 'delivered'), due_on, created_at, id)
    WHERE state = 'new'`.execute(db);
  await sql`CREATE INDEX cases_service ON cases (office, state, service, created_at, id)`.execute(db);
}
