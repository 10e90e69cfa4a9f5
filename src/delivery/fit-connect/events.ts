import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Api, parseAnswer } from './http.ts';
import type { KeyDirectory } from './keys.ts';
import type { Parts } from './parts.ts';
import { type Event, ForgedEvent, verifySet } from './set.ts';
import { type Announced, change, type SubmissionRow, wereSent } from './store.ts';

const logShape = z.object({ eventLog: z.array(z.string()).max(500) });
const LOG_LIMIT = 8_000_000;
const MOST_REPORTED = 50;

/** A case as the delivery service knows it. */
export interface CaseRef {
  caseRef: string;
  submissionId: string;
  destinationId: string;
}

interface RefusedEvent {
  /** Recognises the event without keeping it. */
  hash: string;
  code: string;
}

export interface EventLog {
  believed: Event[];
  refused: RefusedEvent[];
}

/**
 * Reads and checks what has happened to a case.
 * @returns undefined when the delivery service does not know the case (any more)
 * @throws DeliveryError when the log cannot be read; a forged event does not throw, it is among the refused
 */
export async function readEvents(
  deps: { api: Api; keys: KeyDirectory; issuer: string; now: Date },
  ref: CaseRef,
): Promise<EventLog | undefined> {
  const { api, keys, issuer, now } = deps;
  const path = api.path('events', { case: ref.caseRef, submission: ref.submissionId });
  const { status, body } = await api.call({
    method: 'GET',
    path: `${path}?limit=500&offset=0`,
    also: [404],
    limit: LOG_LIMIT,
  });
  if (status === 404) return undefined;
  const { eventLog } = parseAnswer(logShape, body);
  const result: EventLog = { believed: [], refused: [] };
  for (const set of eventLog) {
    try {
      const { caseRef, destinationId } = ref;
      result.believed.push(await verifySet(set, { keys, issuer, destinationId, caseRef, now }));
    } catch (error) {
      if (!(error instanceof ForgedEvent)) throw error;
      const hash = createHash('sha256').update(set).digest('base64url');
      result.refused.push({ hash, code: `event-${error.code}` });
    }
  }
  return result;
}

/** Events that speak of exactly what was sent; the delivery service's own rejection names no tags. */
function speaksOf(row: SubmissionRow, event: Event): boolean {
  if (event.tags) return wereSent(row, event.tags);
  return event.by === 'service' && event.type !== 'submit-submission';
}

/** The log of a submission of ours: what names other tags than those that were sent is refused, too. */
export async function readOwnEvents(
  { api, keys, settings, clock }: Parts,
  row: Announced,
): Promise<EventLog | undefined> {
  const log = await readEvents(
    { api, keys, issuer: settings.issuer ?? settings.api, now: clock.now() },
    { caseRef: row.case_ref, submissionId: row.submission_id, destinationId: row.destination_id },
  );
  if (!log) return undefined;
  const own = log.believed.filter(
    (event) => event.subject === 'submission' && event.id === row.submission_id,
  );
  const strange = own.filter((event) => !speaksOf(row, event));
  return {
    believed: own.filter((event) => !strange.includes(event)),
    refused: [
      ...log.refused,
      ...strange.map((event) => ({ hash: `tags ${event.type}`, code: 'event-other-tags' })),
    ],
  };
}

/** Reports events that were not believed, each once. */
export async function reportRefused(parts: Parts, row: Announced, log: EventLog): Promise<SubmissionRow> {
  const news = log.refused.filter(({ hash }) => !row.refused.includes(hash));
  if (news.length === 0 || row.refused.length >= MOST_REPORTED) return row;
  const changed = await parts.db.transaction().execute(async (tx) => {
    const refused = [...row.refused, ...news.map(({ hash }) => hash)].slice(0, MOST_REPORTED);
    const noted = await change(tx, row, parts.clock.now(), { refused });
    for (const { code } of news) await parts.received.refused(tx, row.case_id, code);
    return noted;
  });
  for (const { code } of news) {
    parts.log.error({ caseId: row.case_id, code }, 'FIT-Connect: an event was not believed');
  }
  return changed;
}
