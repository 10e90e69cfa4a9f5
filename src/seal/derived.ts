import { createHmac } from 'node:crypto';
import { newCode } from './codes.ts';

/** Evenly spread whole numbers that follow from a secret and a name: bytes that would favour small numbers are skipped. */
function numbersFrom(secret: Uint8Array, name: string): (bound: number) => number {
  let block = Buffer.alloc(0);
  let blocks = 0;
  let at = 0;
  return (bound) => {
    const fair = 256 - (256 % bound);
    for (;;) {
      if (at === block.length) {
        block = createHmac('sha256', secret).update(`${blocks}/${name}`).digest();
        blocks += 1;
        at = 0;
      }
      const byte = block.readUInt8(at);
      at += 1;
      if (byte < fair) return byte % bound;
    }
  };
}

/** @returns the code that follows from a secret and a name, always the same: it can be told again and need not be kept */
export function codeFrom(secret: Uint8Array, name: string): string {
  return newCode(numbersFrom(secret, name));
}
