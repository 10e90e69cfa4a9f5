import { lastEntry } from '#audit';
import { type Check, NO_OFFICE, none, soon, well } from '../check.ts';
import { named, says, todo } from '../words.ts';

const HOUR_MS = 3_600_000;
/** A night, and time to mend what went wrong in it. */
const OLD_HOURS = 36;

/** How old the last backup is that this program took. */
export const backups: Check = {
  id: 'backups',
  name: named((w) => w.backups),
  async look({ db, at, config }) {
    if (!db) return [NO_OFFICE];
    const last = await lastEntry(db, 'backup.taken');
    const mend = todo((w) => w.backups);

    if (!last) {
      if (!config.production) return [none(says((w) => w.noneYetTrial))];
      return [
        soon(
          says((w) => w.noneYet),
          mend,
        ),
      ];
    }
    const hours = Math.max(0, Math.floor((at.getTime() - last.getTime()) / HOUR_MS));
    const found = says((w) => w.hoursAgo({ hours }));
    return [hours > OLD_HOURS ? soon(found, mend) : well(found)];
  },
};
