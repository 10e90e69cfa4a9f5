import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  'CREATE TABLE used_assertion (hash bytea PRIMARY KEY, expires_at timestamptz NOT NULL)',
  'CREATE INDEX used_assertion_expires ON used_assertion (expires_at)',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
