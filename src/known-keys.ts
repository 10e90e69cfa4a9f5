/** Whether the keys at hand are those that the database was sealed with, before anything is sealed with others. */
import { join } from 'node:path';
import { sql } from 'kysely';
import { anchorsBeyond, anchorsOf } from '#audit';
import type { City } from '#city';
import { type Config, ConfigError } from '#config';
import type { Db } from '#db';
import {
  createFileKeys,
  KeyFileError,
  type KeyProof,
  type KeyProvider,
  keyNames,
  makeKeys,
  proofOfKey,
} from '#seal';
import { inWords } from './in-words.ts';

/** What the database knows of a key: by its own record, or by what it has sealed. */
interface Known {
  id: string | undefined;
  proof: Buffer | undefined;
}

const ADVICE = 'Bring back the key file that belongs to this database from the backup of the keys';
const OFFICE = 'office-';

/** Databases from before keys were written down know them by their cases only. */
async function sealedWith(db: Db, name: string): Promise<Known | undefined> {
  const some = db.selectFrom('cases').select('key_id').where('key_id', 'is not', null).limit(1);
  const sealed = await (name.startsWith(OFFICE)
    ? some.where('office', '=', name.slice(OFFICE.length)).orderBy('created_at', 'desc')
    : some
  ).executeTakeFirst();
  if (!sealed) return undefined;
  return { id: name.startsWith(OFFICE) ? (sealed.key_id ?? undefined) : undefined, proof: undefined };
}

async function knownOf(db: Db, name: string): Promise<Known | undefined> {
  const row = await db.selectFrom('known_key').selectAll().where('name', '=', name).executeTakeFirst();
  return row ? { id: row.key_id, proof: row.proof } : sealedWith(db, name);
}

function objection(file: string, known: Known | undefined, found: KeyProof | undefined): string | undefined {
  if (!known) return undefined;
  if (!found)
    return `${file}: the key is missing, and what is in the database was sealed with it. ${ADVICE}; a new key would open none of it`;
  const isAnother =
    (known.proof && !known.proof.equals(found.proof)) || (known.id !== undefined && known.id !== found.id);
  return isAnother
    ? `${file}: this is another key than the one the database was sealed with. ${ADVICE}`
    : undefined;
}

/**
 * @param folder where the keys live
 * @param names `house`, and `office-<id>` for each office
 * @returns one line for each key that is missing, damaged or another than the database knows, each saying what to do
 */
export async function keysThatDoNotFit(db: Db, folder: string, names: readonly string[]): Promise<string[]> {
  const problems: string[] = [];
  for (const name of names) {
    try {
      const found = proofOfKey(folder, name);
      const problem = objection(join(folder, `${name}.key`), await knownOf(db, name), found);
      if (problem) problems.push(problem);
    } catch (error) {
      if (!(error instanceof KeyFileError)) throw error;
      problems.push(error.message);
    }
  }
  return problems;
}

/** @returns the names of the keys that a database was sealed with; none of one from before they were written down */
export async function knownNames(db: Db): Promise<string[]> {
  const { rows } = await sql<{
    there: boolean;
  }>`SELECT to_regclass('known_key') IS NOT NULL AS there`.execute(db);
  if (!rows[0]?.there) return [];
  return (await db.selectFrom('known_key').select('name').execute()).map(({ name }) => name);
}

/** Writes down which keys this database is sealed with from now on. The first to say so is right. */
export async function rememberKeys(db: Db, folder: string, names: readonly string[]): Promise<void> {
  const rows = names.flatMap((name) => {
    const found = proofOfKey(folder, name);
    return found ? [{ name, key_id: found.id, proof: found.proof }] : [];
  });
  if (rows.length > 0)
    await db
      .insertInto('known_key')
      .values(rows)
      .onConflict((conflict) => conflict.column('name').doNothing())
      .execute();
}

/**
 * @returns the keys, when they are those of this database and this database is the one whose audit record was written down here;
 *   a trial makes those that are missing
 * @throws ConfigError saying which key is missing or another's, or that the database is one from before
 */
export async function openKeys(config: Config, city: City, db: Db): Promise<KeyProvider> {
  const names = keyNames(city.offices.keys());
  const strange = await keysThatDoNotFit(db, config.keyFolder, names);
  if (strange.length > 0) throw new ConfigError(strange);
  if (!config.production) {
    try {
      makeKeys(config.keyFolder, [...city.offices.keys()]);
    } catch (error) {
      throw inWords(`no keys can be made in ${config.keyFolder}`, error);
    }
  }
  const keys = createFileKeys(config.keyFolder, !config.production);
  const beyond = await anchorsBeyond(db, anchorsOf(config.dataFolder, keys));
  if (beyond) throw new ConfigError([beyond]);
  await rememberKeys(db, config.keyFolder, names);
  return keys;
}
