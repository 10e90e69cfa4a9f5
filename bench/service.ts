import { join } from 'node:path';
import { type CompiledService, compileService, readServiceFolder } from '#service';
import { formatProblems } from '#source';

const SERVICES = join(import.meta.dirname, '..', 'services');

/** @returns the folder of a service of this repository */
export const folderOf = (slug: string): string => join(SERVICES, slug);

/** @throws Error naming what is wrong with it */
export function compiledService(slug: string): CompiledService {
  const { service, problems } = compileService(readServiceFolder(folderOf(slug)));
  if (!service) throw new Error(formatProblems(problems));
  return service;
}
