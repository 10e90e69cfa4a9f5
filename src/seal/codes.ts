import { randomInt } from 'node:crypto';
import { asTyped } from '#typed';

/**
 * Digits and capitals without the ones that look alike (0/O, 1/I/L). 31 is prime, so a checksum with distinct
 * weights modulo 31 finds every single wrong character and every swap of two characters.
 */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const BASE = ALPHABET.length;
const GROUP = 5;

/** Which secret a code is; only a name for readers, all have the same form. */
export type CodeKind = 'access' | 'zuordnungsmerkmal';

const RANDOM_CHARACTERS = 14;

/** Random integer below a bound; replaceable so that tests can repeat a history. */
export type RandomBelow = (bound: number) => number;

function checkCharacter(values: readonly number[]): number {
  const sum = values.reduce((total, value, index) => total + value * (index + 1), 0);
  const lastWeight = values.length + 1;
  // The check value c must satisfy: sum + c * lastWeight = 0 (mod 31).
  for (let candidate = 0; candidate < BASE; candidate += 1) {
    if ((sum + candidate * lastWeight) % BASE === 0) return candidate;
  }
  throw new Error('unreachable: 31 is prime and the weight is not a multiple of it');
}

/**
 * A secret of 14 random characters (69 bits) and a check character.
 * @returns 15 characters without separators
 */
export function newCode(random: RandomBelow = randomInt): string {
  const values = Array.from({ length: RANDOM_CHARACTERS }, () => random(BASE));
  return [...values, checkCharacter(values)].map((value) => ALPHABET[value]).join('');
}

/** What people and their keyboards put between the groups: spaces, dots, slashes and every kind of dash. */
const SEPARATORS = /[\s./\p{Pd}\u2212]/gu;

/**
 * Reads a code as a person typed it: any case, spaces and dashes, and the characters the alphabet leaves out
 * because they look like another are refused rather than guessed.
 * @returns the 15 characters, or undefined when it is not a code or the check character does not fit
 */
export function normaliseCode(typed: string): string | undefined {
  const text = asTyped(typed).toUpperCase().replace(SEPARATORS, '');
  const values = [...text].map((character) => ALPHABET.indexOf(character));
  if (values.length !== RANDOM_CHARACTERS + 1 || values.includes(-1)) return undefined;
  return checkCharacter(values.slice(0, -1)) === values.at(-1) ? text : undefined;
}

/** @returns the code in groups of five for people: `7KM4P-X9QRT-3WHEA` */
export function formatCode(code: string): string {
  return code.match(new RegExp(`.{1,${GROUP}}`, 'g'))?.join('-') ?? code;
}

/** ISO/IEC 7064 MOD 11,10 over decimal digits. */
function checkDigit(digits: string): number {
  let product = 10;
  for (const digit of digits) {
    const sum = (Number(digit) + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return (11 - product) % 10;
}

/**
 * A case number: eight random digits and a check digit, so that it can be read aloud in any language.
 * It is a name, not a secret.
 * @returns 9 digits without separators, the first not zero
 */
export function newNumber(random: RandomBelow = randomInt): string {
  const body = String(10_000_000 + random(90_000_000));
  return body + checkDigit(body);
}

const NUMBER_DIGITS = 9;

/** @returns the 9 digits of a number typed by a person, or undefined when the check digit does not fit */
export function normaliseNumber(typed: string): string | undefined {
  const digits = asTyped(typed).replace(SEPARATORS, '');
  if (!/^[1-9]\d{8}$/.test(digits)) return undefined;
  return checkDigit(digits.slice(0, -1)) === Number(digits.at(-1)) ? digits : undefined;
}

/** @returns the number in groups of three: `482 913 605` */
export function formatNumber(number: string): string {
  return number.match(/.{1,3}/g)?.join(' ') ?? number;
}

/** What is wrong with a text that should be a number or a code, and how many characters of it there are. */
export type Slip<Kind extends string> = { slip: Kind; count: number };

/** `missing`: nothing was typed; `length`: too few or too many; `slip`: one is wrong or two are swapped. */
export type NumberSlip = Slip<'missing' | 'length' | 'slip'>;
/** `lookAlike`: there are signs that no code has, because they look like others. */
export type CodeSlip = Slip<'missing' | 'length' | 'lookAlike' | 'slip'>;

/** Where no letter or digit goes on, so that no part of something longer is taken for the whole. */
const ALONE = String.raw`(?<![\p{L}\p{N}])`;
const GAP = String.raw`[\s./\p{Pd}\u2212]{0,3}`;
const NUMBERS = new RegExp(`${ALONE}\\d{3}${GAP}\\d{3}${GAP}\\d{3}(?![\\p{L}\\p{N}])`, 'gu');
const CODES = new RegExp(
  `${ALONE}[${ALPHABET}]{5}${GAP}[${ALPHABET}]{5}${GAP}[${ALPHABET}]{5}(?![\\p{L}\\p{N}])`,
  'giu',
);

/** @returns what alone in a longer text is one, by its check character */
function onlyOne(
  text: string,
  shape: RegExp,
  read: (part: string) => string | undefined,
): string | undefined {
  const found = new Set((text.match(shape) ?? []).map(read).filter((one) => one !== undefined));
  return found.size === 1 ? [...found][0] : undefined;
}

/** In a number letters can only stand for the digits that they look like. */
const AS_DIGITS: readonly [RegExp, string][] = [
  [/o/gi, '0'],
  [/[il|]/gi, '1'],
];

/**
 * Reads a number as a person typed it, or pasted it with words around it.
 * @returns the 9 digits, or why there are none
 */
export function readNumber(typed: string): string | NumberSlip {
  const text = asTyped(typed);
  const digits = AS_DIGITS.reduce((all, [letters, digit]) => all.replace(letters, digit), text);
  const found = normaliseNumber(digits) ?? onlyOne(text, NUMBERS, normaliseNumber);
  if (found !== undefined) return found;
  const alone = digits.replace(SEPARATORS, '');
  const count = /^\d+$/.test(alone) ? alone.length : text.replace(/\D/g, '').length;
  if (text.trim() === '') return { slip: 'missing', count };
  return { slip: count === NUMBER_DIGITS ? 'slip' : 'length', count };
}

/** Without the signs that no code has: 0 and O, 1, I and L. */
const LOOK_ALIKE = /[01OIL]/;

/**
 * Reads a code as a person typed it, or pasted it with words around it.
 * @returns the 15 characters, or why there are none
 */
export function readCode(typed: string): string | CodeSlip {
  const found = normaliseCode(typed) ?? onlyOne(asTyped(typed), CODES, normaliseCode);
  if (found !== undefined) return found;
  // "Code: ..." is what was copied along.
  const text = asTyped(typed).replace(/^.*:/s, '').toUpperCase().replace(SEPARATORS, '');
  const count = [...text].length;
  if (count === 0) return { slip: 'missing', count };
  if (count !== RANDOM_CHARACTERS + 1) return { slip: 'length', count };
  return { slip: LOOK_ALIKE.test(text) ? 'lookAlike' : 'slip', count };
}
