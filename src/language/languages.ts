/** Which languages there are, and what each is. Data: `languages.yaml`. */
import { join } from 'node:path';
import { z } from 'zod';
import { formatProblems, type Problem, readSource, type Source } from '#source';
import type { Language } from './keys.ts';
import { ROOT } from './root.ts';

const shape = z.record(
  z.string().regex(/^[a-z]+$/, 'a short name in small letters'),
  z.strictObject({
    name: z.string().min(1),
    tag: z.string().refine((tag) => {
      try {
        return Intl.getCanonicalLocales(tag)[0] === tag;
      } catch {
        return false;
      }
    }, 'a BCP 47 tag, such as `tr-TR` or `sr-Latn-RS`'),
    direction: z.enum(['ltr', 'rtl']),
    fallback: z.string().optional(),
    register: z.string().optional(),
    of: z.string().optional(),
    review: z.enum(['people', 'machine']),
  }),
);

type File = z.infer<typeof shape>;

/** What a language is. */
export interface About {
  /** As those who need it call it. */
  name: string;
  /** BCP 47, for everything that `Intl` writes. */
  tag: string;
  /** The value of the attribute `lang`: language, and script where it matters. */
  lang: string;
  direction: 'ltr' | 'rtl';
  /** ISO 15924: `Latn`, `Arab`. */
  script: string;
  /** Languages whose texts stand where this one has none, the nearest first; the source comes last. */
  fallbacks: readonly Language[];
  /** Set where it is another way of speaking a language: Leichte Sprache. */
  register: string | undefined;
  /** Whether people have looked at its texts. */
  review: 'people' | 'machine';
}

/** @throws Error naming file and line when a language is told wrongly */
export function readLanguages(file: string): ReadonlyMap<Language, About> {
  const { source, problems } = readSource(file, shape);
  if (!source) throw new Error(formatProblems(problems));
  const wrong = wrongNames(source);
  if (wrong.length > 0) throw new Error(formatProblems(wrong));
  return new Map(
    Object.entries(source.value).map(([id, one]): [Language, About] => [
      id as Language,
      {
        ...{ ...one, register: one.register, lang: langOf(one.tag), fallbacks: chain(source.value, id) },
        script: new Intl.Locale(one.tag).maximize().script ?? 'Latn',
      },
    ]),
  );
}

/** `lang` without the country: the same words are read in all of them. */
function langOf(tag: string): string {
  const { language, script } = new Intl.Locale(tag);
  return script === undefined ? language : `${language}-${script}`;
}

function chain(all: File, id: string): Language[] {
  const found: string[] = [];
  for (let next = all[id]?.fallback; next !== undefined && !found.includes(next); next = all[next]?.fallback)
    found.push(next);
  return found as Language[];
}

function wrongNames({ file, value, lineOf }: Source<File>): Problem[] {
  const [first] = Object.keys(value);
  return Object.entries(value).flatMap(([id, one]) => {
    const wrong = (key: string, message: string): Problem => ({ file, line: lineOf([id, key]), message });
    const problems: Problem[] = [];
    const leads = chain(value, id).at(-1);
    if (id === first && one.fallback !== undefined)
      problems.push(wrong('fallback', `\`${id}\` is the source, nothing stands for it`));
    if (id !== first && leads !== first)
      problems.push(wrong('fallback', `\`fallback\` has to lead to \`${first}\`, the first language`));
    if ((one.register === undefined) !== (one.of === undefined))
      problems.push(wrong('register', '`register` and `of` come together'));
    if (one.of !== undefined && !Object.hasOwn(value, one.of))
      problems.push(wrong('of', `there is no language \`${one.of}\``));
    return problems;
  });
}

const ALL = readLanguages(join(ROOT, 'src', 'language', 'languages.yaml'));

/** All of them, as they stand on the screen. */
export const LANGUAGES: readonly Language[] = [...ALL.keys()];

/** The one in which every text begins. */
export const SOURCE: Language = LANGUAGES[0] ?? 'de';

/** @returns whether somebody asks for a language that there is */
export function isLanguage(text: unknown): text is Language {
  return typeof text === 'string' && ALL.has(text as Language);
}

/** @returns the language of that name; the source for anything else */
export function languageOf(text: unknown): Language {
  return isLanguage(text) ? text : SOURCE;
}

/** @throws Error for a language that does not exist */
export function about(language: Language): About {
  const found = ALL.get(language);
  if (!found) throw new Error(`language: there is no language ${language}`);
  return found;
}

/** @returns the language itself where people have looked at its words, else the next that stands for it where they have */
export function approved(language: Language): Language {
  return [language, ...about(language).fallbacks].find((one) => about(one).review === 'people') ?? SOURCE;
}

/** @returns whether it is German, in whatever way of speaking: then whatever begins in German is at home there */
export const isGerman = (language: Language): boolean => about(language).lang === about(SOURCE).lang;

const DIRECTIONS = new Map([...ALL.values()].map(({ lang, direction }) => [lang, direction]));

/** @param lang value of a `lang` attribute @returns how it is written */
export function directionOf(lang: string): 'ltr' | 'rtl' {
  return DIRECTIONS.get(lang) ?? 'ltr';
}
