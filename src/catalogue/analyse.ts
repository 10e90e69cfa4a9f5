/** From text to the words it is found by: German and English, however they are typed. */

const STOP = new Set(
  `aber als am an auch auf aus bei beim bin bis da das dass dem den der des dich die dir du ein eine einem einen einer
  er es fuer habe haben hat ich ihr ihre ihren im in ist kann kein keine man mein meine meinem meinen meiner mich mir mit
  moechte muss nach nicht oder ohne sich sie sind so und uns vom von wann was welche wenn wer wie wir wo zu zum zur
  a about and are as at be by do for from get have how i if is it me my need of on or our that the to want what
  when where which who with you your`.split(/\s+/),
);

/** Case, umlauts and accents folded: "Führungszeugnis", "FUEHRUNGSZEUGNIS" and "fuehrungszeugnis" are one word. */
export function fold(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .normalize('NFD')
    .replace(/\p{M}/gu, '');
}

/**
 * Words of a text in order, folded, without stop words. A hyphenated word ("Kühl-Schrank") counts as one and as its parts.
 */
export function wordsOf(text: string): string[] {
  const words = fold(text).match(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*/gu) ?? [];
  return words
    .flatMap((word) => (word.includes('-') ? [word.replaceAll('-', ''), ...word.split('-')] : [word]))
    .filter((word) => !STOP.has(word));
}

const SUFFIXES = [
  'erinnen',
  'innen',
  'ungen',
  'erin',
  'ern',
  'ing',
  'est',
  'end',
  'em',
  'en',
  'er',
  'es',
  'ed',
  'e',
  'n',
  's',
];

/** Light stemming: takes one ending off where at least four letters stay; "Umzüge" stays apart from "Umzug". */
export function stem(word: string): string {
  if (/\d/.test(word)) return word;
  for (const suffix of SUFFIXES) {
    if (word.length - suffix.length < 4 || !word.endsWith(suffix)) continue;
    return suffix === 'ungen' ? `${word.slice(0, -2)}` : word.slice(0, -suffix.length);
  }
  return word;
}

/** Shortest part of a compound: shorter ones ("amt", "ort") hide in too many words. */
const SHORTEST = 4;
const LINKS = ['', 's', 'es', 'n', 'en'];

/**
 * Splits a compound into words of a vocabulary, allowing linking letters between them.
 * @returns the parts, or an empty list when the word cannot be covered entirely
 */
export function splitCompound(word: string, vocabulary: ReadonlySet<string>): string[] {
  for (let end = word.length - SHORTEST; end >= SHORTEST; end -= 1) {
    const head = word.slice(0, end);
    if (!vocabulary.has(head)) continue;
    for (const link of LINKS) {
      if (!word.startsWith(link, end)) continue;
      const tail = word.slice(end + link.length);
      if (tail.length < SHORTEST) continue;
      if (vocabulary.has(tail)) return [head, tail];
      const rest = splitCompound(tail, vocabulary);
      if (rest.length > 0) return [head, ...rest];
    }
  }
  return [];
}

/** @returns the stems a text is found by, parts of compounds included */
export function termsOf(text: string, vocabulary: ReadonlySet<string>): string[] {
  const terms = new Set<string>();
  for (const word of wordsOf(text)) {
    terms.add(stem(word));
    for (const part of splitCompound(word, vocabulary)) if (!STOP.has(part)) terms.add(stem(part));
  }
  return [...terms];
}
