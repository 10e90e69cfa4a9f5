/**
 * Letters with marks, for names as people really bear them (DIN 91379). Somebody types the plain letter and picks
 * the one they need from a row that always fits the letter before the cursor.
 */

/** Combining marks, the most needed first. */
const MARKS = [
  '\u0301', // acute
  '\u0300', // grave
  '\u0302', // circumflex
  '\u0308', // diaeresis
  '\u0303', // tilde
  '\u030c', // caron
  '\u0304', // macron
  '\u0306', // breve
  '\u030a', // ring
  '\u0328', // ogonek
  '\u0327', // cedilla
  '\u0307', // dot above
  '\u0323', // dot below
  '\u0309', // hook above
  '\u031b', // horn
  '\u030b', // double acute
  '\u0326', // comma below
  '\u0331', // macron below
];

/** Letters that are no letter plus mark, by the letter people look for them under. */
const OWN: Readonly<Record<string, string>> = {
  a: 'æ',
  b: 'ḃ',
  d: 'đð',
  e: 'ə',
  g: 'ǥ',
  h: 'ħ',
  i: 'ı',
  l: 'ł',
  n: 'ŋ',
  o: 'øœ',
  s: 'ßş',
  t: 'ŧþ',
  z: 'ʒ',
};

/** Letters that look alike, or nearly, by a language that writes each: nobody finds their own by its shape. */
const WRITTEN_IN: Readonly<Record<string, readonly string[]>> = {
  đ: ['hr', 'vi'],
  ð: ['is'],
  ă: ['ro', 'vi'],
  ş: ['tr'],
  ș: ['ro'],
  ţ: ['gag'],
  ț: ['ro'],
  ő: ['hu'],
  ű: ['hu'],
};

/** @returns the languages that tell a letter from one that looks like it; none where it is like no other */
export const writtenIn = (letter: string): readonly string[] => WRITTEN_IN[letter.toLowerCase()] ?? [];

function cased(letter: string, like: string): string {
  return like === like.toLowerCase() ? letter : letter.toUpperCase();
}

/**
 * @param letter what stands before the cursor, as one character
 * @returns its variants, each one character long (in NFC), the most needed first; none for anything but a letter
 */
export function variantsOf(letter: string): readonly string[] {
  if (!/^\p{L}$/u.test(letter)) return [];
  const own = [...(OWN[letter.toLowerCase()] ?? '')].map((one) => cased(one, letter));
  const marked = MARKS.map((mark) => (letter + mark).normalize('NFC'));
  // Letters of their own (ł, ø, ß) come first, but for the schwa, which few names have.
  const first = letter.toLowerCase() === 'e' ? [...marked, ...own] : [...own, ...marked];
  const single = first.filter((one) => [...one].length === 1 && one !== letter);
  return [...new Set(single)];
}
