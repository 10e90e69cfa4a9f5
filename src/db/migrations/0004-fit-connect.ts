import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  `CREATE TABLE fit_connect_submission (
    idempotency_key uuid PRIMARY KEY, case_id uuid NOT NULL REFERENCES cases, state text NOT NULL,
    destination_id uuid, submission_id uuid UNIQUE, case_ref uuid, attachments jsonb NOT NULL, sent_tags jsonb NOT NULL,
    refused jsonb NOT NULL, version integer NOT NULL DEFAULT 1, created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL, polled_at timestamptz)`,
  'CREATE INDEX fit_connect_submission_case ON fit_connect_submission (case_id)',
  'CREATE INDEX fit_connect_submission_ref ON fit_connect_submission (case_ref)',
  `CREATE INDEX fit_connect_submission_open ON fit_connect_submission (polled_at NULLS FIRST)
    WHERE state = 'submitted'`,
  `CREATE TABLE fit_connect_reply (
    id uuid PRIMARY KEY, case_id uuid REFERENCES cases, problem text, received_at timestamptz NOT NULL)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
