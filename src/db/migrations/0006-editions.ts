import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  `CREATE TABLE service_edition (
    id bytea PRIMARY KEY, service text NOT NULL, version integer NOT NULL, office text NOT NULL,
    terms jsonb NOT NULL, submission_schema json NOT NULL, published_at timestamptz NOT NULL)`,
  'CREATE INDEX service_edition_version ON service_edition (service, version, published_at)',
  'ALTER TABLE cases ADD COLUMN edition bytea REFERENCES service_edition, ADD COLUMN destroyed_at timestamptz',
  // Cases from before editions were kept find theirs when the office opens.
  'CREATE INDEX cases_without_edition ON cases (service, service_version) WHERE edition IS NULL',
  'UPDATE cases SET destroyed_at = updated_at WHERE wrapped_key IS NULL',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
