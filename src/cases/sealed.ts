/** What is sealed of a case, and what is said in it. */
import type { ReviewSection, StepDay, Submission } from '#journey';
import type { Language } from '#language';
import type { Answer, CompiledQuestion, ResultDefinition } from '#service';

/** A case in words of one language, as they were when it was handed in. */
export interface Shown {
  /** The service's name. */
  title: string;
  sections: readonly ReviewSection[];
  /** Headline, and what happens next. */
  result: { title: string; next: readonly string[] };
  /** The document made at once, or when the office has decided, where the service has one. */
  document:
    | { title: string; text: string; fields: readonly { label: string; value: string }[]; decided?: boolean }
    | undefined;
  code: { label: string; help: string } | undefined;
  /** Title of the calendar entry. */
  calendar: string | undefined;
}

/** What is said in place of the result while the office has yet to take the case on. */
export type Undecided = Pick<Shown, 'result' | 'calendar'> & { state: string };

/** What is sealed of a case. Words are kept, because the service may say something else by the time it is read. */
export interface CaseContent {
  form: 1;
  submission: Submission;
  shown: Record<Language, Shown>;
  /** For services in which people can go beyond an allowance. */
  undecided?: Record<Language, Undecided> | undefined;
  /** The day of each line of what happens next, where it has one: no word of any language. */
  days?: readonly (StepDay | null)[] | undefined;
  calendar: ResultDefinition['calendar'];
  codeId: string | undefined;
  /** The paper that the office issues when it has decided, where the service has one. */
  paper?: OfficialPaper | undefined;
}

/** One line of the paper. Everything that is needed to write it anew is kept: the service may be gone by then. */
export interface PaperEntry {
  /** As on the review page, such as `family[0].givenNames`. */
  field: string;
  /** How it is asked; undefined: nothing that can be written, a file or a sum. */
  question: CompiledQuestion | undefined;
  /** As it will stand there; undefined: not on the paper. */
  answer: Answer | undefined;
  said: Readonly<Record<Language, EntryWords>>;
}

export interface EntryWords {
  label: string;
  value: string;
  options: Readonly<Record<string, string>>;
}

export interface OfficialPaper {
  entries: readonly PaperEntry[];
  /** From then on nothing changes; the codes prove the paper, in each language. */
  issued?: { at: string; codes: Readonly<Record<Language, string>> } | undefined;
  /** Papers that the office has taken back, oldest first. */
  revoked?: readonly { issuedAt: string; at: string }[] | undefined;
}

/** What a clerk wrote in place of what was said, in words of one language. */
export interface Correction {
  label: string;
  /** '' where nothing had been said. */
  from: string;
  /** '' where it is not on the paper any more. */
  to: string;
  /** Nobody wrote it: it follows from what was corrected, and is not on the paper. */
  follows?: boolean;
}
