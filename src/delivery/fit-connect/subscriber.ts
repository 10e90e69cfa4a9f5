import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '#time';
import { encrypt, type Opened, openEnvelope, type Sealed, sameTags, type Tags } from './envelope.ts';
import { readEvents } from './events.ts';
import { createApi } from './http.ts';
import type { CertificateCheck } from './jwk.ts';
import { createKeyDirectory, readPrivateKey, readPublicKey } from './keys.ts';
import { describe, REPLY_STANDARD } from './metadata.ts';
import { signSet } from './set.ts';
import type { ConnectionSettings, ParcelFile } from './settings.ts';

export interface SubscriberSettings extends ConnectionSettings {
  /** The Zustellpunkt whose submissions are picked up. */
  destinationId: string;
  /** Private keys (JWK) submissions are encrypted for: the current one first, former ones still open. */
  decryptionKeys: readonly object[];
  /** Private key (JWK) with which decisions are signed. */
  signingKey: object;
  certificates: CertificateCheck;
}

/** A submission that waits to be picked up. */
export interface PickUp {
  submissionId: string;
  caseId: string;
}

/** A submission as it was picked up and checked; `problems` names what is wrong with it. */
export type Submitted = PickUp & Opened;

export interface SubscriberReply {
  text: string;
  files: readonly ParcelFile[];
}

/** Receives for one destination, as municipalities and authorities do. */
export interface Subscriber {
  /** What waits, oldest first. */
  pickUps(): Promise<PickUp[]>;
  /** Fetches, decrypts and checks one. */
  fetch(pickUp: PickUp): Promise<Submitted>;
  /** Says that it is readable and in charge: from now on it is this authority's. */
  accept(submission: Submitted): Promise<void>;
  /** @param problems codes such as `schema-violation` */
  reject(submission: Submitted, problems: readonly string[]): Promise<void>;
  /**
   * Answers in the case. When this fails half-way, nothing was sent; when only its last answer is lost, calling it
   * again sends a second reply.
   * @throws Error when the sender takes no answers this way, or its key is unfit
   */
  reply(submission: Submitted, reply: SubscriberReply): Promise<void>;
}

const PAGE = 100;
const SUBMISSION_LIMIT = 30_000_000;
const ATTACHMENT_LIMIT = 140_000_000;

const listShape = z.object({
  submissions: z.array(z.object({ submissionId: z.uuid(), caseId: z.uuid() })).max(1_000),
});
const submissionShape = z.object({
  submissionId: z.uuid(),
  caseId: z.uuid(),
  encryptedMetadata: z.string(),
  encryptedData: z.string(),
  attachments: z.array(z.uuid()).max(100).default([]),
});
const createdShape = z.object({ replyId: z.uuid() });

/**
 * A subscriber of FIT-Connect (Submission API v2).
 * @throws Error when a private key of the settings cannot be used
 */
export function createSubscriber(settings: SubscriberSettings, { clock }: { clock: Clock }): Subscriber {
  const { destinationId } = settings;
  const api = createApi(settings, { clock });
  const keys = createKeyDirectory(api, { clock, certificates: settings.certificates });
  const own = settings.decryptionKeys.map(readPrivateKey);
  const signer = readPrivateKey(settings.signingKey);
  const issuer = settings.issuer ?? settings.api;

  async function fetchSealed({ submissionId }: PickUp): Promise<Sealed> {
    const path = `v2/submissions/${submissionId}`;
    const found = await api.read(submissionShape, { method: 'GET', path, limit: SUBMISSION_LIMIT });
    const attachments = new Map<string, string>();
    for (const id of found.attachments) {
      const { body } = await api.call({
        method: 'GET',
        path: `${path}/attachments/${id}`,
        limit: ATTACHMENT_LIMIT,
      });
      attachments.set(id, body);
    }
    return { encryptedMetadata: found.encryptedMetadata, encryptedData: found.encryptedData, attachments };
  }

  /** Whether the delivery service says that exactly this was submitted. */
  async function wasSubmitted({ submissionId, caseId }: PickUp, tags: Tags): Promise<boolean> {
    const ref = { caseRef: caseId, submissionId, destinationId };
    const log = await readEvents({ api, keys, issuer, now: clock.now() }, ref);
    const event = log?.believed.find((one) => one.type === 'submit-submission' && one.id === submissionId);
    return event?.tags !== undefined && sameTags(event.tags, tags);
  }

  async function say(
    type: 'accept-submission' | 'reject-submission',
    { submissionId, caseId, tags }: Submitted,
    problems?: readonly string[],
  ): Promise<void> {
    const set = await signSet(signer, {
      ...{ type, issuer: destinationId, subject: 'submission', id: submissionId, caseRef: caseId },
      ...{ at: clock.now(), tags, ...(problems && { problems }) },
    });
    await api.call({ method: 'POST', path: `v2/cases/${caseId}/events`, jose: set });
  }

  return {
    async pickUps() {
      const path = `v2/submissions?destinationId=${destinationId}&limit=${PAGE}&offset=0`;
      return (await api.read(listShape, { method: 'GET', path })).submissions;
    },
    async fetch(pickUp) {
      const opened = await openEnvelope(own, await fetchSealed(pickUp));
      if (await wasSubmitted(pickUp, opened.tags)) return { ...pickUp, ...opened };
      return { ...pickUp, tags: opened.tags, problems: ['incorrect-authentication-tags'] };
    },
    accept: (submission) => say('accept-submission', submission),
    reject: (submission, problems) => say('reject-submission', submission, problems),
    async reply(submission, { text, files }) {
      const channel = 'metadata' in submission ? submission.metadata.replyChannel?.fitConnect : undefined;
      const receiver = readPublicKey(channel?.encryptionPublicKey, 'encrypt');
      if (!receiver || !channel?.processStandards.includes(REPLY_STANDARD)) {
        throw new Error('FIT-Connect: the sender takes no answers this way');
      }
      const attachments = files.map((file) => ({ ...file, id: randomUUID() }));
      const { replyId } = await api.read(createdShape, {
        method: 'POST',
        path: api.path('replies'),
        json: { caseId: submission.caseId, announcedAttachments: attachments.map(({ id }) => id) },
      });
      const path = `${api.path('replies')}/${replyId}`;
      for (const { id, mediaType, content } of attachments) {
        const jose = await encrypt(receiver, mediaType, content);
        await api.call({ method: 'PUT', path: `${path}/attachments/${id}`, jose });
      }
      const data = Buffer.from(JSON.stringify({ text }), 'utf8');
      const metadata = describe({ data, schemaUri: REPLY_STANDARD, files: attachments });
      const encryptedMetadata = await encrypt(
        receiver,
        'application/json',
        Buffer.from(JSON.stringify(metadata)),
      );
      const encryptedData = await encrypt(receiver, 'application/json', data);
      await api.call({ method: 'PUT', path, json: { encryptedMetadata, encryptedData } });
    },
  };
}
