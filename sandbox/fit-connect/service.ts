import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { z } from 'zod';
import type { Clock } from '#time';
import type { FitConnectKeys } from './keys.ts';
import { check, checkDecision, checkJwe, EVENTS, refuse, SET_SCHEMA, type SetTags } from './rules.ts';

/** A service of an authority that can be reached here. */
export interface OfferedService {
  /** 14 digits. */
  leika: string;
  name: string;
  schemaUri: string;
}

export type Client = 'office' | 'authority';

/** A submission or a reply on its way. */
export interface Sending {
  id: string;
  caseId: string;
  state: 'incomplete' | 'submitted' | 'accepted' | 'rejected' | 'acknowledged';
  announced: string[];
  attachments: Map<string, string>;
  encryptedMetadata: string;
  encryptedData: string;
  submittedAt: number;
}

/** What nobody picks up for so long, the delivery service rejects. */
const PATIENCE_MS = 14 * 24 * 3_600_000;

const attachmentIds = z.array(z.uuid({ version: 'v4' })).max(100);
const announcement = z.strictObject({
  destinationId: z.uuid(),
  announcedAttachments: attachmentIds,
  publicService: z.strictObject({
    name: z.string().min(1),
    identifier: z.string().regex(/^urn:de:fim:leika:leistung:\d{14}$/),
  }),
  region: z.string().regex(/^\d{12}$/),
});
const content = z.strictObject({ encryptedMetadata: z.string(), encryptedData: z.string() });
const replyAnnouncement = z.strictObject({ caseId: z.uuid(), announcedAttachments: attachmentIds });
const acknowledgement = z.strictObject({ problems: z.array(z.string()) });

export function tagsOf(sending: Sending): SetTags {
  const tag = (jwe: string): string => jwe.split('.')[4] ?? '';
  return {
    metadata: tag(sending.encryptedMetadata),
    data: tag(sending.encryptedData),
    attachments: Object.fromEntries([...sending.attachments].map(([id, jwe]) => [id, tag(jwe)])),
  };
}

function isSame(one: SetTags, other: SetTags): boolean {
  const flat = ({ metadata, data, attachments }: SetTags): string =>
    JSON.stringify([metadata, data, Object.entries(attachments).sort()]);
  return flat(one) === flat(other);
}

/** The delivery service's rules and memory, without HTTP. */
export class DeliveryService {
  readonly #clock: Clock;
  readonly #keys: FitConnectKeys;
  readonly #issuer: string;
  readonly #destinationId: string;
  readonly #offers: readonly OfferedService[];
  readonly submissions = new Map<string, Sending>();
  readonly replies = new Map<string, Sending>();
  readonly #events = new Map<string, string[]>();
  readonly #usedIds = new Set<string>();

  constructor(world: {
    clock: Clock;
    keys: FitConnectKeys;
    issuer: string;
    destinationId: string;
    services: readonly OfferedService[];
  }) {
    this.#clock = world.clock;
    this.#keys = world.keys;
    this.#issuer = world.issuer;
    this.#destinationId = world.destinationId;
    this.#offers = world.services;
  }

  async #note(caseId: string, type: string, sub: string, tags?: SetTags): Promise<void> {
    const set = await new SignJWT({
      $schema: SET_SCHEMA,
      jti: randomUUID(),
      iss: this.#issuer,
      iat: Math.floor(this.#clock.now().getTime() / 1_000),
      sub,
      txn: `case:${caseId}`,
      events: { [EVENTS + type]: tags ? { authenticationTags: tags } : {} },
    })
      .setProtectedHeader({ alg: 'PS512', typ: 'secevent+jwt', kid: this.#keys.service.kid })
      .sign(this.#keys.service.privateKey);
    this.#events.set(caseId, [...(this.#events.get(caseId) ?? []), set]);
  }

  #claimIds(ids: readonly string[]): void {
    if (new Set(ids).size !== ids.length || ids.some((id) => this.#usedIds.has(id))) {
      refuse(422, 'attachment ids must be unique');
    }
    for (const id of ids) this.#usedIds.add(id);
  }

  #create(into: Map<string, Sending>, caseId: string, announced: string[]): Sending {
    this.#claimIds(announced);
    const sending: Sending = {
      id: randomUUID(),
      ...{ caseId, announced, attachments: new Map(), state: 'incomplete' },
      ...{ encryptedMetadata: '', encryptedData: '', submittedAt: 0 },
    };
    into.set(sending.id, sending);
    return sending;
  }

  destination(): object {
    return {
      destinationId: this.#destinationId,
      status: 'active',
      encryptionKid: this.#keys.encryption.kid,
      publicServices: this.#offers.map(({ leika, name, schemaUri }) => ({
        identifier: `urn:de:fim:leika:leistung:${leika}`,
        name,
        submissionSchemas: [{ schemaUri, mimeType: 'application/json' }],
      })),
      replyChannels: { fitConnect: { processStandards: ['urn:amtomat:fit-connect:reply:1'] } },
    };
  }

  async announce(body: unknown): Promise<object> {
    const wanted = check(announcement, body);
    if (wanted.destinationId !== this.#destinationId) refuse(404, 'no such destination');
    const leika = wanted.publicService.identifier.slice(-14);
    if (!this.#offers.some((offer) => offer.leika === leika)) refuse(422, 'service is not offered');
    const { id, caseId } = this.#create(this.submissions, randomUUID(), wanted.announcedAttachments);
    await this.#note(caseId, 'create-submission', `submission:${id}`);
    return { submissionId: id, caseId };
  }

  async announceReply(body: unknown): Promise<object> {
    const { caseId, announcedAttachments } = check(replyAnnouncement, body);
    if (!this.#events.has(caseId)) refuse(404, 'no such case');
    const { id } = this.#create(this.replies, caseId, announcedAttachments);
    await this.#note(caseId, 'create-reply', `reply:${id}`);
    return { replyId: id };
  }

  /** Submissions that were announced and never sent are forgotten after a while, and their cases with them. */
  dropIncomplete(): void {
    for (const { id, caseId, state } of this.submissions.values()) {
      if (state !== 'incomplete') continue;
      this.submissions.delete(id);
      this.#events.delete(caseId);
    }
  }

  async rejectOld(): Promise<void> {
    const since = this.#clock.now().getTime() - PATIENCE_MS;
    for (const submission of this.waiting('submission').filter((one) => one.submittedAt < since)) {
      submission.state = 'rejected';
      await this.#note(submission.caseId, 'reject-submission', `submission:${submission.id}`);
    }
  }

  find(kind: 'submission' | 'reply', id: string): Sending {
    const found = (kind === 'submission' ? this.submissions : this.replies).get(id);
    return found ?? refuse(404, `no such ${kind}`);
  }

  upload(kind: 'submission' | 'reply', id: string, attachment: string, jwe: string): void {
    const sending = this.find(kind, id);
    if (sending.state !== 'incomplete') refuse(409, 'already submitted');
    if (!sending.announced.includes(attachment)) refuse(422, 'attachment was not announced');
    if (sending.attachments.has(attachment)) refuse(409, 'attachment is there already');
    checkJwe(jwe, undefined, kind === 'submission' ? this.#keys.encryption.kid : undefined);
    sending.attachments.set(attachment, jwe);
  }

  async submit(kind: 'submission' | 'reply', id: string, body: unknown): Promise<void> {
    const sending = this.find(kind, id);
    const { encryptedMetadata, encryptedData } = check(content, body);
    if (sending.state !== 'incomplete') refuse(409, 'already submitted');
    if (sending.attachments.size !== sending.announced.length)
      refuse(422, 'announced attachments are missing');
    const kid = kind === 'submission' ? this.#keys.encryption.kid : undefined;
    checkJwe(encryptedMetadata, 'application/json', kid);
    checkJwe(encryptedData, 'application/json', kid);
    Object.assign(sending, { encryptedMetadata, encryptedData, state: 'submitted' });
    sending.submittedAt = this.#clock.now().getTime();
    const tags = tagsOf(sending);
    await this.#note(sending.caseId, `submit-${kind}`, `${kind}:${id}`, tags);
    await this.#note(sending.caseId, `notify-${kind}`, `${kind}:${id}`, tags);
  }

  waiting(kind: 'submission' | 'reply'): Sending[] {
    const all = kind === 'submission' ? this.submissions : this.replies;
    return [...all.values()].filter((sending) => sending.state === 'submitted');
  }

  /** @returns a submission's or reply's content for the one who receives it */
  pickUp(kind: 'submission' | 'reply', id: string): Sending {
    const sending = this.find(kind, id);
    return sending.state === 'incomplete' ? refuse(404, 'not submitted yet') : sending;
  }

  events(caseId: string): string[] {
    return this.#events.get(caseId) ?? refuse(404, 'no such case');
  }

  async decide(caseId: string, set: string): Promise<void> {
    const log = this.events(caseId);
    const decision = await checkDecision(set, {
      signing: this.#keys.signing,
      destinationId: this.#destinationId,
      caseId,
      now: this.#clock.now(),
    });
    const submission = this.find('submission', decision.submissionId);
    if (submission.caseId !== caseId) refuse(422, 'submission is of another case');
    if (submission.state !== 'submitted') refuse(409, 'already decided, or not submitted');
    if (!isSame(decision.tags, tagsOf(submission))) refuse(422, 'authentication tags differ');
    submission.state = decision.type === 'accept-submission' ? 'accepted' : 'rejected';
    this.#events.set(caseId, [...log, set]);
  }

  async acknowledge(id: string, body: unknown): Promise<void> {
    const { problems } = check(acknowledgement, body);
    const reply = this.find('reply', id);
    if (reply.state !== 'submitted') refuse(409, 'already acknowledged, or not submitted');
    reply.state = 'acknowledged';
    const type = problems.length > 0 ? 'reject-reply' : 'accept-reply';
    await this.#note(reply.caseId, type, `reply:${id}`, tagsOf(reply));
  }
}
