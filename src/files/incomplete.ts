/** Whether a part of a picture is missing: cut off, or zeros where the rest should have arrived. Decoders paint over both. */
import { codedPictures } from './heif.ts';
import { anatomyOf } from './jpeg.ts';
import type { FileKind } from './kinds.ts';
import { MAX_MEGAPIXELS } from './limits.ts';

/** Pictures are packed: what takes more zeros in a row than its blank paper could is not there. */
const ZEROS = 64;

const hasGap = (packed: Buffer, blank = 0): boolean => packed.includes(Buffer.alloc(ZEROS + blank));

function jpegIsIncomplete(bytes: Buffer): boolean {
  const { ended, scans, zerosAreBlank } = anatomyOf(bytes);
  // Without any scan it may be something else that begins like one.
  return scans.length > 0 && (!ended || (!zerosAreBlank && scans.some((scan) => hasGap(scan))));
}

/** Chunk after chunk up to the one that says that it is the last (PNG, 5.3). */
function pngIsIncomplete(bytes: Buffer): boolean {
  for (let at = 8; at + 12 <= bytes.length; at += 12 + bytes.readUInt32BE(at))
    if (bytes.toString('latin1', at + 4, at + 8) === 'IEND') return false;
  return true;
}

/** Pixels of blank paper that one byte of zeros can stand for at least, by the kind of chunk; more than any encoder writes. */
const BLANK_IN_WEBP: Readonly<Record<string, number>> = { 'VP8 ': 4_000, VP8L: 2 };

/** The container says how long it is (RFC 9649, 2.4), and so does each chunk. */
function webpIsIncomplete(bytes: Buffer, pixels: number): boolean {
  if (bytes.readUInt32LE(4) + 8 > bytes.length) return true;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const size = bytes.readUInt32LE(at + 4);
    const blank = BLANK_IN_WEBP[bytes.toString('latin1', at, at + 4)];
    if (blank && hasGap(bytes.subarray(at + 8, at + 8 + size), Math.ceil(pixels / blank))) return true;
    at += 8 + size + (size % 2);
  }
  return false;
}

/** In HEVC three zeros never stand in a row (ITU-T H.265, 7.4.2); the decoder of AV1 looks for gaps itself. */
function heifIsIncomplete(bytes: Buffer): boolean {
  return codedPictures(bytes).some(
    ({ kind, at, length }) =>
      at + length > bytes.length || (kind === 'hvc1' && hasGap(bytes.subarray(at, at + length))),
  );
}

const LOOKS: Partial<Record<FileKind, (bytes: Buffer, pixels: number) => boolean>> = {
  'image/jpeg': jpegIsIncomplete,
  'image/png': pngIsIncomplete,
  'image/webp': webpIsIncomplete,
  'image/avif': heifIsIncomplete,
  'image/heic': heifIsIncomplete,
};

/**
 * @param pixels how many the picture has, as far as that is known before it is decoded
 * @returns whether it can be told from the file itself that a part of the picture is missing
 */
export function isIncomplete(bytes: Buffer, kind: FileKind, pixels = MAX_MEGAPIXELS * 1_000_000): boolean {
  return LOOKS[kind]?.(bytes, pixels) ?? false;
}
