/**
 * Characters of names and texts in electronic administration: DIN 91379:2022-08 "Zeichen und definierte Zeichensequenzen in
 * Unicode für die elektronische Verarbeitung von Namen und den Datenaustausch in Europa". Data type A (names of persons,
 * "bnfLatin"): Latin letters and the non-letters N1. Data type C (texts): Latin letters and N1 to N4.
 * A letter is a code point or a defined sequence of a base and combining marks; any other combination is not in the set.
 */

/** Single code points in hexadecimal, as ranges. */
const LETTERS =
  '41-5a 61-7a c0-d6 d8-f6 f8-17e 187-188 18f 197 1a0-1a1 1af-1b0 1b7 1cd-1dc 1de-1df 1e2-1f0 ' +
  '1f4-1f5 1f8-1ff 212-213 218-21b 21e-21f 227-233 259 268 292 1e02-1e03 1e06-1e07 1e0a-1e11 1e17 ' +
  '1e1c-1e2b 1e2f-1e37 1e3a-1e3b 1e40-1e49 1e52-1e5b 1e5e-1e63 1e6a-1e6f 1e80-1e87 1e8c-1e97 1e9e ' +
  '1ea0-1ef9';
const SEQUENCES: readonly (readonly [marks: string, bases: string])[] = [
  ['\u030b', 'Aa'],
  ['\u0300', 'CFGKMPSTZcfgkmpstz'],
  ['\u0304', 'CFHKNPSTZcfhknpstzÛûḲḳṢṣṬṭỤụ'],
  ['\u0306', 'CMNRZcmnrzÇç'],
  ['\u0308', 'CTZczẠạỌọỤụ'],
  ['\u0315', 'CKPTckptČč'],
  ['\u0323', 'CPcpČč'],
  ['\u0326', 'CHKLNchklnŽž'],
  ['\u0328\u0306', 'Cc'],
  ['\u0302', 'DKLMNdklmn'],
  ['\u0331', 'HSs'],
  ['\u0301', 'JjÿĪī'],
  ['\u030c', 'J'],
  ['\u0307', 'KUku'],
  ['\u031b', 'KTkt'],
  ['\u035fH', 'K'],
  ['\u035fh', 'Kk'],
  ['\u0325', 'LRlr'],
  ['\u0325\u0304', 'LRlr'],
  ['\u0310', 'Mm'],
  ['\u031b\u0304', 'Ss'],
  ['\u0327', 'ZzŽž'],
  ['\u030d', 'ēō'],
];

const N1 = " ',-.`~¨´·ʹʺʾʿˈˌ’‡";
const N2 = '!"#$%&()*+/0123456789:;<=>?@[\\]^_{|}¡¢£¥§©ª«¬®¯°±²³µ¶¹º»¿×÷€';
const N3 = '¤¦¸¼½¾';
const N4 = '\t\n\r\u00a0';

const letters = new Set<number>();
for (const range of LETTERS.split(' ')) {
  const [first = 0, last = first] = range.split('-').map((code) => Number.parseInt(code, 16));
  for (let code = first; code <= last; code += 1) letters.add(code);
}
const sequences = new Set(SEQUENCES.flatMap(([marks, bases]) => [...bases].map((base) => base + marks)));
const nameSigns = new Set(N1);
const textSigns = new Set(N1 + N2 + N3 + N4);

/** What nearly everybody types, decided at once. */
const COMMON_NAME = /^[A-Za-z ',.\-À-ÖØ-öø-ž]*$/;
const COMMON_TEXT = /^[ -~À-ž\n]*$/;

/** A base with its combining marks; K͟H and K͟h are letters of two bases. */
const UNIT = /[Kk]\u035f[Hh]|\P{M}\p{M}*|\p{M}+/gu;

function foreign(text: string, signs: ReadonlySet<string>, common: RegExp): string[] {
  if (common.test(text)) return [];
  const found = new Set<string>();
  for (const [unit] of text.normalize('NFC').matchAll(UNIT)) {
    const known =
      letters.has(unit.length === 1 ? unit.charCodeAt(0) : -1) || signs.has(unit) || sequences.has(unit);
    if (!known) found.add(unit);
  }
  return [...found];
}

/** @returns the characters (letter with its marks) that a name of data type A must not have, each once */
export function notInNames(name: string): string[] {
  return foreign(name, nameSigns, COMMON_NAME);
}

/** @returns the characters that a text of data type C must not have, each once */
export function notInTexts(text: string): string[] {
  return foreign(text, textSigns, COMMON_TEXT);
}
