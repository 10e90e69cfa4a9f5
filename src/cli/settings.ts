import { join } from 'node:path';
import { type City, loadCity } from '#city';
import { type Config, ConfigError, keyProblems, readConfig } from '#config';
import { formatProblems } from '#source';

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
    problems.push(...keyProblems(config.keyFolder, offices));
  }
  if (!city || problems.length > 0) throw new ConfigError(problems);
  return { config, city };
}
