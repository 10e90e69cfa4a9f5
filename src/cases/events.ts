import { type Db, type Tx, type Write, writing } from '#db';
import { completed, type Language } from '#language';
import type { SlotAnswer } from '#service';
import type { Correction } from './sealed.ts';
import type { CaseEvent, CaseEventKind } from './types.ts';
import { type CaseSeal, FIELD } from './vault.ts';

/** What is sealed of an event. */
export interface EventBody {
  text?: string | undefined;
  files?: readonly string[];
  /** How many files of an authority's message could not be taken. */
  missing?: number;
  decision?: string;
  slot?: SlotAnswer;
  corrections?: Readonly<Record<Language, readonly Correction[]>>;
  /** The form that said it. */
  once?: string | undefined;
}

export interface NewEvent {
  caseId: string;
  at: Date;
  kind: CaseEventKind;
  actorKind: Exclude<CaseEvent['actorKind'], 'authority'>;
  actor: string | null;
  body?: EventBody;
}

/** An entry of a case's history; the body is sealed with the case's key. */
export function eventOf(seals: CaseSeal, event: NewEvent): Write {
  const { caseId, at, kind, actorKind, actor, body } = event;
  const does = writing.insertInto('case_event').values({
    case_id: caseId,
    at,
    kind,
    actor_kind: actorKind,
    actor,
    body: body ? seals.seal(JSON.stringify(body), FIELD.event(kind, at)) : null,
  });
  return [{ does }];
}

/** @returns whether something that this form says, of the citizen or of one of the staff, is part of the case already */
export async function wasSaid(
  tx: Tx,
  seals: CaseSeal,
  caseId: string,
  { once, subject }: { once: string; subject?: string },
): Promise<boolean> {
  const rows = await tx
    .selectFrom('case_event')
    .select(['kind', 'at', 'body'])
    .where('case_id', '=', caseId)
    .where('actor_kind', '=', subject === undefined ? 'citizen' : 'staff')
    .$if(subject !== undefined, (query) => query.where('actor', '=', String(subject)))
    .execute();
  return rows.some(({ kind, at, body }) => body && bodyOf(seals, kind, at, body).once === once);
}

function bodyOf(seals: CaseSeal, kind: string, at: Date, body: Buffer): EventBody {
  return JSON.parse(seals.open(body, FIELD.event(kind, at)).toString()) as EventBody;
}

/** The office's own program neither decides nor writes: what it wrote down of these came from another authority. */
const OF_AUTHORITY: ReadonlySet<string> = new Set(['decided', 'message']);

/** @returns a case's history, oldest first, opened */
export async function readEvents(db: Db | Tx, seals: CaseSeal, caseId: string): Promise<CaseEvent[]> {
  const rows = await db
    .selectFrom('case_event')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('id')
    .execute();
  return rows.map((row) => {
    const body = row.body ? bodyOf(seals, row.kind, row.at, row.body) : {};
    return {
      id: row.id,
      at: row.at,
      kind: row.kind as CaseEventKind,
      actorKind: row.actor_kind === 'system' && OF_AUTHORITY.has(row.kind) ? 'authority' : row.actor_kind,
      actor: row.actor,
      text: body.text,
      files: body.files ?? [],
      missing: body.missing ?? 0,
      decision: body.decision,
      slot: body.slot,
      corrections: body.corrections && completed(body.corrections),
    };
  });
}
