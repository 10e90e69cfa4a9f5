import { randomBytes, randomUUID } from 'node:crypto';
import { type Selectable, sql, type Updateable } from 'kysely';
import { type Db, isUuid, reading, type Tx, type VisitTable, type Write, writing } from '#db';
import type { Language } from '#language';
import { generateKey, open, SealError, seal } from '#seal';
import type { Clock } from '#time';
import type { PageSettings } from '#web';
import {
  type Draft,
  type Unseen,
  type Visit,
  VisitGoneError,
  type VisitReceipt,
  type VisitSecret,
} from './visit.ts';

/** How long a visit lives without a sign of the person. The screen warns and ends far earlier; this is the net below. */
const IDLE_MS = { terminal: 10 * 60_000, own: 2 * 3_600_000 } as const;

const place = (id: string): string => `visit/${id}`;

/** Where a visit goes on that gets a new key. */
export interface Move {
  site: string;
  terminal: string | undefined;
  /** What belongs to the move, and is written with it. */
  moved(next: Visit): Write[];
}

/** Keeps visits. Nothing in the table can be read without the cookie of the person. */
export interface VisitStore {
  create(
    start: Pick<Visit, 'site' | 'terminal' | 'language' | 'settings'>,
    drafts?: Readonly<Record<string, Draft>>,
    receipts?: Readonly<Record<string, VisitReceipt>>,
  ): Promise<Visit>;
  /** @returns the visit of a cookie, or undefined when it ended, never was, or the key is another */
  load(token: string | undefined): Promise<Visit | undefined>;
  /** Writes the visit back. @returns false when somebody else (another tab) was faster; nothing is written then */
  save(visit: Visit): Promise<boolean>;
  /**
   * Changes the visit and writes it; when another tab wrote meanwhile, the change is made once more on what that wrote,
   * with everybody else waiting.
   * @param beside is written at the same time, also when the visit has ended
   * @throws VisitGoneError when the visit has ended
   */
  update(visit: Visit, change: (visit: Visit) => void, beside?: Write): Promise<Visit>;
  /** The person is still there. */
  touch(visit: Visit): Promise<void>;
  /**
   * Keeps a visit from ending before the transaction does.
   * @throws VisitGoneError when it has ended
   */
  hold(tx: Tx, visit: Pick<Visit, 'id'>): Promise<void>;
  /**
   * Destroys a visit, once nobody hands in from it any more.
   * @param unseen is shown the visit as it was last; what it gives is all that is kept, and the visit goes on with that
   * @returns the visit that goes on, or undefined when nothing is left
   * @throws VisitGoneError when it has moved or ended already
   */
  end(visit: Visit, unseen: (tx: Tx, last: Visit) => Promise<Unseen | undefined>): Promise<Visit | undefined>;
  /** Removes visits nobody came back to. @returns their ids */
  sweep(): Promise<string[]>;
  /**
   * Gives the visit a new id and key: whoever holds the old cookie holds nothing. Files are sealed anew. One transaction,
   * in which nobody else writes to the visit.
   * @param prepare is shown the visit as it is now; it may change what it holds, and says where it goes on
   * @throws VisitGoneError when another request was faster
   */
  move(visit: Visit, prepare: (tx: Tx, current: Visit) => Promise<Move>): Promise<Visit>;
}

/** What every page needs of a visit; its times only the database looks at. */
const READ = ['id', 'site', 'terminal', 'language', 'settings', 'secret', 'version'] as const;
type VisitRow = Pick<Selectable<VisitTable>, (typeof READ)[number]>;

/** @param db where sealed visits are kept */
export function createVisitStore(db: Db, clock: Clock): VisitStore {
  const expiry = (terminal: string | undefined, now: Date): Date =>
    new Date(now.getTime() + (terminal ? IDLE_MS.terminal : IDLE_MS.own));

  // Every page begins with the one, every answer ends with the other: put together once, with other parameters each time.
  const someTime = new Date(0);
  const finding = db
    .selectFrom('visit')
    .select(READ)
    .where('id', '=', '')
    .where('expires_at', '>', someTime)
    .compile();
  const saving = db
    .updateTable('visit')
    .set({
      ...{ language: '', settings: {}, secret: Buffer.alloc(0) },
      ...{ version: 0, seen_at: someTime, expires_at: someTime },
    })
    .where('id', '=', '')
    .where('version', '=', 0)
    .compile();

  /** Writes unless somebody else has written since the visit was read. @returns whether it was written */
  const write = async (to: Db | Tx, visit: Visit, beside?: Write): Promise<boolean> => {
    const now = clock.now();
    const { version } = visit;
    // In the order of the statement above.
    const set = {
      ...columns(visit),
      ...{ version: version + 1, seen_at: now, expires_at: expiry(visit.terminal, now) },
    };
    const isWritten = beside
      ? await writtenBeside(to, visit, set, beside)
      : (await to.executeQuery({ ...saving, parameters: [...Object.values(set), visit.id, version] }))
          .numAffectedRows === 1n;
    if (isWritten) visit.version += 1;
    return isWritten;
  };

  return {
    async create(start, drafts = {}, receipts = {}) {
      const now = clock.now();
      const visit: Visit = {
        ...start,
        id: randomUUID(),
        key: generateKey(),
        version: 1,
        secret: {
          csrf: randomBytes(18).toString('base64url'),
          drafts: { ...drafts },
          receipts: { ...receipts },
        },
      };
      await db
        .insertInto('visit')
        .values({
          ...columns(visit),
          id: visit.id,
          site: visit.site,
          terminal: visit.terminal ?? null,
          version: 1,
          started_at: now,
          seen_at: now,
          expires_at: expiry(visit.terminal, now),
        })
        .execute();
      return visit;
    },

    async load(token) {
      const [id, encoded] = token?.split('.') ?? [];
      if (!id || !encoded || !isUuid(id)) return undefined;
      const { rows } = await db.executeQuery<VisitRow>({
        ...finding,
        parameters: [id, clock.now()],
      });
      const [row] = rows;
      if (!row) return undefined;
      return unsealed(row, Buffer.from(encoded, 'base64url'));
    },

    async save(visit) {
      return write(db, visit);
    },

    async update(visit, change, beside) {
      change(visit);
      if (await write(db, visit, beside)) return visit;
      return db.transaction().execute(async (tx) => {
        const current = await lockCurrent(tx, visit, clock.now());
        change(current);
        await write(tx, current);
        return current;
      });
    },

    async touch(visit) {
      const now = clock.now();
      await db
        .updateTable('visit')
        .set({ seen_at: now, expires_at: expiry(visit.terminal, now) })
        .where('id', '=', visit.id)
        .execute();
    },

    async hold(tx, { id }) {
      const row = await tx
        .selectFrom('visit')
        .select('id')
        .where('id', '=', id)
        .forKeyShare()
        .executeTakeFirst();
      if (!row) throw new VisitGoneError('the visit has ended');
    },

    async end(visit, unseen) {
      return db.transaction().execute(async (tx) => {
        const last = await lockCurrent(tx, visit, clock.now());
        const kept = await unseen(tx, last);
        if (!kept) {
          await tx.deleteFrom('visit').where('id', '=', visit.id).execute();
          return undefined;
        }
        await tx.deleteFrom('draft_file').where('visit_id', '=', visit.id).execute();
        last.secret = { csrf: last.secret.csrf, drafts: {}, ...kept };
        await write(tx, last);
        return last;
      });
    },

    async sweep() {
      const rows = await db
        .deleteFrom('visit')
        .where('expires_at', '<=', clock.now())
        .returning('id')
        .execute();
      return rows.map((row) => row.id);
    },

    async move(visit, prepare) {
      return db.transaction().execute(async (tx) => {
        const current = await lockCurrent(tx, visit, clock.now());
        const { moved, site, terminal } = await prepare(tx, current);
        const next: Visit = {
          ...{ ...current, site, terminal, id: randomUUID(), key: generateKey() },
          version: current.version + 1,
        };
        const does = writing
          .updateTable('visit')
          .set({
            ...columns(next),
            ...{ id: next.id, site, terminal: terminal ?? null, version: next.version },
            expires_at: expiry(terminal, clock.now()),
          })
          .where('id', '=', visit.id);
        const files = sql<DraftFile>`SELECT id, content FROM draft_file WHERE visit_id = ${visit.id}`;
        await sealAnew(tx, current, next, await reading(tx, files, [{ does }], ...moved(next)));
        return next;
      });
    },
  };
}

/**
 * Keeps everybody else from the row until the end of the transaction.
 * @returns the visit as it stands now
 * @throws VisitGoneError when it has moved or ended
 */
async function lockCurrent(tx: Tx, { id, key }: Visit, now: Date): Promise<Visit> {
  const row = await tx
    .selectFrom('visit')
    .select(READ)
    .where('id', '=', id)
    .where('expires_at', '>', now)
    .forUpdate()
    .executeTakeFirst();
  const current = row && unsealed(row, key);
  if (!current) throw new VisitGoneError('the visit has moved or ended');
  return current;
}

/** The same as a part of a statement that writes something else, too. */
async function writtenBeside(
  to: Db | Tx,
  { id, version }: Visit,
  set: Updateable<VisitTable>,
  beside: Write,
): Promise<boolean> {
  const saved = writing
    .updateTable('visit')
    .set(set)
    .where('id', '=', id)
    .where('version', '=', version)
    .returning('id');
  return (await reading(to, sql`SELECT FROM saved`, [{ name: 'saved', does: saved }], beside)).length > 0;
}

type DraftFile = { id: string; content: Buffer };

async function sealAnew(tx: Tx, visit: Visit, next: Visit, files: readonly DraftFile[]): Promise<void> {
  for (const file of files) {
    const plain = open(visit.key, file.content, draftFilePlace(file.id));
    const content = seal(next.key, plain, draftFilePlace(file.id));
    await tx.updateTable('draft_file').set({ content }).where('id', '=', file.id).execute();
  }
}

/** Where a draft's file belongs: it opens only under its own id. */
export function draftFilePlace(id: string): string {
  return `draft-file/${id}`;
}

/** @returns the visit of a row, or undefined when the key is not this visit's */
function unsealed(row: VisitRow, key: Buffer): Visit | undefined {
  try {
    return {
      id: row.id,
      key,
      site: row.site,
      terminal: row.terminal ?? undefined,
      language: row.language as Language,
      settings: row.settings as unknown as PageSettings,
      version: row.version,
      secret: JSON.parse(open(key, row.secret, place(row.id)).toString('utf8')) as VisitSecret,
    };
  } catch (error) {
    if (error instanceof SealError) return undefined;
    throw error;
  }
}

function columns(visit: Visit): { language: string; settings: Record<string, unknown>; secret: Buffer } {
  return {
    language: visit.language,
    settings: { ...visit.settings },
    secret: seal(visit.key, JSON.stringify(visit.secret), place(visit.id)),
  };
}
