import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  // Whoever is reached by a channel has a lane of its own there.
  "ALTER TABLE outbox ADD COLUMN destination text NOT NULL DEFAULT '', ADD COLUMN taken_until timestamptz",
  "CREATE INDEX outbox_lane ON outbox (channel, destination, next_at) WHERE state = 'waiting'",
  `UPDATE outbox SET destination = e.terms->'delivery'->>'authority'
    FROM cases c JOIN service_edition e ON e.id = c.edition
    WHERE c.id = outbox.case_id AND outbox.channel = 'fit-connect' AND outbox.state <> 'done'
      AND e.terms->'delivery'->>'authority' IS NOT NULL`,
  `CREATE TABLE delivery_lane (
    channel text NOT NULL, destination text NOT NULL, failures integer NOT NULL DEFAULT 0, open_until timestamptz,
    PRIMARY KEY (channel, destination))`,
  `CREATE TABLE job (
    name text NOT NULL, lane text NOT NULL, holder uuid NOT NULL, started_at timestamptz NOT NULL,
    lease_until timestamptz, ended_at timestamptz, result text, code text, duration_ms integer,
    failures integer NOT NULL DEFAULT 0, PRIMARY KEY (name, lane))`,
];

/** One slow authority holds up nobody else, and each job runs on one node at a time. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
