import { BusyError, programIn, Workshop } from '#apart';
import type { Job, Outcome } from './job.ts';
import { displayName, type FileKind, keptAs, kindOf, type UploadKind } from './kinds.ts';
import { MAX_MEGAPIXELS, MAX_PAGES, megapixelsOf } from './limits.ts';

export interface UploadRules {
  /** Media types, such as `application/pdf`. */
  accept: readonly string[];
  maxBytes: number;
}

/**
 * Why a file was not taken: keys of the words at the field. `incomplete`: a part of the picture is missing; `pixels`: the picture has too many;
 * `active`: it could run something; `unshown`: notes or fields on its pages would get lost;
 * `locked`: it asks for a password; `photo`: a phone's format that cannot be read; `flood`: it unpacks to more than anybody can look at; `busy`:
 * too many files are being looked at, and it may be sent again; `grown`: written anew it would be larger than a file may be.
 */
export type UploadRefusal =
  | 'empty'
  | 'tooLarge'
  | 'wrongType'
  | 'damaged'
  | 'incomplete'
  | 'locked'
  | 'active'
  | 'unshown'
  | 'photo'
  | 'pixels'
  | 'flood'
  | 'grown'
  | 'busy';

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

/** All forms with files that may be there at once, and what authorities write back meanwhile. */
const WAITING = 40;

const workshop = new Workshop<Job, Outcome>(programIn(import.meta.dirname, 'apart'), { waiting: WAITING });

/** What opening any PDF may take of a processor, and what each byte may add: the largest papers take a quarter of it. */
const PROCESSOR_MS = 3_000;
const PROCESSOR_MS_A_BYTE = 1 / 2_000;

/**
 * Bounds what cannot be counted before: to read a PDF at all, its table of objects must be unpacked. Who sends little
 * gets little.
 * @returns how many milliseconds of a processor opening a file may take
 */
export const processorFor = ({ bytes, kind }: Omit<Job, 'most'>): number =>
  kind === 'application/pdf' ? PROCESSOR_MS + bytes.length * PROCESSOR_MS_A_BYTE : Number.POSITIVE_INFINITY;

/** What it was that could not be opened within the limits, nobody knows. */
const TOO_MUCH = { ok: false, code: 'tooLarge' } as const;

/** Photos in newer formats are taken wherever a JPEG is. */
const isTaken = (kind: FileKind, { accept }: UploadRules): boolean =>
  accept.includes(kind) ||
  (kind !== 'application/pdf' && kind !== 'image/png' && accept.includes('image/jpeg'));

/**
 * Takes a file a person chose, or says why not. Its kind is what its content says. Nothing that came is kept: pictures
 * are decoded and encoded anew, without metadata; of a PDF only the pages are written, to a new file. All that is done
 * in processes apart from this one.
 * @param name as the browser sent it; only used to make a name for showing
 * @param client who sent it: of one client one file is opened at a time
 */
export async function acceptUpload(
  bytes: Buffer,
  name: string,
  rules: UploadRules,
  client?: string,
): Promise<UploadResult> {
  if (bytes.length === 0) return refuse('empty');
  const megabytes = { maxMegabytes: Math.floor(rules.maxBytes / 100_000) / 10 };
  if (bytes.length > rules.maxBytes) return refuse('tooLarge', megabytes);
  const kind = kindOf(bytes);
  if (!kind || !isTaken(kind, rules)) return refuse('wrongType');
  try {
    const job = { bytes, kind, most: rules.maxBytes };
    const opened = (await workshop.do(job, client, processorFor(job))) ?? TOO_MUCH;
    if (!opened.ok) {
      if (opened.code === 'pixels') return refuse('pixels', { maxMegapixels: megapixelsOf(kind) });
      if (opened.code === 'grown') return refuse('grown', megabytes);
      if (opened.code !== 'tooLarge') return refuse(opened.code);
      return refuse('flood', { maxPages: MAX_PAGES, maxMegapixels: MAX_MEGAPIXELS });
    }
    const mediaType = keptAs(kind);
    return {
      ok: true,
      file: { name: displayName(name, mediaType), mediaType, content: Buffer.from(opened.content) },
    };
  } catch (error) {
    if (error instanceof BusyError) return refuse('busy');
    throw error;
  }
}
