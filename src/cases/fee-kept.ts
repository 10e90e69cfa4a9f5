import { type Tx, together } from '#db';
import { CaseNotFoundError } from './errors.ts';
import { eventOf, readEvents } from './events.ts';
import type { CaseContext } from './ports.ts';
import { lock } from './read.ts';

/**
 * Writes into a case's history that its fee stays due although nothing came of it, and why: to the person that is a
 * decision like any other, and has its reasons (§§ 39, 41 LVwVfG). In the transaction that decides about the money.
 * @throws CaseNotFoundError when there is no such case or its key was destroyed
 */
export async function feeKept(
  tx: Tx,
  context: CaseContext,
  kept: { caseId: string; by: string; reason: string; at: Date },
): Promise<void> {
  const { caseId, by: actor, reason: text, at } = kept;
  const found = await lock(tx, context, caseId);
  if (!found) throw new CaseNotFoundError();
  const said = eventOf(found.seals, {
    caseId,
    at,
    kind: 'feeKept',
    actorKind: 'staff',
    actor,
    body: { text },
  });
  await together(tx, said);
}

/** @returns whether this person has written down already that the fee stays due, with just this reason */
export async function wasFeeKept(
  tx: Tx,
  context: CaseContext,
  { caseId, by, reason }: { caseId: string; by: string; reason: string },
): Promise<boolean> {
  const found = await lock(tx, context, caseId);
  const events = found ? await readEvents(tx, found.seals, caseId) : [];
  return events.some(({ kind, actor, text }) => kind === 'feeKept' && actor === by && text === reason);
}
