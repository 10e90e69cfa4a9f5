import type { Reference } from '#journey';
import { nationwideHoliday } from '#time';

const STREETS = ['Kaiserstraße', 'Kaiserallee', 'Waldstraße', 'Rüppurrer Straße'];
const plain = (text: string) =>
  text
    .toLowerCase()
    .replace(/straße|strasse|str\.?$/, 'str')
    .replace(/\s+/g, '');

/** A small city for tests: four streets, two postcodes. */
export const smallCity: Reference = {
  street: (typed) => STREETS.find((street) => plain(street) === plain(typed)),
  similarStreets: (typed) => STREETS.filter((street) => plain(street).startsWith(plain(typed).slice(0, 3))),
  cityPostcode: (postcode) => ['76133', '76137'].includes(postcode),
  postcodesOf: (street) => (street === 'Rüppurrer Straße' ? ['76137'] : undefined),
  isCity: (town) => /^(?:karlsruhe[ -]?)?(?:durlach)?$/i.test(town),
  cityName: 'Karlsruhe',
  areaCode: '0721',
  isHoliday: nationwideHoliday,
};
