/** `amtomat check [folder]`: every mistake in the services, with file, line and what to do. */
import { resolve } from 'node:path';
import { checkFolder } from '#journey';
import { formatProblems } from '#source';
import { createClock, momentOf, parseClockSetting } from '#time';

/**
 * @param argv what follows `check`: a folder, by default `services`
 * @returns the exit code: 1 on any problem
 */
export async function run(argv: readonly string[]): Promise<number> {
  const [folder = 'services'] = argv;
  const clock = createClock();
  const { today } = momentOf(
    createClock(parseClockSetting(process.env.AMTOMAT_CLOCK, clock.now().getTime())).now(),
  );
  try {
    const { services, problems } = checkFolder(folder, today);
    if (problems.length > 0) {
      console.error(formatProblems(problems));
      console.error(
        `\n${problems.length} ${problems.length === 1 ? 'problem' : 'problems'} in ${resolve(folder)}`,
      );
      return 1;
    }
    const journeys = services.reduce((sum, service) => sum + service.journeys.length, 0);
    console.log(`${services.length} services, ${journeys} journeys: all well`);
    return 0;
  } catch (error) {
    console.error(`${folder} cannot be read: ${(error as Error).message}`);
    return 1;
  }
}
