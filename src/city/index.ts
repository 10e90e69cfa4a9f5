/** One municipality: offices, sites and their hours, holidays, tours, streets. Data from `city/<id>`. */
export { ID, phone } from './basics.ts';
export { streetProblems } from './checks.ts';
export { contrastWithWhite, LEAST_CONTRAST } from './contrast.ts';
export { isOpenFact, OPEN_FACT, unfilled } from './filled.ts';
export { areaOf, type OpenState, openState, ownSite, siteOfTerminal } from './hours.ts';
export { landOf } from './laender.ts';
export { type CityResult, loadCity } from './load.ts';
export { municipalityOf, officeNameOf } from './names.ts';
export { meantStreetOf, referenceOf } from './reference.ts';
export type { Sample, SampleStaff } from './sample.ts';
export { cityShape } from './schema.ts';
export {
  type ListedStreet,
  parseStreetJson,
  parseStreetText,
  StreetListError,
  streetText,
} from './street-list.ts';
export type {
  City,
  Imprint,
  Office,
  OpenInterval,
  OpeningHours,
  Portal,
  Privacy,
  Site,
  TourPlan,
} from './types.ts';
