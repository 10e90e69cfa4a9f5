/** Codes that an office sends by letter, with which people show who they are (§ 19 (4) S. 2, 3 BMG). */
export {
  createLetterCodes,
  type IssuedCode,
  type LetterCodes,
  type LetterToIssue,
  type LetterUse,
} from './letter-codes.ts';
