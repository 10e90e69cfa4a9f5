import { type RawBuilder, sql } from 'kysely';
import type { CaseState } from '#db';
import { normaliseCode } from '#seal';
import type { CaseContext } from './ports.ts';
import { AUTHORITY, GIVEN_UP, type RowColumns, TITLE, toRow, UNREAD } from './rows.ts';
import type { CaseBox, CaseCounts, CaseFilter, CaseRow, FoundCode } from './types.ts';

const STATES: Record<CaseBox, readonly CaseState[]> = {
  new: ['new'],
  noted: ['new'],
  working: ['working'],
  mine: ['working', 'waiting'],
  waiting: ['waiting'],
  done: ['done', 'rejected', 'withdrawn'],
};
const MOST = 200;
const USUAL = 50;

const COLUMNS = sql`id, number, service, service_version, office, site, language, state, assigned_to, created_at,
  updated_at, delivered_at, closed_at, version, destroyed_at, to_decide, retain_from, due_on, ${TITLE} AS title,
  ${AUTHORITY} AS authority, ${GIVEN_UP} AS given_up, ${UNREAD} AS unread`;

/** What is new and waits for somebody, and what is done when it has arrived; said with the state, for the index `cases_new`. */
const ONLY: Partial<Record<CaseBox, RawBuilder<unknown>>> = {
  new: sql`AND cases.state = 'new' AND (retain_from = 'delivered') = false`,
  noted: sql`AND cases.state = 'new' AND (retain_from = 'delivered') = true`,
};

const serviceOnly = (service: string | undefined) =>
  service === undefined ? sql`` : sql`AND cases.service = ${service}`;

/** @returns whether a box is read by what is due first, when somebody asks for that */
export const hasDueOrder = (box: CaseBox): boolean => box !== 'done' && box !== 'noted';

/** @returns by which columns a list is read, and what comes after its last row */
function orderOf({ box, order, after }: CaseFilter): {
  by: RawBuilder<unknown>;
  beyond: RawBuilder<unknown>;
} {
  if (order === 'due' && hasDueOrder(box)) {
    const beyond = after?.dueOn
      ? sql`AND (due_on, created_at, id) > (${after.dueOn}::date, ${after.createdAt}, ${after.id}::uuid)`
      : sql``;
    return { by: sql`due_on, created_at, id`, beyond };
  }
  const latestFirst = box === 'done';
  const [sign, direction] = latestFirst ? [sql.raw('<'), sql.raw('DESC')] : [sql.raw('>'), sql.raw('ASC')];
  return {
    by: sql`created_at ${direction}, id ${direction}`,
    beyond: after ? sql`AND (created_at, id) ${sign} (${after.createdAt}, ${after.id}::uuid)` : sql``,
  };
}

/**
 * One page of an inbox: what is due or came in first, decided cases latest first. Each office and state is read along its index
 * up to the page's length, so the size of the inbox does not matter.
 */
export async function listCases(context: CaseContext, filter: CaseFilter): Promise<CaseRow[]> {
  const limit = Math.min(Math.max(filter.limit ?? USUAL, 1), MOST);
  const { by, beyond } = orderOf(filter);
  const only = ONLY[filter.box] ?? sql``;
  const mine = filter.box === 'mine' ? sql`AND assigned_to = ${filter.subject}` : sql``;
  const { rows } = await sql<RowColumns>`
    SELECT found.* FROM unnest(${filter.offices}::text[]) o(office)
    CROSS JOIN unnest(${STATES[filter.box]}::text[]) s(state)
    CROSS JOIN LATERAL (
      SELECT ${COLUMNS} FROM cases
      WHERE cases.office = o.office AND cases.state = s.state ${only} ${mine} ${serviceOnly(filter.service)} ${beyond}
      ORDER BY ${by} LIMIT ${limit}) found
    ORDER BY ${by} LIMIT ${limit}`.execute(context.db);
  return rows.map(toRow);
}

/** @returns how many open cases are in each box of these offices, of one service or all; what waits for nobody is not counted */
export async function countCases(
  context: CaseContext,
  { offices, subject, service }: Pick<CaseFilter, 'offices' | 'subject' | 'service'>,
): Promise<CaseCounts> {
  const ofService = serviceOnly(service);
  const { rows } = await sql<{ box: keyof CaseCounts; count: number }>`
    SELECT state AS box, count(*)::int AS count FROM cases
    WHERE office = ANY(${offices}) AND state IN ('new', 'working', 'waiting')
      AND NOT (state = 'new' AND retain_from = 'delivered') ${ofService} GROUP BY state
    UNION ALL
    SELECT 'mine', count(*)::int FROM cases
    WHERE assigned_to = ${subject} AND office = ANY(${offices}) AND state IN ('working', 'waiting') ${ofService}`.execute(
    context.db,
  );
  const counts: CaseCounts = { new: 0, working: 0, waiting: 0, mine: 0 };
  for (const { box, count } of rows) counts[box] = count;
  return counts;
}

/**
 * @param code as typed or read aloud
 * @param offices those for which codes are looked up
 * @returns undefined for a code that is none, is another office's, has expired, or whose case is not paid for
 */
export async function lookupCode(
  context: CaseContext,
  kind: string,
  code: string,
  offices: readonly string[],
): Promise<FoundCode | undefined> {
  const known = normaliseCode(code);
  if (!known) return undefined;
  return context.db
    .selectFrom('lookup_code')
    .innerJoin('cases', 'cases.id', 'lookup_code.case_id')
    .select([
      'cases.id as caseId',
      'cases.number',
      'cases.state',
      'cases.created_at as createdAt',
      'lookup_code.expires_at as expiresAt',
    ])
    .where('lookup_code.hash', '=', context.codes.lookupHash(kind, known))
    .where('lookup_code.kind', '=', kind)
    .where('lookup_code.office', 'in', offices)
    .where('lookup_code.expires_at', '>', context.clock.now())
    .where('cases.state', '<>', 'unpaid')
    .executeTakeFirst();
}
