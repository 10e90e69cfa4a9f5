/** The folder `words/` of a room: sentences by group and name, a file for each language, and what translations remember. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { hint, type Problem, parseSource, type Source } from '#source';
import type { Language } from './keys.ts';
import { about, isLanguage, LANGUAGES, SOURCE } from './languages.ts';
import { compileMessage, isMessage, type Message, type Need } from './message.ts';
import { ROOT } from './root.ts';
import { isSeen, type Texts } from './seen.ts';

const NAME = z.string().regex(/^[a-z][A-Za-z0-9_]*$/, 'a name in letters and digits');
const textsShape = z.record(NAME, z.record(NAME, z.string().min(1)));
const seenShape = z.record(NAME, z.record(NAME, z.string().refine(isSeen, 'two marks of 8 signs')));

/** One language's words in a room. */
export interface WordFile {
  file: string;
  texts: Texts;
  messages: ReadonlyMap<string, Message>;
  /** By the same names. */
  seen: Texts;
  lineOf(name: string): number;
}

export interface RoomFiles {
  room: string;
  files: ReadonlyMap<Language, WordFile>;
}

const flat = (groups: Readonly<Record<string, Readonly<Record<string, string>>>>): Map<string, string> =>
  new Map(
    Object.entries(groups).flatMap(([group, texts]) =>
      Object.entries(texts).map(([name, text]) => [`${group}.${name}`, text] as const),
    ),
  );

const folderOf = (room: string): string => join('src', room, 'words');

/** @returns the rooms that speak, in the order of their names */
export function speakingRooms(): string[] {
  return readdirSync(join(ROOT, 'src'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(ROOT, folderOf(entry.name))))
    .map((entry) => entry.name)
    .sort();
}

class Reader {
  readonly problems: Problem[] = [];
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  read<T>(file: string, shape: z.ZodType<T>): Source<T> | undefined {
    const { source, problems } = parseSource(file, readFileSync(join(this.#root, file), 'utf8'), shape);
    this.problems.push(...problems);
    return source;
  }

  words(room: string, language: Language, source: WordFile | undefined): WordFile | undefined {
    const file = join(folderOf(room), `${language}.yaml`);
    const read = this.read(file, textsShape);
    if (!read) return undefined;
    const seenFile = join(folderOf(room), `${language}.seen.yaml`);
    const seen = existsSync(join(this.#root, seenFile)) ? this.read(seenFile, seenShape) : undefined;
    const texts = flat(read.value);
    const lineOf = (name: string) => read.lineOf(name.split('.'));
    const messages = new Map<string, Message>();
    for (const [name, text] of texts) {
      const wrong = (message: string) => this.problems.push({ file, line: lineOf(name), message });
      if (source && !source.texts.has(name)) {
        wrong(`there is no text \`${name}\` in ${SOURCE}.yaml.${hint(name, new Set(source.texts.keys()))}`);
        continue;
      }
      const message = this.#message(text, language, (why) => wrong(`\`${name}\`: ${why}`));
      if (message) messages.set(name, message);
      for (const why of differing(source?.messages.get(name), message, source !== undefined))
        wrong(`\`${name}\`: ${why}`);
    }
    return { file, texts, messages, seen: flat(seen?.value ?? {}), lineOf };
  }

  #message(text: string, language: Language, wrong: (why: string) => void): Message | undefined {
    if (!isMessage(text)) return undefined;
    try {
      return compileMessage(text, about(language));
    } catch (error) {
      wrong(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }
}

const spoken = (need: Need | undefined): string => (typeof need === 'string' ? need : 'select');

/** A translation may leave something out that its German says, but it cannot say what nobody tells it. */
function differing(source: Message | undefined, own: Message | undefined, translated: boolean): string[] {
  if (!translated || !own) return [];
  return [...own.needs].flatMap(([name, need]) => {
    const there = source?.needs.get(name);
    if (there === undefined) {
      const known = [...(source?.needs.keys() ?? [])].map((one) => `{${one}}`).join(', ') || 'nothing';
      return [`{${name}} is not told; ${known} is`];
    }
    // A value that German only shows may be a word by which another language tells cases apart; counting needs a number.
    if (need === 'number' && there !== 'number')
      return [`{${name}} is no number in German, and cannot be counted`];
    if (spoken(need) === 'select' && spoken(there) === 'number') return [`{${name}} is a number, not a word`];
    return [];
  });
}

/**
 * Looks at one text as a translator sends it. Whoever translates from outside does not see the page, so nothing may get lost;
 * another way of speaking German may leave out what would be too much.
 * @returns in words what is wrong with it
 */
export function wrongTranslation(german: string, text: string, language: Language): string[] {
  try {
    const source = compileMessage(german, about(SOURCE));
    const own = compileMessage(text, about(language));
    const lost =
      about(language).register === undefined
        ? [...source.needs.keys()].filter((name) => !own.needs.has(name))
        : [];
    return [...differing(source, own, true), ...lost.map((name) => `{${name}} is missing`)];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

/**
 * Reads the words of one room in all languages.
 * @param root the folder with `src/`
 * @returns them, and what is wrong with them
 */
export function readRoom(room: string, root: string = ROOT): RoomFiles & { problems: Problem[] } {
  const reader = new Reader(root);
  const files = new Map<Language, WordFile>();
  for (const name of readdirSync(join(root, folderOf(room))).sort()) {
    const language = /^(.+?)(?:\.seen)?\.yaml$/.exec(name)?.[1];
    if (language === undefined || isLanguage(language)) continue;
    const message = `there is no language \`${language}\`; there are ${LANGUAGES.join(', ')}`;
    reader.problems.push({ file: join(folderOf(room), name), line: 1, message });
  }
  for (const language of LANGUAGES) {
    if (!existsSync(join(root, folderOf(room), `${language}.yaml`))) continue;
    const words = reader.words(room, language, files.get(SOURCE));
    if (words) files.set(language, words);
  }
  if (!files.has(SOURCE) && reader.problems.length === 0) {
    const file = join(folderOf(room), `${SOURCE}.yaml`);
    reader.problems.push({ file, line: 1, message: 'is missing: every text begins in it' });
  }
  return { room, files, problems: reader.problems };
}
