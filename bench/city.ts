/** A city for the bench: the real one, but with tours that do not run out. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';

interface Tours {
  leadDays: number;
  horizonDays: number;
  areas: { weekdays: number[]; capacity: number }[];
}

const MOST_PLACES = 1_000;

/**
 * @param original the folder of a real city
 * @param target where the copy goes
 */
export function writeBenchCity(original: string, target: string): void {
  cpSync(original, target, { recursive: true });
  const file = join(target, 'tours.yaml');
  const tours: Tours[] = parse(readFileSync(file, 'utf8'));
  for (const area of tours.flatMap((tour) => tour.areas)) {
    area.weekdays = [1, 2, 3, 4, 5, 6];
    area.capacity = MOST_PLACES;
  }
  writeFileSync(file, stringify(tours));
}
