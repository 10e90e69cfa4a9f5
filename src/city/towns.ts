/** Is a town this city? By its name, in another spelling, by a district, or by both. */
import { editDistance } from '#typed';
import { foldStreet } from './streets.ts';
import type { City } from './types.ts';

/** Words that say nothing more of which town it is: "Stadt Karlsruhe", "Durlach bei Karlsruhe", "Esslingen am Neckar". */
const AROUND = new Set([
  ...['stadt', 'stadtkreis', 'stadtteil', 'stadtteile', 'ortsteil', 'ot', 'gemeinde', 'markt'],
  ...['in', 'im', 'am', 'an', 'auf', 'bei', 'ob', 'vor', 'zu', 'der', 'dem', 'den'],
  ...['rhein', 'deutschland', 'germany', 'd', 'de'],
]);
/** Where the name ends and it begins where that lies: "Frankfurt | am Main", "Halle | (Saale)", "Neustadt | / Weinstraße". */
const WHERE = /\s+(?:am|an|im|in|auf|bei|ob|vor)\s|\s*[(/]/i;
/** One wrong letter in a name of so many letters says still which it is. */
const LONG = 7;
/** As in "Frankfurt a. M." and "Freiburg i. Br.". */
const ABBREVIATED = 3;

function wordsOf(town: string): string[] {
  return town
    .split(/[^\p{L}\p{N}'’]+/u)
    .map(foldStreet)
    .filter(Boolean);
}

/** @returns words that tell towns apart; all of them where nothing else is left, as in "Markt" */
function tellingWordsOf(name: string): string[] {
  const words = wordsOf(name);
  const telling = words.filter((word) => !AROUND.has(word));
  return telling.length > 0 ? telling : words;
}

/**
 * @param city its name, other spellings and districts
 * @returns whether a town somebody typed is the city: all its words belong to names of the city, and one name is there whole,
 *   but for where that lies. Which place it is, the postcode has to say as well.
 */
export function townsOf({ name, alsoCalled, districts }: City): (town: string) => boolean {
  const all = [name, ...alsoCalled, ...districts];
  const names = all.flatMap((one) => [one, one.split(WHERE)[0] ?? one]).map(tellingWordsOf);
  const known = new Set(all.flatMap(wordsOf));
  const long = [...known].filter((word) => word.length >= LONG);
  const isShort = (word: string): boolean =>
    word.length <= ABBREVIATED && [...known].some((one) => one.startsWith(word));
  const meant = (word: string): string | undefined =>
    known.has(word) || isShort(word)
      ? word
      : word.length >= LONG
        ? long.find((one) => editDistance(one, word, 1) <= 1)
        : undefined;
  return (town) => {
    const typed = wordsOf(town).filter((word) => known.has(word) || !AROUND.has(word));
    // "Karlsruhe 41": the number of a post office, from before there were five digits.
    const words = typed.filter((word) => !/^\d{1,2}$/.test(word)).map(meant);
    return (
      !words.includes(undefined) &&
      names.some((one) => one.length > 0 && one.every((word) => words.includes(word)))
    );
  };
}
