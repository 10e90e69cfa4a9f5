/** The way through a service, as the head of its pages shows it. */
import type { Walk } from '#journey';
import type { Language } from '#language';
import { type CompiledService, PAYING, sectionAt } from '#service';
import type { Page } from '#web';

/** @returns whether paying may still come; how much it will be is not known at the beginning */
const mayPay = ({ fee }: Walk): boolean => fee.exemption === undefined || fee.cents > 0;

/**
 * @param page a page of the service, or `PAYING`
 * @param walked as far as somebody has come: who will pay nothing is not told of it; left out where they pay
 * @returns the names of the way and where somebody is; nothing where the service has none
 */
export function sectionsOf(
  service: CompiledService,
  page: string,
  language: Language,
  walked?: Walk,
): Pick<Page, 'sections'> {
  const at = sectionAt(service, page);
  if (at === undefined) return {};
  const { sections } = service.texts[language];
  const pays = walked === undefined || mayPay(walked);
  const shown = service.sections.filter(({ from }) => pays || from !== PAYING);
  return { sections: { names: shown.map(({ id }) => sections[id] ?? id), at } };
}
