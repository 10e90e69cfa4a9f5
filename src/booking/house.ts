/** Which house an address means, however its number was written: an allowance belongs to the house, not to a spelling of it. */

/** The first number, without zeros in front, and one letter that belongs to it: not the c of "c/o", not a word's first one. */
const FIRST_NUMBER = /0*(\d+)(?:[\s/-]*(?!c\s*\/\s*o)([a-z])(?![\p{L}.]))?/u;

/**
 * @param typed "63", "063", "63, 3. OG", "63 Hinterhaus", "63-65", "63/1", "63 bei Huber" are one house, "63a" is another
 * @returns the same text for the same house; what was typed where it has no number
 */
export function houseOf(typed: string): string {
  const [, number, letter = ''] = FIRST_NUMBER.exec(typed.toLowerCase()) ?? [];
  return number === undefined ? typed : `${number}${letter}`;
}
