/** What every kind of question can do. One small file per kind or family; `index.ts` lists them. */
import type { Language } from '#language';
import type { Answer, CompiledQuestion } from '#service';
import { asTyped } from '#typed';
import type { FieldError, FormFields, Reference } from '../types.ts';
import type { ErrorCode } from './errors.ts';

/** The form fields of one question: the field itself, and parts such as `moveIn.day`. */
export class Input {
  readonly #form: FormFields;
  readonly #name: string;

  constructor(form: FormFields, name: string) {
    this.#form = form;
    this.#name = name;
  }

  all(part = ''): readonly string[] {
    const field = part === '' ? this.#name : `${this.#name}.${part}`;
    return Object.hasOwn(this.#form, field) ? (this.#form[field] ?? []) : [];
  }

  /** @returns the first value without what cannot be seen and without spaces around it; '' when none was sent */
  one(part = ''): string {
    return asTyped(this.all(part)[0] ?? '').trim();
  }
}

export interface KindError {
  /** '' for the question as a whole, else the part of it. */
  part: string;
  code: ErrorCode;
  params: Readonly<Record<string, string | number>>;
}

/** What was read: an answer, nothing, or what is wrong with it. */
export type Parsed = { answer: Answer } | { errors: readonly KindError[] } | 'empty';

/** How answers are said to people. */
export interface Wording {
  language: Language;
  option(id: string): string;
  country(code: string): string;
}

export interface Kind {
  /** Reads form fields. Never throws, whatever was sent. */
  parse(question: CompiledQuestion, input: Input, reference: Reference): Parsed;
  /** The form fields, by part ('' for the field itself), that give this answer when read. */
  fields(question: CompiledQuestion, answer: Answer): Readonly<Record<string, readonly string[]>>;
  /** The answer as people read it, on one line (longText may have several). */
  readable(question: CompiledQuestion, answer: Answer, wording: Wording): string;
  /** Whether the value has the form of an answer to this question. Drafts outlive versions of a service. */
  accepts(question: CompiledQuestion, answer: Answer): boolean;
  /** What people who check the answer should know of it, shown beside it in the review and at the desk. */
  mark?(question: CompiledQuestion, answer: Answer, language: Language): string | undefined;
}

export function wrong(code: ErrorCode, params: KindError['params'] = {}, part = ''): { errors: KindError[] } {
  return { errors: [{ part, code, params }] };
}

/** @returns the errors of one question as they stand at its form fields */
export function fieldErrors(field: string, errors: readonly KindError[]): FieldError[] {
  return errors.map(({ part, code, params }) => ({
    field: part === '' ? field : `${field}.${part}`,
    code,
    own: false,
    params,
  }));
}

export const isText = (_question: CompiledQuestion, answer: Answer): boolean => typeof answer === 'string';

export function isRecord(answer: Answer): answer is { [name: string]: Answer } {
  return typeof answer === 'object' && !Array.isArray(answer);
}
