import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { PublicJwk } from './jwk.ts';

/** The version of the metadata schema that is written; every 2.x.y is read. */
const SCHEMA = 'https://schema.fitko.de/fit-connect/metadata/2.1.0/metadata.schema.json';
const SCHEMA_READ =
  /^https:\/\/schema\.fitko\.de\/fit-connect\/metadata\/2\.\d+\.\d+\/metadata\.schema\.json$/;

const hashShape = z.object({ type: z.literal('sha512'), content: z.string().regex(/^[a-f0-9]{128}$/) });

const attachmentShape = z.object({
  hash: hashShape,
  purpose: z.enum(['form', 'attachment', 'report', 'data']),
  filename: z.string().max(255).optional(),
  mimeType: z
    .string()
    .max(100)
    .regex(/^[-\w.]+\/[-\w.+]+$/),
  attachmentId: z.uuid(),
});

/** The part of metadata 2.x that is written and read here; what else stands there is not looked at. */
export const metadataShape = z.object({
  $schema: z.string().regex(SCHEMA_READ),
  contentStructure: z.object({
    data: z.object({
      hash: hashShape,
      submissionSchema: z.object({
        schemaUri: z.url().max(500),
        mimeType: z.enum(['application/json', 'application/xml']),
      }),
    }),
    attachments: z.array(attachmentShape).max(100),
  }),
  replyChannel: z
    .object({
      fitConnect: z
        .object({
          processStandards: z.array(z.url().max(500)).min(1).max(10),
          encryptionPublicKey: z.unknown(),
        })
        .optional(),
    })
    .optional(),
  additionalReferenceInfo: z
    .object({
      senderReference: z.string().max(100).optional(),
      applicationDate: z.iso.date().optional(),
    })
    .optional(),
  author: z
    .object({
      name: z.string(),
      product: z.object({ name: z.string(), version: z.string(), manufacturer: z.string() }),
    })
    .optional(),
});

export type Metadata = z.infer<typeof metadataShape>;

/** How an answer by this way is written: JSON with the field `text`; files are attachments. */
export const REPLY_STANDARD = 'urn:amtomat:fit-connect:reply:1';

/** @returns lower-case hexadecimal SHA-512 */
export function sha512(plain: Uint8Array): string {
  return createHash('sha512').update(plain).digest('hex');
}

export interface MetadataParts {
  data: Uint8Array;
  schemaUri: string;
  /** `id`: of the attachment at the delivery service, a UUID. */
  files: readonly { id: string; name: string; mediaType: string; content: Uint8Array }[];
  reference?: { number: string; date: string };
  author?: { name: string; version: string };
  replyKey?: PublicJwk;
}

/**
 * Describes what is sent, following metadata schema 2.1.0: hashes of the plain data and of every file, the schema of
 * the data, and the key with which to answer.
 */
export function describe(parts: MetadataParts): Metadata {
  const hash = (plain: Uint8Array): Metadata['contentStructure']['data']['hash'] => ({
    type: 'sha512',
    content: sha512(plain),
  });
  const { reference, author, replyKey } = parts;
  return {
    $schema: SCHEMA,
    contentStructure: {
      data: {
        hash: hash(parts.data),
        submissionSchema: { schemaUri: parts.schemaUri, mimeType: 'application/json' },
      },
      attachments: parts.files.map((file) => ({
        hash: hash(file.content),
        purpose: 'attachment',
        filename: file.name,
        mimeType: file.mediaType,
        attachmentId: file.id,
      })),
    },
    ...(replyKey && {
      replyChannel: {
        fitConnect: { processStandards: [REPLY_STANDARD], encryptionPublicKey: replyKey },
      },
    }),
    ...(reference && {
      additionalReferenceInfo: { senderReference: reference.number, applicationDate: reference.date },
    }),
    ...(author && {
      author: {
        name: author.name,
        product: { name: 'Amtomat', version: author.version, manufacturer: 'Amtomat' },
      },
    }),
  };
}
