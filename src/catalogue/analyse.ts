/** From text to the words it is found by: those of all languages that people search in, however they are typed. */
import { folded } from '#typed';

/** Words that say nothing of what somebody looks for, as people use them in questions. */
const STOP = new Set(
  folded(`aber als am an auch auf aus bei beim bin bis da das dass dem den der des dich die dir du ein eine einem einen einer
  er es für habe haben hat ich ihr ihre ihren im in ist kann kein keine man mein meine meinem meinen meiner mich mir mit
  möchte muss nach nicht oder ohne sich sie sind so und uns vom von wann was welche wenn wer wie wir wo zu zum zur
  a about and are as at be by do for from get have how i if is it me my need of on or our that the to want what
  when where which who with you your
  ben benim bir bu için ile istiyorum mi mı nasıl ne neden nerede nereden nereye ve veya
  أريد أن أين إلى أنا عن على في كيف لا ما متى من هذا هذه هل هو هي و`).split(/\s+/),
);

/** The Arabic article, and what is written together with it: "and the", "with the", "like the", "for the". */
const ARTICLE = /^(?:[وبكف]?ال|لل)(?=\p{L}{3})/u;

/**
 * Words of a text in order, folded, without stop words. A hyphenated word ("Kühl-Schrank") counts as one and as its parts.
 */
export function wordsOf(text: string): string[] {
  const words = folded(text).match(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*/gu) ?? [];
  return words
    .flatMap((word) => (word.includes('-') ? [word.replaceAll('-', ''), ...word.split('-')] : [word]))
    .filter((word) => !STOP.has(word))
    .map((word) => word.replace(ARTICLE, ''));
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
