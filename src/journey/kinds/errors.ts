/**
 * Every error that an answer of some kind can have, and the params its words can use. The words themselves are said by the
 * room that shows them; `satisfies Record<ErrorCode, …>` there keeps both in step.
 */
export const ERROR_CODES = {
  required: [],
  tooLong: ['max'],
  tooShort: ['min'],
  tooMany: ['max'],
  tooFew: ['min'],
  /** `characters`: those that a name cannot have, with spaces between. */
  notAName: ['characters'],
  /** A sign or word for "none" where a name has to be, and where it may be left out. */
  noName: [],
  noNameOpen: [],
  /** Signs alone, or one letter over and over. */
  saysNothing: [],
  notAllowedCharacters: ['characters'],
  /** `characters`: letters that are not Latin ones. */
  otherScript: ['characters'],
  notANumber: [],
  tooSmall: ['min'],
  tooLarge: ['max'],
  notADate: [],
  /** Something else than digits or the name of a month: nobody can tell which day is meant. */
  dateUnclear: [],
  dayMissing: [],
  monthMissing: [],
  /** A date known in part has a day, and not the month of it. */
  monthUnknown: [],
  yearMissing: [],
  /** Four digits or more, and no year that a registry has ever known: `0199`, `20266`. */
  yearWrong: [],
  notAnOption: [],
  /** `typed`: the name that no state of the list has. */
  notACountry: ['typed'],
  notAPhone: [],
  phoneLetters: [],
  phoneTooShort: [],
  phoneTooLong: [],
  /** Whose number it is cannot be told without area code or 0. */
  phoneAreaCode: [],
  /** 110, 112, 115 and other numbers that are nobody's own. */
  phoneService: [],
  notAnEmail: [],
  /** Not the shape of a number of a German identity card or passport. */
  notASerialNumber: [],
  /** The shape is right, the check digit is not: one sign is misread. */
  serialNumberSlip: [],
  /** Six digits: the access number that stands on the card as well. */
  serialNumberIsCan: [],
  notADocumentNumber: [],
  emailAt: [],
  emailDots: [],
  emailEnding: [],
  notAPostcode: [],
  /** `suggestions`: streets that resemble it, with commas between; empty when none does. */
  unknownStreet: ['suggestions'],
  notInCity: ['city'],
  postcodeNotInCity: ['city'],
  /** Asked back once where there may be none. */
  streetMissing: [],
  houseNumberMissing: [],
  houseNumberUnclear: [],
  /** 0, or more digits than any house has. */
  notAHouseNumber: [],
  /** Two fields say different things of the same part of an address. */
  partsDiffer: [],
  /** The street ends in another number than that of the house. */
  numbersDiffer: [],
  notAGermanPostcode: [],
  /** An address abroad where only one in Germany can be. */
  notInGermany: [],
  /** An address abroad, and Germany chosen. */
  otherCountry: [],
  /** Asked back once: a town that is known abroad, in Germany. */
  perhapsAbroad: [],
  /** Asked back once: a postcode or town of Germany, in another country. */
  perhapsGermany: [],
  /** `postcodes`: those of the street, with commas between. */
  postcodeNotOfStreet: ['postcodes'],
  mustConfirm: [],
  fileMissing: [],
  // The following are found by other rooms, about questions of this one.
  fileTooLarge: ['maxMegabytes'],
  /** `kinds`: those that are taken, with commas between. */
  fileWrongType: ['kinds'],
  fileDamaged: [],
  /** A part of the picture is missing. */
  fileIncomplete: [],
  fileLocked: [],
  fileActive: [],
  fileUnshown: [],
  filePhoto: [],
  /** One picture, larger than can be opened. */
  filePixels: ['maxMegapixels'],
  fileFlood: ['maxPages', 'maxMegapixels'],
  fileBusy: [],
  fileOften: [],
  fileTooMany: ['max'],
  fileEmpty: [],
  slotFull: [],
  slotClosed: [],
  entitlementUsed: ['limit'],
  formOutdated: [],
  /** A step outside the form (identification, device) has not been done. */
  stepMissing: [],
  // An identification that did not work out.
  identityCancelled: [],
  /** `level`: the one that the page needs; the words say which ways of signing in reach it. */
  identityTooLow: ['level'],
  identityWrongMeans: [],
  identityExpired: [],
  identityRefused: [],
  identityDenied: [],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type ErrorCode = keyof typeof ERROR_CODES;
