/** The way through a service, as the head of its pages shows it. */
import type { Language } from '#language';
import { type CompiledService, sectionAt } from '#service';
import type { Page } from '#web';

/**
 * @param page a page of the service, or `PAYING`
 * @returns the names of the way and where somebody is; nothing where the service has none
 */
export function sectionsOf(
  service: CompiledService,
  page: string,
  language: Language,
): Pick<Page, 'sections'> {
  const at = sectionAt(service, page);
  if (at === undefined) return {};
  const { sections } = service.texts[language];
  return { sections: { names: service.sections.map(({ id }) => sections[id] ?? id), at } };
}
