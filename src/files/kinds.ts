/** The three kinds of file that are kept: what came, written anew. */
export type UploadKind = 'application/pdf' | 'image/jpeg' | 'image/png';
/** Kinds that can be read. Photos in newer formats are kept as JPEG. */
export type FileKind = UploadKind | 'image/heic' | 'image/webp' | 'image/avif';

const SIGNATURES: readonly [FileKind, Buffer][] = [
  ['image/jpeg', Buffer.from([0xff, 0xd8, 0xff])],
  ['image/png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
];

const EXTENSION: Record<UploadKind, string> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
};

const HEVC = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs']);
const AV1 = new Set(['avif', 'avis']);
/** Readers look for the mark of a PDF in so many first bytes: mail programs and editors put others before it. */
const PDF_HEAD = 1_024;

/** The brands of an ISO base media file (ISO/IEC 14496-12, 4.3): what it is, then what else it can be read as. */
function brandsOf(bytes: Buffer): string[] {
  if (bytes.toString('latin1', 4, 8) !== 'ftyp') return [];
  const brands = bytes.toString('latin1', 8, Math.min(bytes.readUInt32BE(0), 256));
  return [brands.slice(0, 4), ...(brands.slice(8).match(/.{4}/gs) ?? [])];
}

/** @returns what the first bytes say the file is; its name and what the browser says do not count */
export function kindOf(bytes: Buffer): FileKind | undefined {
  const known = SIGNATURES.find(([, signature]) => signature.equals(bytes.subarray(0, signature.length)));
  if (known) return known[0];
  if (bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP')
    return 'image/webp';
  const brands = bytes.length < 12 ? [] : brandsOf(bytes);
  if (brands.some((brand) => AV1.has(brand))) return 'image/avif';
  if (brands.some((brand) => HEVC.has(brand))) return 'image/heic';
  return bytes.subarray(0, PDF_HEAD + 5).includes('%PDF-') ? 'application/pdf' : undefined;
}

/** @returns the kind it is kept as */
export function keptAs(kind: FileKind): UploadKind {
  return kind === 'application/pdf' || kind === 'image/png' ? kind : 'image/jpeg';
}

const LONGEST = 100;

/**
 * A file name that can be shown and saved anywhere: no folders, no control or direction characters (which can hide
 * the true ending), no characters that are special to a file system or a header, one ending that fits the content.
 */
export function displayName(name: string, kind: UploadKind): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const stem = last
    .normalize('NFC')
    .replace(/\.[A-Za-z0-9]{1,8}$/, '')
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '')
    .replace(/[<>:"|?*;%]/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  const short = [...stem].slice(0, LONGEST).join('');
  return `${short || 'Datei'}.${EXTENSION[kind]}`;
}
