import type { Selectable } from 'kysely';
import { type CaseTable, isUuid, type Tx } from '#db';
import { inEvery } from '#language';
import { shownNow } from './content.ts';
import { authorityIn } from './edition.ts';
import { readEvents } from './events.ts';
import { listFiles, readFile } from './files.ts';
import { inAllLanguages } from './kept-words.ts';
import type { CaseContext } from './ports.ts';
import { AUTHORITY, GIVEN_UP, ROW, TITLE, toRow, UNREAD } from './rows.ts';
import type { CaseContent } from './sealed.ts';
import { isClosed } from './state.ts';
import type { CaseAttachment, CaseRow, CaseView } from './types.ts';
import { type CaseSeal, FIELD } from './vault.ts';

/** A case's row with its key in hand. */
export interface Unlocked {
  row: Selectable<CaseTable>;
  seals: CaseSeal;
}

/** @returns undefined when there is no such case or its key was destroyed */
export async function unlock(context: CaseContext, caseId: string): Promise<Unlocked | undefined> {
  if (!isUuid(caseId)) return undefined;
  const row = await context.db.selectFrom('cases').selectAll().where('id', '=', caseId).executeTakeFirst();
  const seals = row && context.vault.unlock(row);
  return seals && { row, seals };
}

/** The same in a transaction, which holds the case to its end. */
export async function lock(
  tx: Tx,
  { vault }: Pick<CaseContext, 'vault'>,
  caseId: string,
): Promise<Unlocked | undefined> {
  if (!isUuid(caseId)) return undefined;
  const row = await tx
    .selectFrom('cases')
    .selectAll()
    .where('id', '=', caseId)
    .forUpdate()
    .executeTakeFirst();
  const seals = row && vault.unlock(row);
  return seals && { row, seals };
}

export function openContent({ row, seals }: Unlocked): CaseContent {
  if (!row.content) throw new Error('a case with a key has no content');
  return inAllLanguages(JSON.parse(seals.open(row.content, FIELD.content).toString()) as CaseContent);
}

/** @returns the Zuordnungsmerkmal while it can be looked up and stands for something */
async function validCode(context: CaseContext, { row }: Unlocked, kind: string): Promise<string | undefined> {
  if (row.state === 'withdrawn' || row.state === 'rejected') return undefined;
  const found = await context.db
    .selectFrom('lookup_code')
    .select('expires_at')
    .where('case_id', '=', row.id)
    .where('kind', '=', kind)
    .where('expires_at', '>', context.clock.now())
    .executeTakeFirst();
  return found && context.codes.lookup(kind, row.submission_key);
}

/** @returns what was said and what happens next, in each language; undefined when there is no such case or key */
export async function readShown(
  context: CaseContext,
  caseId: string,
): Promise<CaseContent['shown'] | undefined> {
  const unlocked = await unlock(context, caseId);
  return unlocked && shownNow(openContent(unlocked), unlocked.row.to_decide).shown;
}

/** Opens a case with everything in it, for this room's own use. @returns undefined when there is none or its key was destroyed */
export async function readCase(context: CaseContext, caseId: string): Promise<CaseView | undefined> {
  const unlocked = await unlock(context, caseId);
  return unlocked && viewOf(context, unlocked);
}

/** @returns everything that is in a case whose row is in hand already */
export async function viewOf(context: CaseContext, unlocked: Unlocked): Promise<CaseView> {
  const { row, seals } = unlocked;
  const { id: caseId } = row;
  const content = openContent(unlocked);
  const { shown, days } = shownNow(content, row.to_decide);
  const { undecided } = content;
  const [events, files, booking, code] = await Promise.all([
    readEvents(context.db, seals, caseId),
    listFiles(context.db, seals, caseId),
    context.booking.ofCase(caseId),
    content.codeId === undefined ? undefined : validCode(context, unlocked, content.codeId),
  ]);
  const terms = await context.editions.of(context.db, row);
  const { title, decisions, questions } = terms;
  const given_up = events.some(({ kind }) => kind === 'closed');
  const unread =
    !isClosed(row.state) && events.findLast(({ kind }) => kind !== 'guessing')?.kind === 'answer';
  const outside = toRow({ ...row, title, given_up, unread, authority: authorityIn(terms) ?? null });
  return {
    ...outside,
    // What was to be paid first has come in when it was paid, perhaps on another day.
    createdAt: events.find(({ kind }) => kind === 'submitted')?.at ?? row.created_at,
    submission: content.submission,
    shown,
    days,
    undecided: undecided && inEvery((language) => undecided[language].state),
    calendar: content.calendar,
    sections: shown[outside.language].sections,
    result: shown[outside.language].result,
    events,
    files,
    booking,
    code,
    paper: content.paper,
    decisions,
    questions,
  };
}

/** @returns one file of the case, opened */
export async function readCaseFile(
  context: CaseContext,
  caseId: string,
  fileId: string,
): Promise<CaseAttachment | undefined> {
  const unlocked = isUuid(fileId) ? await unlock(context, caseId) : undefined;
  return unlocked && readFile(context.db, unlocked.seals, caseId, fileId);
}

/** @returns a case's outside, also when its key was destroyed */
export async function findRow(
  context: CaseContext,
  by: { id: string } | { number: string },
): Promise<CaseRow | undefined> {
  if ('id' in by && !isUuid(by.id)) return undefined;
  const row = await context.db
    .selectFrom('cases')
    .select([
      ...ROW,
      TITLE.as('title'),
      AUTHORITY.as('authority'),
      GIVEN_UP.as('given_up'),
      UNREAD.as('unread'),
    ])
    .where('id' in by ? 'id' : 'number', '=', 'id' in by ? by.id : by.number)
    .executeTakeFirst();
  return row && toRow(row);
}
