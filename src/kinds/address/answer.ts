import type { Question } from '../question.ts';

export interface AddressAnswer {
  street: string;
  houseNumber: string;
  postcode: string;
  city: string;
  /** ISO 3166-1 alpha-3, where it is not Germany. House number and postcode may be empty there. */
  country?: string;
  /** Within the city: the street is not in its list, and the person says that it is right so. */
  unlisted?: true;
}

export interface AddressQuestion extends Question<'address'> {
  /** In this city (street of its list, or marked), in Germany, or anywhere (then the country is asked too). */
  within: 'city' | 'germany' | 'anywhere';
}

export const PARTS = ['street', 'houseNumber', 'postcode', 'city'] as const;
export type Part = (typeof PARTS)[number];

/** What a question for an address asks when nobody says another country. */
export const GERMANY = 'DEU';

export const ADDRESS_ERRORS = {
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
} as const;
export type AddressCode = keyof typeof ADDRESS_ERRORS;
