/** An outbox and what works it off, as one node of an office has them. */
import { createDelivery, type Delivery } from '#delivery';
import { createOutbox, type Outbox } from '#outbox';

export type WayOut = Outbox & Delivery;

/** @param deps as for the delivery; the outbox takes what its channels bring */
export function createWayOut(deps: Omit<Parameters<typeof createDelivery>[0], 'outbox'>): WayOut {
  const { db, clock, channels } = deps;
  const outbox = createOutbox({ db, clock, channels: channels.map(({ id }) => id) });
  return { ...outbox, ...createDelivery({ ...deps, outbox }) };
}
