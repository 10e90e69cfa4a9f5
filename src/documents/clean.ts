type Plain = string | number | boolean | undefined | readonly Plain[] | { readonly [name: string]: Plain };

/** Changes every text in a value, at any depth. */
export function mapTexts(value: Plain, change: (text: string) => string): Plain {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((part: Plain) => mapTexts(part, change));
  if (typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, mapTexts(part as Plain, change)]),
  );
}

/**
 * @returns the text without characters that are no letters or signs at all; line breaks stay, and so do the marks that our own
 * sentences put around what they are told, so that it keeps its order in a line that runs the other way
 */
export function printable(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/[^\P{C}\n\u2068\u2069]/gu, '');
}

const NOT_SHOWN = /the text `\\?"(.+?)\\?"` could not be displayed/g;

/** @returns the pieces of text that Typst says no font has, from its error */
export function undisplayable(message: string): string[] {
  return [...message.matchAll(NOT_SHOWN)].map(([, piece = '']) =>
    piece.replace(/\\+u\{([0-9a-f]+)\}/g, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16))),
  );
}

/** What stands for a character that no font has. PDF/UA-1 does not allow an empty box by chance; this one is meant. */
export const SUBSTITUTE = '\u25a1';
