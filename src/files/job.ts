import type { ImageResult } from './image.ts';
import type { FileKind } from './kinds.ts';
import type { PdfResult } from './pdf/renew.ts';

/** A file to be opened apart from the office. */
export interface Job {
  bytes: Uint8Array;
  kind: FileKind;
  /** So many bytes it may have, as it came and as it is written anew. */
  most: number;
}

/** What became of it. */
export type Outcome = PdfResult | ImageResult;
