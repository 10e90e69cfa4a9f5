/** What every kind of question says of itself. One file per kind; `inner.ts` and `table.ts` list them. */
import type { z } from 'zod';
import type { Language } from '#language';
import type { Holidays } from '#time';
import type { Asks, Demand } from './asks.ts';
import type { CommonCode } from './errors.ts';
import type { FormFields, Input } from './input.ts';
import type { JsonSchema } from './json-schema.ts';
import type { Answer, AnyQuestion } from './question.ts';
import type { ValueType } from './value-type.ts';

/** Things outside the service that answers are checked against; passed in, so the rules stay pure. */
export interface Reference {
  /** @returns the list's spelling of a street, or undefined when the city has none of that name */
  street(typed: string): string | undefined;
  /** @returns streets of the city that resemble what was typed, best first */
  similarStreets(typed: string): readonly string[];
  /** @returns whether the postcode belongs to the city */
  cityPostcode(postcode: string): boolean;
  /** @returns the postcodes of a street, in the list's spelling; undefined where the list does not say them */
  postcodesOf(street: string): readonly string[] | undefined;
  /** @returns whether a town is the city: by its name, another spelling of it, or one of its districts */
  isCity(town: string): boolean;
  cityName: string;
  /** What is dialled before a number in town, such as `0721`; '' when nobody said. */
  areaCode: string;
  /** Public holidays where the office is: on them no period ends. */
  isHoliday: Holidays;
}

/** Answers that other rooms worked out for fields of the form: held slots, files taken in. By field name. */
export type Resolved = Readonly<Record<string, Answer>>;

/** What is known beside the form when a question is read. */
export interface Outside {
  reference: Reference;
  resolved: Resolved;
}

export interface KindError<C extends string = string> {
  /** '' for the question as a whole, else the part of it; `[0].name` inside an entry. */
  part: string;
  code: C;
  params: Readonly<Record<string, string | number>>;
}

/** What was read: an answer, nothing, or what is wrong with it; a group also keeps what of it is right. */
export type Parsed<C extends string = string> =
  | { answer: Answer }
  | { errors: readonly KindError<C>[]; answer?: Answer | undefined }
  | 'empty';

/** How answers are said to people. */
export interface Wording {
  language: Language;
  /** In the middle of a sentence ("am Vorabend des …"), where less is said than on a line of its own. */
  inSentence: boolean;
  option(id: string): string;
  country(code: string): string;
  /** @returns how answers to a question of a group's entries are said */
  inner(id: string): Wording;
}

/** What stands beside an answer in the review and at the desk. */
export interface Beside {
  /** What people who check the answer should know of it. */
  mark?: string;
  /** The file to open. */
  file?: string;
}

/** What an identification tells, where it is more than the answer itself. */
export interface Told<Q> {
  /** Reads the ID's value as if it had been typed. 'empty' when something is missing. */
  read(question: Q, value: Answer, reference: Reference): Parsed;
  /** Whether nothing is missing of it. */
  isWhole(value: Answer): boolean;
  /** What stands in the fields of a value that is told in part. */
  fields(question: Q, value: Answer): FormFields;
}

/** Texts of its own that a service has to give, or may. */
export interface OwnTexts {
  need: readonly ('entry' | 'add')[];
  may: readonly 'full'[];
}

/** What only this kind of question has, and what of the common part it says otherwise. */
export type Own<Q extends AnyQuestion> = Omit<Q, keyof AnyQuestion> & Partial<Omit<Q, 'kind'>>;

/** The shape of a question in `service.yaml`. */
export type Definition = z.ZodType<{ id: string; kind: string }>;

/**
 * @typeParam Q the question as compiled
 * @typeParam D its shape in `service.yaml`
 * @typeParam C the codes of the errors that only this kind has
 */
export interface Kind<Q extends AnyQuestion, D extends Definition, C extends string> {
  readonly kind: Q['kind'];
  /** Never there: from it the type checker knows what this kind compiles to. */
  readonly question?: Q;

  // In the definition
  readonly definition: D;
  own(file: z.output<D>): Own<Q>;
  ownTexts(question: Q): OwnTexts;
  /** The type of its answer in conditions. */
  valueType(question: Q): ValueType;
  /** JSON Schema of its answer. */
  schema(question: Q): JsonSchema;

  // Asking and reading
  asks(question: Q): Asks;
  /** Parts of it that stand there already when nobody has typed anything. */
  readonly filledIn: readonly string[];
  /** Errors of this kind alone, with the params that their words can use. */
  readonly errors: Readonly<Record<C, readonly string[]>>;
  /** Those of all errors that only a city's data can find. */
  readonly needsCity: readonly C[];
  /** The error of a question that was left open, and what the person is told to do. */
  readonly missing: C | CommonCode;
  readonly demand: Demand;
  /** Reads form fields. Never throws, whatever was sent. `before` is what was answered earlier, unchecked. */
  parse(question: Q, input: Input, outside: Outside, before: Answer | undefined): Parsed<C | CommonCode>;
  /** The form fields, by part ('' for the field itself), that give this answer when read. */
  fields(question: Q, answer: Answer): FormFields;
  /** Whether the value has the form of an answer to this question. Drafts outlive versions of a service. */
  accepts(question: Q, answer: Answer): boolean;
  /** What an identification tells of it. */
  readonly told: 'asItStands' | Told<Q>;

  // Afterwards
  /** The answer as people read it, on one line (longText may have several). */
  readable(question: Q, answer: Answer, wording: Wording): string;
  beside(question: Q, answer: Answer, language: Language): Beside;
  /** Whether people are asked at all; otherwise only conditions know of it. */
  readonly asked: boolean;
  /** Whether an answer still counts in another version of the service, whose words may be others. */
  readonly carriesOver: boolean;
  /** Whether a clerk can write it anew for a paper. */
  readonly correctable: boolean;
  /** What a crew on its way sees of it: what lies there, and nothing that could name a person, as a line of text can. */
  readonly forCrews: 'answer' | 'mark' | 'nothing';
}

/** A kind as those see it who do not ask which: given a question of that very kind, which `kindOf` sees to. */
export type AnyKind = Kind<AnyQuestion, Definition, string>;

/** What holds for most kinds: people answer it in a form, and the answer is one value that stands for itself. */
export const ORDINARY = {
  ownTexts: (): OwnTexts => ({ need: [], may: [] }),
  filledIn: [],
  errors: {},
  needsCity: [],
  missing: 'required',
  told: 'asItStands',
  beside: (): Beside => ({}),
  asked: true,
  carriesOver: true,
  correctable: true,
  forCrews: 'nothing',
} as const satisfies Partial<Kind<AnyQuestion, Definition, never>>;

/** An answer that is a text, typed into one field and read as it was typed. */
export const ONE_TEXT = {
  demand: 'fill',
  fields: (_question: AnyQuestion, answer: Answer): FormFields => ({ '': [String(answer)] }),
  readable: (_question: AnyQuestion, answer: Answer): string => String(answer),
  accepts: (_question: AnyQuestion, answer: Answer): boolean => typeof answer === 'string',
} as const;

export function wrong<C extends string>(
  code: C,
  params: KindError['params'] = {},
  part = '',
): { errors: KindError<C>[] } {
  return { errors: [{ part, code, params }] };
}
