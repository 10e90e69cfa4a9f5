import sharp, { type Sharp } from 'sharp';
import { decodeHeic } from './heic.ts';
import { isIncomplete } from './incomplete.ts';
import type { FileKind } from './kinds.ts';
import { megapixelsOf } from './limits.ts';
import { MemoryLimitError } from './memory.ts';

/** Longest edge kept, in pixels: an A4 page at 300 dpi has 3508. */
const LONGEST_EDGE = 4_000;
const DECODE_SECONDS = 10;

export type ImageResult =
  | { ok: true; content: Buffer }
  | { ok: false; code: 'damaged' | 'incomplete' | 'pixels' | 'photo' };

/** What sharp calls the formats it reads itself. */
const FORMATS: Partial<Record<FileKind, string>> = {
  'image/jpeg': 'jpeg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/avif': 'heif',
};

const mostPixels = (kind: FileKind): number => megapixelsOf(kind) * 1_000_000;

/** Everything but PNG becomes JPEG, on white paper where nothing was. */
function encode(image: Sharp, kind: FileKind): Sharp {
  if (kind === 'image/png') return image.png();
  return image.flatten({ background: '#fff' }).jpeg({ quality: 85, chromaSubsampling: '4:4:4' });
}

const smaller = (image: Sharp): Sharp =>
  image
    .resize({ width: LONGEST_EDGE, height: LONGEST_EDGE, fit: 'inside', withoutEnlargement: true })
    .timeout({ seconds: DECODE_SECONDS });

async function renewHeic(bytes: Buffer): Promise<ImageResult> {
  if (isIncomplete(bytes, 'image/heic')) return { ok: false, code: 'incomplete' };
  try {
    const decoded = await decodeHeic(bytes, (width, height) => width * height > mostPixels('image/heic'));
    if (decoded === 'tooLarge') return { ok: false, code: 'pixels' };
    const { pixels, width, height } = decoded;
    const image = smaller(sharp(pixels, { raw: { width, height, channels: 4 } }));
    return { ok: true, content: await encode(image, 'image/heic').toBuffer() };
  } catch (error) {
    return { ok: false, code: error instanceof MemoryLimitError ? 'pixels' : 'photo' };
  }
}

/** What the decoder of JPEG says where it paints over a part that is not there. */
const MISSING = /premature end|bad (?:Huffman|arithmetic) code|instead of RST/i;
const LEFT_OVER = /(\d+) extraneous bytes/;
/** Cameras and scanners leave a few bytes between the parts of a picture; more than one in so many are a part misread. */
const LEFT_OVER_PART = 50;

function saysMissing({ message }: Error, bytes: Buffer): boolean {
  const leftOver = Number(LEFT_OVER.exec(message)?.[1] ?? 0);
  return MISSING.test(message) || leftOver > bytes.length / LEFT_OVER_PART;
}

function renew(bytes: Buffer, kind: FileKind, failOn: 'warning' | 'error'): Promise<Buffer> {
  const options = { limitInputPixels: mostPixels(kind), failOn, sequentialRead: true };
  return encode(smaller(sharp(bytes, options).autoOrient()), kind).toBuffer();
}

/** Only warnings tell of a gap in a JPEG; most of them are about nothing that anybody could see. */
async function renewJpeg(bytes: Buffer): Promise<Buffer> {
  try {
    return await renew(bytes, 'image/jpeg', 'warning');
  } catch (error) {
    if (error instanceof Error && saysMissing(error, bytes)) throw error;
    return renew(bytes, 'image/jpeg', 'error');
  }
}

/**
 * Decodes a picture and writes it anew: turned upright, at most {@link LONGEST_EDGE} pixels on an edge, without
 * metadata (place, camera, author) and without anything that stood behind or between the pixels. One of which a part is missing is
 * refused: decoders fill the gap with grey, and nobody would notice before the office does.
 */
export async function renewImage(bytes: Buffer, kind: FileKind): Promise<ImageResult> {
  if (kind === 'image/heic') return renewHeic(bytes);
  try {
    const { format, width, height } = await sharp(bytes, { limitInputPixels: false }).metadata();
    if (format !== FORMATS[kind]) return { ok: false, code: 'damaged' };
    if (width * height > mostPixels(kind)) return { ok: false, code: 'pixels' };
    if (isIncomplete(bytes, kind, width * height)) return { ok: false, code: 'incomplete' };
    const renewed = kind === 'image/jpeg' ? renewJpeg(bytes) : renew(bytes, kind, 'error');
    return { ok: true, content: await renewed };
  } catch (error) {
    const missing = isIncomplete(bytes, kind) || (error instanceof Error && saysMissing(error, bytes));
    return { ok: false, code: missing ? 'incomplete' : 'damaged' };
  }
}
