/**
 * Small pictures of pages that are kept beside the tests. They are an eighth as large as the screen: letters blur into grey, so
 * that it does not matter how a machine draws their edges, and what has moved, grown or changed its colour is seen.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';

const KEPT = join(import.meta.dirname, '..', 'fixtures', 'pictures');
/** What was seen where it differs, to be looked at beside what is kept. */
const SEEN = join(tmpdir(), 'amtomat-pictures');
const SCALE = 8;
const COLOURS = 64;
/** Of 255, in any of the three colours: less is how a letter's edge is drawn. */
const SAME = 40;
/** This part of a zone may differ: a day's name, a time. */
const MOST = 0.02;

/** The zones of a terminal's screen that stands upright, by where each begins. */
const ZONES = { head: 0, path: 112, question: 176, answers: 484, 'way on': 1628, bar: 1776 };
const HEIGHT = 1920;

interface Picture {
  data: Buffer;
  width: number;
  height: number;
}

async function read(file: string | Buffer): Promise<Picture> {
  const { data, info } = await sharp(file).removeAlpha().toColourspace('srgb').raw().toBuffer({
    resolveWithObject: true,
  });
  return { data, width: info.width, height: info.height };
}

/** @returns the part of the lines in which the two differ */
function differing(one: Picture, other: Picture, from: number, to: number): number {
  let count = 0;
  for (let at = from * one.width; at < to * one.width; at += 1)
    if (
      [0, 1, 2].some((by) => Math.abs((one.data[at * 3 + by] ?? 0) - (other.data[at * 3 + by] ?? 0)) > SAME)
    )
      count += 1;
  return count / ((to - from) * one.width);
}

/** @returns whether pictures are to be made anew instead of being compared */
const renews = (): boolean => process.env.AMTOMAT_PICTURES === 'renew';

/**
 * Compares what a screen of 1080 × 1920 shows with the picture that is kept of it, or keeps it.
 * @param name of the picture
 * @param shot what the screen shows, as a browser gives it
 * @returns the zones that differ, and where to look
 */
export async function differences(name: string, shot: Buffer): Promise<string[]> {
  const small = await sharp(shot)
    .resize(1080 / SCALE, HEIGHT / SCALE, { kernel: 'cubic', fit: 'fill' })
    .png({ palette: true, colours: COLOURS, dither: 0, effort: 10 })
    .toBuffer();
  const file = join(KEPT, `${name}.png`);
  if (renews()) {
    mkdirSync(KEPT, { recursive: true });
    await sharp(small).toFile(file);
    return [];
  }
  if (!existsSync(file)) return [`${name} is not kept: AMTOMAT_PICTURES=renew keeps it`];
  const [kept, seen] = await Promise.all([read(file), read(small)]);
  const begins = Object.entries(ZONES);
  const found = begins.flatMap(([zone, from], at) => {
    const [first, last] = [from, begins[at + 1]?.[1] ?? HEIGHT].map((one) => Math.round(one / SCALE));
    const part = differing(kept, seen, first ?? 0, last ?? 0);
    return part > MOST ? [`${zone} (${(part * 100).toFixed(1)} %)`] : [];
  });
  if (found.length === 0) return [];
  mkdirSync(SEEN, { recursive: true });
  await sharp(shot).toFile(join(SEEN, `${name}.png`));
  return [`${name} looks different: ${found.join(', ')}; see ${join(SEEN, `${name}.png`)} and ${file}`];
}
