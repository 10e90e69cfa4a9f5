import type { Context } from 'hono';
import type { AuditInput } from '#audit';
import type {
  CaseAttachment,
  CaseCounts,
  CaseFilter,
  CaseRow,
  CaseStaff,
  CaseStop,
  CaseView,
  Decision,
  FoundCode,
  GuessingAlarm,
  OverdueCase,
  StaffOpened,
} from '#cases';
import type { Db, Tx } from '#db';
import type { LaneState, Parked } from '#delivery';
import type { Line } from '#doctor';
import type { Papers } from '#documents';
import type { Terminals } from '#fleet';
import type { FormFields, Reference } from '#journey';
import type { LetterCodes } from '#letters';
import type { Payments } from '#payment';
import type { CompiledService } from '#service';
import type { Clock, IsoDate } from '#time';
import type { OidcSettings } from './oidc.ts';
import type { Staff } from './session.ts';

/** What clerks do with cases. */
export interface DeskCases {
  list(filter: CaseFilter): Promise<CaseRow[]>;
  counts(filter: Pick<CaseFilter, 'offices' | 'subject'>): Promise<CaseCounts>;
  findByNumber(number: string): Promise<CaseRow | undefined>;
  find(caseId: string): Promise<CaseRow | undefined>;
  /** Opens a case, and writes that down; also that somebody tried who may not. */
  forStaff(caseId: string, staff: CaseStaff, purpose: string): Promise<StaffOpened | undefined>;
  fileForStaff(caseId: string, fileId: string, staff: CaseStaff): Promise<CaseAttachment | undefined>;
  forTour(
    tour: { calendar: string; date: IsoDate },
    booked: readonly { caseId: string; area: string }[],
    staff: CaseStaff,
  ): Promise<CaseStop[]>;
  findCode(
    code: string,
    staff: CaseStaff,
  ): Promise<{ found: FoundCode; view: CaseView | undefined } | undefined>;
  calendars(offices: readonly string[]): Promise<{ calendar: string; title: string }[]>;
  codeKinds(offices: readonly string[]): Promise<string[]>;
  serviceTitles(): Promise<ReadonlyMap<string, string>>;
  takeOver(caseId: string, staff: CaseStaff, version: number): Promise<void>;
  accept(caseId: string, staff: CaseStaff, version: number): Promise<void>;
  release(caseId: string, staff: CaseStaff, version: number): Promise<void>;
  note(caseId: string, staff: CaseStaff, version: number, text: string): Promise<void>;
  message(caseId: string, staff: CaseStaff, version: number, text: string): Promise<void>;
  decide(
    caseId: string,
    staff: CaseStaff,
    version: number,
    decision: Decision,
    reason: string,
    more?: { compared?: boolean; early?: boolean },
  ): Promise<void>;
  correct(
    caseId: string,
    staff: CaseStaff,
    version: number,
    form: FormFields,
    confirmed?: boolean,
  ): Promise<void>;
  revoke(caseId: string, staff: CaseStaff, version: number, reason: string): Promise<void>;
  closeUndecided(caseId: string, staff: CaseStaff, version: number, reason: string): Promise<void>;
  guessingAlarms(offices: readonly string[]): Promise<GuessingAlarm[]>;
  overdue(offices: readonly string[]): Promise<OverdueCase[]>;
}

/** What the desk shows of tours. */
export interface DeskBooking {
  dayList(calendar: string, date: IsoDate): Promise<{ caseId: string; area: string }[]>;
  days(
    calendar: string,
  ): Promise<{ date: IsoDate; area: string; capacity: number; taken: number; held: number }[]>;
}

export interface DeskDelivery {
  parked(): Promise<Parked[]>;
  queue(): Promise<LaneState[]>;
  caseOf(id: string): Promise<string | undefined>;
  retry(id: string, within: Tx): Promise<boolean>;
}

/** What the desk shows of payments, and decides about them. */
export type DeskPayments = Pick<
  Payments,
  'ofCase' | 'refundOf' | 'refundTasks' | 'closeRefund' | 'closedRefund' | 'unclear' | 'clarify' | 'dayReport'
>;

/** What the desk needs of the other rooms. */
export interface DeskDeps {
  config: OidcSettings;
  db: Db;
  clock: Clock;
  audit: { append(tx: Tx, entry: AuditInput): Promise<void> };
  log: { warn(facts: object, message: string): void };
  cases: DeskCases;
  booking: DeskBooking;
  delivery: DeskDelivery;
  payments: DeskPayments;
  letterCodes: Pick<LetterCodes, 'issue' | 'list' | 'find' | 'revoke'>;
  terminals: Pick<Terminals, 'issue' | 'list' | 'revoke'>;
  papers: Pick<Papers, 'letter'>;
  /** Looks at everything an operator would look at. */
  examine(): Promise<{ at: number; lines: readonly Line[] }>;
  catalogue: { services: readonly CompiledService[] };
  /** What postal addresses are checked against. */
  reference: Reference;
  city: {
    name: string;
    accent: string;
    offices: ReadonlyMap<
      string,
      { name: string; short: string; address: string; phone?: string | undefined }
    >;
    sites: ReadonlyMap<string, { name: string; alwaysOpen: boolean; terminals: readonly string[] }>;
    tours: readonly { calendar: string; area: string; areaName: string }[];
  };
}

/** What the desk's pages find in their request once somebody is signed in. */
export interface DeskEnv {
  Variables: {
    staff: Staff;
    /** The provider gives no answer: so long somebody can still work. */
    until: Date | undefined;
    /** The form of a changing request; its token has been checked. */
    form: URLSearchParams;
  };
}

export type DeskContext = Context<DeskEnv>;
