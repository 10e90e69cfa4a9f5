/** A number and a code as somebody copied them from a paper: read, or said what is wrong with them. */

import type { Language } from '#language';
import { type CodeSlip, type NumberSlip, readCode, readNumber } from '#seal';
import { slipWords } from './words.ts';

/** Where number and code stand. */
export type Paper = 'receipt' | 'paper' | 'letter' | 'desk';

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
export function slipText(wrong: TypedSlip, paper: Paper, language: Language): string {
  const w = slipWords(language);
  const { count } = wrong;
  const [on, beside] = [w[`on_${paper}`], w[`beside_${paper}`]];
  if (wrong.field === 'number') {
    if (wrong.slip === 'missing') return w.numberMissing({ on });
    return wrong.slip === 'length' ? w.numberLength({ count, on }) : w.numberSlip({ beside });
  }
  if (wrong.slip === 'missing') return w.codeMissing({ on });
  if (wrong.slip === 'length') return w.codeLength({ count, on });
  return wrong.slip === 'lookAlike' ? w.codeLookAlike({ beside }) : w.codeSlip({ beside });
}
