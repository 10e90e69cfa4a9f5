import { type Selectable, sql } from 'kysely';
import type { CaseTable } from '#db';
import type { Language } from '#language';
import { isClosed } from './state.ts';
import type { CaseRow } from './types.ts';

/** The columns of a case's outside. */
export const ROW = [
  'id',
  'number',
  'service',
  'service_version',
  'office',
  'site',
  'language',
  'state',
  'assigned_to',
  'created_at',
  'updated_at',
  'delivered_at',
  'closed_at',
  'version',
  'destroyed_at',
  'to_decide',
  'retain_from',
  'due_on',
] as const satisfies readonly (keyof CaseTable)[];

/** {@link ROW}, the service's name and who decides; never the sealed content. */
export type RowColumns = Pick<Selectable<CaseTable>, (typeof ROW)[number]> & {
  title: string;
  authority: string | null;
  given_up: boolean;
  unread: boolean;
};

/** The name of the service when the case was handed in; its id where nobody wrote that down. */
export const TITLE = sql<string>`coalesce(
  (SELECT terms->>'title' FROM service_edition WHERE service_edition.id = cases.edition), cases.service)`;

/** The authority that decides instead of this office; nothing where this office does. */
export const AUTHORITY = sql<string | null>`(
  SELECT coalesce(terms->'delivery'->>'name', terms->'delivery'->>'authority')
  FROM service_edition WHERE service_edition.id = cases.edition)`;

/** Somebody ended the waiting for an authority that did not decide. */
export const GIVEN_UP = sql<boolean>`(cases.state = 'rejected' AND EXISTS (
  SELECT FROM case_event WHERE case_event.case_id = cases.id AND case_event.kind = 'closed'))`;

/** The last thing that happened is that its person has said something; what guessers did is nothing that happens to a case. */
export const UNREAD = sql<boolean>`(cases.state IN ('new', 'working', 'waiting') AND coalesce((
  SELECT case_event.kind = 'answer' FROM case_event WHERE case_event.case_id = cases.id
  AND case_event.kind <> 'guessing' ORDER BY case_event.id DESC LIMIT 1), false))`;

export function toRow(row: RowColumns): CaseRow {
  return {
    id: row.id,
    number: row.number,
    service: row.service,
    title: row.title,
    serviceVersion: row.service_version,
    office: row.office,
    site: row.site,
    language: row.language as Language,
    state: row.state,
    assignedTo: row.assigned_to,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    deliveredAt: row.delivered_at,
    closedAt: row.closed_at,
    version: row.version,
    destroyedAt: row.destroyed_at,
    toDecide: row.to_decide && !isClosed(row.state),
    noted: row.state === 'new' && row.retain_from === 'delivered',
    authority: row.authority ?? undefined,
    givenUp: row.given_up,
    unread: row.unread,
    dueOn: row.due_on,
  };
}
