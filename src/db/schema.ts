/** Tables as Kysely sees them. Each belongs to one room, named above it; no other room touches it. */
import type { ColumnType, Generated } from 'kysely';

type Json = Record<string, unknown>;

/** visit */
export interface VisitTable {
  id: string;
  site: string;
  terminal: string | null;
  language: string;
  /** Text size, contrast, reach: no personal data. */
  settings: Json;
  /** Sealed with the key in the visit's cookie. */
  secret: Buffer;
  /** Grows with every change, so that two tabs cannot overwrite each other. */
  version: number;
  started_at: Date;
  seen_at: Date;
  expires_at: Date;
}

/** visit: uploads of a draft, sealed with the visit's key */
export interface DraftFileTable {
  id: string;
  visit_id: string;
  bytes: number;
  content: Buffer;
  created_at: Date;
}

/** visit: a draft on its way to a phone, sealed with a key derived from the link's token */
export interface HandoverTable {
  token_hash: Buffer;
  secret: Buffer;
  language: string;
  settings: Json;
  expires_at: Date;
}

/** visit: a paper that a phone may fetch once, sealed with a key derived from the link's token */
export interface PhonePaperTable {
  token_hash: Buffer;
  /** At which its code was shown: each has a few at a time. */
  terminal: string;
  sealed: Buffer;
  expires_at: Date;
}

/** visit: the way of a phone to one page of a visit, sealed with a key derived from the link's token */
export interface PhoneCameraTable {
  token_hash: Buffer;
  /** The way goes with it. */
  visit_id: string;
  sealed: Buffer;
  /** Hash of what only the phone holds that has used the link; null until one has. */
  phone: Buffer | null;
  /** Goes up with all that the terminal is to see. */
  turn: Generated<number>;
  expires_at: Date;
}

/** visit: where a cookie leads that was replaced, until the new one is seen; sealed with what only that browser held */
export interface VisitWayTable {
  /** Hash of what was held. */
  held: Buffer;
  /** The visit that goes on; the row goes with it. */
  visit_id: string;
  sealed: Buffer;
  expires_at: Date;
}

/** booking */
export interface SlotTable {
  id: string;
  calendar: string;
  area: string;
  date: string;
  capacity: number;
  taken: number;
}

export type BookingState = 'held' | 'confirmed' | 'cancelled';

/** booking */
export interface BookingTable {
  id: string;
  slot_id: string;
  state: BookingState;
  visit_id: string | null;
  case_id: string | null;
  held_until: Date | null;
  /** Keyed hash of the client, while the place is only held; null at a terminal of the office. */
  client: Generated<Buffer | null>;
  created_at: Date;
}

/** booking: one allowance used up; holder is a keyed hash */
export interface EntitlementUseTable {
  id: Generated<string>;
  service: string;
  scope: string;
  period: string;
  holder: Buffer;
  /** 1 to the limit; unique with the columns above, so that two tabs cannot use the same one */
  ordinal: number;
  case_id: string;
}

/** `unpaid`: written, but not handed in before its fee is paid; nobody but the payment room sees it. */
export type CaseState = 'unpaid' | 'new' | 'working' | 'waiting' | 'done' | 'rejected' | 'withdrawn';

/** cases */
export interface CaseTable {
  id: string;
  number: string;
  service: string;
  service_version: number;
  office: string;
  site: string;
  language: string;
  state: CaseState;
  /** Staff subject, null while nobody works on it. */
  assigned_to: string | null;
  key_id: string | null;
  /** null: destroyed, the case cannot be read any more */
  wrapped_key: Buffer | null;
  content: Buffer | null;
  /** Keyed hash of the citizen's access code. */
  access_hash: Buffer;
  /** One per draft: handing in the same draft again finds the same case. */
  submission_key: string;
  created_at: Date;
  updated_at: Date;
  delivered_at: Date | null;
  closed_at: Date | null;
  /** The service's retention as it was when the case was handed in: from when, and how many days. */
  retain_from: Generated<'closed' | 'delivered'>;
  retain_days: Generated<number>;
  /** When the key is to be destroyed; null until that instant has begun to run. Nothing open is destroyed. */
  destroy_at: Date | null;
  /** When the key was destroyed. */
  destroyed_at: Generated<Date | null>;
  /** What the service said of its cases when this one was handed in; null where nobody wrote that down at the time. */
  edition: Generated<Buffer | null>;
  /** It is beyond what its household is due, and the office has not said yes to it. */
  to_decide: Generated<boolean>;
  /** Until when the office means to have dealt with it. */
  due_on: Generated<string>;
  /** Grows with every change. */
  version: number;
}

/** cases: what a service said of its cases at one time; written once, named by its own hash, kept for good */
export interface ServiceEditionTable {
  id: Buffer;
  service: string;
  version: number;
  office: string;
  terms: ColumnType<Json, string, never>;
  /** JSON Schema of what another authority receives. */
  submission_schema: ColumnType<Json, string, never>;
  /** When an office last started with it. */
  published_at: Date;
}

/** cases: history and messages; body sealed with the case's key */
export interface CaseEventTable {
  id: Generated<string>;
  case_id: string;
  at: Date;
  kind: string;
  actor_kind: 'citizen' | 'staff' | 'system';
  actor: string | null;
  body: Buffer | null;
}

/** cases: sealed with the case's key */
export interface CaseFileTable {
  id: string;
  case_id: string;
  origin: 'citizen' | 'office' | 'system';
  media_type: string;
  bytes: number;
  name: Buffer;
  content: Buffer;
  created_at: Date;
}

/** cases: codes the authority can look up; only their keyed hash */
export interface LookupCodeTable {
  hash: Buffer;
  kind: string;
  office: string;
  case_id: string;
  expires_at: Date;
}

/** cases: papers that were issued, one row for each language, so that anybody who has one can have it compared */
export interface IssuedPaperTable {
  case_id: string;
  language: string;
  /** Keyed hash of the code that stands on the paper. */
  code_hash: Buffer;
  /** What was printed, sealed with a key that follows from that code; null when the case's time was over. */
  sealed: Buffer | null;
  issued_at: Date;
  deleted_at: Date | null;
  /** When the office took it back. */
  revoked_at: Date | null;
}

/** guessing: wrong codes, to slow guessing down; and until when somebody was told to wait for others' sake */
export interface AccessAttemptTable {
  id: Generated<string>;
  /** Keyed hash of the number or the client, never plain. */
  subject: Buffer;
  at: Date;
}

export type OutboxState = 'waiting' | 'done' | 'parked';

/** delivery */
export interface OutboxTable {
  id: string;
  case_id: string;
  channel: string;
  /** Whom of those that the channel reaches; empty where it reaches only one. */
  destination: Generated<string>;
  state: OutboxState;
  attempts: number;
  next_at: Date;
  /** A code such as `unreachable`; never what was sent. */
  last_error: string | null;
  created_at: Date;
  done_at: Date | null;
  /** While an attempt is under way. */
  taken_until: Date | null;
}

/** delivery: how the receiver at the end of a lane has been lately */
export interface DeliveryLaneTable {
  channel: string;
  destination: string;
  /** Attempts in a row for which it was not there. */
  failures: Generated<number>;
  /** Nothing is sent before that, then one message to try. */
  open_until: Date | null;
}

export type JobResult = 'done' | 'failed' | 'too-late';

/** jobs: who runs a recurring job, and how its last run ended */
export interface JobTable {
  name: string;
  /** Part of the job that runs apart from the others; empty where it has none. */
  lane: string;
  holder: string;
  started_at: Date;
  /** While it runs; after that, whoever ran it counts as dead. */
  lease_until: Date | null;
  ended_at: Date | null;
  result: JobResult | null;
  /** Why it failed, where that has a name. */
  code: string | null;
  duration_ms: number | null;
  /** Runs in a row that did not get to their end. */
  failures: Generated<number>;
}

/** payment: one attempt to pay for a case */
export interface PaymentTable {
  id: string;
  /** In the order of their beginning. */
  seq: Generated<string>;
  /** Not a foreign key: what was paid is kept also when a case is not. */
  case_id: string;
  reference: string;
  service: string;
  office: string;
  language: string;
  way: 'card' | 'page' | null;
  site: string;
  terminal: string | null;
  amount_cents: number;
  state: 'intended' | 'pending' | 'paid' | 'reversed' | 'unknown' | 'failed';
  stray: boolean;
  external_id: string | null;
  receipt_number: number | null;
  trace: number | null;
  /** The card terminal's receipt for the customer, sealed; forgotten after a day. */
  receipt: Buffer | null;
  reason: string | null;
  reversed_by: 'terminal' | 'office' | null;
  given_up_at: Date | null;
  due_at: Date | null;
  created_at: Date;
  updated_at: Date;
  settled_at: Date | null;
  reversed_at: Date | null;
  /** Who of the staff has said how it ended, whether it was paid, and since when they are at it. */
  clarified_by: string | null;
  clarified_paid: boolean | null;
  clarified_at: Date | null;
}

/** payment: every change of state; the database refuses to change or delete a row */
export interface PaymentEventTable {
  id: Generated<string>;
  payment_id: string;
  at: Date;
  from_state: string | null;
  to_state: string;
  reason: string | null;
}

/** payment: money that somebody has to give back, or to decide about */
export interface RefundTaskTable {
  id: string;
  payment_id: string;
  office: string;
  reason: 'rejected' | 'withdrawn' | 'undecided' | 'stray';
  created_at: Date;
  done_at: Date | null;
  done_by: string | null;
  outcome: 'refunded' | 'kept' | null;
}

/** payment: a card terminal's own sum since its closing before, and the ledger's for the same time */
export interface TerminalClosingTable {
  id: Generated<string>;
  terminal: string;
  site: string;
  since: Date | null;
  at: Date;
  total_cents: number;
  count: number | null;
  ledger_cents: number;
  ledger_count: number;
}

export type FitConnectState = 'sending' | 'submitted' | 'accepted' | 'rejected';

/** An attachment as the delivery service knows it; `file` is its id in the case. */
export interface FitConnectAttachment {
  file: string;
  id: string;
  uploaded: boolean;
}

/** Authentication tags of everything that was sent, written down before each attempt; attachments by their id. */
export interface FitConnectSentTags {
  metadata: string[];
  data: string[];
  attachments: Record<string, string[]>;
}

/** delivery: what must be remembered of a submission by FIT-Connect; nothing of what was said */
export interface FitConnectSubmissionTable {
  idempotency_key: string;
  case_id: string;
  state: FitConnectState;
  destination_id: string | null;
  submission_id: string | null;
  /** The delivery service's own id of the case. */
  case_ref: string | null;
  attachments: ColumnType<FitConnectAttachment[], string, string>;
  sent_tags: ColumnType<FitConnectSentTags, string, string>;
  /** Hashes of events that were not believed and have been reported. */
  refused: ColumnType<string[], string, string>;
  /** Grows with every change: of two workers at one submission, one stops. */
  version: Generated<number>;
  created_at: Date;
  updated_at: Date;
  polled_at: Date | null;
}

/** delivery: replies that were taken or refused, so that each is handled once */
export interface FitConnectReplyTable {
  id: string;
  /** null: of no case of ours */
  case_id: string | null;
  problem: string | null;
  received_at: Date;
}

/** audit */
export interface AuditEntryTable {
  seq: string;
  at: Date;
  actor: string;
  action: string;
  subject: string;
  detail: Json;
  previous: Buffer;
  hash: Buffer;
}

/** audit: one row, the end of the chain */
export interface AuditHeadTable {
  one: boolean;
  seq: string;
  hash: Buffer;
}

/** audit: entries that strangers cause, by the hour; `detail` is JSON in one order */
export interface AuditTallyTable {
  hour: Date;
  action: string;
  detail: string;
  count: number;
}

/** desk */
export interface StaffSessionTable {
  id_hash: Buffer;
  subject: string;
  name: string;
  offices: string[];
  roles: string[];
  csrf: string;
  created_at: Date;
  seen_at: Date;
  expires_at: Date;
  /** The provider's name for its own session; null where it has none. */
  sid: string | null;
  /** What the provider is asked again with; sealed under the session's secret, which only the browser has. */
  tokens: Buffer;
  /** When the provider last said what this person may do. */
  confirmed_at: Date;
  /** From when on it is asked again; while somebody asks, a little later. */
  check_at: Date;
}

/** desk: names of people who have signed in, for the history of cases */
export interface StaffTable {
  subject: string;
  name: string;
  seen_at: Date;
}

/** lab: counted facts without a person */
export interface MeasureTable {
  id: Generated<string>;
  day: string;
  name: string;
  service: string;
  site: string;
  language: string;
  value: string;
}

/** letters: codes that the office has sent by letter */
export interface LetterCodeTable {
  id: string;
  service: string;
  office: string;
  /** Keyed hash of the code; the code itself is only on the letter. */
  code_hash: Buffer;
  key_id: string;
  wrapped_key: Buffer;
  /** Name and address, sealed for the office. */
  sealed: Buffer;
  issued_at: Date;
  expires_at: Date;
  used_at: Date | null;
  revoked_at: Date | null;
}

/** fleet: which machine is which terminal */
export interface TerminalTable {
  /** A terminal of the city's sites. */
  id: string;
  /** Keyed hash of the code that was issued last; the code itself was told once. */
  code_hash: Buffer;
  /** Who issued it: the subject of somebody of the staff. */
  code_by: string;
  code_expires_at: Date;
  code_used_at: Date | null;
  /** Hash of the secret that only the machine has; null while none is registered. */
  secret_hash: Buffer | null;
  /** Who issued the code that this machine came with. */
  registered_by: string | null;
  registered_at: Date | null;
  /** Written now and then, not with each request. */
  seen_at: Date | null;
}

/** fleet: codes that the desk has told, for as long as a form can be sent again */
export interface TerminalCodeTable {
  /** Keyed hash, as in {@link TerminalTable}. */
  code_hash: Buffer;
  told_at: Date;
}

/** identity: answers of identity providers that were used, so that none counts twice */
export interface UsedAssertionTable {
  hash: Buffer;
  expires_at: Date;
}

/** share: how much was taken within an hour; an empty subject is everybody, another one a keyed hash */
export interface ShareTable {
  what: string;
  hour: Date;
  subject: Buffer;
  count: number;
}

/** A key that something here was sealed with. */
export interface KnownKeyTable {
  /** `house`, or `office-<id>`. */
  name: string;
  key_id: string;
  /** Made with the key from its name and id; nobody learns the key from it. */
  proof: Buffer;
}

export interface Schema {
  visit: VisitTable;
  draft_file: DraftFileTable;
  handover: HandoverTable;
  phone_paper: PhonePaperTable;
  phone_camera: PhoneCameraTable;
  visit_way: VisitWayTable;
  slot: SlotTable;
  booking: BookingTable;
  entitlement_use: EntitlementUseTable;
  cases: CaseTable;
  service_edition: ServiceEditionTable;
  case_event: CaseEventTable;
  case_file: CaseFileTable;
  lookup_code: LookupCodeTable;
  issued_paper: IssuedPaperTable;
  access_attempt: AccessAttemptTable;
  outbox: OutboxTable;
  delivery_lane: DeliveryLaneTable;
  job: JobTable;
  payment: PaymentTable;
  payment_event: PaymentEventTable;
  refund_task: RefundTaskTable;
  terminal_closing: TerminalClosingTable;
  fit_connect_submission: FitConnectSubmissionTable;
  fit_connect_reply: FitConnectReplyTable;
  audit_entry: AuditEntryTable;
  audit_head: AuditHeadTable;
  audit_tally: AuditTallyTable;
  staff_session: StaffSessionTable;
  staff: StaffTable;
  measure: MeasureTable;
  used_assertion: UsedAssertionTable;
  letter_code: LetterCodeTable;
  terminal: TerminalTable;
  terminal_code: TerminalCodeTable;
  share: ShareTable;
  known_key: KnownKeyTable;
}
