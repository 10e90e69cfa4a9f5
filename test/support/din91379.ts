import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The characters of DIN 91379 by group, each as it is written. */
export interface Glyphs {
  LatinLetters: string[];
  NonLettersN1: string[];
  NonLettersN2: string[];
  NonLettersN3: string[];
  NonLettersN4: string[];
  GreekLetters: string[];
  CyrillicLetters: string[];
  NonLettersE1: string[];
}

const written = (points: string): string =>
  String.fromCodePoint(...points.split('+').map((point) => Number.parseInt(point, 16)));

/** @returns the table of DIN 91379 */
export function din91379(): Glyphs {
  const glyphs: Glyphs = {
    ...{ LatinLetters: [], NonLettersN1: [], NonLettersN2: [], NonLettersN3: [] },
    ...{ NonLettersN4: [], GreekLetters: [], CyrillicLetters: [], NonLettersE1: [] },
  };
  let group: string[] = [];
  for (const line of readFileSync(join(import.meta.dirname, '../fixtures/din91379.txt'), 'utf8').split(
    '\n',
  )) {
    if (line.endsWith(':')) group = glyphs[line.slice(0, -1) as keyof Glyphs];
    else if (line.startsWith('  ')) group.push(...line.trim().split(' ').map(written));
  }
  return glyphs;
}
