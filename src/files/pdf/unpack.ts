import { inflateSync } from 'node:zlib';
import type { Stream } from './document.ts';

/** What a viewer reads word by word: of a whole file, of one page, of one stream. */
export const MOST_WORDS = 64_000_000;

/** More than anybody can look at. */
export class TooMuchError extends Error {}

/**
 * @returns what a reader reads word by word, as text; nothing where it cannot be unpacked
 * @param stream as qpdf packs one when it levels a file: once or not at all
 * @throws TooMuchError
 */
export function unpackedText({ dict, data = '' }: Stream): string {
  const bytes = Buffer.from(data, 'base64');
  if (dict['/Filter'] === undefined) return bytes.toString('latin1');
  try {
    return inflateSync(bytes, { maxOutputLength: MOST_WORDS }).toString('latin1');
  } catch (error) {
    if (error instanceof RangeError) throw new TooMuchError();
    return '';
  }
}
