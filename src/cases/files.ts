import type { Db, Tx } from '#db';
import type { CaseAttachment, CaseFile } from './types.ts';
import { type CaseSeal, FIELD } from './vault.ts';

/** Seals files under the case's key and writes them down. */
export async function insertFiles(
  tx: Tx,
  seals: CaseSeal,
  what: {
    caseId: string;
    origin: CaseFile['origin'];
    at: Date;
    files: readonly (CaseAttachment & { id: string })[];
  },
): Promise<void> {
  if (what.files.length === 0) return;
  await tx
    .insertInto('case_file')
    .values(
      what.files.map((file) => ({
        id: file.id,
        case_id: what.caseId,
        origin: what.origin,
        media_type: file.mediaType,
        bytes: file.content.length,
        name: seals.seal(file.name, FIELD.fileName(file.id)),
        content: seals.seal(file.content, FIELD.fileContent(file.id)),
        created_at: what.at,
      })),
    )
    .execute();
}

/** @returns a case's files without their content, oldest first */
export async function listFiles(db: Db, seals: CaseSeal, caseId: string): Promise<CaseFile[]> {
  const rows = await db
    .selectFrom('case_file')
    .select(['id', 'origin', 'media_type', 'bytes', 'name', 'created_at'])
    .where('case_id', '=', caseId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    origin: row.origin,
    name: seals.open(row.name, FIELD.fileName(row.id)).toString(),
    mediaType: row.media_type,
    bytes: row.bytes,
    createdAt: row.created_at,
  }));
}

/** @returns one file of this case, opened */
export async function readFile(
  db: Db,
  seals: CaseSeal,
  caseId: string,
  fileId: string,
): Promise<CaseAttachment | undefined> {
  const row = await db
    .selectFrom('case_file')
    .select(['media_type', 'name', 'content'])
    .where('case_id', '=', caseId)
    .where('id', '=', fileId)
    .executeTakeFirst();
  return (
    row && {
      name: seals.open(row.name, FIELD.fileName(fileId)).toString(),
      mediaType: row.media_type,
      content: seals.open(row.content, FIELD.fileContent(fileId)),
    }
  );
}
