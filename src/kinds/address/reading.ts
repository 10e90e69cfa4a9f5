/** An address as it was typed: what stands in which field, sorted into the fields it belongs in, and what is wrong with it. */
import { isNoNumber } from '#typed';
import type { CommonCode } from '../errors.ts';
import type { Input } from '../input.ts';
import type { KindError } from '../kind.ts';
import { charactersCode, foreignCharacters, oneLine } from '../text/lines.ts';
import { type AddressCode, PARTS, type Part } from './answer.ts';
import {
  germanPostcodeOf,
  houseNumberOf,
  isNoHouseNumber,
  isNumberedStreet,
  isPostBox,
  postcodeAndTown,
  splitStreet,
  splitTown,
} from './text.ts';

type Code = AddressCode | CommonCode;
export type Typed = Record<Part, string>;

/** What this office asks back once: whoever says that it is so goes on. */
export type Doubt = 'unlisted' | 'noNumber' | 'noStreet' | 'numbered' | 'sure';

/** Longest part in characters; a whole address typed into one field fits. */
const LONGEST = 200;
/** Longest house number: "10a Hinterhaus, 2. OG links". */
const LONGEST_NUMBER = 40;
/** More than any address that somebody typed has needed. */
const MOST_PASSES = 8;

/** @returns whether a street is nothing but signs and digits that could stand in a name */
function isNameless(street: string): boolean {
  return foreignCharacters(street) === '' && !/\p{L}/u.test(street);
}

export class Reading {
  readonly errors: KindError<Code>[] = [];
  readonly typed: Typed;
  readonly #input: Input;

  constructor(input: Input) {
    this.#input = input;
    const [street = '', houseNumber = '', postcode = '', city = ''] = PARTS.map((part) =>
      oneLine(input.one(part)),
    );
    this.typed = { street, houseNumber, postcode, city };
  }

  /** @returns whether a person has said "it is so, go on" to what this office asked back */
  confirmed(what: Doubt): boolean {
    return this.#input.one(what) === 'yes';
  }

  /** Its code, or a name that somebody typed. */
  get country(): string {
    return this.#input.one('country');
  }

  wrong(part: Part | 'country', code: Code, params: KindError['params'] = {}): string {
    this.errors.push({ part, code, params });
    return '';
  }

  /** A part that has to be there, as it was typed. */
  text(part: Part, max = 100): string {
    return this.typed[part] === '' ? this.wrong(part, 'required') : this.optional(part, max);
  }

  /**
   * A street in Germany: none is called by signs and digits alone; elsewhere blocks are.
   * @param none what is said where there is none
   */
  street(none: 'required' | 'streetMissing'): string {
    const { street } = this.typed;
    if (!isNameless(street)) return this.text('street');
    this.typed.street = '';
    return this.noStreet(none);
  }

  /** Authorities with a postcode of their own have no street, and neither have houses in some villages: that is asked back once. */
  noStreet(code: 'required' | 'streetMissing'): string {
    return code === 'streetMissing' && this.confirmed('noStreet') ? '' : this.wrong('street', code);
  }

  optional(part: Part, max: number): string {
    const value = this.typed[part];
    if ([...value].length > max) return this.wrong(part, 'tooLong', { max });
    const characters = foreignCharacters(value);
    return characters === '' ? value : this.wrong(part, charactersCode(characters), { characters });
  }

  /** @returns whether a part is written in letters that are not Latin ones; each such part has its error then */
  otherScripts(): boolean {
    for (const part of PARTS) {
      const value = this.typed[part];
      const characters = part === 'houseNumber' && isNoNumber(value) ? '' : foreignCharacters(value);
      if (charactersCode(characters) === 'otherScript') this.wrong(part, 'otherScript', { characters });
    }
    return this.errors.length > 0;
  }

  /** Five digits, however they are written. */
  postcode(missing: Code): string {
    const { postcode } = this.typed;
    if (postcode === '') return this.wrong('postcode', 'required');
    return germanPostcodeOf(postcode) ?? this.wrong('postcode', missing);
  }

  /**
   * The number of a house in Germany. There are places without one: that is asked back once.
   * @param strict a number must have a digit
   */
  houseNumber(strict: boolean): string {
    const value = this.optional('houseNumber', LONGEST_NUMBER);
    // Where there is no street, there need not be a number.
    if (value === '' && !strict && this.typed.street === '' && this.confirmed('noStreet')) return '';
    if (this.errors.some(({ part }) => part === 'houseNumber')) return '';
    if (value === '')
      return this.confirmed('noNumber') ? '' : this.wrong('houseNumber', 'houseNumberMissing');
    if (isNoHouseNumber(value)) return this.wrong('houseNumber', 'notAHouseNumber');
    const number = houseNumberOf(value);
    if (number === undefined && strict && !/\d/.test(value))
      return this.wrong('houseNumber', 'houseNumberUnclear');
    return number ?? value;
  }
}

/** What is known before a line is taken apart. */
export interface Known {
  /** @returns whether a street of this name is known as it stands, number and all */
  street(name: string): boolean;
  town(name: string): boolean;
  /** The town that was filled in for the person: it gives way to one that was typed. */
  filledIn: string;
}

/**
 * People type "Kaiserstr. 10" into one field, or paste all of it. Each part goes into its own field; two different ones for
 * the same field are asked back.
 */
export function sortParts(reading: Reading, known: Known): void {
  if (isNoNumber(reading.typed.houseNumber)) reading.typed.houseNumber = '';
  // What one part gives back may belong elsewhere once more; read again, a sorted address stays as it is.
  for (let pass = 0; pass < MOST_PASSES && reading.errors.length === 0; pass += 1) {
    const before = PARTS.map((part) => reading.typed[part]).join('\n');
    sortOnce(reading, known);
    if (PARTS.map((part) => reading.typed[part]).join('\n') === before) return;
  }
}

function sortOnce(reading: Reading, known: Known): void {
  const { typed } = reading;
  if (PARTS.some((part) => [...typed[part]].length > LONGEST)) return;
  const swapped = /\p{L}{3}.*\d/u.test(typed.houseNumber) && !houseNumberOf(typed.houseNumber);
  if (swapped && isNameless(typed.street)) {
    const number = /\d/.test(typed.street) ? typed.street : '';
    typed.street = typed.houseNumber;
    typed.houseNumber = number;
  }
  if (typed.houseNumber === '' && /^\d/.test(typed.street) && !/\p{L}{2}/u.test(typed.street)) {
    typed.houseNumber = typed.street;
    typed.street = '';
  }
  for (const part of ['street', 'postcode', 'city'] as const) {
    // Streets end in a number, too: there only a line that begins with a postcode is one of a town.
    const found =
      part === 'street' && !/^\D{0,4}\d{5}\s[^\d,]+$/.test(typed.street)
        ? undefined
        : postcodeAndTown(typed[part]);
    if (!found) continue;
    typed[part] = '';
    move(reading, part, found, known);
  }
  while (!known.street(typed.street) && partedFrom(reading, known));
  joinPostBox(typed);
  // What was cut off something may end in the space before it.
  for (const part of PARTS) typed[part] = oneLine(typed[part]);
}

/** The number of a box is none of a house. */
function joinPostBox(typed: Typed): void {
  if (!isPostBox(typed.street)) return;
  typed.street = `${typed.street} ${typed.houseNumber}`;
  typed.houseNumber = '';
}

/** @returns whether postcode, town or number were taken off the street, which has become shorter */
function partedFrom(reading: Reading, known: Known): boolean {
  const { typed } = reading;
  // Boxes have numbers of five digits, too.
  if (typed.postcode !== '' && isPostBox(typed.street)) return false;
  const { street, postcode, city } = splitTown(typed.street, known.town);
  const line = splitStreet(street);
  const beside = typed.houseNumber !== '' && line.houseNumber !== '';
  const another = beside && !same('houseNumber', typed.houseNumber, line.houseNumber);
  const called =
    known.street(street) ||
    (beside && isNumberedStreet(line.street)) ||
    (another && reading.confirmed('numbered'));
  const rest = called ? { street, houseNumber: '' } : line;
  const parted = postcode !== '' || city !== '' || rest.houseNumber !== '';
  typed.street = rest.street;
  move(reading, 'street', { postcode, city, houseNumber: rest.houseNumber }, known);
  return parted;
}

/** @param from the field where parts were found that belong into others */
function move(reading: Reading, from: Part, parts: Partial<Typed>, { filledIn }: Known): void {
  const { typed } = reading;
  for (const part of PARTS) {
    const value = parts[part] ?? '';
    if (value === '') continue;
    const before = typed[part];
    if (before === '' || (part === 'city' && before === filledIn)) typed[part] = value;
    else if (!same(part, before, value))
      reading.wrong(from, from === 'street' && part === 'houseNumber' ? 'numbersDiffer' : 'partsDiffer');
  }
}

function same(part: Part, one: string, other: string): boolean {
  if (part === 'houseNumber') return (houseNumberOf(one) ?? one) === (houseNumberOf(other) ?? other);
  if (part === 'postcode') return germanPostcodeOf(one) === other;
  return one.toLowerCase() === other.toLowerCase();
}
