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
