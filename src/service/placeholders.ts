/** Placeholders in texts: names in braces, for answers, worked out values and the city. */

/** A name in braces. */
export const PLACEHOLDER = /\{([^{}]*)\}/g;

/** @returns names in braces of a text */
export function placeholdersOf(text: string): string[] {
  return text.includes('{') ? [...text.matchAll(PLACEHOLDER)].map((match) => match[1] ?? '') : [];
}
