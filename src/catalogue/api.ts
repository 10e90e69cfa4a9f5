import { LANGUAGES, type Language, withoutMarks } from '#language';
import type { CompiledService, Fulfilment } from '#service';
import type { Catalogue } from './load.ts';

/** One service in `GET /api/services`. */
export interface ServiceEntry {
  slug: string;
  version: number;
  titles: Record<Language, string>;
  fulfilment: Fulfilment;
  /** JSON Schema 2020-12 of what is handed in; null where nothing is handed in here. */
  submission: CompiledService['submissionSchema'] | null;
  /** Ids of the example journeys. */
  journeys: string[];
}

/** @returns the body of `GET /api/services` */
export function catalogueApi(catalogue: Catalogue): { services: ServiceEntry[] } {
  return {
    services: catalogue.services.map((service) => ({
      slug: service.slug,
      version: service.version,
      titles: Object.fromEntries(
        LANGUAGES.map((language) => [language, withoutMarks(service.texts[language].title)]),
      ) as Record<Language, string>,
      fulfilment: service.fulfilment,
      submission: service.fulfilment === 'case' ? service.submissionSchema : null,
      journeys: service.journeys.map((journey) => journey.id),
    })),
  };
}
