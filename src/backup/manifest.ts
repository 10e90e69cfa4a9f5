/** What a backup says of itself, signed with the office's key. It names no person. */
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { type KeyProvider, sameText } from '#seal';
import { BackupError } from './errors.ts';
import { writeDurably } from './sealed.ts';

const extent = { bytes: z.int().min(0), sha256: z.string().regex(/^[0-9a-f]{64}$/) };
const name = z.string().regex(/^[a-z_]{1,60}$/);

const shape = z.object({
  format: z.literal(1),
  id: z.uuid(),
  /** Version of the program that took it. */
  program: z.string(),
  /** The last migration of the database. */
  schema: z.string(),
  takenAt: z.iso.datetime(),
  /** The end of the audit chain. */
  audit: z.object({ entries: z.string().regex(/^\d+$/), hash: z.string() }),
  cases: z.int().min(0),
  tables: z.array(z.object({ name, columns: z.array(z.string()), rows: z.int().min(0), ...extent })),
  anchors: z.object(extent).nullable(),
  /** Something sealed by the key of each office that has cases: whoever has that key can open it. */
  proofs: z.array(z.object({ office: z.string(), keyId: z.string(), wrapped: z.base64() })),
});
export type Manifest = z.infer<typeof shape>;

/** The manifest is read and believed as these bytes. */
export const MANIFEST = 'manifest.json';
const SIGNATURE = 'manifest.hmac';
export const ANCHORS = 'audit-anchors.log';
/** @returns the file that holds a table's rows */
export const fileOf = (table: string): string => `${table}.sealed`;

const sign = (keys: Pick<KeyProvider, 'secret'>, text: string): string =>
  createHmac('sha256', keys.secret('backup manifest')).update(text).digest('hex');

const once = (text: string): AsyncIterable<Buffer> => Readable.from([Buffer.from(text)]);

/** Writes the manifest and its signature: the last of a backup. */
export async function writeManifest(
  folder: string,
  manifest: Manifest,
  keys: Pick<KeyProvider, 'secret'>,
): Promise<void> {
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  await writeDurably(join(folder, SIGNATURE), once(`${sign(keys, text)}\n`));
  await writeDurably(join(folder, MANIFEST), once(text));
}

function read(folder: string, file: string): string {
  try {
    return readFileSync(join(folder, file), 'utf8');
  } catch {
    throw new BackupError(`${folder} holds no whole backup: ${file} cannot be read`);
  }
}

/**
 * @returns what the backup says of itself
 * @throws BackupError when these keys are not the ones it was made with, or somebody has changed it
 */
export function readManifest(folder: string, keys: Pick<KeyProvider, 'secret'>): Manifest {
  const text = read(folder, MANIFEST);
  if (!sameText(read(folder, SIGNATURE).trim(), sign(keys, text)))
    throw new BackupError(
      `${join(folder, MANIFEST)}: these keys do not belong to this backup, or its manifest was changed`,
    );
  const parsed = shape.safeParse(JSON.parse(text));
  if (!parsed.success)
    throw new BackupError(
      `${join(folder, MANIFEST)}: this program cannot read it; restore with the version that took it`,
    );
  return parsed.data;
}
