import { createHash, randomUUID } from 'node:crypto';
import { CompactEncrypt, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import type { FitConnectKeys, JwkPair } from './keys.ts';
import { EVENTS, SET_SCHEMA } from './rules.ts';
import type { Sending } from './service.ts';

export const FORGERIES = [
  'signed-with-another-key',
  'signed-by-the-service',
  'said-by-the-service',
  'unknown-kid',
  'unknown-issuer',
  'other-algorithm',
  'unsigned',
  'other-typ',
  'other-tags',
  'no-tags',
  'another-case',
  'other-schema',
  'from-the-future',
  'two-events',
  'garbage',
] as const;

export type Forgery = (typeof FORGERIES)[number];

interface Draft {
  header: { alg: string; typ: string; kid: string };
  payload: JWTPayload & { events: Record<string, object> };
  key: JwkPair;
}

type Tags = { metadata: string; data: string; attachments: Record<string, string> };

function draftOf(keys: FitConnectKeys, sending: Sending, issuer: string, tags: Tags, now: Date): Draft {
  return {
    header: { alg: 'PS512', typ: 'secevent+jwt', kid: keys.signing.kid },
    payload: {
      $schema: SET_SCHEMA,
      jti: randomUUID(),
      iss: issuer,
      iat: Math.floor(now.getTime() / 1_000),
      sub: `submission:${sending.id}`,
      txn: `case:${sending.caseId}`,
      events: { [`${EVENTS}accept-submission`]: { authenticationTags: tags } },
    },
    key: keys.signing,
  };
}

/** Each spoils one thing of an acceptance that is otherwise right. */
const SPOIL: Record<Exclude<Forgery, 'unsigned' | 'garbage'>, (draft: Draft, world: World) => void> = {
  'signed-with-another-key': (draft, { keys }) => {
    draft.key = keys.office;
  },
  'signed-by-the-service': (draft, { keys }) => {
    draft.key = keys.service;
    draft.header.kid = keys.service.kid;
  },
  'said-by-the-service': (draft, { keys, service }) => {
    draft.key = keys.service;
    draft.header.kid = keys.service.kid;
    draft.payload.iss = service;
  },
  'unknown-kid': (draft) => {
    draft.header.kid = randomUUID();
  },
  'unknown-issuer': (draft) => {
    draft.payload.iss = randomUUID();
  },
  'other-algorithm': (draft) => {
    draft.header.alg = 'PS256';
  },
  'other-typ': (draft) => {
    draft.header.typ = 'JWT';
  },
  'other-tags': (draft, { tags }) => {
    draft.payload.events = {
      [`${EVENTS}accept-submission`]: {
        authenticationTags: { ...tags, data: 'A'.repeat(22) },
      },
    };
  },
  'no-tags': (draft) => {
    draft.payload.events = { [`${EVENTS}accept-submission`]: {} };
  },
  'another-case': (draft) => {
    draft.payload.txn = `case:${randomUUID()}`;
  },
  'other-schema': (draft) => {
    draft.payload.$schema = 'https://schema.fitko.de/fit-connect/set-payload/2.0.0/set-payload.schema.json';
  },
  'from-the-future': (draft) => {
    draft.payload.iat = (draft.payload.iat ?? 0) + 86_400;
  },
  'two-events': (draft, { tags }) => {
    draft.payload.events[`${EVENTS}reject-submission`] = { authenticationTags: tags, problems: [] };
  },
};

interface World {
  keys: FitConnectKeys;
  /** The delivery service's name. */
  service: string;
  destinationId: string;
  tags: Tags;
}

/** @returns an acceptance of a submission that must not be believed */
export async function forge(kind: Forgery, sending: Sending, world: World, now: Date): Promise<string> {
  if (kind === 'garbage') return 'not.an.event';
  const draft = draftOf(world.keys, sending, world.destinationId, world.tags, now);
  if (kind === 'unsigned') return new UnsecuredJWT(draft.payload).encode();
  SPOIL[kind](draft, world);
  return new SignJWT(draft.payload).setProtectedHeader(draft.header).sign(draft.key.privateKey);
}

/** @returns the content of a reply that anybody can write who has seen the office's public key */
export async function forgeReply(
  office: JwkPair,
  text: string,
): Promise<{ encryptedMetadata: string; encryptedData: string }> {
  const data = JSON.stringify({ text });
  const metadata = JSON.stringify({
    $schema: 'https://schema.fitko.de/fit-connect/metadata/2.1.0/metadata.schema.json',
    contentStructure: {
      data: {
        hash: { type: 'sha512', content: createHash('sha512').update(data).digest('hex') },
        submissionSchema: { schemaUri: 'urn:amtomat:fit-connect:reply:1', mimeType: 'application/json' },
      },
      attachments: [],
    },
  });
  const seal = (plain: string): Promise<string> =>
    new CompactEncrypt(Buffer.from(plain))
      .setProtectedHeader({ alg: 'RSA-OAEP-256', enc: 'A256GCM', cty: 'application/json', kid: office.kid })
      .encrypt(office.publicKey);
  return { encryptedMetadata: await seal(metadata), encryptedData: await seal(data) };
}
