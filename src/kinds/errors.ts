/**
 * Errors that answers of several kinds can have, and those that other rooms find about questions; with the params that their
 * words can use. What only one kind has stands in its file. The words themselves are said by the room that shows them.
 */
export type ErrorParams = Readonly<Record<string, readonly string[]>>;

export const COMMON_ERRORS = {
  required: [],
  tooLong: ['max'],
  tooShort: ['min'],
  tooMany: ['max'],
  tooFew: ['min'],
  /** Signs alone, or one letter over and over. */
  saysNothing: [],
  notAllowedCharacters: ['characters'],
  /** `characters`: letters that are not Latin ones. */
  otherScript: ['characters'],
  notANumber: [],
  notAnOption: [],
  /** `typed`: the name that no state of the list has. */
  notACountry: ['typed'],
  // The following are found by other rooms, about questions of this one.
  entitlementUsed: ['limit'],
  formOutdated: [],
  // An identification that did not work out.
  identityCancelled: [],
  /** `level`: the one that the page needs; the words say which ways of signing in reach it. */
  identityTooLow: ['level'],
  identityWrongMeans: [],
  identityExpired: [],
  identityRefused: [],
  identityOther: [],
  identityDenied: [],
} as const satisfies ErrorParams;

export type CommonCode = keyof typeof COMMON_ERRORS;
