import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { DeliveryError, type Message } from '../channel.ts';
import { encrypt, tagOf } from './envelope.ts';
import { readOwnEvents } from './events.ts';
import { publicEncryptionJwk, type UsableKey } from './keys.ts';
import { describe, REPLY_STANDARD } from './metadata.ts';
import type { Parts } from './parts.ts';
import type { Parcel } from './settings.ts';
import {
  type Announced,
  begin,
  change,
  changeAnnounced,
  isAnnounced,
  NO_TAGS,
  type SubmissionRow,
  withTags,
} from './store.ts';

const destinationShape = z.object({
  status: z.string(),
  encryptionKid: z.string().min(1).max(128),
  publicServices: z
    .array(
      z.object({
        identifier: z.string(),
        submissionSchemas: z.array(z.object({ schemaUri: z.string() })).max(1_000),
      }),
    )
    .max(1_000),
  replyChannels: z
    .object({ fitConnect: z.object({ processStandards: z.array(z.string()) }).optional() })
    .nullish(),
});
const announcedShape = z.object({ submissionId: z.uuid(), caseId: z.uuid() });

/** Where this one goes. */
interface Receiver {
  destinationId: string;
  region: string;
  identifier: string;
  schemaUri: string;
  key: UsableKey;
  /** It answers in the way we read. */
  answers: boolean;
}

async function findReceiver(
  { settings, api, keys }: Parts,
  parcel: Parcel,
  row: SubmissionRow,
): Promise<Receiver> {
  const authority = Object.hasOwn(settings.authorities, parcel.authority)
    ? settings.authorities[parcel.authority]
    : undefined;
  if (!authority) throw new DeliveryError('authority-unknown', false);
  // What was announced to one destination stays with it, whatever the settings say now.
  const destinationId = row.destination_id ?? authority.destinationId;
  const destination = await api.read(destinationShape, {
    method: 'GET',
    path: `v2/destinations/${destinationId}`,
  });
  if (destination.status !== 'active') throw new DeliveryError('destination-not-active', true);
  const identifier = `urn:de:fim:leika:leistung:${parcel.leika}`;
  const schemaUri = authority.schemas?.[parcel.leika] ?? parcel.schemaUri;
  const offered = destination.publicServices.some(
    (service) =>
      service.identifier === identifier &&
      service.submissionSchemas.some((schema) => schema.schemaUri === schemaUri),
  );
  if (!offered) throw new DeliveryError('service-not-offered', false);
  return {
    ...{ destinationId, region: authority.region, identifier, schemaUri },
    key: await keys.encryption(destinationId, destination.encryptionKid),
    answers: destination.replyChannels?.fitConnect?.processStandards.includes(REPLY_STANDARD) ?? false,
  };
}

/**
 * What is known of a submission that an earlier attempt announced.
 * @returns `gone` when the delivery service does not know it any more
 */
async function whereabouts(parts: Parts, row: Announced): Promise<'open' | 'submitted' | 'gone'> {
  const log = await readOwnEvents(parts, row);
  if (!log) return 'gone';
  if (log.believed.some((event) => event.type === 'submit-submission')) return 'submitted';
  // It was submitted, but not what we sent: somebody must look.
  if (log.refused.some(({ code }) => code === 'event-other-tags'))
    throw new DeliveryError('other-tags', false);
  return 'open';
}

async function announce(parts: Parts, row: SubmissionRow, parcel: Parcel, to: Receiver): Promise<Announced> {
  const attachments = parcel.files.map(({ id }) => ({ file: id, id: randomUUID(), uploaded: false }));
  // If this answer is lost, what was announced stays empty at the delivery service; nobody ever sees it.
  const { submissionId, caseId } = await parts.api.read(announcedShape, {
    method: 'POST',
    path: 'v2/submissions',
    json: {
      destinationId: to.destinationId,
      announcedAttachments: attachments.map(({ id }) => id),
      publicService: { name: parcel.service, identifier: to.identifier },
      region: to.region,
    },
  });
  return changeAnnounced(parts.db, row, parts.clock.now(), {
    destination_id: to.destinationId,
    submission_id: submissionId,
    case_ref: caseId,
    attachments,
    sent_tags: NO_TAGS,
  });
}

async function upload(parts: Parts, row: Announced, parcel: Parcel, to: Receiver): Promise<Announced> {
  const { db, clock, api } = parts;
  let current = row;
  if (parcel.files.length !== row.attachments.length) throw new DeliveryError('files-changed', false);
  for (const { file: fileId, id, uploaded } of row.attachments) {
    if (uploaded) continue;
    const file = parcel.files.find((one) => one.id === fileId);
    if (!file) throw new DeliveryError('files-changed', false);
    const jwe = await encrypt(to.key, file.mediaType, file.content);
    const sent_tags = withTags(current.sent_tags, { attachments: { [id]: tagOf(jwe) } });
    current = await changeAnnounced(db, current, clock.now(), { sent_tags });
    // 409: an earlier attempt did it, and its answer was lost.
    await api.call({
      method: 'PUT',
      path: `v2/submissions/${row.submission_id}/attachments/${id}`,
      jose: jwe,
      also: [409],
    });
    const attachments = current.attachments.map((one) => (one.id === id ? { ...one, uploaded: true } : one));
    current = await changeAnnounced(db, current, clock.now(), { attachments });
  }
  return current;
}

async function writeSubmitted(parts: Parts, row: SubmissionRow): Promise<void> {
  await parts.db.transaction().execute(async (tx) => {
    await change(tx, row, parts.clock.now(), { state: 'submitted' });
    await parts.received.submitted(tx, row.case_id);
  });
}

async function submit(parts: Parts, row: Announced, parcel: Parcel, to: Receiver): Promise<void> {
  const { settings, db, clock, api } = parts;
  const data = Buffer.from(JSON.stringify(parcel.json), 'utf8');
  const replyKey = to.answers ? settings.replies?.keys[0] : undefined;
  const metadata = describe({
    data,
    schemaUri: to.schemaUri,
    files: row.attachments.flatMap(({ file, id }) => {
      const one = parcel.files.find((candidate) => candidate.id === file);
      return one ? [{ ...one, id }] : [];
    }),
    reference: { number: parcel.number, date: parcel.date },
    author: { name: settings.sender, version: settings.version },
    ...(replyKey && { replyKey: publicEncryptionJwk(replyKey) }),
  });
  const encryptedMetadata = await encrypt(to.key, 'application/json', Buffer.from(JSON.stringify(metadata)));
  const encryptedData = await encrypt(to.key, 'application/json', data);
  const tags = { metadata: tagOf(encryptedMetadata), data: tagOf(encryptedData) };
  const sent = await changeAnnounced(db, row, clock.now(), { sent_tags: withTags(row.sent_tags, tags) });
  const { status } = await api.call({
    method: 'PUT',
    path: `v2/submissions/${row.submission_id}`,
    json: { encryptedMetadata, encryptedData },
    also: [409, 422],
  });
  // Not its answer counts but its signed word that it has exactly what we sent.
  if ((await whereabouts(parts, sent)) === 'submitted') return writeSubmitted(parts, sent);
  if (status < 400) throw new DeliveryError('not-confirmed', true);
  // It may miss a file that we took for uploaded: the next attempt brings them all again.
  await change(db, sent, clock.now(), {
    attachments: sent.attachments.map((one) => ({ ...one, uploaded: false })),
  });
  throw new DeliveryError(`refused-${status}`, false);
}

/**
 * Forgets an announcement that the delivery service has dropped, so that a new one can be made.
 * @throws DeliveryError `end-unknown` when it may have been submitted before it was dropped
 */
function forget(parts: Parts, row: SubmissionRow): Promise<SubmissionRow> {
  if (row.sent_tags.metadata.length > 0) throw new DeliveryError('end-unknown', false);
  return change(parts.db, row, parts.clock.now(), {
    ...{ destination_id: null, submission_id: null, case_ref: null },
    attachments: [],
    sent_tags: NO_TAGS,
  });
}

/**
 * Hands one case to the delivery service: announces, uploads, submits. Every step is written down before the next, and
 * what an earlier attempt did is asked for first, so that a lost answer at any step never leads to a second submission.
 * @throws DeliveryError when it did not get to the end; the next attempt goes on from there
 */
export async function send(parts: Parts, { caseId, idempotencyKey }: Message): Promise<void> {
  let row = await begin(parts.db, caseId, idempotencyKey, parts.clock.now());
  if (row.state !== 'sending') return;
  if (isAnnounced(row)) {
    const found = await whereabouts(parts, row);
    if (found === 'submitted') return writeSubmitted(parts, row);
    if (found === 'gone') row = await forget(parts, row);
  }
  const parcel = await parts.source.open(caseId);
  const to = await findReceiver(parts, parcel, row);
  const announced = isAnnounced(row) ? row : await announce(parts, row, parcel, to);
  await submit(parts, await upload(parts, announced, parcel, to), parcel, to);
}
