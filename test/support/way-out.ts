/** An outbox and what works it off, as one node of an office has them. */
import { type Db, together } from '#db';
import { createDelivery, type Delivery } from '#delivery';
import { createOutbox, type Outbox } from '#outbox';

export type WayOut = Outbox & Delivery;

/** @param deps as for the delivery; the outbox takes what its channels bring */
export function createWayOut(deps: Omit<Parameters<typeof createDelivery>[0], 'outbox'>): WayOut {
  const { db, clock, channels } = deps;
  const outbox = createOutbox({ db, clock, channels: channels.map(({ id }) => id) });
  return { ...outbox, ...createDelivery({ ...deps, outbox }) };
}

/** Puts a case on its way. @returns the message's id */
export async function putOut(
  db: Db,
  outbox: Pick<WayOut, 'enqueue'>,
  ...[caseId, channel, destination = '']: Parameters<WayOut['enqueue']>
): Promise<string> {
  await together(db, outbox.enqueue(caseId, channel, destination));
  const { id } = await db
    .selectFrom('outbox')
    .select('id')
    .where('case_id', '=', caseId)
    .where('channel', '=', channel)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  return id;
}
