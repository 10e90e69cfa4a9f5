/** The city that tests play in where they do not say another. */
import { type City, loadCity } from '#city';
import { type CompiledService, compileService, readServices } from '#service';
import { formatProblems } from '#source';

/** @throws Error naming what is wrong with it */
export function cityOf(folder: string): City {
  const { city, problems } = loadCity(folder);
  if (!city) throw new Error(formatProblems(problems));
  return city;
}

export const karlsruhe = cityOf('city/karlsruhe');

/** @returns one of the services as it is in the city @throws Error naming what is wrong with it */
export function serviceIn(city: City, slug: string): CompiledService {
  const [folder] = readServices(`services/${slug}`, city);
  const { service, problems = [] } = folder ? compileService(folder) : {};
  if (!service) throw new Error(formatProblems(problems) || `${slug} is not offered in ${city.name}`);
  return service;
}
