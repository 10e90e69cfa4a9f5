/**
 * How a question is asked on a page, as data: a kind says which fields it needs, the room `web` draws each of these once.
 * Drawing lives there because it is made of the look: components, words of the screen, scripts.
 */

/** How a line is typed. */
export interface Typing {
  type?: 'tel';
  inputmode?: 'numeric' | 'tel' | 'email';
  /** HTML autocomplete token, where the question names none. */
  autocomplete?: string;
  spellcheck?: 'false';
  /** A class that says how wide it is. */
  width?: string;
  /** Written from left to right in every language. */
  dir?: 'ltr';
  /** Offices write it in Latin letters (DIN 91379), a name as in the `passport`: whoever reads others is told. */
  letters?: 'latin' | 'passport';
}

export type Asks =
  | { as: 'line'; typing: Typing; suggestions: readonly string[] }
  /** Several lines. */
  | { as: 'lines'; most: number | undefined }
  /** A number between minus and plus. */
  | { as: 'count'; least: number; most: number | undefined; start: number | undefined }
  | { as: 'date'; partial: boolean }
  /** `one`: no hand can give two answers. `values`: what can be given at all. */
  | { as: 'yesNo'; one: true; values: readonly ['yes', 'no'] }
  | { as: 'options'; one: boolean; values: readonly string[] }
  /** How many of each. */
  | { as: 'counted' }
  | { as: 'country'; one: true }
  | { as: 'address'; within: 'city' | 'germany' | 'anywhere' }
  | { as: 'file'; accept: readonly string[]; maxBytes: number }
  | { as: 'declaration' }
  | { as: 'slot' }
  | { as: 'entries' }
  /** Not at all: the office answers it. */
  | { as: 'nothing' };

/** What a person is told to do who has left it open. */
export type Demand = 'fill' | 'choose' | 'decide' | 'date' | 'file';

/** @returns a line of text, typed like this */
export const line = (typing: Typing = {}, suggestions: readonly string[] = []): Asks => ({
  as: 'line',
  typing,
  suggestions,
});
