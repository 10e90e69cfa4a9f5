import { existsSync } from 'node:fs';
import { sql } from 'kysely';
import { anchorsFile } from '#audit';
import { hasDatabase, isMigrated, lastStep } from '#db';
import { bad, type Check, codeOf, type Finding, type Ground, soon, well } from '../check.ts';

const OLDEST = 15;
const AWAY = {
  de: 'DATABASE_URL, Netz und Datenbankdienst prüfen',
  en: 'look at DATABASE_URL, the line and the database',
};
const BRING_BACK = {
  de: 'Sicherung zurückspielen (./amtomat restore), oder DATABASE_URL und --data berichtigen',
  en: 'bring the backup back (./amtomat restore), or mend DATABASE_URL and --data',
};

/** Where an office was before, a new one is not what anybody wants. */
function wasHere({ config }: Ground): boolean {
  return existsSync(anchorsFile(config.dataFolder));
}

function missing(ground: Ground): Finding {
  const { config } = ground;
  const says = {
    de: `in ${config.dataFolder} liegt keine`,
    en: `there is none in ${config.dataFolder}`,
  };
  if (wasHere(ground)) return bad(says, BRING_BACK);
  if (config.production)
    return bad(says, { de: 'DATABASE_URL muss sie nennen', en: 'DATABASE_URL must name it' });
  return soon(says, {
    de: 'anderer Ordner: --data; ein neues Büro macht ./amtomat start',
    en: 'another folder: --data; ./amtomat start makes a new office',
  });
}

function empty(ground: Ground): Finding {
  if (wasHere(ground))
    return bad(
      { de: 'leer, obwohl hier ein Büro war', en: 'empty, although an office was here' },
      BRING_BACK,
    );
  return soon(
    { de: 'noch leer', en: 'empty yet' },
    {
      de: 'bei einem neuen Büro füllt sie der erste Start; sonst führt DATABASE_URL zur falschen',
      en: 'the first start of a new office fills it; otherwise DATABASE_URL leads to the wrong one',
    },
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
  name: { de: 'Datenbank', en: 'database' },
  async look(ground) {
    const { db } = ground;
    if (!hasDatabase(ground.config) && !db) return [missing(ground)];
    if (!db) return [bad({ de: 'nicht erreichbar', en: 'cannot be reached' }, AWAY)];
    let facts: Facts | undefined;
    try {
      const { rows } = await sql<Facts>`SELECT current_setting('server_version_num')::int / 10000 AS version,
        pg_is_in_recovery() AS recovery, pg_database_size(current_database()) AS bytes`.execute(db);
      facts = rows[0];
    } catch (error) {
      return [
        bad({ de: `nicht erreichbar (${codeOf(error)})`, en: `cannot be reached (${codeOf(error)})` }, AWAY),
      ];
    }
    const { version = 0, recovery = false, bytes = '0' } = facts ?? {};
    const lines: Finding[] = [];
    if (version < OLDEST)
      lines.push(
        bad(
          { de: `PostgreSQL ${version} ist zu alt`, en: `PostgreSQL ${version} is too old` },
          { de: `PostgreSQL ${OLDEST} oder neuer einsetzen`, en: `use PostgreSQL ${OLDEST} or newer` },
        ),
      );
    if (recovery)
      lines.push(
        bad(
          { de: 'nimmt keine Änderungen an (Standby)', en: 'takes no changes (a standby)' },
          { de: 'auf den Hauptserver zeigen', en: 'lead to the primary' },
        ),
      );
    if ((await lastStep(db)) === undefined) lines.push(empty(ground));
    else if (!(await isMigrated(db)))
      lines.push(
        bad(
          { de: 'noch nicht auf dem Stand dieses Programms', en: 'not at the version of this program yet' },
          { de: 'sichern, dann ./amtomat start', en: 'take a backup, then ./amtomat start' },
        ),
      );
    if (lines.length > 0) return lines;
    const megabytes = Math.round(Number(bytes) / 1e6);
    return [well(`PostgreSQL ${version}, ${megabytes} MB`, `PostgreSQL ${version}, ${megabytes} MB`)];
  },
};
