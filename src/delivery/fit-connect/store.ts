import { type Selectable, sql, type Updateable } from 'kysely';
import type { Db, FitConnectAttachment, FitConnectSentTags, FitConnectSubmissionTable, Tx } from '#db';
import { DeliveryError } from '../channel.ts';
import type { Tags } from './envelope.ts';

/** What is remembered of one submission. */
export type SubmissionRow = Selectable<FitConnectSubmissionTable>;

/** A submission that the delivery service has given its ids. */
export interface Announced extends SubmissionRow {
  destination_id: string;
  submission_id: string;
  case_ref: string;
}

export function isAnnounced(row: SubmissionRow): row is Announced {
  return row.destination_id !== null && row.submission_id !== null && row.case_ref !== null;
}

type Changes = Omit<
  Updateable<FitConnectSubmissionTable>,
  'attachments' | 'sent_tags' | 'refused' | 'version' | 'updated_at'
> & {
  attachments?: FitConnectAttachment[];
  sent_tags?: FitConnectSentTags;
  refused?: string[];
};

export const NO_TAGS: FitConnectSentTags = { metadata: [], data: [], attachments: {} };

/** @returns what is remembered under this key; begins it when there is nothing yet */
export async function begin(db: Db, caseId: string, key: string, at: Date): Promise<SubmissionRow> {
  await db
    .insertInto('fit_connect_submission')
    .values({
      idempotency_key: key,
      case_id: caseId,
      state: 'sending',
      destination_id: null,
      submission_id: null,
      case_ref: null,
      attachments: '[]',
      sent_tags: JSON.stringify(NO_TAGS),
      refused: '[]',
      created_at: at,
      updated_at: at,
      polled_at: null,
    })
    .onConflict((conflict) => conflict.column('idempotency_key').doNothing())
    .execute();
  return db
    .selectFrom('fit_connect_submission')
    .selectAll()
    .where('idempotency_key', '=', key)
    .executeTakeFirstOrThrow();
}

/**
 * Writes down a change.
 * @returns the submission as it is now
 * @throws DeliveryError `taken-over` when somebody else has changed it since it was read: that one goes on
 */
export async function change(
  db: Db | Tx,
  row: SubmissionRow,
  at: Date,
  changes: Changes,
): Promise<SubmissionRow> {
  const { attachments, sent_tags, refused, ...rest } = changes;
  const changed = await db
    .updateTable('fit_connect_submission')
    .set({
      ...rest,
      ...(attachments && { attachments: JSON.stringify(attachments) }),
      ...(sent_tags && { sent_tags: JSON.stringify(sent_tags) }),
      ...(refused && { refused: JSON.stringify(refused) }),
      version: sql<number>`version + 1`,
      updated_at: at,
    })
    .where('idempotency_key', '=', row.idempotency_key)
    .where('version', '=', row.version)
    .returningAll()
    .executeTakeFirst();
  if (!changed) throw new DeliveryError('taken-over', true);
  return changed;
}

/** As {@link change}, for a submission that has its ids, or gets them. */
export async function changeAnnounced(
  db: Db,
  row: SubmissionRow,
  at: Date,
  changes: Changes,
): Promise<Announced> {
  const changed = await change(db, row, at, changes);
  if (!isAnnounced(changed)) throw new Error('FIT-Connect: an announced submission has lost its ids');
  return changed;
}

/** @returns the destinations that have not decided on everything they were sent */
export async function undecidedAt(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('fit_connect_submission')
    .select('destination_id')
    .distinct()
    .where('state', '=', 'submitted')
    .execute();
  return rows.flatMap(({ destination_id }) => destination_id ?? []);
}

/** Submissions that this authority has not decided on, those that were looked at longest ago first. */
export async function undecided(db: Db, destination: string, most: number): Promise<Announced[]> {
  const rows = await db
    .selectFrom('fit_connect_submission')
    .selectAll()
    .where('state', '=', 'submitted')
    .where('destination_id', '=', destination)
    .orderBy('polled_at', (order) => order.asc().nullsFirst())
    .limit(most)
    .execute();
  return rows.filter(isAnnounced);
}

/** Notes that a submission was looked at, without counting as a change. */
export async function looked(db: Db, row: SubmissionRow, at: Date): Promise<void> {
  await db
    .updateTable('fit_connect_submission')
    .set({ polled_at: at })
    .where('idempotency_key', '=', row.idempotency_key)
    .execute();
}

/** @returns the submission of the delivery service's case, of several the latest that was submitted */
export async function ofCaseRef(db: Db, caseRef: string): Promise<Announced | undefined> {
  const row = await db
    .selectFrom('fit_connect_submission')
    .selectAll()
    .where('case_ref', '=', caseRef)
    .orderBy('created_at', 'desc')
    .executeTakeFirst();
  return row && isAnnounced(row) ? row : undefined;
}

/** Adds tags to those that were sent; called before they are. */
export function withTags(sent: FitConnectSentTags, more: Partial<Tags>): FitConnectSentTags {
  const attachments = { ...sent.attachments };
  for (const [id, tag] of Object.entries(more.attachments ?? {})) {
    attachments[id] = [...(attachments[id] ?? []), tag];
  }
  return {
    metadata: more.metadata ? [...sent.metadata, more.metadata] : sent.metadata,
    data: more.data ? [...sent.data, more.data] : sent.data,
    attachments,
  };
}

/** @returns whether these are tags of what was sent, in one of its attempts */
export function wereSent(row: SubmissionRow, tags: Tags): boolean {
  const { sent_tags: sent, attachments } = row;
  return (
    sent.metadata.includes(tags.metadata) &&
    sent.data.includes(tags.data) &&
    Object.keys(tags.attachments).length === attachments.length &&
    attachments.every(({ id }) => {
      const tag = tags.attachments[id];
      return tag !== undefined && (sent.attachments[id]?.includes(tag) ?? false);
    })
  );
}

/** @returns how this reply was handled before; undefined when it is new */
export async function handledReply(db: Db, id: string): Promise<{ problem: string | null } | undefined> {
  return db.selectFrom('fit_connect_reply').select('problem').where('id', '=', id).executeTakeFirst();
}

/** @returns false when another worker was quicker; then nothing more is to be done */
export async function noteReply(
  tx: Tx,
  reply: { id: string; caseId: string | null; problem: string | null; at: Date },
): Promise<boolean> {
  const result = await tx
    .insertInto('fit_connect_reply')
    .values({ id: reply.id, case_id: reply.caseId, problem: reply.problem, received_at: reply.at })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}
