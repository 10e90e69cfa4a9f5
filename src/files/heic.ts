/** Photos as iPhones keep them: HEVC in a HEIF file, decoded by libheif. */
import { createRequire } from 'node:module';
import { withinMemory } from './memory.ts';

/** What is used of libheif's interface; the types it ships cover its C functions only. */
interface HeifImage {
  get_width(): number;
  get_height(): number;
  is_primary(): boolean;
  display(
    target: { data: Uint8ClampedArray; width: number; height: number },
    done: (shown: { data: Uint8ClampedArray } | null) => void,
  ): void;
}
interface Heif {
  HeifDecoder: new () => { decode(bytes: Uint8Array): HeifImage[] };
}

/** A photo's pixels, red, green, blue and opacity in turn, upright. */
export interface Decoded {
  pixels: Uint8ClampedArray;
  width: number;
  height: number;
}

const load = createRequire(import.meta.url);

function display(image: HeifImage, width: number, height: number): Promise<Uint8ClampedArray> {
  return new Promise((resolve, reject) => {
    image.display({ data: new Uint8ClampedArray(width * height * 4), width, height }, (shown) =>
      shown ? resolve(shown.data) : reject(new Error('the photo cannot be decoded')),
    );
  });
}

/**
 * @param isTooLarge asked before anything is decoded
 * @throws Error when there is no photo in it, or one that libheif does not know
 */
export function decodeHeic(
  bytes: Buffer,
  isTooLarge: (width: number, height: number) => boolean,
): Promise<Decoded | 'tooLarge'> {
  return withinMemory(async () => {
    // A new program for each photo: what one leaves in its memory is gone before the next.
    const create = load('libheif-js/libheif-wasm/libheif-bundle.js') as () => Heif;
    const { HeifDecoder } = create();
    const images = new HeifDecoder().decode(bytes);
    const photo = images.find((one) => one.is_primary()) ?? images[0];
    if (!photo) throw new Error('no photo');
    const [width, height] = [photo.get_width(), photo.get_height()];
    if (isTooLarge(width, height)) return 'tooLarge';
    return { pixels: await display(photo, width, height), width, height };
  });
}
