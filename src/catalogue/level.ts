/** A city may want to be surer of who somebody is than a service asks for; never less sure. */
import type { City } from '#city';
import { type CompiledService, reaches } from '#service';

type Demand = Pick<City, 'identity' | 'name'>;

/** @returns the service as this city asks for it */
export function asDemanded(service: CompiledService, { identity }: Demand): CompiledService {
  const level = identity[service.slug];
  if (level === undefined) return service;
  const pages = service.pages.map((page) =>
    page.identify ? { ...page, identify: { ...page.identify, level } } : page,
  );
  return { ...service, identity: level, pages };
}

/** @returns what is wrong with the city's demands on these services */
export function levelProblems(services: readonly CompiledService[], { identity, name }: Demand): string[] {
  return Object.entries(identity).flatMap(([slug, level]) => {
    const asked = services.find((service) => service.slug === slug)?.identity ?? 'none';
    if (asked === 'none')
      return [`\`identity\` of ${name} names "${slug}", which is no service that identifies people`];
    return !reaches(level, asked)
      ? [`"${slug}" asks for level "${asked}"; ${name} cannot ask for "${level}", which is less`]
      : [];
  });
}
