import { constants, createInflate } from 'node:zlib';

export type PdfVerdict = 'ok' | 'damaged' | 'active' | 'tooLarge';

/** Bytes that object streams may unpack to, together. */
const UNPACKED_LIMIT = 32_000_000;
const PEEK = 1_024;
const MAX_STREAMS = 20_000;
export const MAX_PAGES = 500;

/**
 * Names that make a PDF do something (ISO 32000-2, 12.6 actions, 7.11 embedded files, 12.7.8 XFA, 13 multimedia) or
 * hide what it holds (7.6 encryption). Short ones such as /JS and /AA are left out on purpose: they stand in
 * compressed pictures by chance, and whatever they start needs one of these names too.
 */
const ACTIVE =
  /\/(?:JavaScript|Launch|EmbeddedFiles?|XFA|RichMedia\w*|Rendition|SubmitForm|ImportData|GoToE|GoToR|Movie|Sound|Encrypt)(?![A-Za-z0-9_])/;
/** Jumping to a place when the file is opened is harmless; any other opening action is not. */
const OPENING = /\/OpenAction(?![A-Za-z0-9_])(?!\s*\[)/;

/** A ZIP file's local header or end record: a PDF that is also an archive (and so, perhaps, a program). */
function isArchiveToo(bytes: Buffer): boolean {
  for (let at = bytes.indexOf('PK\x05\x06'); at >= 0; at = bytes.indexOf('PK\x05\x06', at + 1)) {
    if (at + 22 <= bytes.length && bytes.readUInt32LE(at + 4) === 0) return true;
  }
  for (let at = bytes.indexOf('PK\x03\x04'); at >= 0; at = bytes.indexOf('PK\x03\x04', at + 1)) {
    if (at + 30 > bytes.length) continue;
    const version = bytes.readUInt16LE(at + 4);
    const method = bytes.readUInt16LE(at + 8);
    if (version <= 63 && (method === 0 || method === 8)) return true;
  }
  return false;
}

/** Begins with %PDF, ends with %%EOF and nothing after it, and the table of objects is where the end says it is. */
function isWellFormed(text: string): boolean {
  if (!/^%PDF-[12]\.\d[\s%]/.test(text)) return false;
  const end = /startxref\s+(\d{1,10})\s+%%EOF[\s\0]*$/.exec(text.slice(-2_048));
  if (!end) return false;
  const table = text.slice(Number(end[1]), Number(end[1]) + 40);
  return /^\s*(?:xref\s|\d+\s+\d+\s+obj\b)/.test(table);
}

/** Unpacks deflated bytes up to a limit; what came before a fault counts, as PDF readers show it too. */
function unpack(bytes: Buffer, limit: number): Promise<{ text: string; cut: boolean }> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const inflate = createInflate({ finishFlush: constants.Z_SYNC_FLUSH });
    const finish = (cut: boolean) => {
      inflate.removeAllListeners('data');
      inflate.destroy();
      resolve({ text: Buffer.concat(chunks).toString('latin1', 0, limit), cut });
    };
    inflate.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size > limit) finish(true);
    });
    inflate.on('end', () => finish(false));
    inflate.on('error', () => finish(false));
    inflate.end(bytes);
  });
}

const isZlib = (first: number, second: number): boolean =>
  (first & 0x0f) === 8 && (first * 256 + second) % 31 === 0;

/** An object stream begins with pairs of whole numbers (ISO 32000-2, 7.5.7); pictures and fonts hardly ever do. */
const OBJECT_STREAM = /^[\s\0]*(?:%|\d+[\s\0]+\d+)/;

/** @returns the text of every object stream, or undefined when there is more than can be looked through */
async function objectStreams(bytes: Buffer, text: string): Promise<string[] | undefined> {
  const found: string[] = [];
  let budget = UNPACKED_LIMIT;
  let streams = 0;
  for (const match of text.matchAll(/(?<!end)stream(?:\r\n|\n|\r)/g)) {
    streams += 1;
    if (streams > MAX_STREAMS) return undefined;
    const start = match.index + match[0].length;
    const packed = bytes.subarray(start, text.indexOf('endstream', start) + 1 || bytes.length);
    if (packed.length < 2 || !isZlib(packed[0] ?? 0, packed[1] ?? 0)) continue;
    const peek = await unpack(packed.subarray(0, PEEK), PEEK);
    if (!OBJECT_STREAM.test(peek.text)) continue;
    const whole = await unpack(packed, budget);
    if (whole.cut) return undefined;
    budget -= whole.text.length;
    found.push(whole.text);
  }
  return found;
}

/** In a name `#41` is `A` (ISO 32000-2, 7.3.5): a way to hide a word from whoever looks for it. */
const spelledOut = (text: string): string =>
  text.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/**
 * Whether a PDF is one, whole, readable without a password, and does nothing but show pages. Looks into compressed
 * objects. A file that passes is still only ever handed out as a download.
 */
export async function inspectPdf(bytes: Buffer): Promise<PdfVerdict> {
  const raw = bytes.toString('latin1');
  if (!isWellFormed(raw)) return 'damaged';
  if (isArchiveToo(bytes)) return 'active';
  const streams = await objectStreams(bytes, raw);
  if (!streams) return 'tooLarge';
  const texts = [raw, ...streams].map(spelledOut);
  if (texts.some((text) => ACTIVE.test(text) || OPENING.test(text))) return 'active';
  if (!texts.some((text) => /\/Pages\b/.test(text))) return 'damaged';
  const pages = texts.reduce((sum, text) => sum + (text.match(/\/Type\s*\/Page\b/g)?.length ?? 0), 0);
  return pages > MAX_PAGES ? 'tooLarge' : 'ok';
}
