import type { Input } from './input.ts';
import type { AnyKind, KindError, Outside } from './kind.ts';
import type { Answer, AnyQuestion } from './question.ts';

/** What became of a question's fields: without `answer`, the earlier one stays. */
export interface Read {
  answer?: Answer | undefined;
  errors: readonly KindError[];
}

/** Reads one question; what has to be said and is not is an error. */
export function readWith(
  kind: AnyKind,
  question: AnyQuestion,
  input: Input,
  outside: Outside,
  before: Answer | undefined,
): Read {
  const parsed = kind.parse(question, input, outside, before);
  if (parsed !== 'empty') return 'errors' in parsed ? parsed : { ...parsed, errors: [] };
  if (question.optional) return { answer: undefined, errors: [] };
  return { errors: [{ part: '', code: kind.missing, params: {} }] };
}

/** @returns the name of a part under the name of the whole; parts are `''`, `day`, or `[0].name` */
export function nameOfPart(whole: string, part: string): string {
  return part === '' || part.startsWith('[') ? whole + part : `${whole}.${part}`;
}
