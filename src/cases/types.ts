import type { CaseState } from '#db';
import type { ReviewSection, Submission, Walk } from '#journey';
import type { CompiledService, Language, SlotAnswer } from '#service';
import type { CaseContent, Shown } from './content.ts';
import type { Correction, OfficialPaper } from './official.ts';

/** A file as it is handed in or sent; its content has passed `acceptUpload`. */
export interface CaseAttachment {
  name: string;
  mediaType: string;
  content: Buffer;
}

/** Everything that is handed in at the end of a journey. */
export interface HandIn {
  /** uuid of the draft: handing in the same draft again gives the same case and receipt. */
  submissionKey: string;
  service: CompiledService;
  submission: Submission;
  walked: Walk;
  language: Language;
  site: string;
  visitId: string;
  /** Ids as in the submission's file answers; others are left out. */
  files: readonly (CaseAttachment & { id: string })[];
  /** What has to be paid first, worked out by this office; the case is `unpaid` until then. Nothing when left out or 0. */
  payment?: { cents: number };
}

/** What the citizen takes along. */
export interface Receipt {
  caseId: string;
  number: string;
  /** 15 characters, opens the status page together with the number. */
  accessCode: string;
  /** Zuordnungsmerkmal, where the service has one. */
  code: string | undefined;
  createdAt: Date;
  /** The case still waits for its payment: it is not handed in yet. */
  unpaid: boolean;
}

/** A case's outside: no personal data. */
export interface CaseRow {
  id: string;
  number: string;
  service: string;
  serviceVersion: number;
  office: string;
  site: string;
  language: Language;
  state: CaseState;
  /** Staff subject. */
  assignedTo: string | null;
  createdAt: Date;
  updatedAt: Date;
  deliveredAt: Date | null;
  closedAt: Date | null;
  /** Send it back with every staff action. */
  version: number;
  /** The key was destroyed: nothing inside can be read any more. */
  destroyed: boolean;
}

export type CaseEventKind =
  | 'submitted'
  | 'taken'
  | 'released'
  | 'message'
  | 'answer'
  | 'note'
  | 'moved'
  | 'corrected'
  | 'decided'
  | 'withdrawn'
  | 'guessing';

export interface CaseEvent {
  id: string;
  at: Date;
  kind: CaseEventKind;
  actorKind: 'citizen' | 'staff' | 'system';
  /** Staff subject; not for citizens' eyes. */
  actor: string | null;
  /** What was written; undefined where nothing was. */
  text: string | undefined;
  /** Ids of files sent with it. */
  files: readonly string[];
  /** `decided` only. */
  decision: string | undefined;
  /** `moved` only. */
  slot: SlotAnswer | undefined;
  /** `corrected` only: what the office wrote anew for its paper. */
  corrections: Readonly<Record<Language, readonly Correction[]>> | undefined;
}

export interface CaseFile {
  id: string;
  origin: 'citizen' | 'office' | 'system';
  name: string;
  mediaType: string;
  bytes: number;
  createdAt: Date;
}

export interface BookingOfCase {
  slot: SlotAnswer;
  calendar: string;
  area: string;
  /** From this instant on the date can be neither moved nor given up. */
  changeUntil: Date;
}

/** A case opened. Notes and staff subjects are in `events`: a citizen's page must use {@link CaseView.history}. */
export interface CaseView extends CaseRow {
  submission: Submission;
  /** What was said, in each language. */
  shown: CaseContent['shown'];
  /** How the booked date becomes a calendar entry. */
  calendar: CaseContent['calendar'];
  /** In the citizen's language. */
  sections: readonly ReviewSection[];
  result: Shown['result'];
  /** Everything that happened, oldest first, for the desk. */
  events: readonly CaseEvent[];
  /** What of it is the citizen's business: without notes, without who of the staff it was. */
  history: readonly CaseEvent[];
  files: readonly CaseFile[];
  booking: BookingOfCase | undefined;
  /** Zuordnungsmerkmal, where the service has one and it has not expired. */
  code: string | undefined;
  /** The paper that the office issues when it has decided, where the service has one. */
  paper: OfficialPaper | undefined;
}

/** Somebody of the staff and the offices whose cases they may touch. */
export interface CaseStaff {
  subject: string;
  offices: readonly string[];
}

export type Decision = 'done' | 'rejected';

export type CaseBox = 'new' | 'working' | 'mine' | 'waiting' | 'done';

export interface CaseFilter {
  box: CaseBox;
  offices: readonly string[];
  /** Whose cases `mine` are. */
  subject: string;
  /** The last row of the page before; rows after it follow. */
  after?: { createdAt: Date; id: string };
  /** At most 200; 50 when not given. */
  limit?: number;
}

export type CaseCounts = Record<Exclude<CaseBox, 'done'>, number>;

export type OpenResult =
  | { ok: true; caseId: string }
  | { ok: false; reason: 'wrong' | 'slowed' | 'unpaid'; retryAfterSeconds?: number };

/** A Zuordnungsmerkmal that was found. */
export interface FoundCode {
  caseId: string;
  number: string;
  service: string;
  state: CaseState;
  createdAt: Date;
  expiresAt: Date;
}

/** Somebody tried many codes on a case. */
export interface GuessingAlarm {
  caseId: string;
  number: string;
  at: Date;
}
