import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { createClock } from '#time';
import { bad, type Check, type Finding, type Ground, soon, well } from '../check.ts';

/** More than answers of BundID allow for. */
const MOST_MS = 60_000;
const TODO = { de: 'Zeitabgleich (NTP) einschalten', en: 'switch time synchronisation (NTP) on' };

async function againstDatabase({ db }: Ground): Promise<Finding[]> {
  if (!db) return [];
  const clock = createClock();
  const before = clock.now().getTime();
  const { rows } = await sql<{ at: Date }>`SELECT clock_timestamp() AS at`.execute(db);
  const middle = (before + clock.now().getTime()) / 2;
  const apart = Math.round(Math.abs((rows[0]?.at.getTime() ?? middle) - middle) / 1000);
  const says = { de: `${apart} s neben der Datenbank`, en: `${apart} s beside the database` };
  return [apart * 1000 > MOST_MS ? bad(says, TODO) : well(says.de, says.en)];
}

/** systemd knows; where it does not run, nobody is asked. */
async function synchronised(enough: AbortSignal): Promise<Finding[]> {
  try {
    const options = { signal: enough };
    const { stdout } = await promisify(execFile)(
      'timedatectl',
      ['show', '-p', 'NTPSynchronized', '--value'],
      options,
    );
    if (stdout.trim() !== 'no') return [];
    return [soon({ de: 'nicht abgeglichen (NTP)', en: 'not synchronised (NTP)' }, TODO)];
  } catch {
    return [];
  }
}

/** This machine's time against others'. */
export const clock: Check = {
  id: 'clock',
  name: { de: 'Uhr', en: 'clock' },
  async look(ground, enough) {
    const lines = [...(await againstDatabase(ground)), ...(await synchronised(enough))];
    if (ground.config.clockOffsetMs !== 0)
      lines.push(
        soon(
          { de: 'das Büro lebt in einer verstellten Zeit', en: 'the office lives in another time' },
          { de: 'AMTOMAT_CLOCK weglassen', en: 'leave AMTOMAT_CLOCK out' },
        ),
      );
    return lines.length > 0 ? lines : [well('nicht vergleichbar', 'nothing to compare it with')];
  },
};
