/** The way through a service, as the head of its pages shows it. */
import type { Language } from '#language';
import { type CompiledService, PAYING, sectionAt } from '#service';
import type { Page } from '#web';

/**
 * @param page a page of the service, or `PAYING`
 * @param pays whether paying is still to come, as far as is known: who pays nothing is not told of it
 * @returns the names of the way and where somebody is; nothing where the service has none
 */
export function sectionsOf(
  service: CompiledService,
  page: string,
  language: Language,
  pays = true,
): Pick<Page, 'sections'> {
  const at = sectionAt(service, page);
  if (at === undefined) return {};
  const { sections } = service.texts[language];
  const shown = pays ? service.sections : service.sections.filter(({ from }) => from !== PAYING);
  return { sections: { names: shown.map(({ id }) => sections[id] ?? id), at } };
}
