import { readJobs } from '#jobs';
import { type Check, NO_OFFICE, none, soon, well } from '../check.ts';
import { named, says, todo } from '../words.ts';

/** One that fails once is tried again; one that goes on failing needs somebody. */
const OFTEN = 3;

/** Recurring work that does not get to its end. */
export const jobs: Check = {
  id: 'jobs',
  name: named((w) => w.jobs),
  async look({ db, at }) {
    if (!db) return [NO_OFFICE];
    const all = await readJobs(db, at);
    if (all.length === 0) return [none(says((w) => w.nothingRan))];
    const failing = all.filter(({ failures }) => failures >= OFTEN);
    if (failing.length === 0) return [well(says((w) => w.allRan))];
    return failing.map(({ name, failures: times, code }) =>
      soon(
        says((w) => (code ? w.jobFailsCode({ name, times, code }) : w.jobFails({ name, times }))),
        todo((w) => w.log),
      ),
    );
  },
};
