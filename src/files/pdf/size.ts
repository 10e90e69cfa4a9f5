/** Whether whoever looks at a file, as qpdf wrote it, can look at all of its streams. */
import type { Document, Stream } from './document.ts';
import { filtersOf } from './packing.ts';

const MOST_PIXELS = 200_000_000;
/** What qpdf unpacks and packs anew when it writes; where they still stand, it could not. */
const UNPACKABLE = new Set([
  ...['/LZWDecode', '/RunLengthDecode', '/ASCIIHexDecode', '/ASCII85Decode', '/Crypt'],
]);
/** Formats of pictures, which qpdf leaves as they are with all that is around them. */
const PICTURES = new Set(['/DCTDecode', '/JPXDecode', '/CCITTFaxDecode', '/JBIG2Decode']);

export type Weight = 'ok' | 'tooLarge' | 'damaged';

/** @param streams as qpdf wrote them: packed once, unless they are pictures in a format of their own */
export function weigh(streams: readonly Stream[], document: Document): Weight {
  for (const stream of streams) {
    const filters = filtersOf(stream, document);
    const isPicture = document.at(stream.dict['/Subtype']) === '/Image';
    const size = [stream.dict['/Width'], stream.dict['/Height']].map((side) => Number(document.at(side)));
    if (isPicture && !(size.reduce((pixels, side) => pixels * side, 1) <= MOST_PIXELS)) return 'tooLarge';
    if (isPicture && PICTURES.has(filters.at(-1) ?? '')) continue;
    const packed = filters.filter((filter) => filter === '/FlateDecode').length;
    if (packed > 1 || filters.some((filter) => UNPACKABLE.has(filter))) return 'damaged';
  }
  return 'ok';
}
