/** What the general pages may say that there is: it follows from the catalogue, the city and what the office is connected with. */
import type { Catalogue } from '#catalogue';
import type { City, Office } from '#city';
import type { Language } from '#language';
import type { CompiledService } from '#service';
import type { HomeDeps } from './deps.ts';
import { words } from './words.ts';

/** Where more services than this do not go at home, a list of them would be read by nobody. */
const MOST_NAMED = 4;

/** What people can do on their own screens. */
export interface AtHome {
  /** All that can be done in this office at all, a part of it, or nothing. */
  works: 'all' | 'some' | 'nothing';
  /** Titles of what does not go there; empty where there are too many to name. */
  not: readonly string[];
}

/** @returns whether somebody gets through a service on their own screen: it has no device there, and payment needs the pay page */
function goesAtHome(service: CompiledService, deps: Pick<HomeDeps, 'deviceAt' | 'payWays'>): boolean {
  const isPayable = service.fee.cents === 0 || deps.payWays.pageOrigin !== undefined;
  return (
    isPayable &&
    service.pages.every(({ device }) => !device || deps.deviceAt(device.id, undefined) !== undefined)
  );
}

/** What of the services that are done in this office goes at home as well. */
export function atHome(
  deps: Pick<HomeDeps, 'deviceAt' | 'payWays'> & { catalogue: Pick<Catalogue, 'services'> },
  language: Language,
): AtHome {
  const done = deps.catalogue.services.filter(({ pages }) => pages.length > 0);
  const not = done.filter((service) => !goesAtHome(service, deps));
  if (not.length === done.length) return { works: 'nothing', not: [] };
  const titles = not.length > MOST_NAMED ? [] : not.map(({ texts }) => texts[language].title);
  return { works: not.length > 0 ? 'some' : 'all', not: titles };
}

/** What the office does that helps with anything. */
const FOR_EVERYTHING = 'buergerbuero';

/** @returns whether people can just go there: it is known to be open at certain hours */
export const isOpenToAll = ({ hours, express }: Office): boolean =>
  express !== undefined || Object.keys(hours).length > 0;

/** @returns where people find somebody: an office that they can just go to, else the one for everything or the first, by appointment */
export function staffedOffice({ offices }: Pick<City, 'offices'>): Office | undefined {
  const all = [...offices.values()];
  return (
    all.find(isOpenToAll) ??
    all.find(({ id, tasks }) => id === FOR_EVERYTHING || tasks.includes(FOR_EVERYTHING)) ??
    all[0]
  );
}

/**
 * @returns gives the words that the search field has as examples in a language: of ours, those that find something here.
 * Each language is looked up once.
 */
export function searchExamples({
  search,
}: Pick<Catalogue, 'search'>): (language: Language) => readonly string[] {
  const found = new Map<Language, readonly string[]>();
  return (language) => {
    const known = found.get(language);
    if (known) return known;
    const examples = words(language)
      .searchExamples.split(',')
      .filter((word) => search(word, language).length > 0);
    found.set(language, examples);
    return examples;
  };
}
