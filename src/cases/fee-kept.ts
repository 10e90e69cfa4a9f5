import type { Tx } from '#db';
import { CaseNotFoundError } from './errors.ts';
import { insertEvent } from './events.ts';
import type { CaseContext } from './ports.ts';

/**
 * Writes into a case's history that its fee stays due although nothing came of it, and why: to the person that is a
 * decision like any other, and has its reasons (§§ 39, 41 LVwVfG). In the transaction that decides about the money.
 * @throws CaseNotFoundError when there is no such case or its key was destroyed
 */
export async function feeKept(
  tx: Tx,
  { vault }: CaseContext,
  kept: { caseId: string; by: string; reason: string; at: Date },
): Promise<void> {
  const { caseId, by: actor, reason: text, at } = kept;
  const row = await tx
    .selectFrom('cases')
    .selectAll()
    .where('id', '=', caseId)
    .forUpdate()
    .executeTakeFirst();
  const seals = row && vault.unlock(row);
  if (!seals) throw new CaseNotFoundError();
  await insertEvent(tx, seals, { caseId, at, kind: 'feeKept', actorKind: 'staff', actor, body: { text } });
}
