/** Names and addresses held against each other, however they are spelled. */

/** Letters that passports and keyboards write as two (ICAO Doc 9303-3), or that are no letter with a mark. */
const AS_TWO: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa', ø: 'oe' };
const AS_OTHERS: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', þ: 'th', ø: 'o', ð: 'd', đ: 'd', ł: 'l', ħ: 'h', ı: 'i' },
};

/** @returns a name as it is written where its letters are missing: with two in place of one, and without marks */
function spellings(name: string): string[] {
  const letters = name.toLocaleLowerCase('de').normalize('NFC');
  return [AS_TWO, {}].map((first: Readonly<Record<string, string>>) =>
    [...letters]
      .map((letter) => first[letter] ?? AS_OTHERS[letter] ?? letter)
      .join('')
      .normalize('NFD')
      .replace(/[^\p{L}\p{N}]/gu, ''),
  );
}

/** Names as words, without capitals, hyphens and marks: ways of writing one person's names. */
function namesIn(text: string): string[][] {
  return text
    .split(/[\s\p{Pd}]+/u)
    .map(spellings)
    .filter(([name]) => name !== '');
}

/** @returns whether both may be the same person's names: all of the one stand in the other, in any order */
export function sameNames(one: string, other: string): boolean {
  const [a, b] = [namesIn(one), namesIn(other)];
  const isIn = (name: string[], names: string[][]): boolean =>
    names.some((each) => each.some((spelling) => name.includes(spelling)));
  if (a.length === 0 || b.length === 0) return false;
  return a.every((name) => isIn(name, b)) || b.every((name) => isIn(name, a));
}

type Address = Readonly<Record<string, unknown>>;

const part = (address: Address, name: string): string => String(address[name] ?? '');

/** @returns an address on one line, for values that are worked out; the country is not said */
export function addressLine(address: Address): string {
  const say = (...names: string[]) =>
    names
      .map((name) => part(address, name))
      .filter(Boolean)
      .join(' ');
  return [say('street', 'houseNumber'), say('postcode', 'city')].filter(Boolean).join(', ');
}

/**
 * @returns whether both are the same door: "Kaiserstr. 10 a" is "Kaiserstraße 10a". The postcode says which town it is, where
 * there is one; what stands behind the number ("10 Hinterhaus") makes it another door.
 */
export function sameAddress(one: Address, other: Address): boolean {
  const bare = (text: string): string => spellings(text)[0] ?? '';
  const door = (address: Address): string => {
    const street = bare(part(address, 'street').replace(/str(?:a(?:ß|ss)e|\.)?(?!\p{L})/iu, 'str'));
    const town = bare(part(address, 'postcode')) || bare(part(address, 'city'));
    return [street, bare(part(address, 'houseNumber')), town, part(address, 'country')].join('|');
  };
  return door(one) === door(other);
}
