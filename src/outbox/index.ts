/** The outbox: what is to reach an office or authority, written down in the transaction that wants it. Knows no way there. */

export { type Lane, lanesDue, wasAway, wasThere } from './lanes.ts';
export { type Claimed, claim, claimOne, type Parked, renew, writeEnd } from './messages.ts';
export { createOutbox, type Outbox } from './outbox.ts';
export { isOld, type LaneState, readQueue } from './queue.ts';
