import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '#time';
import { DeliveryError } from '../channel.ts';
import { type Api, parseAnswer } from './http.ts';
import { type CertificateCheck, jwkShape, type PublicJwk } from './jwk.ts';

export type KeyUse = 'encrypt' | 'verify';

const USES = {
  encrypt: { alg: 'RSA-OAEP-256', operation: 'wrapKey' },
  verify: { alg: 'PS512', operation: 'verify' },
} as const;

/** FIT-Connect demands at least this of every key. */
const KEY_BITS = 4_096;
const KEY_AGE_MS = 3_600_000;

export interface UsableKey {
  kid: string;
  key: KeyObject;
  jwk: PublicJwk;
}

/**
 * Reads a public key and checks that it may be used so: algorithm, operation, length.
 * @returns the key, or undefined when it may not
 */
export function readPublicKey(raw: unknown, use: KeyUse): UsableKey | undefined {
  const { data: jwk } = jwkShape.safeParse(raw);
  const wanted = USES[use];
  if (!jwk || jwk.alg !== wanted.alg) return undefined;
  if (jwk.key_ops.length !== 1 || jwk.key_ops[0] !== wanted.operation) return undefined;
  try {
    const key = createPublicKey({ key: { kty: jwk.kty, n: jwk.n, e: jwk.e }, format: 'jwk' });
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
    return bits >= KEY_BITS && jwk.e === 'AQAB' ? { kid: jwk.kid, key, jwk } : undefined;
  } catch {
    return undefined;
  }
}

const privateShape = z.looseObject({ kty: z.literal('RSA'), kid: z.string().min(1).max(128), d: z.string() });

/**
 * Reads a private key from the settings.
 * @throws Error that names no part of the key
 */
export function readPrivateKey(raw: object): { kid: string; key: KeyObject } {
  const { data: jwk } = privateShape.safeParse(raw);
  if (!jwk) throw new Error('FIT-Connect: a private key is not a private RSA key as JWK with kid');
  try {
    return { kid: jwk.kid, key: createPrivateKey({ key: jwk, format: 'jwk' }) };
  } catch {
    throw new Error(`FIT-Connect: private key ${jwk.kid} cannot be read`);
  }
}

/**
 * The public half of a private encryption key, as it is offered to others.
 * @param raw a private RSA key as JWK
 */
export function publicEncryptionJwk(raw: object): PublicJwk {
  const { kid, key } = readPrivateKey(raw);
  const { n, e } = createPublicKey(key).export({ format: 'jwk' });
  const read = readPublicKey({ kty: 'RSA', alg: 'RSA-OAEP-256', key_ops: ['wrapKey'], kid, n, e }, 'encrypt');
  if (!read) throw new Error(`FIT-Connect: private key ${kid} is shorter than ${KEY_BITS} bits`);
  return read.jwk;
}

const listShape = z.object({ keys: z.array(z.unknown()).max(100) });

/** @returns what may be the key of that id, out of an answer with one key or with a list of them */
function pick(answer: unknown, kid: string): unknown {
  const listed = listShape.safeParse(answer);
  const keys = listed.success ? listed.data.keys : [answer];
  return keys.find((key) => z.object({ kid: z.literal(kid) }).safeParse(key).success);
}

/** Finds public keys at the delivery service, and keeps them for an hour. */
export interface KeyDirectory {
  /** The same keys, asked for by another way. */
  by(api: Api): KeyDirectory;
  /** @throws DeliveryError `destination-key-unfit` or `certificate-not-trusted` when it must not be used */
  encryption(destinationId: string, kid: string): Promise<UsableKey>;
  /** @returns the key a destination signs events with, or undefined when it has none of that id */
  signing(destinationId: string, kid: string): Promise<UsableKey | undefined>;
  /** @returns the key the delivery service signs events with, or undefined when it has none of that id */
  service(kid: string): Promise<UsableKey | undefined>;
}

/** @throws what {@link Api} throws when the service cannot be asked: that says nothing about a key */
export function createKeyDirectory(
  api: Api,
  deps: { clock: Clock; certificates: CertificateCheck },
): KeyDirectory {
  const kept = new Map<string, { found: UsableKey; at: number }>();
  const now = (): number => deps.clock.now().getTime();

  async function find(api: Api, path: string, kid: string, use: KeyUse): Promise<UsableKey | undefined> {
    const name = `${use} ${path} ${kid}`;
    const known = kept.get(name);
    if (known && known.at + KEY_AGE_MS > now()) return known.found;
    const { status, body } = await api.call({ method: 'GET', path, also: [404] });
    if (status === 404) return undefined;
    const found = readPublicKey(pick(parseAnswer(z.record(z.string(), z.unknown()), body), kid), use);
    if (found) kept.set(name, { found, at: now() });
    return found;
  }

  const by = (api: Api): KeyDirectory => ({
    by,
    async encryption(destination, kid) {
      const key = await find(api, api.path('key', { destination, kid }), kid, 'encrypt');
      if (!key) throw new DeliveryError('destination-key-unfit', false);
      if (!(await deps.certificates(key.jwk, deps.clock.now()))) {
        throw new DeliveryError('certificate-not-trusted', false);
      }
      return key;
    },
    async signing(destination, kid) {
      const key = await find(api, api.path('key', { destination, kid }), kid, 'verify');
      return key && (await deps.certificates(key.jwk, deps.clock.now())) ? key : undefined;
    },
    service: (kid) => find(api, api.path('serviceKeys'), kid, 'verify'),
  });
  return by(api);
}
