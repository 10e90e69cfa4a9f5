import { createHmac, timingSafeEqual } from 'node:crypto';
import { type KeyProvider, newCode } from '#seal';

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

/** The secrets of a case, worked out and never stored: the database holds their keyed hash. */
export interface CaseCodes {
  /** The citizen's way to the status page; the same whenever the same draft is handed in. 69 bits. */
  access(submissionKey: string): string;
  /** A code for the authority (§ 23a BMG calls it Zuordnungsmerkmal); the same rules. */
  lookup(kind: string, submissionKey: string): string;
  accessHash(code: string): Buffer;
  lookupHash(kind: string, code: string): Buffer;
}

export function createCodes(keys: KeyProvider): CaseCodes {
  return {
    access: (submissionKey) => newCode(numbersFrom(keys.secret('access code'), submissionKey)),
    lookup: (kind, submissionKey) => newCode(numbersFrom(keys.secret(`lookup code ${kind}`), submissionKey)),
    accessHash: (code) => keys.index('access code', code),
    lookupHash: (kind, code) => keys.index(`lookup code ${kind}`, code),
  };
}

/** Compares without telling by its time how much was right. */
export function sameHash(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
