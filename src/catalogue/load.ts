import type { City } from '#city';
import type { Language } from '#language';
import { atPortal, type CompiledService, compileService, readServices } from '#service';
import type { Problem } from '#source';
import { asChosen } from './letter-codes.ts';
import { asDemanded, levelProblems } from './level.ts';
import { unknownNames } from './needs.ts';
import { asPlaced } from './placed.ts';
import { createSearch, type Hit } from './search.ts';

/** The services of one office. */
export interface Catalogue {
  /** In the order of their folders. */
  services: readonly CompiledService[];
  /** The same as they are defined, also where the city leads people to a portal instead. */
  defined: readonly CompiledService[];
  get(slug: string): CompiledService | undefined;
  /** @returns services for everyday words, best first; see {@link createSearch} */
  search(query: string, language: Language): readonly Hit[];
}

export type CatalogueResult =
  | { catalogue: Catalogue; problems: [] }
  | { catalogue?: undefined; problems: Problem[] };

/** Here, or at the authority's own portal: as the city says, else as the law has it where people are served for real. */
function asOffered(service: CompiledService, city: City, production: boolean): CompiledService {
  if (!service.portal) return service;
  const decided = city.services[service.slug] ?? (production && service.portal.lawful ? 'portal' : 'native');
  return decided === 'portal' ? atPortal(service, city.phone115) : service;
}

/**
 * Ties compiled services to a catalogue; also for services that were not read from a folder.
 * @param defined as they are before the city decides where each is done
 */
export function createCatalogue(
  services: readonly CompiledService[],
  defined: readonly CompiledService[] = services,
): Catalogue {
  const bySlug = new Map(services.map((service) => [service.slug, service]));
  return { services, defined, get: (slug) => bySlug.get(slug), search: createSearch(services) };
}

/**
 * Reads and compiles every service that the city offers, of a folder and its own, and checks it against the city.
 * @param production whether real people are served: then what only an authority's portal may take leads there
 * @returns the catalogue, or every problem of every service with file and line
 * @throws Error when the folder cannot be read
 */
export function loadCatalogue(servicesFolder: string, city: City, production = false): CatalogueResult {
  const problems: Problem[] = [];
  const services: CompiledService[] = [];
  const defined: CompiledService[] = [];
  for (const folder of readServices(servicesFolder, city)) {
    const compiled = compileService(folder);
    problems.push(...compiled.problems);
    if (!compiled.service) continue;
    problems.push(...unknownNames(folder, city));
    const service = asPlaced(compiled.service, city);
    defined.push(service);
    services.push(asOffered(asChosen(asDemanded(service, city), city), city, production));
  }
  for (const message of levelProblems(defined, city)) problems.push({ file: 'city.yaml', line: 1, message });
  if (problems.length > 0) return { problems };
  // What can be finished here comes first.
  const [here, elsewhere] = [true, false].map((is) => services.filter((one) => one.pages.length > 0 === is));
  const ordered = [...(here ?? []), ...(elsewhere ?? [])];
  return { catalogue: createCatalogue(ordered, defined), problems: [] };
}
