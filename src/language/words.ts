/** The words of a room by language. What is missing or outdated in one stands in the next language, in the end in German. */
import { formatProblems } from '#source';
import { readRoom, type WordFile } from './files.ts';
import { inLang } from './foreign.ts';
import { withGermanWords } from './german-words.ts';
import type { Language } from './keys.ts';
import { about, LANGUAGES, SOURCE } from './languages.ts';
import type { Values } from './message.ts';
import { freshnessOf } from './seen.ts';

/** A text, or a sentence that something is told to. */
type Word = string | ((values: Values) => string);
type Groups = Record<string, Record<string, Word>>;

const unapproved = new Set<Language>();

/** Whether a translation says what the German says today, and whether a person has looked at it. */
function usable(language: Language, name: string, own: WordFile | undefined, source: WordFile): boolean {
  const byMachine = about(language).review === 'machine';
  const german = source.texts.get(name) ?? '';
  const { state, machine } = freshnessOf(german, own?.texts.get(name), own?.seen.get(name), byMachine);
  if (state === 'hole' || state === 'stale') return false;
  if (machine) unapproved.add(language);
  return true;
}

/** Whether something is told to it is the same in all languages, as its German has it. */
function wordIn(file: WordFile, source: WordFile, name: string, mark: (text: string) => string): Word {
  const message = file.messages.get(name);
  const text = message && message.needs.size === 0 ? message.say({}) : (file.texts.get(name) ?? '');
  if (!source.messages.get(name)?.needs.size) return mark(text);
  return (values) => mark(message ? message.say(values) : text);
}

function groupsIn(language: Language, files: ReadonlyMap<Language, WordFile>, source: WordFile): Groups {
  const groups: Groups = {};
  const chain = [language, ...about(language).fallbacks.filter((one) => one !== SOURCE)];
  for (const name of source.texts.keys()) {
    const [group = '', key = ''] = name.split('.');
    const from =
      language === SOURCE
        ? SOURCE
        : (chain.find((one) => usable(one, name, files.get(one), source)) ?? SOURCE);
    const { lang } = about(from);
    const mark =
      lang === about(language).lang
        ? (text: string) => withGermanWords(text, language)
        : (text: string) => inLang(text, lang);
    let words = groups[group];
    if (!words) {
      words = {};
      groups[group] = words;
    }
    words[key] = wordIn(files.get(from) ?? source, source, name, mark);
  }
  return groups;
}

/**
 * Reads `src/<room>/words/` once, when the room is loaded: a mistake in it stops the start.
 * @param room the name of the room
 * @param root the folder with `src/`, for words of another program
 * @returns the groups of its words; each gives the words of one language
 * @throws Error naming file and line of everything that is wrong
 */
export function roomWords<T>(
  room: string,
  root?: string,
): <G extends keyof T>(group: G) => (language: Language) => T[G] {
  const { files, problems } = readRoom(room, root);
  const source = files.get(SOURCE);
  if (!source || problems.length > 0) throw new Error(formatProblems(problems));
  const all = new Map(LANGUAGES.map((one) => [one, groupsIn(one, files, source)]));
  return (group) => (language) => (all.get(language) ?? all.get(SOURCE))?.[String(group)] as T[typeof group];
}

/** @returns whether pages in this language hold words that only a machine has translated */
export const isUnapproved = (language: Language): boolean => unapproved.has(language);
