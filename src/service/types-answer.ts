/** What people say. */
import type { IsoDate } from '#time';

/** What a person said. Plain JSON: what is sealed, submitted and shown is the same value. */
export type Answer = string | number | boolean | Answer[] | { [name: string]: Answer };
/** Answers by question id. A question without an answer has no entry. */
export type Answers = Record<string, Answer>;

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

/** A slot that is held for the visit: its id in the booking room, and its date for texts and conditions. */
export interface SlotAnswer {
  slot: string;
  date: IsoDate;
}

/** An uploaded file: its id in the draft or the case; never its content. */
export interface FileAnswer {
  file: string;
  name: string;
  mediaType: string;
  bytes: number;
}
