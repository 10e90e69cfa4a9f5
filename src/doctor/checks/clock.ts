import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { createClock } from '#time';
import { bad, type Check, type Finding, type Ground, soon, well } from '../check.ts';
import { named, says, todo } from '../words.ts';

/** More than answers of BundID allow for. */
const MOST_MS = 60_000;
const TODO = todo((w) => w.synchronise);

async function againstDatabase({ db }: Ground): Promise<Finding[]> {
  if (!db) return [];
  const clock = createClock();
  const before = clock.now().getTime();
  const { rows } = await sql<{ at: Date }>`SELECT clock_timestamp() AS at`.execute(db);
  const middle = (before + clock.now().getTime()) / 2;
  const apart = Math.round(Math.abs((rows[0]?.at.getTime() ?? middle) - middle) / 1000);
  const found = says((w) => w.besideDatabase({ seconds: apart }));
  return [apart * 1000 > MOST_MS ? bad(found, TODO) : well(found)];
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
    return [
      soon(
        says((w) => w.notSynchronised),
        TODO,
      ),
    ];
  } catch {
    return [];
  }
}

/** This machine's time against others'. */
export const clock: Check = {
  id: 'clock',
  name: named((w) => w.clock),
  async look(ground, enough) {
    const lines = [...(await againstDatabase(ground)), ...(await synchronised(enough))];
    if (ground.config.clockOffsetMs !== 0)
      lines.push(
        soon(
          says((w) => w.otherTime),
          todo((w) => w.clockSetting),
        ),
      );
    return lines.length > 0 ? lines : [well(says((w) => w.notComparable))];
  },
};
