/** A city for the bench: the real one, but with tours that do not run out, and open at any hour. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';

interface Tours {
  leadDays: number;
  horizonDays: number;
  areas: { weekdays: number[]; capacity: number }[];
}

const MOST_PLACES = 1_000;
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const ALL_DAY = ['00:00-23:59'];

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
  const sitesFile = join(target, 'sites.yaml');
  const sites: { hours?: Record<string, string[]> }[] = parse(readFileSync(sitesFile, 'utf8'));
  for (const site of sites)
    if (site.hours) site.hours = Object.fromEntries(DAYS.map((day) => [day, ALL_DAY]));
  writeFileSync(sitesFile, stringify(sites));
}
