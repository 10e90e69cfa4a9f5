import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  `CREATE TABLE visit (
    id uuid PRIMARY KEY, site text NOT NULL, terminal text, language text NOT NULL, settings jsonb NOT NULL,
    secret bytea NOT NULL, version integer NOT NULL DEFAULT 1,
    started_at timestamptz NOT NULL, seen_at timestamptz NOT NULL, expires_at timestamptz NOT NULL)`,
  'CREATE INDEX visit_expires ON visit (expires_at)',
  `CREATE TABLE draft_file (
    id uuid PRIMARY KEY, visit_id uuid NOT NULL REFERENCES visit ON DELETE CASCADE ON UPDATE CASCADE,
    bytes integer NOT NULL, content bytea NOT NULL, created_at timestamptz NOT NULL)`,
  'CREATE INDEX draft_file_visit ON draft_file (visit_id)',
  `CREATE TABLE handover (
    token_hash bytea PRIMARY KEY, secret bytea NOT NULL, language text NOT NULL, settings jsonb NOT NULL,
    expires_at timestamptz NOT NULL)`,
  `CREATE TABLE slot (
    id uuid PRIMARY KEY, calendar text NOT NULL, area text NOT NULL, date date NOT NULL,
    capacity integer NOT NULL CHECK (capacity >= 0), taken integer NOT NULL DEFAULT 0 CHECK (taken >= 0 AND taken <= capacity),
    UNIQUE (calendar, area, date))`,
  `CREATE TABLE cases (
    id uuid PRIMARY KEY, number text NOT NULL UNIQUE, service text NOT NULL, service_version integer NOT NULL,
    office text NOT NULL, site text NOT NULL, language text NOT NULL, state text NOT NULL, assigned_to text,
    key_id text, wrapped_key bytea, content bytea, access_hash bytea NOT NULL, submission_key uuid NOT NULL UNIQUE,
    created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL, delivered_at timestamptz, closed_at timestamptz,
    retain_from text NOT NULL DEFAULT 'closed', retain_days integer NOT NULL DEFAULT 0, destroy_at timestamptz,
    version integer NOT NULL DEFAULT 1)`,
  'CREATE INDEX cases_inbox ON cases (office, state, created_at, id)',
  'CREATE INDEX cases_mine ON cases (assigned_to, state, created_at, id) WHERE assigned_to IS NOT NULL',
  'CREATE INDEX cases_retention ON cases (destroy_at) WHERE wrapped_key IS NOT NULL',
  `CREATE TABLE booking (
    id uuid PRIMARY KEY, slot_id uuid NOT NULL REFERENCES slot, state text NOT NULL,
    visit_id uuid, case_id uuid REFERENCES cases, held_until timestamptz, created_at timestamptz NOT NULL)`,
  'CREATE INDEX booking_slot ON booking (slot_id)',
  'CREATE INDEX booking_case ON booking (case_id) WHERE case_id IS NOT NULL',
  "CREATE INDEX booking_held ON booking (held_until) WHERE state = 'held'",
  "CREATE UNIQUE INDEX booking_visit ON booking (visit_id) WHERE state = 'held'",
  "CREATE UNIQUE INDEX booking_confirmed ON booking (case_id) WHERE state = 'confirmed'",
  `CREATE TABLE entitlement_use (
    id bigserial PRIMARY KEY, service text NOT NULL, scope text NOT NULL, period text NOT NULL, holder bytea NOT NULL,
    ordinal integer NOT NULL, case_id uuid NOT NULL REFERENCES cases,
    UNIQUE (service, scope, period, holder, ordinal))`,
  'CREATE INDEX entitlement_case ON entitlement_use (case_id)',
  `CREATE TABLE case_event (
    id bigserial PRIMARY KEY, case_id uuid NOT NULL REFERENCES cases, at timestamptz NOT NULL, kind text NOT NULL,
    actor_kind text NOT NULL, actor text, body bytea)`,
  'CREATE INDEX case_event_case ON case_event (case_id, id)',
  "CREATE INDEX case_event_guessing ON case_event (at) WHERE kind = 'guessing'",
  `CREATE TABLE case_file (
    id uuid NOT NULL, case_id uuid NOT NULL REFERENCES cases, origin text NOT NULL, media_type text NOT NULL,
    bytes integer NOT NULL, name bytea NOT NULL, content bytea NOT NULL, created_at timestamptz NOT NULL,
    PRIMARY KEY (case_id, id))`,
  `CREATE TABLE lookup_code (
    hash bytea PRIMARY KEY, kind text NOT NULL, office text NOT NULL, case_id uuid NOT NULL REFERENCES cases,
    expires_at timestamptz NOT NULL)`,
  'CREATE INDEX lookup_code_case ON lookup_code (case_id)',
  'CREATE TABLE access_attempt (id bigserial PRIMARY KEY, subject bytea NOT NULL, at timestamptz NOT NULL)',
  'CREATE INDEX access_attempt_subject ON access_attempt (subject, at)',
  `CREATE TABLE outbox (
    id uuid PRIMARY KEY, case_id uuid NOT NULL REFERENCES cases, channel text NOT NULL, state text NOT NULL,
    attempts integer NOT NULL DEFAULT 0, next_at timestamptz NOT NULL, last_error text,
    created_at timestamptz NOT NULL, done_at timestamptz)`,
  "CREATE INDEX outbox_waiting ON outbox (next_at) WHERE state = 'waiting'",
  "CREATE INDEX outbox_open ON outbox (case_id, channel) WHERE state <> 'done'",
  "CREATE INDEX outbox_parked ON outbox (created_at) WHERE state = 'parked'",
  `CREATE TABLE audit_entry (
    seq bigint PRIMARY KEY, at timestamptz NOT NULL, actor text NOT NULL, action text NOT NULL, subject text NOT NULL,
    detail jsonb NOT NULL, previous bytea NOT NULL, hash bytea NOT NULL)`,
  'CREATE TABLE audit_head (one boolean PRIMARY KEY DEFAULT true CHECK (one), seq bigint NOT NULL, hash bytea NOT NULL)',
  "INSERT INTO audit_head (seq, hash) VALUES (0, '\\x0000000000000000000000000000000000000000000000000000000000000000')",
  `CREATE TABLE staff_session (
    id_hash bytea PRIMARY KEY, subject text NOT NULL, name text NOT NULL, offices text[] NOT NULL, roles text[] NOT NULL,
    csrf text NOT NULL, created_at timestamptz NOT NULL, seen_at timestamptz NOT NULL, expires_at timestamptz NOT NULL)`,
  'CREATE TABLE staff (subject text PRIMARY KEY, name text NOT NULL, seen_at timestamptz NOT NULL)',
  `CREATE TABLE measure (
    id bigserial PRIMARY KEY, day date NOT NULL, name text NOT NULL, service text NOT NULL, site text NOT NULL,
    language text NOT NULL, value text NOT NULL)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
