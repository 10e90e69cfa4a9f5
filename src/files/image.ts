import type { Sharp } from 'sharp';
import type { UploadKind } from './kinds.ts';

/** A larger picture is refused before it is decoded: 100 megapixels are an A4 page at 1000 dpi. */
export const MAX_MEGAPIXELS = 100;
/** Longest edge kept, in pixels: an A4 page at 300 dpi has 3508. */
const LONGEST_EDGE = 4_000;
const DECODE_SECONDS = 10;

export type ImageResult = { ok: true; content: Buffer } | { ok: false; code: 'damaged' | 'tooLarge' };

function encode(image: Sharp, kind: UploadKind): Sharp {
  return kind === 'image/png' ? image.png() : image.jpeg({ quality: 85, chromaSubsampling: '4:4:4' });
}

/**
 * Decodes a picture and writes it anew: turned upright, at most {@link LONGEST_EDGE} pixels on an edge, without
 * metadata (place, camera, author) and without anything that stood behind or between the pixels.
 */
export async function renewImage(bytes: Buffer, kind: UploadKind): Promise<ImageResult> {
  // Loaded on first use: the native library costs the start of the server more than everything else together.
  const { default: sharp } = await import('sharp');
  const options = {
    limitInputPixels: MAX_MEGAPIXELS * 1_000_000,
    failOn: 'error',
    sequentialRead: true,
  } as const;
  try {
    const { format, width, height } = await sharp(bytes, { limitInputPixels: false }).metadata();
    if (`image/${format}` !== kind) return { ok: false, code: 'damaged' };
    if (width * height > MAX_MEGAPIXELS * 1_000_000) return { ok: false, code: 'tooLarge' };
    const upright = sharp(bytes, options)
      .autoOrient()
      .resize({ width: LONGEST_EDGE, height: LONGEST_EDGE, fit: 'inside', withoutEnlargement: true })
      .timeout({ seconds: DECODE_SECONDS });
    return { ok: true, content: await encode(upright, kind).toBuffer() };
  } catch {
    return { ok: false, code: 'damaged' };
  }
}
