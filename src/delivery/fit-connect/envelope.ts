import type { KeyObject } from 'node:crypto';
import { CompactEncrypt, compactDecrypt, decodeProtectedHeader } from 'jose';
import type { UsableKey } from './keys.ts';
import { type Metadata, metadataShape, sha512 } from './metadata.ts';
import type { ParcelFile } from './settings.ts';

/**
 * The last parts of the JWEs of one submission or reply: whoever names them has seen exactly this one.
 * Attachments by their id.
 */
export interface Tags {
  metadata: string;
  data: string;
  attachments: Record<string, string>;
}

const ALGORITHMS = { alg: 'RSA-OAEP-256', enc: 'A256GCM' } as const;
const COMPACT_JWE = /^[\w-]+\.[\w-]+\.[\w-]+\.[\w-]*\.[\w-]{22}$/;

/**
 * Encrypts for one receiver (JWE compact, RSA-OAEP-256 with A256GCM).
 * @param contentType `application/json` for metadata and data: the delivery service refuses others
 */
export function encrypt(receiver: UsableKey, contentType: string, plain: Uint8Array): Promise<string> {
  return new CompactEncrypt(plain)
    .setProtectedHeader({ ...ALGORITHMS, cty: contentType, kid: receiver.kid })
    .encrypt(receiver.key);
}

/** @returns the authentication tag of a compact JWE, in base64url as it stands there */
export function tagOf(jwe: string): string {
  return jwe.slice(jwe.lastIndexOf('.') + 1);
}

/** An encrypted submission or reply as it was fetched. */
export interface Sealed {
  encryptedMetadata: string;
  encryptedData: string;
  /** Attachments that came with it, by id. */
  attachments: ReadonlyMap<string, string>;
}

/** What was in it, or the codes of what is wrong with it (the last part of FIT-Connect's problem types). */
export type Opened =
  | { tags: Tags; problems: []; metadata: Metadata; data: Buffer; files: ParcelFile[] }
  | { tags: Tags; problems: [string, ...string[]] };

export function tagsOf(sealed: Sealed): Tags {
  return {
    metadata: tagOf(sealed.encryptedMetadata),
    data: tagOf(sealed.encryptedData),
    attachments: Object.fromEntries([...sealed.attachments].map(([id, jwe]) => [id, tagOf(jwe)])),
  };
}

export function sameTags(one: Tags, other: Tags): boolean {
  const ids = Object.keys(one.attachments);
  return (
    one.metadata === other.metadata &&
    one.data === other.data &&
    ids.length === Object.keys(other.attachments).length &&
    ids.every((id) => one.attachments[id] === other.attachments[id])
  );
}

type PrivateKeys = readonly { kid: string; key: KeyObject }[];

async function decrypt(keys: PrivateKeys, jwe: string, contentType?: string): Promise<Buffer | undefined> {
  if (!COMPACT_JWE.test(jwe)) return undefined;
  try {
    const header = decodeProtectedHeader(jwe);
    const own = keys.find(({ kid }) => kid === header.kid);
    // Compressed content can be a thousand times what it seems.
    if (!own || 'zip' in header || (contentType && header.cty !== contentType)) return undefined;
    const { plaintext } = await compactDecrypt(jwe, own.key, {
      keyManagementAlgorithms: [ALGORITHMS.alg],
      contentEncryptionAlgorithms: [ALGORITHMS.enc],
    });
    return Buffer.from(plaintext);
  } catch {
    return undefined;
  }
}

function parse(plain: Buffer): Metadata | undefined {
  try {
    return metadataShape.safeParse(JSON.parse(plain.toString('utf8'))).data;
  } catch {
    return undefined;
  }
}

const CONTROL = /[\p{Cc}\p{Cf}/\\]/gu;

async function openFiles(
  keys: PrivateKeys,
  metadata: Metadata,
  sealed: Sealed,
): Promise<ParcelFile[] | string> {
  const described = metadata.contentStructure.attachments;
  if (new Set(described.map((one) => one.attachmentId)).size !== sealed.attachments.size) {
    return 'attachments-mismatch';
  }
  const files: ParcelFile[] = [];
  for (const one of described) {
    const jwe = sealed.attachments.get(one.attachmentId);
    if (jwe === undefined) return 'attachments-mismatch';
    const content = await decrypt(keys, jwe);
    if (!content) return 'encryption-issue';
    if (sha512(content) !== one.hash.content) return 'hash-mismatch';
    const name = (one.filename ?? '').replace(CONTROL, ' ').trim() || 'Anlage';
    files.push({ id: one.attachmentId, name, mediaType: one.mimeType, content });
  }
  return files;
}

/**
 * Opens a submission or reply and checks it against itself: encryption, metadata, hashes of data and files, the files
 * that were announced. Whether the data fits its schema is for the receiver to say.
 * @param keys our private keys, current and former
 */
export async function openEnvelope(keys: PrivateKeys, sealed: Sealed): Promise<Opened> {
  const tags = tagsOf(sealed);
  const wrong = (problem: string): Opened => ({ tags, problems: [problem] });
  const plain = await decrypt(keys, sealed.encryptedMetadata, 'application/json');
  if (!plain) return wrong('encryption-issue');
  const metadata = parse(plain);
  if (!metadata) return wrong('schema-violation');
  const data = await decrypt(keys, sealed.encryptedData, 'application/json');
  if (!data) return wrong('encryption-issue');
  if (sha512(data) !== metadata.contentStructure.data.hash.content) return wrong('hash-mismatch');
  const files = await openFiles(keys, metadata, sealed);
  return typeof files === 'string' ? wrong(files) : { tags, problems: [], metadata, data, files };
}
