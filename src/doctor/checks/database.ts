import { existsSync } from 'node:fs';
import { sql } from 'kysely';
import { anchorsFile } from '#audit';
import { hasDatabase, isMigrated, lastStep } from '#db';
import { bad, type Check, codeOf, type Finding, type Ground, soon, well } from '../check.ts';
import { named, says, todo } from '../words.ts';

const OLDEST = 15;
const AWAY = todo((w) => w.database);
const BRING_BACK = todo((w) => w.databaseBack);

/** Where an office was before, a new one is not what anybody wants. */
function wasHere({ config }: Ground): boolean {
  return existsSync(anchorsFile(config.dataFolder));
}

function missing(ground: Ground): Finding {
  const { config } = ground;
  const found = says((w) => w.databaseMissing({ folder: config.dataFolder }));
  if (wasHere(ground)) return bad(found, BRING_BACK);
  if (config.production)
    return bad(
      found,
      todo((w) => w.databaseNamed),
    );
  return soon(
    found,
    todo((w) => w.databaseElsewhere),
  );
}

function empty(ground: Ground): Finding {
  if (wasHere(ground))
    return bad(
      says((w) => w.databaseLost),
      BRING_BACK,
    );
  return soon(
    says((w) => w.databaseEmpty),
    todo((w) => w.databaseFirst),
  );
}

interface Facts {
  version: number;
  recovery: boolean;
  bytes: string;
}

/** Reachable, new enough, takes writes, and brought to this program's version. */
export const database: Check = {
  id: 'database',
  name: named((w) => w.database),
  async look(ground) {
    const { db } = ground;
    if (!hasDatabase(ground.config) && !db) return [missing(ground)];
    if (!db)
      return [
        bad(
          says((w) => w.databaseAway),
          AWAY,
        ),
      ];
    let facts: Facts | undefined;
    try {
      const { rows } = await sql<Facts>`SELECT current_setting('server_version_num')::int / 10000 AS version,
        pg_is_in_recovery() AS recovery, pg_database_size(current_database()) AS bytes`.execute(db);
      facts = rows[0];
    } catch (error) {
      return [
        bad(
          says((w) => w.databaseFailed({ code: codeOf(error) })),
          AWAY,
        ),
      ];
    }
    const { version = 0, recovery = false, bytes = '0' } = facts ?? {};
    const lines: Finding[] = [];
    if (version < OLDEST)
      lines.push(
        bad(
          says((w) => w.databaseOld({ version })),
          todo((w) => w.databaseNewer({ oldest: OLDEST })),
        ),
      );
    if (recovery)
      lines.push(
        bad(
          says((w) => w.databaseStandby),
          todo((w) => w.databasePrimary),
        ),
      );
    if ((await lastStep(db)) === undefined) lines.push(empty(ground));
    else if (!(await isMigrated(db)))
      lines.push(
        bad(
          says((w) => w.databaseBehind),
          todo((w) => w.databaseMigrate),
        ),
      );
    if (lines.length > 0) return lines;
    const megabytes = Math.round(Number(bytes) / 1e6);
    return [well(says((w) => w.databaseWell({ version, megabytes })))];
  },
};
