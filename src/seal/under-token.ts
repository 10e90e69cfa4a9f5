/** What waits for somebody who alone holds a token: found by the token's hash, and sealed under a key that follows from it. */
import { createHash, hkdfSync, randomBytes } from 'node:crypto';
import { open, seal } from './aead.ts';

const TOKEN_BYTES = 24;
const KEY_BYTES = 32;

/** @returns a token that nobody guesses, fit for an address */
export function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** What waits under tokens; whoever has the database alone can open none of it. */
export interface UnderToken {
  /** @returns by what it is found */
  hashOf(token: string): Buffer;
  /** @param bond what is needed besides the token; nothing when left out */
  seal(token: string, plain: string | Uint8Array, bond?: string): Buffer;
  /** @throws SealError when token, bond or content do not fit */
  open(token: string, sealed: Uint8Array, bond?: string): Buffer;
}

/** @param place what waits: it opens only there, and its keys are its own */
export function underToken(place: string): UnderToken {
  const keyOf = (token: string, bond: string): Uint8Array =>
    new Uint8Array(hkdfSync('sha256', token, bond, `amtomat ${place}`, KEY_BYTES));
  return {
    hashOf: (token) => createHash('sha256').update(token).digest(),
    seal: (token, plain, bond = '') => seal(keyOf(token, bond), plain, place),
    open: (token, sealed, bond = '') => open(keyOf(token, bond), sealed, place),
  };
}
