import { inflateSync } from 'node:zlib';
import type { Stream } from './document.ts';

/**
 * @returns what a reader reads word by word, as text; nothing where it cannot be unpacked
 * @param stream as qpdf packs one when it levels a file: once or not at all
 */
export function unpackedText({ dict, data = '' }: Stream): string {
  const bytes = Buffer.from(data, 'base64');
  if (dict['/Filter'] === undefined) return bytes.toString('latin1');
  try {
    return inflateSync(bytes).toString('latin1');
  } catch {
    return '';
  }
}
