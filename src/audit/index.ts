/** Hash-chained record of who did what. An entry that is changed, missing or swapped is found. */
export { type AnchorStore, anchor, anchorsBeyond, anchorsFile, anchorsOf } from './anchors.ts';
export type { AuditDetail, AuditInput } from './canonical.ts';
export { type AuditWriter, append, entry, lastEntry, type Verification } from './chain.ts';
export { appendOrCount, chainCounted } from './often.ts';
export { describeVerification, verify } from './verify.ts';
