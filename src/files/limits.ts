import type { FileKind } from './kinds.ts';

/** An A4 page at 700 dpi, and what the cameras of phones take: more is on no paper. A larger picture is refused before it is decoded. */
export const MAX_MEGAPIXELS = 50;
/** The decoder of AV1 takes some twenty bytes for each pixel. */
const MAX_MEGAPIXELS_AVIF = 25;
/** No letter has more. */
export const MAX_PAGES = 500;

/** @returns how many megapixels a picture of a kind may have */
export function megapixelsOf(kind: FileKind): number {
  return kind === 'image/avif' ? MAX_MEGAPIXELS_AVIF : MAX_MEGAPIXELS;
}
