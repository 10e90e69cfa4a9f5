/** A service names tasks of a municipality, and 115; here it gets the offices that do them, and the number that helps. */
import type { City } from '#city';
import { type CompiledService, officeFor } from '#service';

/** The number of all authorities; some towns have another. */
const ALL_AUTHORITIES = '115';

/** @returns the service with the city's offices; what no office does is named by `unknownNames` */
export function asPlaced(
  service: CompiledService,
  city: Pick<City, 'offices' | 'phone115'>,
): CompiledService {
  const officeOf = (name: string): string => officeFor(city, name)?.id ?? name;
  return {
    ...service,
    office: officeOf(service.office),
    pages: service.pages.map((page) => (page.office ? { ...page, office: officeOf(page.office) } : page)),
    places: service.places.map((place) => {
      if (place.kind === 'office') return { ...place, ref: officeOf(place.ref) };
      return place.kind === 'phone' && place.ref === ALL_AUTHORITIES
        ? { ...place, ref: city.phone115 }
        : place;
    }),
  };
}
