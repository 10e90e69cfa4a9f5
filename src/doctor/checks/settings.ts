import { bad, type Check, well } from '../check.ts';
import { asIs, named, says, todo } from '../words.ts';

/** Settings, city, services and connections, as a start would judge them. */
export const settings: Check = {
  id: 'settings',
  name: named((w) => w.settings),
  async look({ problems, config }) {
    if (problems.length === 0) return [well(says((w) => (config.production ? w.complete : w.completeTrial)))];
    const mend = todo((w) => w.settings);
    return problems.flatMap((problem) => problem.split('\n')).map((line) => bad(asIs(line), mend));
  },
};
