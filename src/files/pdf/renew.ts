import { MAX_PAGES } from '../limits.ts';
import { MemoryLimitError } from '../memory.ts';
import { isActive } from './active.ts';
import { losesSomething } from './annotations.ts';
import { type Document, isDict, NoPagesError, pagesOf, readDocument, TooManyPagesError } from './document.ts';
import { drawsTooMuch } from './drawings.ts';
import { mended } from './mend.ts';
import { countStreams } from './packing.ts';
import { isEmpty, pagesOnly } from './pages.ts';
import { qpdf, UnreadableError } from './qpdf.ts';
import { weigh } from './size.ts';
import { TooMuchError } from './unpack.ts';

export type PdfResult =
  | { ok: true; content: Buffer }
  | { ok: false; code: 'damaged' | 'empty' | 'locked' | 'active' | 'unshown' | 'tooLarge' };

/** A file that tells of more than this is no letter: ten megabytes in base64 are a seventh of it. */
const MOST_JSON = 96_000_000;
/** How far from its beginning the mark of a PDF may stand (ISO 32000-1, annex H, note 13). */
const HEAD = 1_024;

const READ = ['--json=2', '--json-key=qpdf', '--decode-level=none', '--json-stream-data=inline'];
/** Puts filled-in forms and drawn signatures onto their pages, takes off passwords, and packs all streams in one way. */
const LEVEL = [
  ...['--decrypt', '--generate-appearances', '--flatten-annotations=screen', '--remove-page-labels'],
  ...['--object-streams=disable', '--stream-data=compress', '--decode-level=generalized'],
];
const WRITE = ['--json-input', '--object-streams=generate', '--deterministic-id'];

/**
 * The same file with its beginning at the beginning, and nothing after its end. Programs count the places of objects
 * from the mark or from the first byte: the second way fills what stood before the mark.
 */
function* trimmed(bytes: Buffer): Generator<Buffer> {
  const start = bytes.subarray(0, HEAD + 8).indexOf('%PDF-');
  const end = bytes.lastIndexOf('%%EOF');
  const whole = end < 0 ? bytes : bytes.subarray(0, end + 5);
  if (start < 0) return;
  yield whole.subarray(start);
  if (start === 0) return;
  const filled = Buffer.from(whole);
  filled.write('%PDF-1.7\n'.padEnd(start + 8, '\n'), 0, 'latin1');
  yield filled;
}

async function documentOf(file: Uint8Array): Promise<[Document, number]> {
  const json = await qpdf(file, [...READ, '/in', '/out']);
  if (json.length > MOST_JSON) throw new TooMuchError();
  const text = Buffer.from(json.buffer, json.byteOffset, json.byteLength).toString('utf8');
  const highest = Number(/"maxobjectid": (\d+)/.exec(text.slice(0, 2_000))?.[1] ?? 0);
  return [readDocument(text), highest];
}

/** The file that can be read, and what it holds; with a new table of objects where its own is wrong. */
async function opened(bytes: Buffer): Promise<{ file: Buffer; document: Document }> {
  for (const file of trimmed(bytes)) {
    const document = await attempt(file);
    if (document) return { file, document };
  }
  const [first] = trimmed(bytes);
  const file = first && mended(first);
  const document = file && (await attempt(file));
  if (!document) throw new UnreadableError(false);
  return { file, document };
}

/** @returns undefined for a file that cannot be read as it is */
async function attempt(file: Buffer): Promise<Document | undefined> {
  try {
    const [document] = await documentOf(file);
    return isDict(document.at(document.catalog['/Pages'])) ? document : undefined;
  } catch (error) {
    if (error instanceof UnreadableError && !error.locked) return undefined;
    throw error;
  }
}

async function renewed(bytes: Buffer): Promise<PdfResult> {
  const { file, document } = await opened(bytes);
  pagesOf(document, MAX_PAGES);
  if (isActive(document)) return { ok: false, code: 'active' };
  if (losesSomething(document, MAX_PAGES)) return { ok: false, code: 'unshown' };
  await countStreams(document, bytes.length);
  const level = await qpdf(file, [...LEVEL, '/in', '/out']);
  const [flat, highest] = await documentOf(level);
  if (isEmpty(flat, MAX_PAGES)) return { ok: false, code: 'empty' };
  const { json, streams } = pagesOnly(flat, highest, MAX_PAGES);
  const weight = weigh(streams, flat);
  if (weight !== 'ok') return { ok: false, code: weight };
  if (drawsTooMuch(flat, MAX_PAGES)) return { ok: false, code: 'tooLarge' };
  return { ok: true, content: Buffer.from(await qpdf(json, [...WRITE, '/in', '/out'])) };
}

/**
 * Reads a PDF and writes a new one with its pages and nothing else. Refuses what is locked, broken, could do anything
 * but show pages, would look otherwise afterwards, or is larger inside than anybody can look at. To be called where little is lost when it takes too
 * long or dies.
 */
export async function renewPdf(bytes: Buffer): Promise<PdfResult> {
  try {
    return await renewed(bytes);
  } catch (error) {
    if (error instanceof UnreadableError) return { ok: false, code: error.locked ? 'locked' : 'damaged' };
    if (error instanceof NoPagesError) return { ok: false, code: 'damaged' };
    if (
      error instanceof TooManyPagesError ||
      error instanceof MemoryLimitError ||
      error instanceof TooMuchError
    )
      return { ok: false, code: 'tooLarge' };
    throw error;
  }
}
