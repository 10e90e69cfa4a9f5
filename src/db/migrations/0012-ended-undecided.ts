import { type Kysely, sql } from 'kysely';

/** Money also goes back for what another authority did not decide on: that is no refusal. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE refund_task DROP CONSTRAINT refund_task_reason_check, ADD CONSTRAINT refund_task_reason_check
    CHECK (reason IN ('rejected', 'withdrawn', 'undecided', 'stray'))`.execute(db);
}
