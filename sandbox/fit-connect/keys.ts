import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject, randomUUID } from 'node:crypto';
import { promisify } from 'node:util';

const generate = promisify(generateKeyPair);

/** A key pair as JWKs, as FIT-Connect demands them. */
export interface JwkPair {
  kid: string;
  publicKey: KeyObject;
  privateKey: KeyObject;
  privateJwk: Record<string, unknown>;
  publicJwk: Record<string, unknown>;
}

type Use = 'encrypt' | 'sign';

/** @param bits shorter than 4096 only for keys that are to be refused */
export async function generateJwk(use: Use, bits = 4_096): Promise<JwkPair> {
  const { publicKey, privateKey } = await generate('rsa', { modulusLength: bits });
  const kid = randomUUID();
  const alg = use === 'encrypt' ? 'RSA-OAEP-256' : 'PS512';
  const [publicUse, privateUse] = use === 'encrypt' ? ['wrapKey', 'unwrapKey'] : ['verify', 'sign'];
  return {
    kid,
    publicKey,
    privateKey,
    privateJwk: { ...privateKey.export({ format: 'jwk' }), alg, kid, key_ops: [privateUse] },
    publicJwk: { ...publicKey.export({ format: 'jwk' }), alg, kid, key_ops: [publicUse] },
  };
}

/** @param privateJwk as `generateJwk` made it @returns the same pair again */
export function readJwk(privateJwk: Record<string, unknown>): JwkPair {
  const privateKey = createPrivateKey({ key: privateJwk, format: 'jwk' });
  const publicKey = createPublicKey(privateKey);
  const { alg, kid, key_ops } = privateJwk;
  const publicUse = Array.isArray(key_ops) && key_ops[0] === 'sign' ? 'verify' : 'wrapKey';
  return {
    kid: String(kid),
    ...{ publicKey, privateKey, privateJwk },
    publicJwk: { ...publicKey.export({ format: 'jwk' }), alg, kid, key_ops: [publicUse] },
  };
}

/** Every key of the little world; making them takes some seconds, so several services can share them. */
export interface FitConnectKeys {
  /** With which the delivery service signs its events. */
  service: JwkPair;
  /** For which submissions to the authority are encrypted. */
  encryption: JwkPair;
  /** With which the authority signs what it decides. */
  signing: JwkPair;
  /** For which answers to the office are encrypted. */
  office: JwkPair;
}

export async function generateKeys(): Promise<FitConnectKeys> {
  const [service, encryption, signing, office] = await Promise.all([
    generateJwk('sign'),
    generateJwk('encrypt'),
    generateJwk('sign'),
    generateJwk('encrypt'),
  ]);
  return { service, encryption, signing, office };
}
