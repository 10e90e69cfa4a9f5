import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

/** The sealed text was changed, cut, moved to another place, or the key is another one. Says nothing of the content. */
export class SealError extends Error {
  constructor() {
    super('sealed data cannot be opened with this key in this place');
    this.name = 'SealError';
  }
}

/** Node takes bytes too, but finds out by an exception inside that they are no key object: half of all the work. */
const keyOf = (key: Uint8Array) => createSecretKey(key);

/** @returns a fresh 256-bit key */
export function generateKey(): Buffer {
  return randomBytes(KEY_BYTES);
}

/**
 * AES-256-GCM (NIST SP 800-38D) with a random nonce.
 * @param key 32 bytes
 * @param plain the text or bytes to seal
 * @param place what the sealed text belongs to (table, id, field): it opens only there
 * @returns nonce (12) + tag (16) + ciphertext
 */
export function seal(key: Uint8Array, plain: string | Uint8Array, place: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyOf(key), nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(place));
  const body = typeof plain === 'string' ? cipher.update(plain, 'utf8') : cipher.update(plain);
  const rest = cipher.final();
  return Buffer.concat([nonce, cipher.getAuthTag(), body, rest]);
}

/**
 * Opens what {@link seal} made.
 * @throws SealError when key, place or content do not fit
 */
export function open(key: Uint8Array, sealed: Uint8Array, place: string): Buffer {
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyOf(key), sealed.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(place));
    decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  } catch {
    throw new SealError();
  }
}
