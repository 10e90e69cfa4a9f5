import MiniSearch, { type SearchResult } from 'minisearch';
import { LANGUAGES, type Language, withoutMarks } from '#language';
import type { CompiledService, ServiceTexts } from '#service';
import { termsOf, wordsOf } from './analyse.ts';
import { createTrigramIndex } from './trigrams.ts';

export interface Hit {
  service: CompiledService;
  /** Only comparable within one search. */
  score: number;
  /** Whether title and keywords say all that was typed; otherwise it is only the nearest that there is. */
  fits: boolean;
}

interface Entry {
  id: number;
  title: string;
  keywords: string;
  summary: string;
  about: string;
  /** Titles and keywords of the other languages: people use their own words on any screen. */
  foreign: string;
}

const BOOST = { title: 3, keywords: 4, summary: 1.5, about: 0.4, foreign: 1.2 };
const FIELDS = Object.keys(BOOST);
/** What a service is called. In the others everything may be mentioned: a passport where a copy of it is needed. */
const NAMES = ['title', 'keywords', 'foreign'];
/** A title or keyword that is exactly what was typed. */
const EXACT = 20;
/** Longer input is cut: nobody searches with a letter, and the work stays bounded. */
const LONGEST = 100;
const MOST = 20;
/** Of the best: what is below was found by a letter or two, where something else is meant. */
const WORTH = 0.15;

function shortTexts(texts: ServiceTexts): string[] {
  return [withoutMarks(texts.title), ...texts.keywords];
}

/** Vocabulary for splitting compounds: every word that titles and keywords use on their own. */
function vocabularyOf(services: readonly CompiledService[]): ReadonlySet<string> {
  return new Set(
    services.flatMap((service) =>
      LANGUAGES.flatMap((language) => shortTexts(service.texts[language]).flatMap(wordsOf)),
    ),
  );
}

function entryOf(service: CompiledService, id: number, language: Language): Entry {
  const texts = service.texts[language];
  const others = LANGUAGES.filter((other) => other !== language);
  return {
    id,
    title: withoutMarks(texts.title),
    keywords: texts.keywords.join('\n'),
    summary: withoutMarks(texts.summary),
    about: withoutMarks([...texts.about, ...texts.needs].join('\n')),
    foreign: others.flatMap((other) => shortTexts(service.texts[other])).join('\n'),
  };
}

/** Which services carry a phrase as title or keyword, in any language. */
function phrasesOf(services: readonly CompiledService[]): Map<string, Set<number>> {
  const phrases = new Map<string, Set<number>>();
  for (const [id, service] of services.entries()) {
    for (const language of LANGUAGES) {
      for (const text of shortTexts(service.texts[language])) {
        const phrase = wordsOf(text).join(' ');
        const owners = phrases.get(phrase) ?? new Set();
        phrases.set(phrase, owners.add(id));
      }
    }
  }
  return phrases;
}

interface Found {
  id: number;
  score: number;
  fits: boolean;
}

type Index = (query: string) => Found[];

/** A word that is mentioned somewhere and only resembles what was typed says nothing. */
const isMeant = ({ match, queryTerms }: SearchResult): boolean =>
  Object.entries(match).some(
    ([word, fields]) =>
      fields.some((field) => NAMES.includes(field)) || queryTerms.some((typed) => word.startsWith(typed)),
  );

function indexOf(
  services: readonly CompiledService[],
  language: Language,
  vocabulary: ReadonlySet<string>,
): Index {
  const index = new MiniSearch<Entry>({
    fields: FIELDS,
    tokenize: (text) => termsOf(text, vocabulary),
    processTerm: (term) => term,
    searchOptions: {
      boost: BOOST,
      prefix: (term) => term.length >= 2,
      fuzzy: (term) => (term.length >= 8 ? 2 : term.length >= 5 ? 1 : false),
      weights: { fuzzy: 0.35, prefix: 0.45 },
    },
  });
  index.addAll(services.map((service, id) => entryOf(service, id, language)));
  const trigrams = createTrigramIndex(vocabulary);
  const find = (query: string, combineWith: 'AND' | 'OR'): Found[] => {
    const all = index.search(query, { combineWith }).filter(isMeant);
    if (all.length === 0) return [];
    const named = combineWith === 'AND' ? index.search(query, { combineWith, fields: NAMES }) : [];
    const fitting = new Set(named.map(({ id }) => id));
    return all.map(({ id, score }) => ({ id: id as number, score, fits: fitting.has(id) }));
  };
  const guess = (query: string) => {
    const alike = wordsOf(query).map((word) => trigrams.alike(word)[0]?.word ?? '');
    return find(alike.join(' '), 'OR');
  };
  return (query) => {
    // "abbruch genehmigung" may be one word here.
    const joined = wordsOf(query).join('');
    const ways = [
      () => find(query, 'AND'),
      () => find(joined, 'AND'),
      () => find(query, 'OR'),
      () => guess(query),
    ];
    for (const results of ways) {
      const found = results();
      if (found.length > 0) return found;
    }
    return [];
  };
}

/**
 * Search in memory over titles, keywords, summaries and explanations; titles and keywords also of all other languages.
 * Understands umlauts and accents that are left out or transcribed, other scripts, endings, compounds and typos. The index of a language is built when it is first searched.
 * @returns a function that gives the best services for a query, best first, at most 20; an empty query finds nothing
 */
export function createSearch(
  services: readonly CompiledService[],
): (query: string, language: Language) => readonly Hit[] {
  const indexes = new Map<Language, Index>();
  let shared: { vocabulary: ReadonlySet<string>; phrases: Map<string, Set<number>> } | undefined;
  return (query, language) => {
    const text = query.slice(0, LONGEST);
    shared ??= { vocabulary: vocabularyOf(services), phrases: phrasesOf(services) };
    const index = indexes.get(language) ?? indexOf(services, language, shared.vocabulary);
    indexes.set(language, index);
    const exact = shared.phrases.get(wordsOf(text).join(' '));
    const ranked = index(text)
      .map((found) => ({ ...found, score: found.score + (exact?.has(found.id) ? EXACT : 0) }))
      .sort((a, b) => b.score - a.score || a.id - b.id);
    const least = WORTH * (ranked[0]?.score ?? 0);
    return ranked
      .filter(({ id, score }) => score >= least || exact?.has(id))
      .slice(0, MOST)
      .flatMap(({ id, score, fits }) => {
        const service = services[id];
        return service ? [{ service, score, fits }] : [];
      });
  };
}
