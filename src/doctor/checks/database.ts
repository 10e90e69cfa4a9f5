import { sql } from 'kysely';
import { isMigrated } from '#db';
import { bad, type Check, codeOf, type Finding, well } from '../check.ts';

const OLDEST = 15;
const AWAY = {
  de: 'DATABASE_URL, Netz und Datenbankdienst prüfen; ein neues Büro macht ./amtomat start',
  en: 'look at DATABASE_URL, the line and the database; ./amtomat start makes a new office',
};

interface Facts {
  version: number;
  recovery: boolean;
  bytes: string;
}

/** Reachable, new enough, takes writes, and brought to this program's version. */
export const database: Check = {
  id: 'database',
  name: { de: 'Datenbank', en: 'database' },
  async look({ db }) {
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
    if (!(await isMigrated(db)))
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
