/** Hash-chained record of who did what. An entry that is changed, missing or swapped is found. */
export { type AnchorStore, anchor, anchorsBeyond } from './anchors.ts';
export type { AuditDetail, AuditInput } from './canonical.ts';
export { append, type Verification } from './chain.ts';
export { appendOrCount, chainCounted } from './often.ts';
export { describeVerification, lastEntry, verify, verifyEnd } from './verify.ts';
