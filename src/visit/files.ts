import { randomUUID } from 'node:crypto';
import type { Db } from '#db';
import { acceptUpload, type UploadRefusal, type UploadRules } from '#files';
import type { ErrorCode } from '#journey';
import { open, seal } from '#seal';
import type { FileAnswer } from '#service';
import type { Shares, Taker } from '#share';
import type { Clock } from '#time';
import { kindNames } from '#web';
import type { Upload } from './forms.ts';
import { draftFilePlace } from './store.ts';
import { type Visit, VisitGoneError } from './visit.ts';

/** Uploads of a draft, sealed with the visit's key until they are handed in or the visit ends. */
export interface DraftFiles {
  /** @returns the new file's id */
  keep(visit: Visit, content: Buffer): Promise<string>;
  /** @returns the content, or undefined when the file is not this visit's */
  read(visit: Visit, id: string): Promise<Buffer | undefined>;
  drop(visit: Visit, id: string): Promise<void>;
}

/** How much one visit may store: a handful of scanned letters, not a disk. */
const MOST_FILES = 20;

/** More files than one visit may keep. */
class TooManyFilesError extends Error {}

const FILE_ERRORS = {
  empty: 'fileEmpty',
  tooLarge: 'fileTooLarge',
  wrongType: 'fileWrongType',
  damaged: 'fileDamaged',
  incomplete: 'fileIncomplete',
  locked: 'fileLocked',
  active: 'fileActive',
  unshown: 'fileUnshown',
  photo: 'filePhoto',
  pixels: 'filePixels',
  flood: 'fileFlood',
  grown: 'fileGrown',
  busy: 'fileBusy',
} as const satisfies Record<UploadRefusal, ErrorCode>;

type TakenIn =
  | { ok: true; file: FileAnswer }
  | { ok: false; code: ErrorCode; params: Readonly<Record<string, string | number>> };

/** Checks a file that a person chose, and keeps it for the visit, or says why not. */
export async function takeIn(
  deps: { files: DraftFiles; shares: Pick<Shares, 'take'> },
  visit: Visit,
  upload: Upload,
  rules: UploadRules,
  who: Taker,
): Promise<TakenIn> {
  if (await deps.shares.take('file', who)) return { ok: false, code: 'fileOften', params: {} };
  const taken = await acceptUpload(upload.content, upload.name, rules, who.client);
  if (!taken.ok) {
    const kinds = taken.code === 'wrongType' ? { kinds: kindNames(rules.accept) } : {};
    return { ok: false, code: FILE_ERRORS[taken.code], params: { ...taken.params, ...kinds } };
  }
  const { name, mediaType, content } = taken.file;
  try {
    const file = await deps.files.keep(visit, content);
    return { ok: true, file: { file, name, mediaType, bytes: content.length } };
  } catch (error) {
    if (!(error instanceof TooManyFilesError)) throw error;
    return { ok: false, code: 'fileTooMany', params: { max: MOST_FILES } };
  }
}

/** @param db where sealed files are kept until the visit ends */
export function createDraftFiles(db: Db, clock: Clock): DraftFiles {
  return {
    async keep(visit, content) {
      const id = randomUUID();
      const sealed = seal(visit.key, content, draftFilePlace(id));
      await db.transaction().execute(async (tx) => {
        // One after the other within a visit: many at once would all count the same files.
        const row = await tx
          .selectFrom('visit')
          .select('id')
          .where('id', '=', visit.id)
          .forNoKeyUpdate()
          .executeTakeFirst();
        if (!row) throw new VisitGoneError('the visit has ended');
        const { count } = await tx
          .selectFrom('draft_file')
          .select((eb) => eb.fn.countAll<string>().as('count'))
          .where('visit_id', '=', visit.id)
          .executeTakeFirstOrThrow();
        if (Number(count) >= MOST_FILES) throw new TooManyFilesError('too many files in one visit');
        await tx
          .insertInto('draft_file')
          .values({
            id,
            visit_id: visit.id,
            bytes: content.length,
            content: sealed,
            created_at: clock.now(),
          })
          .execute();
      });
      return id;
    },
    async read(visit, id) {
      const row = await db
        .selectFrom('draft_file')
        .select('content')
        .where('id', '=', id)
        .where('visit_id', '=', visit.id)
        .executeTakeFirst();
      return row && open(visit.key, row.content, draftFilePlace(id));
    },
    async drop(visit, id) {
      await db.deleteFrom('draft_file').where('id', '=', id).where('visit_id', '=', visit.id).execute();
    },
  };
}
