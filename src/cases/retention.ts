import type { Tx } from '#db';
import { forgetTries } from './access.ts';
import { forgetPapers } from './issue.ts';
import type { CaseContext } from './ports.ts';

const BATCH = 100;

/**
 * What is left of a case: number, service, office, state and times, for counting. Everything sealed goes, and with the
 * key also what backups still hold of it.
 */
async function destroy(tx: Tx, context: CaseContext, ids: readonly string[], at: Date): Promise<void> {
  await tx
    .updateTable('cases')
    .set((eb) => ({
      key_id: null,
      wrapped_key: null,
      content: null,
      access_hash: Buffer.alloc(0),
      updated_at: at,
      version: eb('version', '+', 1),
    }))
    .where('id', 'in', ids)
    .execute();
  await tx.updateTable('case_event').set({ body: null }).where('case_id', 'in', ids).execute();
  await tx.deleteFrom('case_file').where('case_id', 'in', ids).execute();
  await forgetPapers(tx, ids, at);
  await tx.deleteFrom('lookup_code').where('case_id', 'in', ids).execute();
  for (const subject of ids) {
    await context.audit.append(tx, { at, actor: 'system', action: 'case.destroyed', subject });
  }
}

/**
 * Destroys the keys of cases whose time is over, and everything sealed with them; several nodes may do so at once.
 * Forgets expired codes and old wrong tries on the way.
 * @returns how many cases were destroyed
 */
export async function retention(context: CaseContext): Promise<number> {
  const { db, clock } = context;
  let destroyed = 0;
  for (;;) {
    const at = clock.now();
    const count = await db.transaction().execute(async (tx) => {
      const due = await tx
        .selectFrom('cases')
        .select('id')
        .where('wrapped_key', 'is not', null)
        .where('destroy_at', '<=', at)
        .orderBy('destroy_at')
        .limit(BATCH)
        .forUpdate()
        .skipLocked()
        .execute();
      const ids = due.map((row) => row.id);
      if (ids.length > 0) await destroy(tx, context, ids, at);
      return ids.length;
    });
    destroyed += count;
    if (count < BATCH) break;
  }
  await db.deleteFrom('lookup_code').where('expires_at', '<=', clock.now()).execute();
  await forgetTries(context);
  return destroyed;
}
