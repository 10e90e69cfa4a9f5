import { readJobs } from '#jobs';
import { type Check, NO_OFFICE, none, soon, well } from '../check.ts';

/** One that fails once is tried again; one that goes on failing needs somebody. */
const OFTEN = 3;

/** Recurring work that does not get to its end. */
export const jobs: Check = {
  id: 'jobs',
  name: { de: 'Wiederkehrende Arbeit', en: 'recurring work' },
  async look({ db, at }) {
    if (!db) return [NO_OFFICE];
    const all = await readJobs(db, at);
    if (all.length === 0) return [none('noch nichts gelaufen', 'nothing has run yet')];
    const failing = all.filter(({ failures }) => failures >= OFTEN);
    if (failing.length === 0) return [well('alles kommt zu seinem Ende', 'all of it comes to its end')];
    return failing.map(({ name, failures, code }) => {
      const why = code ? ` (${code})` : '';
      return soon(
        {
          de: `„${name}“ ${failures}-mal nacheinander gescheitert${why}`,
          en: `"${name}" failed ${failures} times in a row${why}`,
        },
        { de: 'Protokoll des Büros ansehen', en: 'look into the log of the office' },
      );
    });
  },
};
