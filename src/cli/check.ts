/** `amtomat check [folder]`: every mistake in the services, with file, line and what to do. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { readCall } from '#call';
import { letterCodeProblems, unknownNames, unknownServices, unknownTasks } from '#catalogue';
import { type City, loadCity, referenceOf } from '#city';
import { type Config, loadConfig } from '#config';
import { checkFolder } from '#journey';
import { type CompiledService, readServices, serviceFolders } from '#service';
import { formatProblems, type Problem } from '#source';
import { createClock, momentOf } from '#time';
import { textPairs, textReport } from './text-list.ts';

const CHECK = {
  name: 'check',
  help: `./amtomat check [FOLDER] [--texts]
  Compiles services and plays their journeys, and says with file and line what is wrong with them.
  FOLDER   one service, or a folder of services, or a city's folder with all services; the office's own when left out
  --texts  lists, by language, which texts are missing and which are older than their German; that is no mistake
  Exit code 0: all is well, 1: something is wrong, 2: a wrong call.

Example
  ./amtomat check services/sperrmuell`,
  options: { texts: 'flag' },
  words: 1,
} as const;

/** What services and city say of each other. Of some services alone nobody can tell whether a tile is one too many. */
function against(
  city: City,
  folder: string,
  all: readonly CompiledService[] | undefined,
  authorities: readonly string[],
): Problem[] {
  const folders = readServices(folder, city);
  const names = folders.flatMap((each) => unknownNames(each, city, authorities));
  if (!all) return names;
  const file = join(city.folder, 'city.yaml');
  const text = readFileSync(file, 'utf8');
  const offices = join(city.folder, 'offices.yaml');
  const slugs = all.map(({ slug }) => slug);
  const everywhere = serviceFolders(folder).map((each) => basename(each));
  return [
    ...names,
    ...unknownServices(file, text, city, slugs, everywhere),
    ...letterCodeProblems(file, text, city, all),
    ...unknownTasks(offices, readFileSync(offices, 'utf8'), city, folders),
  ];
}

/** What a city lays over a service is nothing by itself: the service is meant. */
function meant(given: string, { cityFolder, servicesFolder }: Config): string {
  const common = join(servicesFolder, basename(given));
  const isLaidOver = resolve(dirname(given)) === join(cityFolder, 'services') && existsSync(common);
  return isLaidOver ? common : given;
}

/**
 * @param argv what follows `check`: a folder of services or one service, by default the office's own
 * @returns the exit code: 1 on any problem, 2 for a wrong call
 */
export async function run(argv: readonly string[]): Promise<number> {
  const call = readCall(CHECK, argv);
  if (typeof call === 'number') return call;
  const [named] = call.words;
  const isCity = named !== undefined && existsSync(join(named, 'city.yaml'));
  if (isCity) process.env.AMTOMAT_CITY = resolve(named);
  const given = isCity ? undefined : named;
  const config = loadConfig(process.env, []);
  const { today } = momentOf(createClock(config.clockOffsetMs).now());
  const { city, problems: cityProblems } = loadCity(config.cityFolder);
  const folder = given === undefined ? config.servicesFolder : meant(given, config);
  const { identifiedIn } = await import('#sandbox/people');
  const { AUTHORITY } = await import('#sandbox/authorities');
  const { services, problems } = checkFolder(folder, today, {
    ...(city && { here: city, reference: referenceOf(city), people: identifiedIn(city) }),
    plays: city !== undefined,
  });
  const whole = given === undefined ? services : undefined;
  const authorities = [AUTHORITY, ...Object.keys(config.connections.fitConnect?.authorities ?? {})];
  const fit = city && services.length > 0 ? against(city, folder, whole, authorities) : [];
  const all = [...cityProblems, ...problems, ...fit];
  if (all.length > 0) {
    console.error(formatProblems(all));
    console.error(`\n${all.length} ${all.length === 1 ? 'problem' : 'problems'} found`);
    return 1;
  }
  const journeys = services.reduce((sum, service) => sum + service.journeys.length, 0);
  const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;
  console.log(`${count(services.length, 'service')} with ${count(journeys, 'journey')}: all well`);
  if (call.options.texts) console.log(textReport(textPairs(readServices(folder, city))));
  return 0;
}
