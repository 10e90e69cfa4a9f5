/** Codes by letter: a service says where it takes one, a city whether it sends any. */
import { z } from 'zod';
import type { City } from '#city';
import type { CompiledService } from '#service';
import { hint, type Problem, parseSource } from '#source';

type Choice = Pick<City, 'identity' | 'letterCodes' | 'name'>;

const takes = ({ pages }: CompiledService): boolean => pages.some(({ identify }) => identify?.letterCode);

/** @returns the service as this city offers it: without the code by letter where it did not choose to send any */
export function asChosen(service: CompiledService, { letterCodes }: Choice): CompiledService {
  if (!takes(service) || letterCodes.includes(service.slug)) return service;
  const pages = service.pages.map((page) =>
    page.identify ? { ...page, identify: { ...page.identify, letterCode: undefined } } : page,
  );
  return { ...service, pages };
}

/**
 * @param file the city's `city.yaml`
 * @param services all there are, as they are defined
 * @returns what is wrong with the city's choice of services that take a code by letter
 */
export function letterCodeProblems(
  file: string,
  text: string,
  { identity, letterCodes, name }: Choice,
  services: readonly CompiledService[],
): Problem[] {
  const { source } = parseSource(file, text, z.unknown());
  const able = services.filter(takes).map(({ slug }) => slug);
  return letterCodes.flatMap((slug, index) => {
    const wrong = (message: string): Problem[] => [
      { file, line: source?.lineOf(['letterCodes', index]) ?? 1, message },
    ];
    const service = services.find((one) => one.slug === slug);
    if (!service) return wrong(`there is no service "${slug}".${hint(slug, able)}`);
    if (!able.includes(slug))
      return wrong(`"${slug}" takes no code by letter; these do: ${able.join(', ') || 'none'}`);
    const level = identity[slug] ?? 'low';
    if (level === 'low') return [];
    return wrong(`a code by letter is of level "low", and ${name} asks for "${level}" in \`identity\``);
  });
}
