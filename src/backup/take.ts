import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { append } from '#audit';
import { connectOnce, copyOut, lastStep, type SingleConnection, type Tx } from '#db';
import type { KeyProvider } from '#seal';
import { BackupError } from './errors.ts';
import { ANCHORS, fileOf, type Manifest, writeManifest } from './manifest.ts';
import { beginIn, keepNewest, nameIn, syncFolder } from './places.ts';
import { writeDurably, writeSealed } from './sealed.ts';
import { copyOf, rowsOf, tablesOf } from './tables.ts';

/** What is backed up, and where to. */
export interface BackupOrder {
  databaseUrl: string;
  keys: KeyProvider;
  /** The office's signed ends of the audit chain; may be missing. */
  anchorsFile: string;
  /** Gets a folder inside for each backup. */
  to: string;
  /** How many backups stay; all when left out. */
  keep?: number | undefined;
  /** Version of the program. */
  program: string;
  id: string;
  at: Date;
}

export interface TakenBackup {
  folder: string;
  manifest: Manifest;
  /** How many old ones were removed. */
  removed: number;
}

/** @returns whole lines only: another node may be writing the last one */
function wholeLinesOf(file: string): Buffer | undefined {
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file);
  return text.subarray(0, text.lastIndexOf('\n') + 1);
}

/** Seals something with the key of each office that can open a case. */
async function proofsOf(tx: Tx, keys: KeyProvider, id: string): Promise<Manifest['proofs']> {
  const offices = await tx
    .selectFrom('cases')
    .select('office')
    .distinct()
    .where('wrapped_key', 'is not', null)
    .orderBy('office')
    .execute();
  return offices.map(({ office }) => {
    const { keyId, wrapped } = keys.wrap(office, id, Buffer.alloc(32));
    return { office, keyId, wrapped: wrapped.toString('base64') };
  });
}

async function schemaOf(tx: Tx): Promise<string> {
  const name = await lastStep(tx);
  if (!name) throw new BackupError('the database holds no office');
  return name;
}

async function copyTables(
  { client }: SingleConnection,
  tx: Tx,
  { keys, id }: BackupOrder,
  folder: string,
): Promise<Manifest['tables']> {
  const tables: Manifest['tables'] = [];
  for (const shape of await tablesOf(tx)) {
    const rows = await rowsOf(tx, shape.name);
    const file = fileOf(shape.name);
    const out = copyOut(client, `${copyOf(shape)} TO STDOUT`);
    const extent = await writeSealed(join(folder, file), out, { keys, backup: id, file });
    tables.push({ ...shape, rows, ...extent });
  }
  return tables;
}

/** Everything of one moment: one transaction that sees nothing of what comes later. */
async function copyMoment(order: BackupOrder, folder: string): Promise<Manifest> {
  const { keys, id, program, at } = order;
  // Before the snapshot: an anchor must not be ahead of the chain it belongs to.
  const anchors = wholeLinesOf(order.anchorsFile);
  const connection = await connectOnce(order.databaseUrl);
  try {
    const manifest = await connection.db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(async (tx): Promise<Manifest> => {
        const schema = await schemaOf(tx);
        const head = await tx.selectFrom('audit_head').selectAll().executeTakeFirstOrThrow();
        return {
          ...{ format: 1, id, program, schema, takenAt: at.toISOString() },
          audit: { entries: head.seq, hash: head.hash.toString('hex') },
          cases: await rowsOf(tx, 'cases'),
          tables: await copyTables(connection, tx, order, folder),
          anchors: anchors ? await writeDurably(join(folder, ANCHORS), Readable.from([anchors])) : null,
          proofs: await proofsOf(tx, keys, id),
        };
      });
    await writeManifest(folder, manifest, keys);
    return manifest;
  } finally {
    await connection.close();
  }
}

/** An entry of the audit record says that the office's data has left it, and tells how old the last backup is. */
async function record(databaseUrl: string, at: Date, { audit, cases }: Manifest): Promise<void> {
  const { db, close } = await connectOnce(databaseUrl);
  try {
    await db.transaction().execute((tx) =>
      append(tx, {
        ...{ at, actor: 'system', action: 'backup.taken', subject: 'office' },
        detail: { entries: audit.entries, cases },
      }),
    );
  } finally {
    await close();
  }
}

/**
 * Takes a backup of the database and the anchors while the office runs. It stands in its folder complete or not at all;
 * older ones are removed only after that.
 * @throws BackupError or the system's error; then no unfinished one is left behind
 */
export async function takeBackup(order: BackupOrder): Promise<TakenBackup> {
  const unfinished = beginIn(order.to);
  try {
    const manifest = await copyMoment(order, unfinished);
    await syncFolder(unfinished);
    const folder = join(order.to, nameIn(order.to, order.at));
    renameSync(unfinished, folder);
    await syncFolder(order.to);
    await record(order.databaseUrl, order.at, manifest);
    const removed = order.keep === undefined ? 0 : keepNewest(order.to, order.keep, order.keys);
    return { folder, manifest, removed };
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw error;
  }
}
