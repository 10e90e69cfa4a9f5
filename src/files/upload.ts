import { MAX_MEGAPIXELS, renewImage } from './image.ts';
import { displayName, kindOf, type UploadKind } from './kinds.ts';
import { inspectPdf, MAX_PAGES } from './pdf.ts';

export interface UploadRules {
  /** Media types, such as `application/pdf`. */
  accept: readonly string[];
  maxBytes: number;
}

/** Why a file was not taken: keys of the words at the field. `active`: it could run something, or hides what it holds. */
export type UploadRefusal = 'tooLarge' | 'wrongType' | 'damaged' | 'active' | 'empty';

export interface AcceptedFile {
  /** Safe to show and to save under. */
  name: string;
  mediaType: UploadKind;
  content: Buffer;
}

export type UploadResult =
  | { ok: true; file: AcceptedFile }
  | { ok: false; code: UploadRefusal; params: Readonly<Record<string, string | number>> };

const refuse = (code: UploadRefusal, params: Record<string, string | number> = {}): UploadResult => ({
  ok: false,
  code,
  params,
});

/**
 * Takes a file a person chose, or says why not. Its kind is what its content says; pictures are written anew without
 * metadata; PDF files that are encrypted or could do anything are refused.
 * @param name as the browser sent it; only used to make a name for showing
 */
export async function acceptUpload(bytes: Buffer, name: string, rules: UploadRules): Promise<UploadResult> {
  const limits = {
    maxMegabytes: Math.floor(rules.maxBytes / 100_000) / 10,
    maxMegapixels: MAX_MEGAPIXELS,
    maxPages: MAX_PAGES,
  };
  if (bytes.length === 0) return refuse('empty');
  if (bytes.length > rules.maxBytes) return refuse('tooLarge', limits);
  const kind = kindOf(bytes);
  if (!kind || !rules.accept.includes(kind)) return refuse('wrongType');
  let content = bytes;
  if (kind === 'application/pdf') {
    const verdict = await inspectPdf(bytes);
    if (verdict !== 'ok') return refuse(verdict, verdict === 'tooLarge' ? limits : {});
  } else {
    const renewed = await renewImage(bytes, kind);
    if (!renewed.ok) return refuse(renewed.code, renewed.code === 'tooLarge' ? limits : {});
    content = renewed.content;
  }
  return { ok: true, file: { name: displayName(name, kind), mediaType: kind, content } };
}
