import type { AuditInput } from '#audit';
import type { Db, Tx } from '#db';
import type { Delivery } from '#delivery';
import type { Papers } from '#documents';
import type { BrokenRule, FieldError, FormFields, Progress, ReviewSection, Walk } from '#journey';
import type { Measure } from '#lab';
import type { KeyProvider } from '#seal';
import type { Answer, Answers, CompiledQuestion, CompiledService, Language, SlotAnswer } from '#service';
import type { Clock, IsoDate, Moment } from '#time';
import type { CaseCodes } from './codes.ts';
import type { Editions } from './edition.ts';
import type { BookingOfCase } from './types.ts';
import type { Vault } from './vault.ts';

/** What a case needs of the booking room. */
export interface CaseBooking {
  /** @throws SlotLostError when the place is gone */
  confirm(tx: Tx, visitId: string, slotId: string, caseId: string): Promise<void>;
  ofCase(caseId: string): Promise<BookingOfCase | undefined>;
  cancel(tx: Tx, caseId: string): Promise<void>;
  /** The citizen gives the place back. @throws SlotLostError `tooLate` after the calendar's last moment for it */
  giveUp(tx: Tx, caseId: string): Promise<void>;
  /** Gives the place of a case back that was never handed in, and forgets the booking. */
  discard(tx: Tx, caseId: string): Promise<void>;
  /** @throws SlotLostError when the new place is gone */
  move(tx: Tx, caseId: string, newSlotId: string): Promise<SlotAnswer>;
  entitlement: {
    /**
     * @returns whether the case is within the allowance; otherwise the office decides
     * @throws EntitlementUsedError when nothing is left of it, and the person does not know that yet
     */
    use(tx: Tx, service: CompiledService, answers: Answers, caseId: string): Promise<boolean>;
    giveBack(tx: Tx, caseId: string): Promise<void>;
  };
}

/** What the ledger of payments is told, always within the case's own transaction. */
export interface CasePayments {
  /** A case was written that has to be paid for before it is handed in. */
  intend(
    tx: Tx,
    due: {
      caseId: string;
      reference: string;
      service: string;
      office: string;
      site: string;
      language: Language;
      cents: number;
      at: Date;
    },
  ): Promise<void>;
  /**
   * @param quietSince when given, also a payment that changed after this instant keeps the case
   * @returns whether a case may go that waits for its payment: no money can have moved
   */
  release(tx: Tx, caseId: string, at: Date, quietSince?: Date): Promise<boolean>;
  /** What was paid for a case that was rejected or withdrawn is somebody's task from now on. */
  owe(tx: Tx, caseId: string, reason: 'rejected' | 'withdrawn' | 'undecided', at: Date): Promise<void>;
  /**
   * @param caseId looks at this case alone
   * @returns cases with money that somebody has yet to give back or to find out about
   */
  unsettled(db: Db | Tx, caseId?: string): Promise<string[]>;
}

/** The journey's ways of putting answers into words. */
export interface CaseWords {
  review(service: CompiledService, walked: Walk, language: Language): ReviewSection[];
  fillText(text: string, walked: Walk, language: Language): string;
  walk(service: CompiledService, progress: Progress, moment: Moment): Walk;
  /** @returns what a clerk wrote anew for one question, or what is wrong with it */
  readAnswer(
    question: CompiledQuestion,
    field: string,
    form: FormFields,
  ): { answer: Answer | undefined; errors: readonly FieldError[] };
  /** @returns what of a corrected paper's lines cannot be, or should not be, against each other */
  rules(
    service: CompiledService,
    said: { answers: Answers; computed: Readonly<Record<string, Answer>> },
    moment: Moment,
  ): readonly BrokenRule[];
  /** @returns one answer as people read it, with these names of options */
  readable(
    question: CompiledQuestion,
    answer: Answer,
    options: Readonly<Record<string, string>>,
    language: Language,
  ): string;
  /** @returns every way in which the two others write a booked date, the longest first */
  dates(date: IsoDate, language: Language): readonly string[];
}

/** What papers say of the city. */
export interface CaseCity {
  name: string;
  /** CSS colour `#rrggbb`. */
  accent?: string;
  offices: ReadonlyMap<string, { name: string; address: string; phone?: string | undefined }>;
  isHoliday(date: IsoDate): string | undefined;
}

export interface CaseDeps {
  db: Db;
  clock: Clock;
  keys: KeyProvider;
  /** Only for saying things anew in a service's words while it is still the same. */
  catalogue: { get(slug: string): CompiledService | undefined };
  city: CaseCity;
  booking: CaseBooking;
  delivery: Pick<Delivery, 'enqueue' | 'wake' | 'abandon'>;
  payments: CasePayments;
  audit: { append(tx: Tx, entry: AuditInput): Promise<void> };
  lab: { count(tx: Tx, measure: Measure): Promise<void> };
  words: CaseWords;
  papers: Papers;
  /** Origin for links on papers, without a slash at its end. */
  publicUrl: string;
}

/** What the files of this room share. */
export interface CaseContext extends CaseDeps {
  vault: Vault;
  codes: CaseCodes;
  editions: Editions;
}
