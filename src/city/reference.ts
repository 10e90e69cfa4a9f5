import type { Reference } from '#kinds';
import { createStreetIndex, foldLoosely, foldStreet } from './streets.ts';
import { townsOf } from './towns.ts';
import type { City } from './types.ts';

/** @returns what answers are checked against in this city; build it once and keep it */
export function referenceOf(city: City): Reference {
  const streets = createStreetIndex(city.streets);
  const postcodes = new Set(city.postcodes);
  return {
    street: (typed) => streets.find(typed),
    similarStreets: (typed) => streets.similar(typed),
    cityPostcode: (postcode) => postcodes.has(postcode),
    postcodesOf: (street) => city.streetPostcodes.get(street),
    isCity: townsOf(city),
    cityName: city.name,
    areaCode: city.areaCode,
    isHoliday: (date) => city.isHoliday(date) !== undefined,
  };
}

/**
 * @returns what a street outside the city's list is known again by: the listed one that it is most likely a slip of, else
 *   its name folded, so that every spelling of it gives the same. Build it once and keep it
 */
export function meantStreetOf(city: Pick<City, 'streets'>): (typed: string) => string {
  const streets = createStreetIndex(city.streets);
  return (typed) => streets.nearest(typed) ?? foldLoosely(foldStreet(typed));
}
