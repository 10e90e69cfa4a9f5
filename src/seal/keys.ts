import { createHmac, createSecretKey, hkdfSync, type KeyObject, randomUUID } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { generateKey, open, seal } from './aead.ts';

const KEY_BYTES = 32;

/** A case's key, sealed by an office's key. Destroying it destroys the case. */
export interface WrappedKey {
  keyId: string;
  wrapped: Buffer;
}

/** Where the offices' keys live: a key file, or a security module behind the same four calls. */
export interface KeyProvider {
  /** Wraps a data key for an office; it unwraps only for the same office and case. */
  wrap(office: string, caseId: string, dataKey: Uint8Array): WrappedKey;
  /** @throws SealError when office, case or key do not fit */
  unwrap(office: string, caseId: string, key: WrappedKey): Buffer;
  /** Keyed hash of something that must be found again but not be readable: HMAC-SHA-256, 32 bytes. */
  index(purpose: string, value: string): Buffer;
  /** A secret for one purpose of this office (signing a cookie, deriving a token key), 32 bytes. */
  secret(purpose: string): Buffer;
}

/** Makes a key file that is whole or not there at all, whatever happens meanwhile; one that is there is never touched. */
function readOrCreate(file: string): Buffer {
  if (!existsSync(file)) {
    const fresh = `${file}.${randomUUID()}`;
    const handle = openSync(fresh, 'wx', 0o600);
    try {
      writeSync(handle, `${randomUUID()} ${generateKey().toString('base64')}\n`);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    try {
      linkSync(fresh, file);
    } catch (error) {
      // Another node was faster.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      rmSync(fresh);
    }
  }
  return readFileSync(file);
}

/**
 * @param offices ids of the offices that decide on cases
 * @returns the names of the keys of an office: its own, and one for each of those
 */
export function keyNames(offices: Iterable<string>): string[] {
  return ['house', ...[...offices].map((office) => `office-${office}`)];
}

/**
 * Makes the keys that are missing; keys that exist are never touched.
 * @param folder where they live, made with mode 0700 when it is missing
 * @param offices ids of the offices that decide on cases
 */
export function makeKeys(folder: string, offices: readonly string[]): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const name of keyNames(offices)) readOrCreate(join(folder, `${name}.key`));
}

interface OfficeKey {
  id: string;
  key: Buffer;
}

/** A key file that is missing or damaged. The message names it and says what to do. */
export class KeyFileError extends Error {}

function parseKey(file: string, text: string): OfficeKey {
  const [id, encoded, ...more] = text.trim().split(' ');
  const key = Buffer.from(encoded ?? '', 'base64');
  if (id && key.length === KEY_BYTES && encoded === key.toString('base64') && more.length === 0)
    return { id, key };
  throw new KeyFileError(
    `${file}: ${text.trim() === '' ? 'the key file is empty' : 'the key file is cut off or damaged'} (expected: id, space, 32 bytes in base64). Bring it back from the backup of the keys`,
  );
}

/** What a key shows of itself, so that it can be known again. */
export interface KeyProof {
  id: string;
  /** Nobody learns the key from it. */
  proof: Buffer;
}

/**
 * @param name `house`, or `office-<id>`
 * @returns undefined where there is no such file
 * @throws KeyFileError when it is damaged
 */
export function proofOfKey(folder: string, name: string): KeyProof | undefined {
  const file = join(folder, `${name}.key`);
  if (!existsSync(file)) return undefined;
  const { id, key } = parseKey(file, readFileSync(file, 'utf8'));
  return { id, proof: createHmac('sha256', key).update(`amtomat key ${name} ${id}`).digest() };
}

/**
 * Keys in files outside the database, created on first use with mode 0600.
 * @param folder where they live
 * @param mayCreate false in production, where a missing key must stop the start instead of making a new one
 * @throws Error naming the file when a key is missing or damaged
 */
export function createFileKeys(folder: string, mayCreate = true): KeyProvider {
  if (mayCreate) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const cache = new Map<string, OfficeKey>();
  const keyOf = (name: string): OfficeKey => {
    const known = cache.get(name);
    if (known) return known;
    if (!/^[a-z0-9-]+$/.test(name)) throw new Error('not a key name');
    const file = join(folder, `${name}.key`);
    if (!mayCreate && !existsSync(file)) throw new KeyFileError(`${file}: key is missing`);
    const loaded = parseKey(file, readOrCreate(file).toString('utf8'));
    cache.set(name, loaded);
    return loaded;
  };
  // Purposes are few and fixed; deriving one again costs more than the hash it is for.
  const secrets = new Map<string, Buffer>();
  const secret = (purpose: string): Buffer => {
    const known =
      secrets.get(purpose) ??
      Buffer.from(hkdfSync('sha256', keyOf('house').key, '', `amtomat ${purpose}`, 32));
    secrets.set(purpose, known);
    return known;
  };
  // As key objects: from bytes, Node makes one each time, and finds out by an exception that it has to.
  const indexKeys = new Map<string, KeyObject>();
  const indexKey = (purpose: string): KeyObject => {
    const known = indexKeys.get(purpose) ?? createSecretKey(secret(`index ${purpose}`));
    indexKeys.set(purpose, known);
    return known;
  };
  return {
    wrap(office, caseId, dataKey) {
      const { id, key } = keyOf(`office-${office}`);
      return { keyId: id, wrapped: seal(key, dataKey, `case-key/${office}/${caseId}/${id}`) };
    },
    unwrap(office, caseId, { keyId, wrapped }) {
      return open(keyOf(`office-${office}`).key, wrapped, `case-key/${office}/${caseId}/${keyId}`);
    },
    index: (purpose, value) => createHmac('sha256', indexKey(purpose)).update(value).digest(),
    secret,
  };
}
