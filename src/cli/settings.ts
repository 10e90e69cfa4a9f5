import { join } from 'node:path';
import { type City, loadCity, unfilled } from '#city';
import { type Config, ConfigError, keyProblems, openKeyProblems, readConfig } from '#config';
import { formatProblems } from '#source';

/** @returns one line for each thing about who runs the office that real people must be able to read, and that is not there yet */
export function unfilledProblems(config: Config, city: City): string[] {
  const file = join(config.cityFolder, 'city.yaml');
  return unfilled(city).map((key) => `${file}: ${key} is not filled in yet`);
}

/**
 * What the office is told: settings and city.
 * @throws ConfigError naming everything that is wrong in either
 */
export function officeSettings(argv: readonly string[]): { config: Config; city: City } {
  const { config, problems } = readConfig(process.env, argv);
  const { city, problems: mistakes } = loadCity(config.cityFolder, join(config.dataFolder, 'streets.txt'));
  if (mistakes.length > 0) problems.push(formatProblems(mistakes));
  if (city && config.production) {
    const offices = [...city.offices.keys()].map((office) => `office-${office}`);
    problems.push(...keyProblems(config.keyFolder, offices), ...openKeyProblems(config.keyFolder, offices));
    problems.push(...unfilledProblems(config, city));
  }
  if (!city || problems.length > 0) throw new ConfigError(problems);
  return { config, city };
}
