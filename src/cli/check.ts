/** `amtomat check [folder]`: every mistake in the services, with file, line and what to do. */
import { loadCity, referenceOf } from '#city';
import { loadConfig } from '#config';
import { checkFolder } from '#journey';
import { formatProblems } from '#source';
import { createClock, momentOf } from '#time';

/**
 * @param argv what follows `check`: a folder of services or one service, by default the office's own
 * @returns the exit code: 1 on any problem
 */
export async function run(argv: readonly string[]): Promise<number> {
  const config = loadConfig(process.env, []);
  const { today } = momentOf(createClock(config.clockOffsetMs).now());
  const folder = argv[0] ?? config.servicesFolder;
  const { city, problems: cityProblems } = loadCity(config.cityFolder);
  const { identified } = await import('#sandbox/people');
  const { services, problems } = checkFolder(folder, today, city && referenceOf(city), identified);
  const all = [...cityProblems, ...problems];
  if (all.length > 0) {
    console.error(formatProblems(all));
    console.error(`\n${all.length} ${all.length === 1 ? 'problem' : 'problems'} found`);
    return 1;
  }
  const journeys = services.reduce((sum, service) => sum + service.journeys.length, 0);
  const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;
  console.log(`${count(services.length, 'service')} with ${count(journeys, 'journey')}: all well`);
  return 0;
}
