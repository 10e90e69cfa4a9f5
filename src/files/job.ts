import type { ImageResult } from './image.ts';
import type { FileKind } from './kinds.ts';
import type { PdfResult } from './pdf/renew.ts';

/** A file to be opened apart from the office. */
export interface Job {
  bytes: Uint8Array;
  kind: FileKind;
}

/** What became of it. */
export type Outcome = PdfResult | ImageResult;
