import { roomWords } from '#language';
import type { Words } from './words/keys.ts';

const said = roomWords<Words>('receipt');

/** The words of what somebody holds in hand. */
export const receiptWords = said('receipt');

/** How long something is kept. */
export const keptWords = said('kept');

/** How it is said that something was paid, or given back. */
export const paidWords = said('paid');

/** Where a case stands, and what has happened to it. */
export const caseWords = said('case');

/** Money that came for nothing. */
export const strayWords = said('stray');
