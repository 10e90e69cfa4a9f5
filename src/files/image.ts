import sharp, { type Sharp } from 'sharp';
import { decodeHeic } from './heic.ts';
import { isIncomplete } from './incomplete.ts';
import type { FileKind } from './kinds.ts';
import { megapixelsOf } from './limits.ts';
import { MemoryLimitError } from './memory.ts';

/** How a picture is written anew. */
interface Size {
  /** Longest edge kept, in pixels: an A4 page at 300 dpi has 3508. */
  edge: number;
  /** Of a JPEG; of a PNG only whether it has fewer colours. */
  quality: number;
  chromaSubsampling: '4:4:4' | '4:2:0';
}

const FULL: Size = { edge: 4_000, quality: 85, chromaSubsampling: '4:4:4' };
/** One after the other where a picture grows past what it may have: on the last an A4 page has 170 dpi, and can still be read. */
const SMALLER: readonly Size[] = [
  { edge: 4_000, quality: 75, chromaSubsampling: '4:2:0' },
  { edge: 2_800, quality: 70, chromaSubsampling: '4:2:0' },
  { edge: 2_000, quality: 60, chromaSubsampling: '4:2:0' },
];
const DECODE_SECONDS = 10;

export type ImageResult =
  | { ok: true; content: Buffer }
  | { ok: false; code: 'damaged' | 'incomplete' | 'pixels' | 'photo' | 'grown' };

/** What sharp calls the formats it reads itself. */
const FORMATS: Partial<Record<FileKind, string>> = {
  'image/jpeg': 'jpeg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/avif': 'heif',
};

const mostPixels = (kind: FileKind): number => megapixelsOf(kind) * 1_000_000;

/** Everything but PNG becomes JPEG, on white paper where nothing was. */
function encode(image: Sharp, kind: FileKind, { quality, chromaSubsampling }: Size): Sharp {
  if (kind === 'image/png') return image.png({ palette: quality < FULL.quality });
  return image.flatten({ background: '#fff' }).jpeg({ quality, chromaSubsampling });
}

const written = (image: Sharp, kind: FileKind, size: Size): Promise<Buffer> =>
  encode(
    image
      .resize({ width: size.edge, height: size.edge, fit: 'inside', withoutEnlargement: true })
      .timeout({ seconds: DECODE_SECONDS }),
    kind,
    size,
  ).toBuffer();

/** @returns what is written anew: as well as possible within what it may have, `grown` where it has more in any way */
async function within(most: number, write: (size: Size) => Promise<Buffer>): Promise<ImageResult> {
  for (const size of [FULL, ...SMALLER]) {
    const content = await write(size);
    if (content.length <= most) return { ok: true, content };
  }
  return { ok: false, code: 'grown' };
}

async function renewHeic(bytes: Buffer, most: number): Promise<ImageResult> {
  if (isIncomplete(bytes, 'image/heic')) return { ok: false, code: 'incomplete' };
  try {
    const decoded = await decodeHeic(bytes, (width, height) => width * height > mostPixels('image/heic'));
    if (decoded === 'tooLarge') return { ok: false, code: 'pixels' };
    const { pixels, width, height } = decoded;
    const raw = { width, height, channels: 4 } as const;
    return await within(most, (size) => written(sharp(pixels, { raw }), 'image/heic', size));
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

function renew(bytes: Buffer, kind: FileKind, failOn: 'warning' | 'error', size: Size): Promise<Buffer> {
  const options = { limitInputPixels: mostPixels(kind), failOn, sequentialRead: true };
  return written(sharp(bytes, options).autoOrient(), kind, size);
}

/** Only warnings tell of a gap in a JPEG; most of them are about nothing that anybody could see. */
async function renewJpeg(bytes: Buffer, size: Size): Promise<Buffer> {
  try {
    return await renew(bytes, 'image/jpeg', 'warning', size);
  } catch (error) {
    if (error instanceof Error && saysMissing(error, bytes)) throw error;
    return renew(bytes, 'image/jpeg', 'error', size);
  }
}

/**
 * Decodes a picture and writes it anew: turned upright, at most 4000 pixels on an edge and `most` bytes, without
 * metadata (place, camera, author) and without anything that stood behind or between the pixels. One of which a part is missing is
 * refused: decoders fill the gap with grey, and nobody would notice before the office does.
 */
export async function renewImage(bytes: Buffer, kind: FileKind, most: number): Promise<ImageResult> {
  if (kind === 'image/heic') return renewHeic(bytes, most);
  try {
    const { format, width, height } = await sharp(bytes, { limitInputPixels: false }).metadata();
    if (format !== FORMATS[kind]) return { ok: false, code: 'damaged' };
    if (width * height > mostPixels(kind)) return { ok: false, code: 'pixels' };
    if (isIncomplete(bytes, kind, width * height)) return { ok: false, code: 'incomplete' };
    return await within(most, (size) =>
      kind === 'image/jpeg' ? renewJpeg(bytes, size) : renew(bytes, kind, 'error', size),
    );
  } catch (error) {
    const missing = isIncomplete(bytes, kind) || (error instanceof Error && saysMissing(error, bytes));
    return { ok: false, code: missing ? 'incomplete' : 'damaged' };
  }
}
