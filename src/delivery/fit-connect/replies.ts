import { z } from 'zod';
import { DeliveryError } from '../channel.ts';
import { openEnvelope, type Sealed, sameTags, tagsOf } from './envelope.ts';
import { readEvents } from './events.ts';
import type { Api } from './http.ts';
import { readPrivateKey } from './keys.ts';
import { REPLY_STANDARD } from './metadata.ts';
import { eachAlone, type Parts } from './parts.ts';
import type { AuthorityReply } from './settings.ts';
import { type Announced, handledReply, noteReply, ofCaseRef } from './store.ts';

const BATCH = 100;
const MOST_FILES = 10;
const MOST_CHARACTERS = 20_000;
/** Of one file as it is sent: 10 MB and what encryption and base64 add. */
const FILE_LIMIT = 14_100_000;
const BODY_LIMIT = 1_000_000;

const listShape = z.object({
  replies: z.array(z.object({ replyId: z.uuid(), caseId: z.uuid() })).max(1_000),
});
const replyShape = z.object({
  replyId: z.uuid(),
  caseId: z.uuid(),
  encryptedMetadata: z.string(),
  encryptedData: z.string(),
  attachments: z.array(z.uuid()).default([]),
});
const textShape = z.object({ text: z.string().trim().min(1).max(MOST_CHARACTERS) });

interface Waiting {
  replyId: string;
  caseId: string;
}

/** @returns undefined when it is larger than we take */
async function readFile(api: Api, path: string): Promise<string | undefined> {
  try {
    return (await api.call({ method: 'GET', path, limit: FILE_LIMIT })).body;
  } catch (error) {
    if (error instanceof DeliveryError && error.code === 'answer-too-long') return undefined;
    throw error;
  }
}

/** The reply as it was fetched, or why it is not taken. */
async function fetchReply(api: Api, { replyId, caseId }: Waiting): Promise<Sealed | string> {
  const path = `${api.path('replies')}/${replyId}`;
  const reply = await api.read(replyShape, { method: 'GET', path, limit: BODY_LIMIT * 2 });
  if (reply.replyId !== replyId || reply.caseId !== caseId) return 'syntax-violation';
  if (reply.attachments.length > MOST_FILES) return 'attachments-mismatch';
  const attachments = new Map<string, string>();
  for (const id of reply.attachments) {
    const file = await readFile(api, `${path}/attachments/${id}`);
    if (file === undefined) return 'attachments-mismatch';
    attachments.set(id, file);
  }
  return { encryptedMetadata: reply.encryptedMetadata, encryptedData: reply.encryptedData, attachments };
}

/** Encryption alone names no sender: the delivery service's own event says that this came in, to this case. */
async function isAnnouncedReply(
  parts: Parts,
  row: Announced,
  replyId: string,
  sealed: Sealed,
): Promise<boolean> {
  const { api, keys, settings, clock } = parts;
  const log = await readEvents(
    { api, keys, issuer: settings.issuer ?? settings.api, now: clock.now() },
    { caseRef: row.case_ref, submissionId: row.submission_id, destinationId: row.destination_id },
  );
  const event = log?.believed.find((one) => one.type === 'submit-reply' && one.id === replyId);
  return event?.tags !== undefined && sameTags(event.tags, tagsOf(sealed));
}

function readText(data: Buffer): string | undefined {
  try {
    return textShape.safeParse(JSON.parse(data.toString('utf8'))).data?.text;
  } catch {
    return undefined;
  }
}

async function read(parts: Parts, waiting: Waiting, row: Announced): Promise<AuthorityReply | string> {
  const sealed = await fetchReply(parts.api, waiting);
  if (typeof sealed === 'string') return sealed;
  if (!(await isAnnouncedReply(parts, row, waiting.replyId, sealed))) return 'missing-authentication-tags';
  const opened = await openEnvelope((parts.settings.replies?.keys ?? []).map(readPrivateKey), sealed);
  if (opened.problems.length > 0 || !('data' in opened)) return opened.problems[0] ?? 'technical-error';
  const { schemaUri } = opened.metadata.contentStructure.data.submissionSchema;
  if (schemaUri !== REPLY_STANDARD) return 'unsupported-schema';
  const text = readText(opened.data);
  return text === undefined ? 'schema-violation' : { text, files: opened.files };
}

async function take(parts: Parts, waiting: Waiting): Promise<void> {
  const { db, clock, received } = parts;
  const row = await ofCaseRef(db, waiting.caseId);
  const reply = row ? await read(parts, waiting, row) : 'unknown-case';
  const problem = typeof reply === 'string' ? reply : null;
  await db.transaction().execute(async (tx) => {
    const caseId = row?.case_id ?? null;
    const isNew = await noteReply(tx, { id: waiting.replyId, caseId, problem, at: clock.now() });
    if (!isNew || !caseId) return;
    if (typeof reply === 'string') await received.refused(tx, caseId, `reply-${reply}`);
    else await received.reply(tx, caseId, reply);
  });
  if (problem)
    parts.log.error({ caseId: row?.case_id, code: `reply-${problem}` }, 'FIT-Connect: reply refused');
}

async function handle(parts: Parts, waiting: Waiting): Promise<void> {
  const { api, db } = parts;
  if (!(await handledReply(db, waiting.replyId))) await take(parts, waiting);
  const problem = (await handledReply(db, waiting.replyId))?.problem;
  await api.call({
    method: 'PUT',
    path: api.path('acknowledgeReply', { reply: waiting.replyId }),
    json: { problems: problem ? [problem] : [] },
    also: [409],
  });
}

/**
 * Takes the replies that wait at the delivery service: each is handed on or refused once, then acknowledged. When the
 * acknowledgement is lost, the reply is offered again and only acknowledged.
 * @throws DeliveryError when the service cannot be asked
 */
export async function pollReplies(parts: Parts): Promise<void> {
  const { api } = parts;
  const path = `${api.path('replies')}?limit=${BATCH}&offset=0`;
  const { replies } = await api.read(listShape, { method: 'GET', path });
  for (const waiting of replies) await eachAlone(parts, undefined, () => handle(parts, waiting));
}
