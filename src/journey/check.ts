/** `amtomat check`: every service compiled and every example journey played. */
import { join } from 'node:path';
import { z } from 'zod';
import { type CompiledService, compileService, readServiceFolder, serviceFolders } from '#service';
import { type Problem, parseSource } from '#source';
import { type IsoDate, momentOf, zonedInstant } from '#time';
import { ANY_CITY, type PlayPeople, playPure } from './play.ts';
import type { Reference } from './types.ts';

export interface Checked {
  services: readonly CompiledService[];
  problems: readonly Problem[];
}

/**
 * @param path one service's folder, or a folder of them
 * @param today the day on which journeys without a day of their own are played
 * @param reference the city's streets; without it, addresses are taken on trust
 * @param people the test persons that journeys name
 * @param plays whether journeys are played: without the city they are for, they only tell what is wrong with it
 * @returns a folder that cannot be read is a problem too
 */
export function checkFolder(
  path: string,
  today: IsoDate,
  reference: Reference = ANY_CITY,
  people?: PlayPeople,
  plays = true,
): Checked {
  const services: CompiledService[] = [];
  const problems: Problem[] = [];
  let folders: string[] = [];
  try {
    folders = serviceFolders(path);
  } catch (error) {
    problems.push({ file: path, line: 1, message: `cannot be read: ${(error as Error).message}` });
  }
  for (const folder of folders) {
    const files = readServiceFolder(folder);
    const compiled = compileService(files);
    problems.push(...compiled.problems);
    if (!compiled.service) continue;
    services.push(compiled.service);
    if (plays) problems.push(...playAll(compiled.service, folder, files.files, today, reference, people));
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
  folder: string,
  files: Readonly<Record<string, string>>,
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
    const name = `journeys/${journey.id}.yaml`;
    const { source } = parseSource(join(folder, name), files[name] ?? '', z.unknown());
    const message = `this journey no longer plays: ${problem.message}`;
    return [{ file: join(folder, name), line: source?.lineOf(problem.path) ?? 1, message }];
  });
  return problems.length > 0 ? problems : neverReached(service, folder, files, reached);
}

/** A page that no example shows has never been seen by anybody. */
function neverReached(
  service: CompiledService,
  folder: string,
  files: Readonly<Record<string, string>>,
  reached: ReadonlySet<string>,
): Problem[] {
  const hidden = service.pages.filter((page) => !reached.has(page.id));
  if (hidden.length === 0) return [];
  const file = join(folder, 'service.yaml');
  const { source } = parseSource(file, files['service.yaml'] ?? '', z.unknown());
  return hidden.map(({ id, index }) => ({
    file,
    line: source?.lineOf(['pages', index]) ?? 1,
    message: `no journey reaches page \`${id}\`: write one in \`journeys/\` that does`,
  }));
}
