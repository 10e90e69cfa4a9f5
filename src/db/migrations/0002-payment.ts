import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  `CREATE TABLE payment (
    id uuid PRIMARY KEY, seq bigserial, case_id uuid NOT NULL, reference text NOT NULL, service text NOT NULL, office text NOT NULL,
    language text NOT NULL, way text CHECK (way IN ('card', 'page')), site text NOT NULL, terminal text,
    amount_cents integer NOT NULL CHECK (amount_cents > 0),
    state text NOT NULL CHECK (state IN ('intended', 'pending', 'paid', 'reversed', 'unknown', 'failed')),
    stray boolean NOT NULL DEFAULT false, external_id text UNIQUE, receipt_number integer, trace integer, receipt bytea,
    reason text, reversed_by text CHECK (reversed_by IN ('terminal', 'office')), given_up_at timestamptz,
    due_at timestamptz, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL,
    settled_at timestamptz, reversed_at timestamptz,
    CHECK (way IS NOT NULL OR state IN ('intended', 'failed')),
    CHECK (way IS DISTINCT FROM 'card' OR terminal IS NOT NULL),
    CHECK ((settled_at IS NOT NULL) = (state IN ('paid', 'reversed'))),
    CHECK ((reversed_at IS NOT NULL) = (state = 'reversed')),
    CHECK ((reversed_by IS NOT NULL) = (state = 'reversed')))`,
  // No second charge for a case: one payment that is, or may come to be, paid.
  `CREATE UNIQUE INDEX payment_live ON payment (case_id)
    WHERE state IN ('intended', 'pending', 'unknown', 'paid') AND NOT stray`,
  // Whoever asks a card terminal for its last transaction knows whose it is.
  `CREATE UNIQUE INDEX payment_at_terminal ON payment (terminal)
    WHERE way = 'card' AND state IN ('pending', 'unknown')`,
  'CREATE INDEX payment_case ON payment (case_id, seq)',
  'CREATE INDEX payment_due ON payment (due_at) WHERE due_at IS NOT NULL',
  'CREATE INDEX payment_settled ON payment (settled_at) WHERE settled_at IS NOT NULL',
  'CREATE INDEX payment_reversed ON payment (reversed_at) WHERE reversed_at IS NOT NULL',
  "CREATE INDEX payment_unknown ON payment (office, updated_at) WHERE state = 'unknown'",
  'CREATE INDEX payment_receipt ON payment (settled_at) WHERE receipt IS NOT NULL',
  `CREATE TABLE payment_event (
    id bigserial PRIMARY KEY, payment_id uuid NOT NULL REFERENCES payment, at timestamptz NOT NULL,
    from_state text, to_state text NOT NULL, reason text)`,
  'CREATE INDEX payment_event_payment ON payment_event (payment_id, id)',
  `CREATE FUNCTION payment_event_is_final() RETURNS trigger LANGUAGE plpgsql AS
    $$BEGIN RAISE EXCEPTION 'payment_event is written once'; END$$`,
  `CREATE TRIGGER payment_event_is_final BEFORE UPDATE OR DELETE ON payment_event
    FOR EACH ROW EXECUTE FUNCTION payment_event_is_final()`,
  `CREATE TABLE refund_task (
    id uuid PRIMARY KEY, payment_id uuid NOT NULL UNIQUE REFERENCES payment, office text NOT NULL,
    reason text NOT NULL CHECK (reason IN ('rejected', 'withdrawn', 'stray')), created_at timestamptz NOT NULL,
    done_at timestamptz, done_by text, outcome text CHECK (outcome IN ('refunded', 'kept')),
    CHECK ((done_at IS NULL) = (outcome IS NULL)), CHECK ((done_at IS NULL) = (done_by IS NULL)))`,
  'CREATE INDEX refund_task_open ON refund_task (office, created_at) WHERE done_at IS NULL',
  `CREATE TABLE terminal_closing (
    id bigserial PRIMARY KEY, terminal text NOT NULL, site text NOT NULL, since timestamptz, at timestamptz NOT NULL,
    total_cents integer NOT NULL, count integer, ledger_cents integer NOT NULL, ledger_count integer NOT NULL)`,
  'CREATE INDEX terminal_closing_at ON terminal_closing (terminal, at)',
  "CREATE INDEX cases_unpaid ON cases (created_at) WHERE state = 'unpaid'",
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
