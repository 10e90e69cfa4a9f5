/** The project's pictograms: one line weight, round ends, no fills, on a grid of 48. */
import { SIGNS } from './signs.ts';
import { THINGS } from './things.ts';

/** SVG path data by pictogram id. */
export const PICTOGRAMS = { ...THINGS, ...SIGNS } as const;
export type PictogramId = keyof typeof PICTOGRAMS;
export const PICTOGRAM_IDS = Object.keys(PICTOGRAMS) as readonly PictogramId[];

/** @returns whether a text from a definition names a pictogram that exists */
export function isPictogramId(id: string): id is PictogramId {
  return Object.hasOwn(PICTOGRAMS, id);
}
