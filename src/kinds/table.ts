/** All kinds of questions; those that can also stand in a group are listed in `inner.ts`. */
import type { z } from 'zod';
import { compileWith } from './compile.ts';
import { COMMON_ERRORS, type CommonCode } from './errors.ts';
import { group } from './group.ts';
import { type CodesOf, INNER, INNER_DEFINITIONS, named } from './inner.ts';
import type { AnyKind } from './kind.ts';
import { outcome } from './outcome.ts';
import { slot } from './slot.ts';

/** What authors write. */
const WRITTEN = named({ ...INNER, slot, group });
/** With what the compiler adds. */
export const KINDS = named({ ...WRITTEN, outcome });

type Written = (typeof WRITTEN)[keyof typeof WRITTEN];
type Any = (typeof KINDS)[keyof typeof KINDS];

export type QuestionKind = keyof typeof KINDS;
export type CompiledQuestion = NonNullable<Any['question']>;
/** A question of one kind. */
export type QuestionOf<K extends QuestionKind> = Extract<CompiledQuestion, { kind: K }>;
/** A question as written in `service.yaml`. */
export type QuestionFile = z.output<Written['definition']>;

export const DEFINITIONS = [...INNER_DEFINITIONS, slot.definition, group.definition] as const;
export const WRITTEN_KINDS: readonly string[] = Object.keys(WRITTEN);

/** @returns what the kind of a question says of it */
export const kindOf = (question: CompiledQuestion): AnyKind => KINDS[question.kind];

/**
 * @param file as written, or one that the compiler adds
 * @returns the question without limits, which need to know all other names
 */
export function compileQuestion(file: z.output<Any['definition']>): CompiledQuestion {
  return compileWith(KINDS[file.kind], file) as CompiledQuestion;
}

/** Every error that an answer can have, and the params its words can use. */
export const ERROR_CODES: Readonly<Record<ErrorCode, readonly string[]>> = Object.assign(
  {},
  COMMON_ERRORS,
  ...Object.values(KINDS).map(({ errors }) => errors),
);
export type ErrorCode = CommonCode | (CodesOf<typeof KINDS> & string);

/** Errors that nobody finds who does not know the city. */
export const NEEDS_CITY: ReadonlySet<string> = new Set(
  Object.values(KINDS).flatMap(({ needsCity }: AnyKind) => needsCity),
);
