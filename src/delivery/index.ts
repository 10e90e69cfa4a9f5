/** Outbox: brings a case to the office or authority that decides on it; every attempt with the same key. */
export { type Channel, DeliveryError, type Message } from './channel.ts';
export { createDelivery, type Delivery, type DeliveryLog } from './delivery.ts';
export type { Parked } from './outbox.ts';
