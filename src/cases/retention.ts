import { sql } from 'kysely';
import type { Tx } from '#db';
import { forgetTries } from '#guessing';
import { overdueBefore } from './due.ts';
import { forgetPapers } from './issue.ts';
import type { CaseContext } from './ports.ts';
import { TITLE } from './rows.ts';
import type { OverdueCase } from './types.ts';

const BATCH = 100;
const OVERDUE_SHOWN = 50;

/** The case's whole result is a code, for this office to look up. */
const IS_CODE = sql<boolean>`EXISTS (SELECT FROM service_edition e
  WHERE e.id = cases.edition AND e.terms ? 'code' AND e.terms->'delivery'->>'channel' = 'desk')`;

/**
 * What is left of a case: number, service, office, state and times, for counting, and the keyed hash of its code, so that
 * its citizen is told what became of it. Everything sealed goes, and with the key also what backups still hold of it.
 */
async function destroy(tx: Tx, context: CaseContext, ids: readonly string[], at: Date): Promise<void> {
  await tx
    .updateTable('cases')
    .set((eb) => ({
      key_id: null,
      wrapped_key: null,
      content: null,
      updated_at: at,
      destroyed_at: at,
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
 * What nobody decides on is done when it has arrived: its whole result is a code, and when that can no longer be looked
 * up and its time is over, nothing is left to wait for. A case that somebody of the staff has begun with is theirs.
 */
async function concludeLapsed(tx: Tx, at: Date): Promise<void> {
  await tx
    .updateTable('cases')
    .set((eb) => ({ state: 'done', closed_at: at, updated_at: at, version: eb('version', '+', 1) }))
    .where('wrapped_key', 'is not', null)
    .where('destroy_at', '<=', at)
    .where('retain_from', '=', 'delivered')
    .where('state', '=', 'new')
    .where(IS_CODE)
    .where(sql<boolean>`NOT EXISTS (SELECT FROM lookup_code WHERE case_id = cases.id AND expires_at > ${at})`)
    .execute();
}

/**
 * Destroys the keys of closed cases whose time is over, and everything sealed with them; several nodes may do so at once.
 * Nothing undecided is destroyed, and nothing of which money has yet to be given back; see {@link overdue}.
 * Forgets expired codes and old wrong tries on the way.
 * @returns how many cases were destroyed
 */
export async function retention(context: CaseContext): Promise<number> {
  const { db, clock, payments } = context;
  let destroyed = 0;
  for (;;) {
    const at = clock.now();
    const count = await db.transaction().execute(async (tx) => {
      await concludeLapsed(tx, at);
      const unsettled = await payments.unsettled(tx);
      const due = await tx
        .selectFrom('cases')
        .select('id')
        .where('wrapped_key', 'is not', null)
        .where('destroy_at', '<=', at)
        .where('state', 'in', ['done', 'rejected', 'withdrawn'])
        .$if(unsettled.length > 0, (query) => query.where('id', 'not in', unsettled))
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
  await forgetTries(db, clock.now());
  return destroyed;
}

/**
 * @returns cases of these offices that are still undecided long after they were handed in, oldest first. They are kept
 * until somebody decides: what is destroyed in silence was promised to a person.
 */
export async function overdue(context: CaseContext, offices: readonly string[]): Promise<OverdueCase[]> {
  const before = overdueBefore(context.clock.now());
  return context.db
    .selectFrom('cases')
    .select(['id as caseId', 'number', 'created_at as since', TITLE.as('title')])
    .where('office', 'in', offices.length > 0 ? offices : [''])
    .where('state', 'in', ['new', 'working', 'waiting'])
    .where('created_at', '<=', before)
    .where('wrapped_key', 'is not', null)
    .where((eb) =>
      eb.not(eb.and([eb('state', '=', 'new'), eb('retain_from', '=', 'delivered'), eb.and([IS_CODE])])),
    )
    .orderBy('created_at')
    .limit(OVERDUE_SHOWN)
    .execute();
}
