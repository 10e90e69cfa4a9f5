import { lastEntry } from '#audit';
import { type Check, NO_OFFICE, none, soon, well } from '../check.ts';

const HOUR_MS = 3_600_000;
/** A night, and time to mend what went wrong in it. */
const OLD_HOURS = 36;

/** How old the last backup is that this program took. */
export const backups: Check = {
  id: 'backups',
  name: { de: 'Sicherung', en: 'backup' },
  async look({ db, at, config }) {
    if (!db) return [NO_OFFICE];
    const last = await lastEntry(db, 'backup.taken');
    const todo = {
      de: './amtomat backup täglich durch einen Zeitgeber; wer anders sichert, sieht dort nach',
      en: 'let a timer run ./amtomat backup every day; whoever backs up otherwise looks there',
    };
    if (!last) {
      if (!config.production) return [none('noch keine (Probebetrieb)', 'none yet (a trial)')];
      return [soon({ de: 'noch keine', en: 'none yet' }, todo)];
    }
    const hours = Math.max(0, Math.floor((at.getTime() - last.getTime()) / HOUR_MS));
    const says = { de: `vor ${hours} h`, en: `${hours} h ago` };
    return [hours > OLD_HOURS ? soon(says, todo) : well(says.de, says.en)];
  },
};
