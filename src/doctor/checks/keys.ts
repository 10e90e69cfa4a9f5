import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isOpenToOthers, keyProblems } from '#config';
import { hasDatabase } from '#db';
import { createFileKeys, KeyFileError, type KeyProvider, keyNames, proofOfKey } from '#seal';
import { bad, type Check, type Finding, type Ground, none, well } from '../check.ts';
import { asIs, named, says, todo } from '../words.ts';

const BRING_BACK = todo((w) => w.keysBack);

function readable(path: string): Finding[] {
  const found = statSync(path);
  if (!isOpenToOthers(found)) return [];
  const mend = `chmod ${found.isDirectory() ? 700 : 600} ${path}`;
  return [
    bad(
      says((w) => w.openToOthers({ path })),
      asIs(mend),
    ),
  ];
}

/** A key file that nothing can be read from says itself what is wrong with it. */
function damage(folder: string, name: string): Finding[] {
  try {
    proofOfKey(folder, name);
    return [];
  } catch (error) {
    if (!(error instanceof KeyFileError)) throw error;
    return [bad(asIs(error.message), BRING_BACK)];
  }
}

/** Whether each office's key opens a case of the database. */
async function fitting(keys: KeyProvider, { db }: Ground): Promise<Finding[]> {
  const cases = await db
    ?.selectFrom('cases')
    .distinctOn('office')
    .select(['id', 'office', 'key_id', 'wrapped_key'])
    .where('wrapped_key', 'is not', null)
    .orderBy('office')
    .orderBy('created_at', 'desc')
    .execute();
  return (cases ?? []).flatMap(({ id, office, key_id, wrapped_key }) => {
    if (key_id === null || wrapped_key === null) return [];
    try {
      keys.unwrap(office, id, { keyId: key_id, wrapped: wrapped_key });
      return [];
    } catch {
      return [
        bad(
          says((w) => w.otherKey({ office })),
          todo((w) => w.keyBack),
        ),
      ];
    }
  });
}

/** There, whole, for the office's eyes only, and the ones of this database. */
export const keys: Check = {
  id: 'keys',
  name: named((w) => w.keys),
  async look(ground) {
    const { keyFolder } = ground.config;
    const names = keyNames(ground.city?.offices.keys() ?? []);
    const anyKey = names.some((name) => existsSync(join(keyFolder, `${name}.key`)));
    if (!anyKey && !ground.config.production && !hasDatabase(ground.config))
      return [none(says((w) => w.keysLater))];
    const missing = keyProblems(keyFolder, names).map((line) => bad(asIs(line), BRING_BACK));
    if (missing.length > 0) return missing;
    const open = [keyFolder, ...names.map((name) => join(keyFolder, `${name}.key`))]
      .filter((path) => existsSync(path))
      .flatMap(readable);
    const provider = createFileKeys(keyFolder, false);
    const damaged = names.flatMap((name) => damage(keyFolder, name));
    const wrong = [...open, ...damaged, ...(damaged.length > 0 ? [] : await fitting(provider, ground))];
    if (wrong.length > 0) return wrong;
    return [well(says((w) => w.keysWell({ count: names.length })))];
  },
};
