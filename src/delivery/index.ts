/** Brings what lies in the outbox to the office or authority that decides on it; every attempt with the same key. */

export { type Channel, DeliveryError, type Message } from './channel.ts';
export { createDelivery, type Delivery } from './delivery.ts';
export { checkChain } from './fit-connect/chain.ts';
export { createFitConnectChannel, FIT_CONNECT, type FitConnectChannel } from './fit-connect/fit-connect.ts';
export type { CertificateCheck, PublicJwk } from './fit-connect/jwk.ts';
export type {
  AuthorityReply,
  AuthoritySettings,
  FitConnectPaths,
  FitConnectSettings,
  Parcel,
  ParcelFile,
  ParcelSource,
  Received,
} from './fit-connect/settings.ts';
export {
  createSubscriber,
  type PickUp,
  type Submitted,
  type Subscriber,
  type SubscriberReply,
  type SubscriberSettings,
} from './fit-connect/subscriber.ts';
export { holdUncertain } from './restored.ts';
