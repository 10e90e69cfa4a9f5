/** Which services this office has, and finding them by everyday words. */
export { catalogueApi, type ServiceEntry } from './api.ts';
export { letterCodeProblems } from './letter-codes.ts';
export { type Catalogue, type CatalogueResult, createCatalogue, loadCatalogue } from './load.ts';
export { unknownNames, unknownServices, unknownTasks } from './needs.ts';
export type { Hit } from './search.ts';
