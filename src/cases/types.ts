import type { BookingOfCase } from '#booking';
import type { CaseState, Tx } from '#db';
import type { ReviewSection, Submission, Walk } from '#journey';
import type { Language } from '#language';
import type { CompiledService, QuestionKind, SlotAnswer } from '#service';
import type { IsoDate } from '#time';
import type { CaseContent, Correction, OfficialPaper, Shown } from './sealed.ts';

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
  /**
   * Called in the transaction that writes the case: throws when nobody wants it any more, and nothing is handed in then.
   * Not asked for a draft that has been handed in before.
   */
  wanted?(tx: Tx): Promise<void>;
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
  /** German name of the service when the case was handed in. */
  title: string;
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
  /** When the key was destroyed: nothing inside can be read any more. */
  destroyedAt: Date | null;
  /** Open, and beyond what its household is due: the office has yet to say whether it takes it on. */
  toDecide: boolean;
  /** Until when the office means to have dealt with it. */
  dueOn: IsoDate;
  /** Done when it has arrived: nobody has to decide on it, and nobody has begun to. */
  noted: boolean;
  /** What the authority is called that decides instead of this office. */
  authority: string | undefined;
  /** Closed though the authority that decides has not decided. */
  givenUp: boolean;
  /** Open, and nothing has been done since its person said something. */
  unread: boolean;
}

export type CaseEventKind =
  | 'submitted'
  | 'taken'
  | 'accepted'
  | 'released'
  | 'message'
  | 'answer'
  | 'note'
  | 'moved'
  | 'corrected'
  | 'revoked'
  | 'decided'
  | 'closed'
  | 'feeKept'
  | 'withdrawn'
  | 'guessing';

export interface CaseEvent {
  id: string;
  at: Date;
  kind: CaseEventKind;
  actorKind: 'citizen' | 'staff' | 'system' | 'authority';
  /** Staff subject; not for citizens' eyes. */
  actor: string | null;
  /** What was written; undefined where nothing was. */
  text: string | undefined;
  /** Ids of files sent with it. */
  files: readonly string[];
  /** How many files came with it that cannot be shown: somebody has to ask for them. */
  missing: number;
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

/** A case opened, with notes and who of the staff it was: never for a citizen's page, which has {@link CitizenCase}. */
export interface CaseView extends CaseRow {
  submission: Submission;
  /** What was said, in each language. */
  shown: CaseContent['shown'];
  /** The day of each line of what happens next, where it has one. */
  days: NonNullable<CaseContent['days']>;
  /** What the status page says while the office has yet to take the case on. */
  undecided: CitizenCase['stateText'] | undefined;
  /** How the booked date becomes a calendar entry. */
  calendar: CaseContent['calendar'];
  /** In the citizen's language. */
  sections: readonly ReviewSection[];
  result: Shown['result'];
  /** Everything that happened, oldest first. */
  events: readonly CaseEvent[];
  files: readonly CaseFile[];
  booking: BookingOfCase | undefined;
  /** Zuordnungsmerkmal, where the service has one and it has not expired. */
  code: string | undefined;
  /** The paper that the office issues when it has decided, where the service has one. */
  paper: OfficialPaper | undefined;
  /** How the office can decide. */
  decisions: readonly string[];
  /** What kind of question each answer belongs to, in the order asked. */
  questions: readonly { id: string; kind: QuestionKind }[];
}

/** What happened, as far as it is the citizen's business: no notes, no handling between clerks, nobody's name. */
export interface CitizenEvent {
  at: Date;
  kind: Exclude<CaseEventKind, 'note' | 'released' | 'guessing'>;
  actorKind: CaseEvent['actorKind'];
  text: string | undefined;
  files: readonly Pick<CaseFile, 'id' | 'name'>[];
  missing: number;
  slot: SlotAnswer | undefined;
  corrections: CaseEvent['corrections'];
}

/** A case as its citizen sees it: nothing in it is the office's own. */
export interface CitizenCase {
  id: string;
  number: string;
  state: CaseState;
  createdAt: Date;
  /** What was said, and the service's name, in each language. */
  shown: CaseContent['shown'];
  /** The day of each line of what happens next, where it has one. */
  days: CaseView['days'];
  /** What the service says in this state; nothing for cases from before that was kept. */
  stateText: Readonly<Partial<Record<Language, string>>>;
  history: readonly CitizenEvent[];
  /** Papers that the office has taken back, oldest first. */
  revoked: readonly { issuedAt: Date; at: Date }[];
  booking: BookingOfCase | undefined;
  /** The authority that decides instead of this office, whether it has the case, and whether the office gave up on that. */
  authority: { name: string; reached: boolean; givenUp: boolean } | undefined;
  /** How long what was said is kept: so many days from the decision or from its arrival; `until` its last day, once that is known. */
  kept: {
    from: 'closed' | 'delivered';
    days: number;
    until: IsoDate | undefined;
    /** Kept beyond that day while somebody has yet to decide about the money. */
    held: boolean;
  };
  /** What can still be done. */
  may: { answer: boolean; withdraw: boolean; move: boolean };
}

/** What came of opening a case for somebody of the staff. */
export type StaffOpened = { kind: 'open'; view: CaseView } | { kind: 'destroyed'; at: Date };

/** What another authority receives of a case. */
export interface CaseForAuthority {
  number: string;
  service: string;
  /** Version of the service it was handed in with. */
  serviceVersion: number;
  title: string;
  leika: string;
  authority: string;
  submission: Submission;
  language: Language;
  createdAt: Date;
  files: readonly (CaseAttachment & { id: string })[];
}

/** One stop of a tour: what was said of it, and where. */
export interface CaseStop {
  caseId: string;
  number: string;
  area: string;
  /** The office has not said yes to it. */
  toDecide: boolean;
  submission: Submission;
  sections: readonly ReviewSection[];
  /** What kind of question each answer belongs to, in the order asked, and ids of what was worked out. */
  questions: readonly { id: string; kind: QuestionKind }[];
  computed: readonly string[];
}

/** A case that lies open for too long. */
export interface OverdueCase {
  caseId: string;
  number: string;
  title: string;
  since: Date;
}

/** Somebody of the staff and the offices whose cases they may touch. */
export interface CaseStaff {
  subject: string;
  offices: readonly string[];
  /** Names the form by which they act: sent again, because the first answer never came, it does nothing anew. */
  once?: string;
}

export type Decision = 'done' | 'rejected';

/** `noted`: new as well, but done when it has arrived; found by its code or number when somebody needs it. */
export type CaseBox = 'new' | 'noted' | 'working' | 'mine' | 'waiting' | 'done';

export type CaseOrder = 'due' | 'received';

export interface CaseFilter {
  box: CaseBox;
  offices: readonly string[];
  /** Whose cases `mine` are. */
  subject: string;
  /** Of this service only. */
  service?: string | undefined;
  /** `due`: what is due first; else as it came in. What is done, and what nobody decides on, is in the order it came in. */
  order?: CaseOrder | undefined;
  /** The last row of the page before; rows after it follow. */
  after?: { id: string; createdAt: Date; dueOn?: IsoDate | undefined } | undefined;
  /** At most 200; 50 when not given. */
  limit?: number;
}

export type CaseCounts = Record<Exclude<CaseBox, 'noted' | 'done'>, number>;

export type OpenResult =
  | { ok: true; caseId: string }
  | { ok: false; reason: 'wrong' | 'slowed' | 'unpaid'; retryAfterSeconds?: number }
  /** Number and code are right, but the case's time is over. */
  | { ok: false; reason: 'destroyed'; at: Date };

/** A Zuordnungsmerkmal that was found. */
export interface FoundCode {
  caseId: string;
  number: string;
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
