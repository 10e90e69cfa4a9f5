import type { AddressAnswer, Answer, Answers, Attribute, FormFields } from '#kinds';
import type { CompiledPage, CompiledService, FeeDue, IdentityLevel, ToldMeans } from '#service';
import type { IsoDate } from '#time';

export type {
  Answer,
  Answers,
  CompiledQuestion,
  FormFields,
  Reference,
  Resolved,
} from '#kinds';
export type { CompiledPage, CompiledService } from '#service';
export type { Moment } from '#time';

/** Who somebody is, as an identification told it. */
export interface Identified {
  /** Which way of identification it was, for example `bundid`. */
  provider: string;
  level: Exclude<IdentityLevel, 'none'>;
  /** With what the person has identified. */
  means: ToldMeans;
  /** ISO instant. */
  at: string;
  attributes: Readonly<Partial<Record<Attribute, Answer>>>;
  /** Whom the office wrote to, where the person has shown a code by letter. */
  addressee?: Addressee | undefined;
  /** What it answered of questions whose answer can be changed. */
  read?: Answers;
}

/** Name and address on a letter of the office, as its clerk wrote them. */
export interface Addressee {
  name: string;
  address: AddressAnswer;
}

/** What a person has said so far, which information pages they have seen, and who they are where a page asked for it. */
export interface Progress {
  answers: Answers;
  seen: readonly string[];
  identity?: Identified | undefined;
}

/** A message at a field. `code` is a key of the general words, or with `own: true` of the question's own error texts. */
export interface FieldError {
  /** The form field, such as `moveIn` or `persons[0].givenNames`. */
  field: string;
  code: string;
  own: boolean;
  params: Readonly<Record<string, string | number>>;
}

/** Where somebody stands: the pages that apply to their answers, and the first that still needs them. */
export interface Walk {
  service: CompiledService;
  /** Pages that apply, in order, review last. */
  pages: readonly CompiledPage[];
  /** First page without a complete answer; undefined when only handing in is left. */
  next: CompiledPage | undefined;
  /** Answers on pages that apply; everything else is dropped. */
  answers: Answers;
  /** Values worked out from those answers. */
  computed: Readonly<Record<string, Answer>>;
  /** Page ids whose questions are all answered (information pages: seen). */
  complete: ReadonlySet<string>;
  /** What it costs with these answers. */
  fee: FeeDue;
  /** What happens next for these answers, where the service says for whom each line holds. */
  steps: readonly StepHere[];
  /** Who the person is, where a page that applies asked for it. */
  identity: Identified | undefined;
}

/** A line of what happens next that holds for somebody. */
export interface StepHere {
  /** Its place in the texts' `result.next`. */
  line: number;
  /** When it is; `fromBooked`: so many days after the booked date, with which it moves. */
  day: StepDay | undefined;
}

/** The day of a step. */
export interface StepDay {
  date: IsoDate;
  fromBooked: number | undefined;
}

/** The outcome of reading one page's form. `raw` is what was typed, to be shown again beside errors. */
export interface PageReading {
  answers: Answers;
  errors: readonly FieldError[];
  raw: FormFields;
}

/** One line of the review page, the receipt and the clerk's view; `value` is readable text in the person's language. */
export interface ReviewLine {
  /** Question id, `group[0].question`, or computed id. */
  field: string;
  label: string;
  value: string;
  /** File to open, where the answer is one. */
  file: string | undefined;
  /** Nothing was said: `value` says so. */
  open?: boolean;
  /** What people who check the answer should know of it. Official papers do not have it. */
  mark?: string;
}

export interface ReviewSection {
  page: string;
  title: string;
  lines: readonly ReviewLine[];
}

/** What is handed in. */
export interface Submission {
  service: string;
  version: number;
  answers: Answers;
  computed: Readonly<Record<string, Answer>>;
  /** How sure it is who handed this in, and how that was found out. */
  identity?: Pick<Identified, 'provider' | 'level' | 'means' | 'at'> | undefined;
  /** What was due, euro cents, and why nothing where that has a reason. */
  fee?: { cents: number; exemption?: string | undefined } | undefined;
}
