import { join } from 'node:path';
import { type City, loadCity } from '#city';
import { type CompiledService, compileService, readServices } from '#service';
import { formatProblems } from '#source';

const ROOT = join(import.meta.dirname, '..');
const SERVICES = join(ROOT, 'services');
/** The folder of the city that is measured. */
export const CITY = join(ROOT, 'city', 'karlsruhe');

/** @returns the folder of a service of this repository */
export const folderOf = (slug: string): string => join(SERVICES, slug);

/** @throws Error naming what is wrong with it */
export function benchCity(): City {
  const { city, problems } = loadCity(CITY);
  if (!city) throw new Error(formatProblems(problems));
  return city;
}

/** @throws Error naming what is wrong with it, or with the city */
export function compiledService(slug: string): CompiledService {
  const [folder] = readServices(folderOf(slug), benchCity());
  const { service, problems = [] } = folder ? compileService(folder) : {};
  if (!service) throw new Error(formatProblems(problems));
  return service;
}
