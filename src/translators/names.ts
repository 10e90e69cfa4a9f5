/** What XLIFF 1.2 calls things (OASIS Standard, 1 February 2008), as far as it is written and read here. */
import { about, type Language } from '#language';

export const XLIFF = 'urn:oasis:names:tc:xliff:document:1.2';

/** Something is wrong with the file as a whole. */
export class XliffError extends Error {
  override name = 'XliffError';
}

/** How a translation stands, by what a file says of it. */
export type State =
  /** Nothing is said. */
  | 'unsaid'
  /** Somebody says that it is right. */
  | 'done'
  /** Nobody has looked at it. */
  | 'unread'
  /** A machine has said it. */
  | 'machine'
  /** Somebody says that it still needs work. */
  | 'unfinished';

/**
 * `needs-adaptation` is what an outdated text is sent out with, and many tools leave a state as it is: so it says nothing. A
 * text that is missing goes out without a target, hence `needs-translation` is always the word of somebody.
 */
const STATES: ReadonlyMap<string, State> = new Map([
  ...['final', 'signed-off', 'translated'].map((name) => [name, 'done'] as const),
  ...['adaptation', 'l10n', 'translation'].map((name) => [`needs-review-${name}`, 'unread'] as const),
  ...['new', 'needs-translation', 'needs-l10n'].map((name) => [name, 'unfinished'] as const),
]);

/** Suggestions of machines that somebody took over as they were. */
const BY_MACHINE = new Set(['mt-suggestion', 'leveraged-mt']);

/** @returns what the attributes of a unit and its target say; `approved` is the word of a person and stands above the rest */
export function stateOf(said: Record<'approved' | 'state' | 'qualifier', string | undefined>): State {
  if (said.approved === 'yes') return 'done';
  const state = STATES.get(said.state ?? '') ?? 'unsaid';
  return state !== 'unfinished' && BY_MACHINE.has(said.qualifier ?? '') ? 'machine' : state;
}

/** @returns a language as XLIFF names it (RFC 4646); a register is a private part, since tools want source and target to differ */
export function xliffTag(language: Language): string {
  const { lang, register } = about(language);
  return register === undefined ? lang : `${lang}-x-${register}`;
}

/** @returns whether a tag means this language, in whatever country */
export function isTagOf(language: Language, tag: string): boolean {
  const written = (one: string): string => {
    const { language: name, script } = new Intl.Locale(one).maximize();
    return `${name}-${script}`;
  };
  try {
    return written(tag) === written(about(language).tag);
  } catch {
    return false;
  }
}
