/** A compiled service and somebody's answers become the next page, errors, review and submission. Pure. */
export type * from './types.ts';
