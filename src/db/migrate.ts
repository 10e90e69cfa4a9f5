import { type Migration, Migrator } from 'kysely/migration';
import * as firstVisit from './migrations/0001-first-visit.ts';
import * as payment from './migrations/0002-payment.ts';
import * as identity from './migrations/0003-identity.ts';
import * as fitConnect from './migrations/0004-fit-connect.ts';
import * as issuedPaper from './migrations/0005-issued-paper.ts';
import * as editions from './migrations/0006-editions.ts';
import * as revokedPaper from './migrations/0007-revoked-paper.ts';
import * as toDecide from './migrations/0008-to-decide.ts';
import * as letterCodes from './migrations/0009-letter-codes.ts';
import * as noted from './migrations/0010-noted.ts';
import * as terminals from './migrations/0011-terminals.ts';
import * as endedUndecided from './migrations/0012-ended-undecided.ts';
import * as counted from './migrations/0013-counted.ts';
import * as heldFor from './migrations/0014-held-for.ts';
import * as share from './migrations/0015-share.ts';
import * as lanes from './migrations/0016-lanes.ts';
import * as staffRecheck from './migrations/0017-staff-recheck.ts';
import * as visitWay from './migrations/0018-visit-way.ts';
import type { Db } from './pool.ts';

const migrations: Record<string, Migration> = {
  '0001-first-visit': { up: firstVisit.up },
  '0002-payment': { up: payment.up },
  '0003-identity': { up: identity.up },
  '0004-fit-connect': { up: fitConnect.up },
  '0005-issued-paper': { up: issuedPaper.up },
  '0006-editions': { up: editions.up },
  '0007-revoked-paper': { up: revokedPaper.up },
  '0008-to-decide': { up: toDecide.up },
  '0009-letter-codes': { up: letterCodes.up },
  '0010-noted': { up: noted.up },
  '0011-terminals': { up: terminals.up },
  '0012-ended-undecided': { up: endedUndecided.up },
  '0013-counted': { up: counted.up },
  '0014-held-for': { up: heldFor.up },
  '0015-share': { up: share.up },
  '0016-lanes': { up: lanes.up },
  '0017-staff-recheck': { up: staffRecheck.up },
  '0018-visit-way': { up: visitWay.up },
};

function migratorOf(db: Db): Migrator {
  return new Migrator({ db, provider: { getMigrations: async () => migrations } });
}

/**
 * Brings the database to this program's version; safe when several office nodes start at once.
 * @throws the database's error when a migration fails; nothing of that migration stays
 */
export async function migrate(db: Db): Promise<void> {
  const { error } = await migratorOf(db).migrateToLatest();
  if (error) throw error;
}

/** Names of this program's migrations, oldest first. */
export const MIGRATIONS: readonly string[] = Object.keys(migrations).sort();

/**
 * Brings an empty database to an earlier version, for data of that time.
 * @throws the database's error when a migration fails
 */
export async function migrateUpTo(db: Db, migration: string): Promise<void> {
  const { error } = await migratorOf(db).migrateTo(migration);
  if (error) throw error;
}

/** @returns whether every migration of this program has been applied */
export async function isMigrated(db: Db): Promise<boolean> {
  return (await migratorOf(db).getMigrations()).every((migration) => migration.executedAt !== undefined);
}
