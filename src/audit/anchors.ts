import { createHmac } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Db } from '#db';
import { type KeyProvider, sameText } from '#seal';

/** Where the ends of the chain are written down outside the database, and the secret that signs them. */
export interface AnchorStore {
  /** A file on this machine, `<data>/audit-anchors.log`; better still a copy on another one. */
  file: string;
  secret: Uint8Array;
}

/** @returns the file in which an office writes down the ends of its chain */
export const anchorsFile = (dataFolder: string): string => join(dataFolder, 'audit-anchors.log');

/**
 * @param dataFolder of the office
 * @param keys the office's own
 */
export function anchorsOf(dataFolder: string, keys: Pick<KeyProvider, 'secret'>): AnchorStore {
  return { file: anchorsFile(dataFolder), secret: keys.secret('audit anchors') };
}

export interface Anchor {
  at: string;
  seq: bigint;
  hash: string;
}

const MOVE_AWAY = 'If you mean to go on with this database, keep the file as evidence and move it away';

const sign = (secret: Uint8Array, line: string): string =>
  createHmac('sha256', secret).update(line).digest('hex');

/** @returns the whole lines; one that a power cut left half-written is none, and the next anchor takes its place */
const wholeLines = (text: string): string => text.slice(0, text.lastIndexOf('\n') + 1);

/**
 * @returns the anchors in the file, oldest first; none when there is no file yet
 * @throws Error naming the line when it was not written with this secret
 */
export function readAnchors(store: AnchorStore): Anchor[] {
  if (!existsSync(store.file)) return [];
  const lines = wholeLines(readFileSync(store.file, 'utf8')).split('\n').filter(Boolean);
  return lines.map((line, index) => {
    const [at = '', seq = '', hash = '', signature = ''] = line.split(' ');
    if (!sameText(signature, sign(store.secret, `${at} ${seq} ${hash}`))) {
      throw new Error(`anchor file, line ${index + 1}: the signature does not fit`);
    }
    return { at, seq: BigInt(seq), hash };
  });
}

/**
 * Writes the present end of the chain, signed, to the anchor file. A job calls it every few minutes: entries that
 * are cut off later, together with the record of the last one, are then missed.
 * @returns whether the chain had grown since the last anchor
 */
export async function anchor(db: Db, store: AnchorStore, at: Date): Promise<boolean> {
  const head = await db.selectFrom('audit_head').selectAll().executeTakeFirstOrThrow();
  const known = readAnchors(store).at(-1);
  if (BigInt(head.seq) === (known?.seq ?? 0n)) return false;
  const line = `${at.toISOString()} ${head.seq} ${head.hash.toString('hex')}`;
  // An office on a database elsewhere may have had nothing to put into its data folder before.
  mkdirSync(dirname(store.file), { recursive: true, mode: 0o700 });
  const handle = openSync(store.file, 'a', 0o600);
  try {
    ftruncateSync(handle, Buffer.byteLength(wholeLines(readFileSync(store.file, 'utf8'))));
    writeSync(handle, `${line} ${sign(store.secret, line)}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  return true;
}

/**
 * Looks whether this is the database whose chain was written down here, or one from before: emptied, restored from an older
 * backup, or another one altogether. The whole chain is checked by `verify`.
 * @returns what is wrong, in words that name the file and say what to do
 */
export async function anchorsBeyond(db: Db, store: AnchorStore): Promise<string | undefined> {
  let last: Anchor | undefined;
  try {
    last = readAnchors(store).at(-1);
  } catch (error) {
    return `${store.file}: ${(error as Error).message}. ${MOVE_AWAY}`;
  }
  if (!last) return undefined;
  const { seq, at, hash } = last;
  const entry = await db
    .selectFrom('audit_entry')
    .select('hash')
    .where('seq', '=', String(seq))
    .executeTakeFirst();
  if (entry?.hash.toString('hex') === hash) return undefined;
  const what = entry ? 'another entry stands in its place' : 'the database does not have it';
  return `${store.file}: audit entry ${seq} was there on ${at}, and ${what}: this database was emptied, is an older one, or another. Bring back the newest backup, or set DATABASE_URL to the right one. ${MOVE_AWAY}`;
}
