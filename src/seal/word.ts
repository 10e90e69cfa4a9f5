import { createHmac } from 'node:crypto';
import { sameText } from './same.ts';

const KEY_BYTES = 32;

/**
 * The word of a terminal's program on how a step at a device ended: HMAC-SHA-256 over the state that the office gave for this
 * step and over the outcome, so that neither can be changed on the way through the browser.
 * @param key that office and program share, 32 bytes
 */
export function outcomeWord(key: Uint8Array, state: string, outcome: string): string {
  if (key.length !== KEY_BYTES) throw new Error('the key of the devices has not 32 bytes');
  return createHmac('sha256', key)
    .update(JSON.stringify([state, outcome]))
    .digest('base64url');
}

/** @returns whether this is the program's word on exactly this */
export function isOutcomeWord(key: Uint8Array, word: string, state: string, outcome: string): boolean {
  return sameText(word, outcomeWord(key, state, outcome));
}
