/** A number and a code as somebody copied them from a paper: read, or said what is wrong with them. */
import { type CodeSlip, type NumberSlip, readCode, readNumber } from '#seal';
import type { Language } from '#service';
import { type SlipWords, slipWords } from './slip-words.ts';

/** What is wrong with one of the two fields. */
export type TypedSlip = ({ field: 'number' } & NumberSlip) | ({ field: 'code' } & CodeSlip);

export interface TypedPair {
  number: string;
  code: string;
}

const right = (read: string | object): string | undefined => (typeof read === 'string' ? read : undefined);

/**
 * Each in its field, the two swapped, or both pasted into one: what is a number or a code says so itself.
 * @returns both, or what is wrong with each
 */
export function readPair(typed: TypedPair): TypedPair | TypedSlip[] {
  const [number, code] = [readNumber(typed.number), readCode(typed.code)];
  const foundNumber = right(number) ?? right(readNumber(typed.code));
  const foundCode = right(code) ?? right(readCode(typed.number));
  if (foundNumber !== undefined && foundCode !== undefined) return { number: foundNumber, code: foundCode };
  return [
    ...(foundNumber === undefined && typeof number === 'object'
      ? [{ field: 'number' as const, ...number }]
      : []),
    ...(foundCode === undefined && typeof code === 'object' ? [{ field: 'code' as const, ...code }] : []),
  ];
}

/** The name of an error in the page, for tests and statistics: `numberLength`, `codeLookAlike`. */
export const slipCode = ({ field, slip }: TypedSlip): string =>
  `${field}${slip.charAt(0).toUpperCase()}${slip.slice(1)}`;

/** @param paper where number and code stand, so that the person knows what to compare with */
export function slipText(wrong: TypedSlip, paper: keyof SlipWords['on'], language: Language): string {
  const w = slipWords(language);
  const { count } = wrong;
  if (wrong.field === 'number') {
    if (wrong.slip === 'missing') return w.numberMissing(w.on[paper]);
    return wrong.slip === 'length' ? w.numberLength(count, w.on[paper]) : w.numberSlip(w.beside[paper]);
  }
  if (wrong.slip === 'missing') return w.codeMissing(w.on[paper]);
  if (wrong.slip === 'length') return w.codeLength(count, w.on[paper]);
  return wrong.slip === 'lookAlike' ? w.codeLookAlike(w.beside[paper]) : w.codeSlip(w.beside[paper]);
}
