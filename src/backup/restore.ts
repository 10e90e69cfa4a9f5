import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { append, type Verification, verify } from '#audit';
import {
  connectOnce,
  copyIn,
  type Db,
  lastStep,
  MIGRATIONS,
  migrate,
  migrateUpTo,
  type SingleConnection,
  type Tx,
} from '#db';
import { holdUncertain } from '#delivery';
import type { KeyProvider } from '#seal';
import { BackupError } from './errors.ts';
import { ANCHORS, fileOf, type Manifest, readManifest } from './manifest.ts';
import { extentOf, readSealed, writeDurably } from './sealed.ts';
import { copyOf, moveCounters, rowsOf, tablesOf } from './tables.ts';

/** What is restored, and where to. */
export interface RestoreOrder {
  /** One backup. */
  from: string;
  databaseUrl: string;
  /** Those that were backed up with it. */
  keys: KeyProvider;
  /** Where the office will look for its anchors. */
  anchorsFile: string;
  at: Date;
}

export interface Restored {
  manifest: Manifest;
  verification: Verification;
  /** Deliveries that wait for somebody at the desk: nobody can tell whether they were made after the backup. */
  held: number;
}

/**
 * Checks a backup without touching anything.
 * @throws BackupError saying what is wrong with it, or with the keys
 */
export async function checkBackup(from: string, keys: KeyProvider): Promise<Manifest> {
  const manifest = readManifest(from, keys);
  if (!MIGRATIONS.includes(manifest.schema))
    throw new BackupError(
      `the backup was taken by a newer program (${manifest.program}): restore with that version`,
    );
  const files = manifest.tables.map(({ name, bytes, sha256 }) => ({ file: fileOf(name), bytes, sha256 }));
  if (manifest.anchors) files.push({ file: ANCHORS, ...manifest.anchors });
  for (const { file, bytes, sha256 } of files) {
    const path = join(from, file);
    if (!existsSync(path)) throw new BackupError(`${path} is missing`);
    const found = await extentOf(path);
    if (found.bytes !== bytes) throw new BackupError(`${path} is cut: ${found.bytes} of ${bytes} bytes`);
    if (found.sha256 !== sha256) throw new BackupError(`${path} was changed`);
  }
  for (const { office, keyId, wrapped } of manifest.proofs) {
    try {
      keys.unwrap(office, manifest.id, { keyId, wrapped: Buffer.from(wrapped, 'base64') });
    } catch {
      throw new BackupError(`office-${office}.key is missing, or it is not the one of this backup`);
    }
  }
  return manifest;
}

const NOT_EMPTY =
  'the database holds something already: restore into an empty one (a new data folder, or a database of its own)';

/** @throws BackupError unless there are no tables, or the right ones with nothing in them */
async function assertEmpty(tx: Tx, schema: string | undefined): Promise<void> {
  for (const { name } of await tablesOf(tx)) {
    const rows = await rowsOf(tx, name);
    if (name === 'audit_head') {
      const head = await tx.selectFrom('audit_head').select('seq').executeTakeFirst();
      if (head?.seq === '0') continue;
    }
    if (rows > 0) throw new BackupError(NOT_EMPTY);
  }
  const last = await lastStep(tx);
  if (schema !== undefined && last !== undefined && last > schema)
    throw new BackupError(
      `the database has empty tables of a newer version (${last}) than the backup (${schema}): take one without tables`,
    );
}

async function load(
  { client }: SingleConnection,
  tx: Tx,
  { from, keys }: RestoreOrder,
  manifest: Manifest,
): Promise<void> {
  for (const shape of manifest.tables) {
    const file = fileOf(shape.name);
    const rows = readSealed(join(from, file), { keys, backup: manifest.id, file });
    await copyIn(client, `${copyOf(shape)} FROM STDIN`, rows);
    const found = await rowsOf(tx, shape.name);
    if (found !== shape.rows) throw new BackupError(`${file}: ${found} rows instead of ${shape.rows}`);
    await moveCounters(tx, shape);
  }
}

/** All or nothing, while nobody else gets in: an office that is started meanwhile waits. */
async function loadAtOnce(
  connection: SingleConnection,
  order: RestoreOrder,
  manifest: Manifest,
): Promise<number> {
  return connection.db.transaction().execute(async (tx) => {
    for (const { name } of await tablesOf(tx)) await sql`LOCK TABLE ${sql.table(name)}`.execute(tx);
    await assertEmpty(tx, undefined);
    await tx.deleteFrom('audit_head').execute();
    await load(connection, tx, order, manifest);
    const held = await holdUncertain(tx);
    await append(tx, {
      ...{ at: order.at, actor: 'system', action: 'backup.restored', subject: 'office' },
      detail: { entries: manifest.audit.entries, cases: manifest.cases, held },
    });
    return held;
  });
}

/** @throws BackupError when other anchors are there: they know of what came after the backup */
async function bringAnchors({ from, anchorsFile }: RestoreOrder): Promise<void> {
  const source = join(from, ANCHORS);
  const text = existsSync(source) ? readFileSync(source) : Buffer.alloc(0);
  if (existsSync(anchorsFile)) {
    if (readFileSync(anchorsFile).equals(text)) return;
    throw new BackupError(
      `${anchorsFile} is there already and says something else. Keep it as evidence of what came after the backup, but move it away`,
    );
  }
  if (text.length === 0) return;
  mkdirSync(dirname(anchorsFile), { recursive: true, mode: 0o700 });
  await writeDurably(anchorsFile, Readable.from([text]));
}

/** @throws BackupError when a case of an office cannot be opened */
async function openOneEach(db: Db, keys: KeyProvider): Promise<void> {
  const cases = await db
    .selectFrom('cases')
    .distinctOn('office')
    .select(['id', 'number', 'office', 'key_id', 'wrapped_key'])
    .where('wrapped_key', 'is not', null)
    .orderBy('office')
    .orderBy('created_at', 'desc')
    .execute();
  for (const { id, number, office, key_id, wrapped_key } of cases) {
    if (key_id === null || wrapped_key === null) continue;
    try {
      keys.unwrap(office, id, { keyId: key_id, wrapped: wrapped_key });
    } catch {
      throw new BackupError(`case ${number} of ${office} cannot be opened with office-${office}.key`);
    }
  }
}

/**
 * Brings a checked backup into an empty database and looks whether it is whole.
 * @param manifest of {@link checkBackup}
 * @throws BackupError or the database's error; then the database is as empty as before
 */
export async function restoreBackup(order: RestoreOrder, manifest: Manifest): Promise<Restored> {
  const connection = await connectOnce(order.databaseUrl);
  const { db } = connection;
  try {
    await db.transaction().execute((tx) => assertEmpty(tx, manifest.schema));
    await bringAnchors(order);
    await migrateUpTo(db, manifest.schema);
    const held = await loadAtOnce(connection, order, manifest);
    await migrate(db);
    const store = { file: order.anchorsFile, secret: order.keys.secret('audit anchors') };
    const verification = await verify(db, store);
    await openOneEach(db, order.keys);
    return { manifest, verification, held };
  } finally {
    await connection.close();
  }
}
