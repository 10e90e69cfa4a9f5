import { sql } from 'kysely';
import type { Db, Tx } from '#db';
import { hourOf } from '#time';
import { type AuditDetail, type AuditInput, assertPlain } from './canonical.ts';
import { append } from './chain.ts';

/** So many entries of one kind stand one by one within an hour. */
const ONE_BY_ONE = 10;

/**
 * Adds an entry that somebody whom nobody knows has caused, and can cause as often as they like: within an hour the
 * first ten of a kind (action and detail) are entries; what follows is only counted, and {@link chainCounted} says how
 * often. Call it last, like {@link append}.
 * @throws Error when the entry carries anything but codes
 */
export async function appendOrCount(tx: Tx, entry: AuditInput): Promise<void> {
  assertPlain(entry);
  const detail = JSON.stringify(entry.detail ?? {});
  const { rows } = await sql<{ count: number }>`
    INSERT INTO audit_tally (hour, action, detail, count) VALUES (${hourOf(entry.at)}, ${entry.action}, ${detail}, 1)
    ON CONFLICT (hour, action, detail) DO UPDATE SET count = audit_tally.count + 1 RETURNING count`.execute(
    tx,
  );
  if ((rows[0]?.count ?? 0) <= ONE_BY_ONE) await append(tx, entry);
}

/** Adds one entry for each kind that was only counted in the hours that are over: `more` is how often. */
export async function chainCounted(db: Db, at: Date): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const counted = await tx
      .deleteFrom('audit_tally')
      .where('hour', '<', hourOf(at))
      .returningAll()
      .execute();
    for (const { action, detail, count } of counted) {
      if (count <= ONE_BY_ONE) continue;
      const [subject = action] = action.split('.');
      const said = JSON.parse(detail) as AuditDetail;
      await append(tx, {
        at,
        actor: 'system',
        action,
        subject,
        detail: { ...said, more: count - ONE_BY_ONE },
      });
    }
  });
}
