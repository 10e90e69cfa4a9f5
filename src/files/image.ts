import sharp, { type Sharp } from 'sharp';
import { decodeHeic } from './heic.ts';
import type { FileKind } from './kinds.ts';
import { MAX_MEGAPIXELS } from './limits.ts';
import { MemoryLimitError } from './memory.ts';

/** Longest edge kept, in pixels: an A4 page at 300 dpi has 3508. */
const LONGEST_EDGE = 4_000;
const DECODE_SECONDS = 10;

export type ImageResult =
  | { ok: true; content: Buffer }
  | { ok: false; code: 'damaged' | 'tooLarge' | 'photo' };

/** What sharp calls the formats it reads itself. */
const FORMATS: Partial<Record<FileKind, string>> = {
  'image/jpeg': 'jpeg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/avif': 'heif',
};

const isTooLarge = (width: number, height: number): boolean => width * height > MAX_MEGAPIXELS * 1_000_000;

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
  try {
    const decoded = await decodeHeic(bytes, isTooLarge);
    if (decoded === 'tooLarge') return { ok: false, code: 'tooLarge' };
    const { pixels, width, height } = decoded;
    const image = smaller(sharp(pixels, { raw: { width, height, channels: 4 } }));
    return { ok: true, content: await encode(image, 'image/heic').toBuffer() };
  } catch (error) {
    return { ok: false, code: error instanceof MemoryLimitError ? 'tooLarge' : 'photo' };
  }
}

/**
 * Decodes a picture and writes it anew: turned upright, at most {@link LONGEST_EDGE} pixels on an edge, without
 * metadata (place, camera, author) and without anything that stood behind or between the pixels.
 */
export async function renewImage(bytes: Buffer, kind: FileKind): Promise<ImageResult> {
  if (kind === 'image/heic') return renewHeic(bytes);
  const options = {
    limitInputPixels: MAX_MEGAPIXELS * 1_000_000,
    failOn: 'error',
    sequentialRead: true,
  } as const;
  try {
    const { format, width, height } = await sharp(bytes, { limitInputPixels: false }).metadata();
    if (format !== FORMATS[kind]) return { ok: false, code: 'damaged' };
    if (isTooLarge(width, height)) return { ok: false, code: 'tooLarge' };
    return { ok: true, content: await encode(smaller(sharp(bytes, options).autoOrient()), kind).toBuffer() };
  } catch {
    return { ok: false, code: 'damaged' };
  }
}
