import { isUuid, type Tx, together, type Write, writing } from '#db';
import type { Language } from '#language';
import type { DeliveryWay } from '#service';
import { civilDate } from '#time';
import { eventOf } from './events.ts';
import type { CaseContext } from './ports.ts';
import { lock } from './read.ts';
import { transition } from './state.ts';
import type { CaseSeal } from './vault.ts';

/** What everybody may know of a case that comes in. */
export interface Entering {
  id: string;
  service: string;
  version: number;
  office: string;
  site: string;
  language: Language;
  files: number;
  /** How it goes to the office or authority that decides. */
  delivery: DeliveryWay;
  at: Date;
}

/** A case comes in: history, delivery, measure and audit record, as the last statement of the transaction that makes it so. */
export function enter(
  context: Pick<CaseContext, 'outbox' | 'lab' | 'audit'>,
  seals: CaseSeal,
  entering: Entering,
): Write[] {
  const { id, at, service, version, site, language, files } = entering;
  const { channel } = entering.delivery;
  const destination = channel === 'desk' ? '' : entering.delivery.authority;
  const day = civilDate(at);
  return [
    eventOf(seals, { caseId: id, at, kind: 'submitted', actorKind: 'citizen', actor: null }),
    context.outbox.enqueue(id, channel, destination),
    context.lab.count({ day, name: 'case.submitted', service, site, language, value: 'case' }),
    context.audit.entry({
      ...{ at, actor: 'citizen', action: 'case.submitted', subject: id },
      detail: { service, version, site, files },
    }),
  ];
}

/** Holds a case for the rest of the transaction. @returns whether there is one that waits for its payment */
export async function lockUnpaid(tx: Tx, caseId: string): Promise<boolean> {
  if (!isUuid(caseId)) return false;
  const row = await tx
    .selectFrom('cases')
    .select('state')
    .where('id', '=', caseId)
    .forUpdate()
    .executeTakeFirst();
  return row?.state === 'unpaid';
}

/**
 * Hands in a case that waited for its payment, in the transaction that writes down that it was paid. Wake the delivery
 * after the commit.
 * @throws Error when there is no such case, or it does not wait for a payment
 */
export async function activate(tx: Tx, context: CaseContext, caseId: string): Promise<void> {
  const found = await lock(tx, context, caseId);
  const state = found && transition(found.row.state, 'activate');
  if (!found || !state) throw new Error('no case that waits for a payment');
  const { row, seals } = found;
  const at = context.clock.now();
  const does = writing
    .updateTable('cases')
    .set({ state, updated_at: at, version: row.version + 1 })
    .where('id', '=', caseId);
  const files = await tx.selectFrom('case_file').select('id').where('case_id', '=', caseId).execute();
  const { id, service, service_version: version, office, site } = row;
  const language = row.language as Language;
  const { delivery } = await context.editions.of(tx, row);
  const entering = enter(context, seals, {
    id,
    service,
    version,
    office,
    site,
    language,
    files: files.length,
    delivery,
    at,
  });
  await together(tx, [{ does }], ...entering);
}
