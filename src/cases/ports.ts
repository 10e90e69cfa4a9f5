import type { AuditWriter } from '#audit';
import type { Booking, Entitlements } from '#booking';
import type { Catalogue } from '#catalogue';
import type { City, Office } from '#city';
import type { Db } from '#db';
import type { Papers } from '#documents';
import type { brokenRules, FieldError, FormFields, ReviewSection, Walk, walk } from '#journey';
import type { MeasureWriter } from '#lab';
import type { Language } from '#language';
import type { Outbox } from '#outbox';
import type { CasePayments } from '#payment';
import type { KeyProvider } from '#seal';
import type { Answer, CompiledQuestion, CompiledService } from '#service';
import type { Clock, IsoDate } from '#time';
import type { CaseCodes } from './codes.ts';
import type { Editions } from './edition.ts';
import type { Vault } from './vault.ts';

/** What a case needs of the booking room. */
export type CaseBooking = Pick<Booking, 'confirm' | 'ofCase' | 'cancel' | 'giveUp' | 'discard' | 'move'> & {
  entitlement: Pick<Entitlements, 'use' | 'giveBack'>;
};

/** The journey's ways of putting answers into words. */
export interface CaseWords {
  review(service: CompiledService, walked: Walk, language: Language): ReviewSection[];
  fillText(text: string, walked: Walk, language: Language): string;
  walk: typeof walk;
  /** @returns what a clerk wrote anew for one question, or what is wrong with it */
  readAnswer(
    question: CompiledQuestion,
    field: string,
    form: FormFields,
  ): { answer: Answer | undefined; errors: readonly FieldError[] };
  /** @returns what of a corrected paper's lines cannot be, or should not be, against each other */
  rules: typeof brokenRules;
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

/** What papers and deadlines need of the city. */
export type CaseCity = Pick<City, 'name' | 'isHoliday'> & {
  offices: ReadonlyMap<string, Pick<Office, 'name' | 'address' | 'phone'>>;
};

export interface CaseDeps {
  db: Db;
  clock: Clock;
  keys: KeyProvider;
  /** Only for saying things anew in a service's words while it is still the same. */
  catalogue: Pick<Catalogue, 'get'>;
  city: CaseCity;
  booking: CaseBooking;
  outbox: Pick<Outbox, 'enqueue' | 'wake' | 'abandon'>;
  payments: CasePayments;
  audit: AuditWriter;
  lab: MeasureWriter;
  words: CaseWords;
  papers: Pick<Papers, 'receipt' | 'confirmation' | 'official'>;
  /** Origin for links on papers, without a slash at its end. */
  publicUrl: string;
}

/** What the files of this room share. */
export interface CaseContext extends CaseDeps {
  vault: Vault;
  codes: CaseCodes;
  editions: Editions;
}
