import type { Context } from 'hono';
import type { AuditWriter } from '#audit';
import type { Booking } from '#booking';
import type { Cases } from '#cases';
import type { Catalogue } from '#catalogue';
import type { City, Office, Site } from '#city';
import type { Db } from '#db';
import type { Line } from '#doctor';
import type { Papers } from '#documents';
import type { Terminals } from '#fleet';
import type { Reference } from '#journey';
import type { LetterCodes } from '#letters';
import type { Warnings } from '#log';
import type { Outbox } from '#outbox';
import type { Payments } from '#payment';
import type { Clock } from '#time';
import type { OidcSettings } from './oidc.ts';
import type { Staff } from './session.ts';

/** What clerks do with cases. */
type DeskCases = Pick<
  Cases,
  | 'list'
  | 'counts'
  | 'findByNumber'
  | 'find'
  | 'forStaff'
  | 'fileForStaff'
  | 'forTour'
  | 'findCode'
  | 'calendars'
  | 'codeKinds'
  | 'serviceTitles'
  | 'takeOver'
  | 'accept'
  | 'release'
  | 'note'
  | 'message'
  | 'decide'
  | 'correct'
  | 'revoke'
  | 'closeUndecided'
  | 'guessingAlarms'
  | 'overdue'
>;

/** What the desk shows of payments, and decides about them. */
type DeskPayments = Pick<
  Payments,
  'ofCase' | 'refundOf' | 'refundTasks' | 'closeRefund' | 'closedRefund' | 'unclear' | 'clarify' | 'dayReport'
>;

/** What the desk needs of the other rooms. */
export interface DeskDeps {
  config: OidcSettings;
  db: Db;
  clock: Clock;
  audit: AuditWriter;
  log: Pick<Warnings, 'warn'>;
  cases: DeskCases;
  booking: Pick<Booking, 'dayList' | 'days'>;
  outbox: Pick<Outbox, 'parked' | 'queue' | 'caseOf' | 'retry'>;
  payments: DeskPayments;
  letterCodes: Pick<LetterCodes, 'issue' | 'list' | 'find' | 'revoke'>;
  terminals: Pick<Terminals, 'issue' | 'list' | 'revoke'>;
  papers: Pick<Papers, 'letter'>;
  /** Looks at everything an operator would look at. */
  examine(): Promise<{ at: number; lines: readonly Line[] }>;
  catalogue: Pick<Catalogue, 'services'>;
  /** What postal addresses are checked against. */
  reference: Reference;
  city: Pick<City, 'name' | 'accent' | 'tours'> & {
    offices: ReadonlyMap<string, Pick<Office, 'name' | 'short' | 'address' | 'phone'>>;
    sites: ReadonlyMap<string, Pick<Site, 'name' | 'alwaysOpen' | 'terminals'>>;
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
