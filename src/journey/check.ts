/** `amtomat check`: every service compiled and every example journey played. */
import { z } from 'zod';
import {
  type CompiledService,
  compileService,
  definitionOf,
  fileOf,
  type Municipality,
  readServices,
  type ServiceFolder,
} from '#service';
import { type Problem, parseSource } from '#source';
import { type IsoDate, momentOf, zonedInstant } from '#time';
import { ANY_CITY, playPure } from './play.ts';
import type { PlayPeople } from './play-types.ts';
import type { Reference } from './types.ts';

export interface Checked {
  services: readonly CompiledService[];
  problems: readonly Problem[];
}

/** Whose office the services are checked for. */
export interface CheckFor {
  /** The city that offers them; without one, its facts and its own words are left out. */
  here?: Municipality | undefined;
  /** The city's streets; without it, addresses are taken on trust. */
  reference?: Reference | undefined;
  /** The test persons that journeys name. */
  people?: PlayPeople;
  /** Whether journeys are played: without the city they are for, they only tell what is wrong with it. */
  plays?: boolean;
}

/**
 * @param path one service's folder, or a folder of them
 * @param today the day on which journeys without a day of their own are played
 * @returns a folder that cannot be read is a problem too
 */
export function checkFolder(
  path: string,
  today: IsoDate,
  { here, reference = ANY_CITY, people, plays = true }: CheckFor = {},
): Checked {
  const services: CompiledService[] = [];
  const problems: Problem[] = [];
  let folders: ServiceFolder[] = [];
  try {
    folders = readServices(path, here);
  } catch (error) {
    problems.push({ file: path, line: 1, message: `cannot be read: ${(error as Error).message}` });
  }
  for (const folder of folders) {
    const compiled = compileService(folder);
    problems.push(...compiled.problems);
    if (!compiled.service) continue;
    services.push(compiled.service);
    if (plays) problems.push(...playAll(compiled.service, folder, today, reference, people));
  }
  if (services.length === 0 && problems.length === 0) {
    problems.push({
      file: path,
      line: 1,
      message: 'holds no service: give a folder with `service.yaml`, or a folder of such folders',
    });
  }
  return { services, problems };
}

function playAll(
  service: CompiledService,
  folder: ServiceFolder,
  today: IsoDate,
  reference: Reference,
  people: PlayPeople | undefined,
): Problem[] {
  const reached = new Set<string>();
  const problems = service.journeys.flatMap((journey) => {
    const moment = momentOf(zonedInstant(journey.today ?? today, '10:00'), reference.isHoliday);
    const { problem, walked } = playPure(service, journey, moment, reference, undefined, people);
    for (const { page } of journey.steps) reached.add(page);
    const end = walked.next ?? walked.pages.at(-1);
    if (end) reached.add(end.id);
    if (!problem) return [];
    const { file, text } = fileOf(folder, `journeys/${journey.id}.yaml`);
    const { source } = parseSource(file, text, z.unknown());
    const message = `this journey no longer plays: ${problem.message}`;
    return [{ file, line: source?.lineOf(problem.path) ?? 1, message }];
  });
  return problems.length > 0 ? problems : neverReached(service, folder, reached);
}

/** A page that no example shows has never been seen by anybody. */
function neverReached(
  service: CompiledService,
  folder: ServiceFolder,
  reached: ReadonlySet<string>,
): Problem[] {
  const source = definitionOf(folder);
  return service.pages
    .filter((page) => !reached.has(page.id))
    .map(({ id, index }) => ({
      ...(source?.spotOf(['pages', index]) ?? { file: folder.path, line: 1 }),
      message: `no journey reaches page \`${id}\`: write one in \`journeys/\` that does`,
    }));
}
