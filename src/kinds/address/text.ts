/** Addresses in Germany as people and registers write them: numbers, postcodes, and several parts in one field. */

const FRACTIONS: Readonly<Record<string, string>> = { '½': '1/2', '¼': '1/4', '¾': '3/4' };

/** Says only that a number follows: "Nr.", "Hausnummer", "Haus-Nr.", "#". */
const LABEL = String.raw`(?:(?:haus[- ]?)?(?:nr|no|nummer)(?!\p{L})[.:]*|#)`;
/** One letter, not the beginning of a word, and not the c of "c/o". */
const LETTER = String.raw`(?!c ?/ ?o(?!\p{L}))[a-z](?![\p{L}.])`;
/** "10", "10a", "10 a-c", "12-14", "10/2", "10 1/2", "10½": a number, and what cities add to it. */
const NUMBER = String.raw`\d{1,4}(?: ?[½¼¾]| [1-3]/[2-4](?!\d))?(?: ?${LETTER})?(?: ?[-/+&] ?(?:\d{1,4}(?!\d)(?: ?${LETTER})?|${LETTER}))*`;
/** Which part of the house: "Hinterhaus", "2. OG links", "Haus 3", "Whg. 12". */
const HOUSE_PART = String.raw`(?:hinterh(?:au)?s\.?|hh|vorderhaus|vh|hofgebäude|(?:rück|quer|neben|seiten)(?:gebäude|haus|flügel)|gartenhaus|anbau|(?:haus|aufgang|eingang|block|wohnung|whg\.?|apartment|zimmer) ?\S{1,5}|(?:\d{1,2}\.? ?)?(?:og|ug|dg|eg|stock|etage|(?:ober|erd|dach)geschoss)|links|rechts|mitte)`;
const HOUSE_PARTS = `${HOUSE_PART}(?:[ ,]+${HOUSE_PART})*`;

const LEADING_LABEL = new RegExp(`^${LABEL}\\s*`, 'iu');
const TRAILING_LABEL = new RegExp(`[\\s,]*(?<!\\p{L})${LABEL}$`, 'iu');
const BEGINS_WITH_NUMBER = new RegExp(`^(${NUMBER})(?!\\d)(.*)$`, 'iu');
const ENDS_WITH_NUMBER = new RegExp(
  `^(.*?[\\p{L}.)\\]’'"])[\\s,]*(?:${LABEL}\\s*)?(${NUMBER}(?:[ ,]+${HOUSE_PARTS})?)$`,
  'iu',
);
const ONLY_HOUSE_PARTS = new RegExp(`^${HOUSE_PARTS}$`, 'iu');

/** Mannheim's squares are streets: "Q 7", and after a comma the house. */
const SQUARE = /^([a-z]) ?(\d{1,2})(?:[\s,]+(\d.*))?$/iu;
/** "Straße 52", "Block 4", "An der B 3", "Bundesstraße 3": streets whose own name is a number. */
const NUMBERED_STREET =
  /^(?:(?:stra(?:ß|ss)e|str\.?|weg|allee|platz|siedlung|block|haus|parzelle|kolonie)|(?:.*[\s-])?(?:[ABKLS]|St|(?:bundes|landes|kreis|staats|reichs|europa)(?:stra(?:ß|ss)e|str\.?)|(?:bundes)?autobahn))$/iu;
/** A road by its letter and number, and after them perhaps the house or kilometre: "An der B 3 12". */
const ON_A_ROAD = /^((?:an der|bei der|alte|neue) [ABKL] ?\d{1,4})(?:[\s,]+(\d.*|km .*))?$/iu;
/** A box at a post office: it has a number, and neither street nor house. */
const POST_BOX = /^(?:postfach|post ?box|p\.? ?o\.? ?box)(?!\p{L})/iu;

const POSTCODE = String.raw`(?:(?:DE|D)[-\s.]*)?(\d{5})(?!\d)`;
const POSTCODE_BEHIND = new RegExp(`^(.*?)[\\s,;]+${POSTCODE}(?:[\\s,;]+(\\p{L}.*))?$`, 'iu');
const POSTCODE_FIRST = new RegExp(`^${POSTCODE}\\s+([^,\\d]+),\\s*(.+)$`, 'iu');
const POSTCODE_AND_TOWN = new RegExp(`^${POSTCODE}[\\s,]+(\\p{L}.*)$`, 'iu');
const TOWN_AND_POSTCODE = new RegExp(`^(?!DE?[-\\s.])(\\p{L}.*?)[\\s,]+${POSTCODE}$`, 'iu');
const TOWN_BEHIND = /^(.*\d[^,]*),\s*(\p{L}[^\d,]*)$/u;
const LAST_WORD = /^(.*\d\S*)\s+(\p{L}[\p{L}()./ -]*)$/u;

/**
 * @param typed "10 A", "Nr. 10", "10½", "10 a - c", "10 Hinterhaus"
 * @returns in one spelling ("10a", "10 1/2", "10a-c"), what stands behind it kept; undefined when it begins with no number
 */
export function houseNumberOf(typed: string): string | undefined {
  const bare = typed.replace(LEADING_LABEL, '').replace(/[\s,.;]+$/, '');
  const [, number, behind = ''] = BEGINS_WITH_NUMBER.exec(bare) ?? [];
  if (number === undefined) return undefined;
  const core = number
    .toLowerCase()
    .replace(/ ?([½¼¾])/g, (_all, sign: string) => ` ${FRACTIONS[sign]}`)
    .replace(/(\d) (?=[a-z])/g, '$1')
    .replace(/ ?([-/+&]) ?/g, '$1');
  return `${core.replace(/^0+(?=\d)/, '')}${behind}`;
}

/** @returns whether no house can have the number: 0, or more than four digits */
export function isNoHouseNumber(typed: string): boolean {
  const [, digits] = /^\D*0*(\d*)/.exec(typed) ?? [];
  return /\d/.test(typed) && (digits === '' || Number(digits) > 9999);
}

/** @returns five digits of "D-76133", "76 133", "DE 76133"; undefined when it is no German postcode */
export function germanPostcodeOf(typed: string): string | undefined {
  const digits = typed.replace(/^(?:DE|D)[-\s.]*(?=\d)/i, '').replace(/\s/g, '');
  return /^(?!00)\d{5}$/.test(digits) ? digits : undefined;
}

/** @returns postcode and town of "76227 Karlsruhe Durlach", in whichever order; undefined when these are not both there */
export function postcodeAndTown(typed: string): { postcode: string; city: string } | undefined {
  const [, before, behind] = TOWN_AND_POSTCODE.exec(typed) ?? [];
  const [, postcode = behind, city = before] = POSTCODE_AND_TOWN.exec(typed) ?? [];
  return postcode === undefined || city === undefined ? undefined : { postcode, city };
}

/** @returns street and number of a line that has both, as they stand there; all of it is the street where no number is sure */
export function splitStreet(line: string): { street: string; houseNumber: string } {
  if (isPostBox(line)) return { street: line, houseNumber: '' };
  const [, road, onRoad = ''] = ON_A_ROAD.exec(line) ?? [];
  if (road !== undefined) return { street: road, houseNumber: onRoad };
  const square = SQUARE.exec(line);
  if (square) return { street: `${square[1]} ${square[2]}`, houseNumber: square[3] ?? '' };
  const [, street, houseNumber] = ENDS_WITH_NUMBER.exec(line) ?? [];
  if (street === undefined || houseNumber === undefined || !/\p{L}{2}/u.test(street))
    return { street: line, houseNumber: '' };
  return { street: street.replace(TRAILING_LABEL, ''), houseNumber };
}

/** @returns whether "Weg 5" with this number beside it is a street called so, and not a street with its number */
export function isNumberedStreet(street: string): boolean {
  return NUMBERED_STREET.test(street);
}

/** @returns whether the line is a box at a post office: "Postfach 10 01 23", "P.O. Box 12" */
export function isPostBox(street: string): boolean {
  return POST_BOX.test(street);
}

/** @returns whether a street ends in a number that looks like that of a house, and is none when one stands beside it */
export function endsInNumber(line: string): boolean {
  const { street, houseNumber } = splitStreet(line);
  return houseNumber !== '' && !isNumberedStreet(street);
}

export interface WholeAddress {
  street: string;
  postcode: string;
  city: string;
}

/**
 * Takes postcode and town off a line that somebody typed or pasted whole.
 * @param isTown whether a last word without a comma before it is a town
 * @returns what is left as the street, number included; '' for what is not there
 */
export function splitTown(line: string, isTown: (text: string) => boolean): WholeAddress {
  const [, before, postcode, town = ''] = POSTCODE_BEHIND.exec(line) ?? [];
  if (before !== undefined && postcode !== undefined) return { street: before, postcode, city: town };
  const [, first, place, rest] = POSTCODE_FIRST.exec(line) ?? [];
  if (first !== undefined && place !== undefined && rest !== undefined)
    return { street: rest, postcode: first, city: place.trim() };
  const [, street, city] = TOWN_BEHIND.exec(line) ?? [];
  if (street !== undefined && city !== undefined && !ONLY_HOUSE_PARTS.test(city))
    return { street, postcode: '', city };
  const [, all, last] = LAST_WORD.exec(line) ?? [];
  return all !== undefined && last !== undefined && isTown(last)
    ? { street: all, postcode: '', city: last }
    : { street: line, postcode: '', city: '' };
}
