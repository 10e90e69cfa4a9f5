/** A service's texts in each language: its own where there is one that says what the German says today, else the German. */
import { join } from 'node:path';
import { z } from 'zod';
import {
  about,
  freshnessOfMarks,
  inEvery,
  inLang,
  isSeen,
  LANGUAGES,
  type Language,
  type Pair,
  print,
  roomWords,
  type Seen,
  SOURCE,
  seenIn,
  seenQuickly,
  withGermanWords,
} from '#language';
import { parseSource, type Source, type SourceResult } from '#source';
import type { ServiceFolder } from './folder.ts';
import { isOfCity, textFacts, withFacts } from './here.ts';
import { overlayTextsShape } from './overlay-shapes.ts';
import { textsLaidOver } from './overlay-texts.ts';
import { PLACEHOLDER, placeholdersOf } from './placeholders.ts';
import type { Report } from './report.ts';
import {
  type ServiceFile,
  type TextsFile,
  type TranslationFile,
  textsShape,
  translationShape,
} from './schema.ts';
import { type Leaf, leavesOf, mapLeaves, type Tree, wordsOf } from './text-tree.ts';
import { type TextSource, textsOf } from './texts.ts';
import type { ServiceTexts } from './types.ts';
import type { Words } from './words/keys.ts';

type Take = <T>(result: SourceResult<T>) => Source<T> | undefined;
const seenShape = z.record(z.string(), z.string().refine(isSeen, 'two marks of 8 signs'));

/** The German texts by their place, each with its mark: every translation is compared with them. */
class German {
  readonly #texts: ReadonlyMap<string, Leaf>;
  readonly #marks = new Map<string, string>();

  constructor(texts: Tree) {
    this.#texts = leavesOf(texts);
  }

  /** @returns undefined where nothing is said in German */
  markOf(path: string): string | undefined {
    const known = this.#marks.get(path);
    const leaf = known === undefined ? this.#texts.get(path) : undefined;
    if (leaf === undefined) return known;
    const mark = print(wordsOf(leaf));
    this.#marks.set(path, mark);
    return mark;
  }
}

/** @returns a translation without what is older than its German, and whether a machine has said some of the rest */
function upToDate(
  own: Source<TranslationFile>,
  seen: ReadonlyMap<string, Seen>,
  german: German,
  language: Language,
): { source: Source<TranslationFile>; machine: boolean } {
  const byMachine = about(language).review === 'machine';
  const stale = new Set<string>();
  let isByMachine = false;
  for (const [path, leaf] of leavesOf(own.value)) {
    const source = german.markOf(path);
    // A translation of nothing is left for the check to name.
    if (source === undefined) continue;
    const now = { source, own: print(wordsOf(leaf)) };
    const { state, machine } = freshnessOfMarks(now, seen.get(path), byMachine);
    if (state === 'stale') stale.add(path);
    else isByMachine ||= machine;
  }
  if (stale.size === 0) return { source: own, machine: isByMachine };
  const value = mapLeaves(own.value, (leaf, path) => (stale.has(path) ? undefined : leaf));
  return { source: { ...own, value: value as TranslationFile }, machine: isByMachine };
}

interface Definition {
  source: Source<ServiceFile>;
  gone: readonly (readonly string[])[];
}

/** Reads the common texts of one language. */
function commonTexts(
  { path, files }: ServiceFolder,
  language: Language,
  german: German,
  take: Take,
): { source: Source<TranslationFile>; machine: boolean } | undefined {
  const name = `texts/${language}.yaml`;
  const file = join(path, name);
  const content = files[name];
  const own = take(parseSource(file, content ?? '{}', translationShape));
  const seenName = `texts/${language}.seen.yaml`;
  const seen = seenOf(join(path, seenName), files[seenName] ?? '', take);
  return own && upToDate(own, seen, german, language);
}

function seenOf(file: string, text: string, take: Take): ReadonlyMap<string, Seen> {
  const quick = seenQuickly(text);
  if (quick) return quick;
  const all = new Map<string, Seen>();
  for (const [path, entry] of Object.entries(take(parseSource(file, text, seenShape))?.value ?? {})) {
    const seen = seenIn(entry);
    if (seen) all.set(path, seen);
  }
  return all;
}

/** Stands for what the municipality takes. */
const FEE = '{city.fee}';
const costWords = roomWords<Words>('service')('cost');

/** @returns the words of the tile where the text says a fee and the municipality takes none: that is all there is to say */
function costOfNothing(
  { cost }: TranslationFile,
  { fee }: ServiceFile,
  language: Language,
): { cost?: string } {
  return fee.cents === 0 && cost?.includes(FEE) ? { cost: costWords(language).free } : {};
}

/** @returns the texts that there are, with what the city says itself; German is missing only with a problem */
export function readTexts(
  folder: ServiceFolder,
  { source: definition, gone }: Definition,
  report: Report,
  take: Take,
): TextSource[] {
  const { here, own, path, files } = folder;
  const overlays = LANGUAGES.map((language) => {
    const content = own?.files[`texts/${language}.yaml`];
    if (!own || content === undefined) return undefined;
    return take(parseSource(join(own.path, `texts/${language}.yaml`), content, overlayTextsShape));
  });
  const all = overlays.filter((each) => each !== undefined);
  const name = `texts/${SOURCE}.yaml`;
  const content = files[name];
  if (content === undefined) report.addFile(join(path, name), 'is missing: every text begins in German');
  const german = content === undefined ? undefined : take(parseSource(join(path, name), content, textsShape));
  const germanTexts = new German(german?.value ?? {});
  return LANGUAGES.flatMap((language, index): TextSource[] => {
    const isGerman = language === SOURCE;
    const base = isGerman
      ? german && { source: german, machine: false }
      : commonTexts(folder, language, germanTexts, take);
    if (!base) return [];
    const laid = textsLaidOver(base.source, overlays[index], all, gone, report, isGerman);
    if (!here) return [{ language, source: laid, machine: base.machine }];
    const facts = textFacts(here, definition.value, language);
    const said = { ...laid.value, ...costOfNothing(laid.value, definition.value, language) };
    const value = withFacts(said, facts, isOfCity, (at, message) => report.add(laid, at, message));
    return [{ language, source: { ...laid, value }, machine: base.machine }];
  });
}

/** Searched, not read. */
const SEARCHED = 'keywords';

/** German with what a translation says in its place. @param left told where another language leaves what is read in German */
function merged(german: TextsFile, own: TranslationFile, language: Language, left: () => void): TextsFile {
  const { lang } = about(SOURCE);
  const isForeign = about(language).lang !== lang;
  const marked = (text: string): string => inLang(text, lang);
  const named = (text: string): string => withGermanWords(text, language);
  const spoken = mapLeaves(
    german,
    (leaf, path, there) => {
      if (!isForeign || path === SEARCHED) return there ?? leaf;
      if (there !== undefined) return typeof there === 'string' ? named(there) : there.map(named);
      left();
      return typeof leaf === 'string' ? marked(leaf) : leaf.map(marked);
    },
    own,
  );
  return spoken as unknown as TextsFile;
}

/** What a service says, and how well. */
export interface Spoken {
  texts: Readonly<Record<Language, ServiceTexts>>;
  /** Languages in which a machine has said some of it, and no person has approved that. */
  unapproved: readonly Language[];
  /** Languages in which some of what is read is German. */
  partly: readonly Language[];
  /** Languages in which all its pages and questions are German. */
  foreign: readonly Language[];
}

/** @returns whether a file has any text of a page or question */
const asks = ({ pages, questions }: TranslationFile): boolean =>
  leavesOf({ ...pages, ...questions }).size > 0;

/** @returns what the service says in every language */
export function spokenTexts(all: readonly TextSource[], german: TextSource): Spoken {
  const source = german.source.value as TextsFile;
  const plain = textsOf(source);
  const partly = new Set<Language>();
  const ownOf = (language: Language): TranslationFile =>
    all.find((one) => one.language === language)?.source.value ?? {};
  const texts = inEvery((language): ServiceTexts => {
    const own = ownOf(language);
    const says = Object.keys(own).length > 0;
    if (language === SOURCE || (!says && about(language).lang === about(SOURCE).lang)) return plain;
    return textsOf(merged(source, own, language, () => partly.add(language)));
  });
  const foreign = [...partly].filter((language) => asks(source) && !asks(ownOf(language)));
  const unapproved = all.filter(({ machine }) => machine).map(({ language }) => language);
  return { texts, unapproved, partly: [...partly], foreign };
}

/** @returns every text in one piece, by its place */
const textsIn = (tree: Tree): Map<string, string> =>
  new Map([...leavesOf(tree)].map(([path, leaf]) => [path, wordsOf(leaf)]));

/** Another way of speaking German may leave out what would be too much; who translates from outside may not lose anything. */
function wrongTranslation(german: string, text: string, language: Language): string[] {
  const [there, own] = [german, text].map((one) => new Set(placeholdersOf(one))) as [
    Set<string>,
    Set<string>,
  ];
  const unknown = [...own].filter((name) => !there.has(name) && !isOfCity(name));
  const lost = about(language).register === undefined ? [...there].filter((name) => !own.has(name)) : [];
  return [
    ...(/[{}]/.test(text.replace(PLACEHOLDER, '')) ? ['the braces are wrong'] : []),
    ...unknown.map((name) => `{${name}} does not stand in the German`),
    ...lost.map((name) => `{${name}} is missing`),
  ];
}

/**
 * Texts of a service, or of what a city lays over one, beside their German, for translators.
 * @param folder its files as text; what cannot be read there is left to the compiler
 */
export function textPairsOf({ path, files }: ServiceFolder): Pair[] {
  const read = (name: string, shape: z.ZodType<Tree>): Source<Tree> | undefined => {
    const text = files[name];
    return text === undefined ? undefined : parseSource(join(path, name), text, shape).source;
  };
  const tree = z.record(z.string(), z.unknown());
  const german = read(`texts/${SOURCE}.yaml`, tree);
  if (!german) return [];
  const source = textsIn(german.value);
  const leaves = leavesOf(german.value);
  const lists = new Set([...leaves.keys()].filter((name) => typeof leaves.get(name) !== 'string'));
  return LANGUAGES.filter((language) => language !== SOURCE).map((language): Pair => {
    const own = read(`texts/${language}.yaml`, tree);
    const seen = read(`texts/${language}.seen.yaml`, seenShape);
    return {
      ...{ language, source, grouped: false, lists },
      own: {
        texts: textsIn(own?.value ?? {}),
        seen: textsIn(seen?.value ?? {}),
        byMachine: about(language).review === 'machine',
      },
      file: join(path, `texts/${language}.yaml`),
      seenFile: join(path, `texts/${language}.seen.yaml`),
      lineOf: (name) => own?.lineOf(name.split('.')) ?? 1,
      wrongIn: (name, text) => wrongTranslation(source.get(name) ?? '', text, language),
    };
  });
}
