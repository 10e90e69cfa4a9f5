/** The words of all rooms at once: for the check, for translators, and for the types written from them. */
import { join, relative, resolve } from 'node:path';
import type { Problem } from '#source';
import { readRoom, speakingRooms, wrongTranslation } from './files.ts';
import type { Language } from './keys.ts';
import { about, LANGUAGES, SOURCE } from './languages.ts';
import { forCitizens, type Translation } from './record.ts';
import { ROOT } from './root.ts';
import type { Texts } from './seen.ts';
import { keysOf, languageKeys } from './typing.ts';

const NONE: Texts = new Map();
const NO_LISTS: ReadonlySet<string> = new Set();

/** Texts of one place in German and in one other language. */
export interface Pair {
  language: Language;
  source: Texts;
  own: Translation;
  /** Paths of the translation and of what it remembers, from the program's folder. */
  file: string;
  seenFile: string;
  /** Whether names are `group.name`. */
  grouped: boolean;
  /** Names of texts that are lists, an entry a line. */
  lists: ReadonlySet<string>;
  lineOf(name: string): number;
  /** @returns in words what is wrong with a text that a translator sends in its place */
  wrongIn(name: string, text: string): string[];
}

/** @returns every room's words, German beside each other language, and what is wrong with them */
export function roomPairs(): { pairs: Pair[]; problems: Problem[] } {
  const rooms = speakingRooms().map((room) => readRoom(room));
  const pairs = rooms.flatMap(({ room, files }) => {
    const source = forCitizens(room, files.get(SOURCE)?.texts ?? NONE);
    if (source.size === 0) return [];
    return LANGUAGES.filter((language) => language !== SOURCE).map((language): Pair => {
      const own = files.get(language);
      const byMachine = about(language).review === 'machine';
      return {
        language,
        source,
        own: { texts: own?.texts ?? NONE, seen: own?.seen ?? NONE, byMachine },
        file: join('src', room, 'words', `${language}.yaml`),
        seenFile: join('src', room, 'words', `${language}.seen.yaml`),
        grouped: true,
        lists: NO_LISTS,
        lineOf: (name) => own?.lineOf(name) ?? 1,
        wrongIn: (name, text) => wrongTranslation(source.get(name) ?? '', text, language),
      };
    });
  });
  return { pairs, problems: rooms.flatMap(({ problems }) => problems) };
}

/** @returns the sources that follow from the data: types of the words of each room, and of the languages; by path from the program's folder */
export function typeFiles(): Map<string, string> {
  const rooms = speakingRooms().map((room): [string, string] => [
    join('src', room, 'words', 'keys.ts'),
    keysOf(readRoom(room)),
  ]);
  return new Map([[join('src', 'language', 'keys.ts'), languageKeys()], ...rooms]);
}

/** @returns a path from the program's folder as the system wants it */
export const inProgram = (path: string): string => resolve(ROOT, path);

/** @returns a path as seen from the program's folder, the same on every machine */
export const fromProgram = (path: string): string => relative(ROOT, resolve(ROOT, path));
