/** What a question is once its service has been compiled, and what an answer is. */
/** What a person said. Plain JSON: what is sealed, submitted and shown is the same value. */
export type Answer = string | number | boolean | Answer[] | { [name: string]: Answer };
/** Answers by question id. A question without an answer has no entry. */
export type Answers = Record<string, Answer>;

/** What a condition can see: answers (and values worked out from them) by id, in the form the expression language wants. */
export type Scope = Record<string, unknown>;
export type Condition = (scope: Scope) => boolean;

/** A rule between answers; when `holds` is false the question shows the text `errors.<error>`. */
export interface Limit {
  holds: Condition;
  error: string;
  /** Everything it looks at, by name. */
  reads: readonly string[];
}

/** What an identification can tell about a person (§ 18(3) PAuswG, BundID's attributes). */
export const ATTRIBUTES = [
  'familyName',
  'givenNames',
  'birthName',
  'birthDate',
  'birthPlace',
  'nationality',
  'address',
  'doctoralDegree',
  'email',
] as const;
export type Attribute = (typeof ATTRIBUTES)[number];

/** What questions of every kind have; what only one kind has stands in that kind's file. */
export interface Question<Name extends string = string, Inner = never> {
  id: string;
  kind: Name;
  optional: boolean;
  /** Ids of what can be chosen, in the order shown; empty where nothing is offered. */
  options: readonly string[];
  /** Option id -> numbers the definition attached to it, for example a volume in cubic metres. */
  optionValues: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Pictogram ids by option id, where options are shown as pictures. */
  optionPictograms: Readonly<Record<string, string>>;
  /** Smallest and largest: a number's value, a text's length in characters, how many options, how many group entries. */
  min: number | undefined;
  max: number | undefined;
  /** HTML autocomplete token, off on terminals. */
  autocomplete: string | undefined;
  /** identify pages only: the attribute that answers it; `locked` ones stand as on the ID and cannot be changed. */
  from: { attribute: Attribute; locked: boolean } | undefined;
  /** What is asked for each entry, with ids of their own inside it; empty but for a group. */
  questions: readonly Inner[];
  limits: readonly Limit[];
}

/** A question of whatever kind. */
export type AnyQuestion = Question<string, unknown>;

export function isRecord(answer: Answer): answer is { [name: string]: Answer } {
  return typeof answer === 'object' && answer !== null && !Array.isArray(answer);
}
