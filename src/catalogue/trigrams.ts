/** A small trigram index: the last resort when no word matches, for typos that fuzzy matching does not reach. */

function trigramsOf(word: string): string[] {
  const padded = `^${word}$`;
  return Array.from({ length: Math.max(padded.length - 2, 0) }, (_, index) => padded.slice(index, index + 3));
}

export interface TrigramIndex {
  /** @returns words of the vocabulary that look like this one, with a likeness from 0 to 1, best first */
  alike(word: string): { word: string; likeness: number }[];
}

const ALIKE = 0.4;
const MOST = 5;

/** @param words the vocabulary, folded */
export function createTrigramIndex(words: Iterable<string>): TrigramIndex {
  const vocabulary = [...new Set(words)];
  const places = new Map<string, number[]>();
  const sizes = vocabulary.map((word, place) => {
    const trigrams = new Set(trigramsOf(word));
    for (const trigram of trigrams) {
      const list = places.get(trigram);
      if (list) list.push(place);
      else places.set(trigram, [place]);
    }
    return trigrams.size;
  });
  return {
    alike(word) {
      const trigrams = new Set(trigramsOf(word));
      const shared = new Map<number, number>();
      for (const trigram of trigrams) {
        for (const place of places.get(trigram) ?? []) shared.set(place, (shared.get(place) ?? 0) + 1);
      }
      return [...shared]
        .map(([place, count]) => ({
          word: vocabulary[place] ?? '',
          likeness: (2 * count) / (trigrams.size + (sizes[place] ?? 0)),
        }))
        .filter((candidate) => candidate.likeness >= ALIKE)
        .sort((a, b) => b.likeness - a.likeness)
        .slice(0, MOST);
    },
  };
}
