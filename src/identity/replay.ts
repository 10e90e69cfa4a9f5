import { createHash } from 'node:crypto';
import type { Db, Tx } from '#db';
import type { ReplayGuard } from './types.ts';

/**
 * @param db a transaction: used only if that is committed; whoever comes meanwhile waits for it
 * @returns a guard that all office nodes share; of an answer's id it keeps only a hash
 */
export function createReplayGuard(db: Db | Tx): ReplayGuard {
  return {
    async firstUse(id, until) {
      const hash = createHash('sha256').update(id).digest();
      const kept = await db
        .insertInto('used_assertion')
        .values({ hash, expires_at: until })
        .onConflict((conflict) => conflict.column('hash').doNothing())
        .returning('hash')
        .executeTakeFirst();
      return kept !== undefined;
    },
  };
}

/** Forgets answers that are refused for their age by now. */
export async function sweepUsedAssertions(db: Db, now: Date): Promise<void> {
  await db.deleteFrom('used_assertion').where('expires_at', '<=', now).execute();
}
