import { type Migration, Migrator } from 'kysely/migration';
import type { Db } from './handle.ts';
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
import * as goingBack from './migrations/0019-going-back.ts';
import * as knownKeys from './migrations/0020-known-keys.ts';
import * as clarified from './migrations/0021-clarified.ts';
import * as terminalCodes from './migrations/0022-terminal-codes.ts';
import * as phonePapers from './migrations/0023-phone-papers.ts';
import * as due from './migrations/0024-due.ts';
import * as phoneCameras from './migrations/0025-phone-cameras.ts';
import { assertReadableWith, declareOldest, stepsBeyondIn } from './newer.ts';

/** From before steps said which older programs they leave in working order; none of those would have asked. */
const silent: Record<string, Migration> = {
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
  '0019-going-back': { up: goingBack.up },
};

/** A step that says in the database which older programs can still work on it. */
export interface SchemaStep extends Migration {
  /**
   * Name of the last step that the oldest program knows that can work after this one. A step that only adds (tables,
   * columns that may be left out) names the one before it; one that takes away or narrows names the step since which no
   * program has used what goes. `src/db/steps.test.ts` says what only adds.
   */
  oldest: string;
}

/** Steps in their order; the next one comes at the end. */
export const speaking: Record<string, SchemaStep> = {
  '0020-known-keys': { up: knownKeys.up, oldest: '0019-going-back' },
  '0021-clarified': { up: clarified.up, oldest: '0020-known-keys' },
  '0022-terminal-codes': { up: terminalCodes.up, oldest: '0021-clarified' },
  '0023-phone-papers': { up: phonePapers.up, oldest: '0022-terminal-codes' },
  '0024-due': { up: due.up, oldest: '0023-phone-papers' },
  '0025-phone-cameras': { up: phoneCameras.up, oldest: '0024-due' },
};

const migrations: Record<string, Migration> = { ...silent, ...speaking };

/** Names of this program's migrations, oldest first. */
export const MIGRATIONS: readonly string[] = Object.keys(migrations).sort();
const OLDEST = Object.fromEntries(Object.entries(speaking).map(([name, { oldest }]) => [name, oldest]));

function migratorOf(db: Db): Migrator {
  return new Migrator({ db, provider: { getMigrations: async () => migrations } });
}

/**
 * Brings the database to this program's version; safe when several office nodes start at once.
 * @returns the steps of a newer program that the database has taken and this one can work with; mostly none
 * @throws NewerDatabaseError when it cannot, or the database's error when a step fails; nothing of that step stays
 */
export async function migrate(db: Db): Promise<string[]> {
  const beyond = await stepsBeyondIn(db, MIGRATIONS);
  if (beyond.length > 0) return beyond;
  const { error } = await migratorOf(db).migrateToLatest();
  if (error) {
    // A newer program may have been at it at the same time.
    const meanwhile = await stepsBeyondIn(db, MIGRATIONS);
    if (meanwhile.length > 0) return meanwhile;
    throw error;
  }
  await declareOldest(db, OLDEST);
  return [];
}

/**
 * Brings an empty database to an earlier version, for data of that time.
 * @throws the database's error when a migration fails
 */
export async function migrateUpTo(db: Db, migration: string): Promise<void> {
  const { error } = await migratorOf(db).migrateTo(migration);
  if (error) throw error;
}

/** @throws Error where there is no office in the database, or one that this program cannot read; nothing is changed */
export function assertReadable(db: Db): Promise<void> {
  return assertReadableWith(db, MIGRATIONS);
}

/** @returns whether every migration of this program has been applied */
export async function isMigrated(db: Db): Promise<boolean> {
  return (await migratorOf(db).getMigrations()).every((migration) => migration.executedAt !== undefined);
}
