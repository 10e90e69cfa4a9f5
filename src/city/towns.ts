/** Is a town this city? By its name, in another spelling, by a district, or by both. */
import { editDistance } from '#typed';
import { foldStreet } from './streets.ts';
import type { City } from './types.ts';

/** Words that say nothing more of which town it is: "Stadt Karlsruhe", "Durlach bei Karlsruhe". */
const AROUND = new Set([
  'stadt',
  'stadtkreis',
  'stadtteil',
  'stadtteile',
  'ortsteil',
  'ot',
  'in',
  'am',
  'rhein',
  'bei',
  'der',
  'deutschland',
  'germany',
  'd',
  'de',
]);
/** One wrong letter in a name of so many letters says still which it is. */
const LONG = 7;

function wordsOf(town: string): string[] {
  return town
    .split(/[^\p{L}\p{N}'’]+/u)
    .map(foldStreet)
    .filter(Boolean);
}

/**
 * @param city its name, other spellings and districts
 * @returns whether a town somebody typed is the city: all its words belong to names of the city, and one name is there whole.
 *   Which place it is, the postcode has to say as well.
 */
export function townsOf({ name, alsoCalled, districts }: City): (town: string) => boolean {
  const names = [name, ...alsoCalled, ...districts].map(wordsOf);
  const known = new Set(names.flat());
  const long = [...known].filter((word) => word.length >= LONG);
  const meant = (word: string): string | undefined =>
    known.has(word)
      ? word
      : word.length >= LONG
        ? long.find((one) => editDistance(one, word, 1) <= 1)
        : undefined;
  return (town) => {
    const words = wordsOf(town)
      // "Karlsruhe 41": the number of a post office, from before there were five digits.
      .filter((word) => !AROUND.has(word) && !/^\d{1,2}$/.test(word))
      .map(meant);
    return (
      !words.includes(undefined) &&
      names.some((one) => one.length > 0 && one.every((word) => words.includes(word)))
    );
  };
}
