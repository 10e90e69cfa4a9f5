import type { FieldError, FormFields } from '#journey';
import type { Asks, CompiledQuestion } from '#kinds';
import type { Language } from '#language';
import type { QuestionTexts, ServiceTexts } from '#service';
import type { IsoDate } from '#time';
import { fieldId } from '../components/index.ts';
import { errorText } from '../error-text.ts';

/** A date that can be chosen, `left` is how many places it still has; or one on which there is none at all, and why. */
export type SlotChoice =
  | { id: string; date: IsoDate; left: number; closed?: undefined }
  | { date: IsoDate; closed: string };

/** A file that somebody has handed over already. */
export interface KeptFile {
  name: string;
  bytes: number;
  mediaType?: string;
}

/** What a question needs beside its definition to be shown. */
export interface QuestionView {
  /** What stands in the fields: earlier answers, or what was typed beside errors. */
  fields: FormFields;
  errors: readonly FieldError[];
  /** file only: what is there already, by field name. */
  kept?: Readonly<Record<string, KeptFile>>;
  /** file only: it comes by a phone, and nothing can be chosen here. @returns where a picture that came is shown, by field name */
  pictures?: ((name: string) => string) | undefined;
  language: Language;
  /** What field names start with; `''` on a page, `persons[0].` inside a group's entry. */
  prefix: string;
  today: IsoDate;
  /** On a terminal nothing is offered from an earlier person's typing. */
  mode?: 'terminal' | 'phone';
  /** Where the city's streets are listed as a JSON array, for suggestions while typing. */
  streetsUrl?: string | undefined;
  /** Stands in the town field of an address within the city until somebody types another. */
  cityName?: string | undefined;
  slots?: readonly SlotChoice[] | undefined;
  /** The label is the page's heading. */
  heading?: boolean;
  /** It is all that the page asks, and one answer: with script, a touch on it goes on. */
  alone?: boolean;
  /** group only: the entry that is open for editing; one after the last is a new one; -1 none. Without: the first incomplete one. */
  open?: number | undefined;
  /** group only: the entry that has just been taken off, which the list says. */
  removed?: number | undefined;
}

/** What of a service's texts questions are asked with. */
export type AskedTexts = Pick<ServiceTexts, 'questions'>;

/** One question, ready to be rendered: its field name, texts and errors looked up. */
export interface Asked {
  question: CompiledQuestion;
  texts: QuestionTexts;
  /** All texts, for the questions of a group. */
  all: AskedTexts;
  view: QuestionView;
  name: string;
  id: string;
  errors: readonly { field: string; code: string; text: string }[];
  hintId: string | undefined;
}

const NO_TEXTS: QuestionTexts = {
  label: '',
  help: undefined,
  options: {},
  optionHelp: {},
  errors: {},
  entry: undefined,
  full: undefined,
  add: undefined,
};

/** What the drawing of one way of asking is given. */
export interface Drawn<As extends Asks['as']> {
  asked: Asked;
  /** What the kind of the question says of its fields. */
  how: Extract<Asks, { as: As }>;
}

/** @param key where the texts stand: the question's id, inside a group `group.question` */
export function ask(
  question: CompiledQuestion,
  all: AskedTexts,
  view: QuestionView,
  key = question.id,
): Asked {
  const name = view.prefix + question.id;
  const texts = all.questions[key] ?? { ...NO_TEXTS, label: question.id };
  const errors = view.errors
    .filter((error) => error.field === name || error.field.startsWith(`${name}.`))
    .map((error) => ({
      field: error.field,
      code: error.code,
      text: errorText(error, question, texts, view.language, view.heading === true),
    }));
  const id = fieldId(name);
  return {
    question,
    texts,
    all,
    view,
    name,
    id,
    errors,
    hintId: texts.help === undefined ? undefined : `${id}-hint`,
  };
}

/** @returns the first value under a field name, or '' */
export function fieldValue(view: QuestionView, name: string): string {
  return view.fields[name]?.[0] ?? '';
}

/** @returns ids of what describes a field, for `aria-describedby`; undefined when nothing does */
export function describedBy(asked: Asked, ...more: (string | undefined)[]): string | undefined {
  const ids = [asked.hintId, asked.errors.length > 0 ? `${asked.id}-error` : undefined, ...more];
  const present = ids.filter((id) => id !== undefined);
  return present.length === 0 ? undefined : present.join(' ');
}

/** @returns the autocomplete token: off on a terminal, so that nobody sees what another person typed */
export function autocompleteOf(view: QuestionView, token: string | undefined): string | undefined {
  return view.mode === 'phone' ? token : 'off';
}
