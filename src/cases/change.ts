import { randomUUID } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { AuditDetail } from '#audit';
import { type CaseState, type CaseTable, type Tx, together, type Write } from '#db';
import type { Language } from '#language';
import { civilDate } from '#time';
import { destroyAfterClosing } from './due.ts';
import { authorityIn } from './edition.ts';
import { CaseNotFoundError, TransitionError, VersionConflictError } from './errors.ts';
import { type EventBody, eventOf, wasSaid } from './events.ts';
import { insertFiles } from './files.ts';
import { leaveRoom } from './full.ts';
import type { CaseContext } from './ports.ts';
import { lock, type Unlocked } from './read.ts';
import { type CaseAction, isClosed, mayBeside, transition } from './state.ts';
import type { CaseAttachment, CaseEventKind, CaseStaff } from './types.ts';

/** Who changes a case: its citizen, somebody of the staff who saw a certain version of it, or the authority it went to. */
export type Changer =
  | { kind: 'citizen' }
  | { kind: 'authority' }
  | { kind: 'staff'; by: CaseStaff; version: number };

type Columns = Partial<Pick<Selectable<CaseTable>, 'assigned_to' | 'content' | 'access_hash' | 'to_decide'>>;

export interface Change {
  action: CaseAction;
  event: CaseEventKind;
  /** Dotted action of the audit entry. */
  audit: string;
  detail?: AuditDetail;
  body?: EventBody;
  files?: readonly CaseAttachment[];
  columns?: Columns;
  /** More to do in the same transaction; what it returns is added to the case's row and the event. */
  work?: (
    tx: Tx,
    unlocked: Unlocked,
    at: Date,
  ) => Promise<{ columns?: Columns; body?: EventBody; detail?: AuditDetail } | undefined>;
}

async function lockCase(tx: Tx, context: CaseContext, caseId: string, who: Changer): Promise<Unlocked> {
  const found = await lock(tx, context, caseId);
  if (!found) throw new CaseNotFoundError();
  const { row } = found;
  const theirs = who.kind !== 'staff' || (who.by.offices.includes(row.office) && row.state !== 'unpaid');
  if (!theirs) throw new CaseNotFoundError();
  return found;
}

/**
 * @returns whether somebody of the staff has done just this already, and never heard of it
 * @throws VersionConflictError when something else has happened since they looked
 */
async function isDone(tx: Tx, { row, seals }: Unlocked, who: Changer): Promise<boolean> {
  if (who.kind !== 'staff' || row.version === who.version) return false;
  const { once, subject } = who.by;
  if (once === undefined || !(await wasSaid(tx, seals, row.id, { once, subject })))
    throw new VersionConflictError();
  return true;
}

function endCounted(context: CaseContext, row: Selectable<CaseTable>, state: CaseState, at: Date): Write {
  const about = {
    day: civilDate(at),
    service: row.service,
    site: row.site,
    language: row.language as Language,
  };
  if (state === 'withdrawn') return context.lab.count({ ...about, name: 'case.withdrawn', value: 'case' });
  if (state !== 'done' && state !== 'rejected') return [];
  return context.lab.count({ ...about, name: 'case.decided', value: state });
}

/**
 * Changes a case in one transaction: checks state, office and version, writes the history and the audit entry. What one
 * and the same form has done already is not done again.
 * @param within a transaction that is under way; one of its own when left out
 * @throws CaseNotFoundError, VersionConflictError, TransitionError, CaseFullError; nothing is changed then
 */
export async function change(
  context: CaseContext,
  caseId: string,
  who: Changer,
  wanted: Change,
  within?: Tx,
): Promise<void> {
  const at = context.clock.now();
  const files = (wanted.files ?? []).map((file) => ({ ...file, id: randomUUID() }));
  const actor = who.kind === 'staff' ? who.by.subject : null;
  const write = async (tx: Tx): Promise<void> => {
    const unlocked = await lockCase(tx, context, caseId, who);
    if (await isDone(tx, unlocked, who)) return;
    const { row, seals } = unlocked;
    const state = transition(row.state, wanted.action);
    if (!state) throw new TransitionError();
    const elsewhere = authorityIn(await context.editions.of(tx, row)) !== undefined;
    if (elsewhere && !mayBeside(who.kind, wanted.action)) throw new TransitionError();
    // Taking a case back is always possible.
    if (who.kind === 'citizen' && wanted.action !== 'withdraw') await leaveRoom(tx, caseId, files.length);
    const closes = isClosed(state) && !isClosed(row.state);
    const reopens = isClosed(row.state) && !isClosed(state);
    const more = await wanted.work?.(tx, unlocked, at);
    await tx
      .updateTable('cases')
      .set({
        ...wanted.columns,
        ...more?.columns,
        state,
        updated_at: at,
        version: row.version + 1,
        ...(closes ? { closed_at: at, destroy_at: destroyAfterClosing(row, at) } : {}),
        // Its time begins to run when it is decided anew.
        ...(reopens ? { closed_at: null, destroy_at: null } : {}),
      })
      .where('id', '=', caseId)
      .execute();
    const origin = who.kind === 'citizen' ? 'citizen' : 'office';
    await insertFiles(tx, seals, { caseId, origin, at, files });
    const once = who.kind === 'staff' ? who.by.once : wanted.body?.once;
    const body = { ...wanted.body, ...more?.body, once, files: files.map((file) => file.id) };
    const hasBody = Boolean(
      once || body.text || body.decision || body.slot || body.corrections || body.missing || files.length > 0,
    );
    const said = eventOf(seals, {
      caseId,
      at,
      kind: wanted.event,
      actorKind: who.kind === 'authority' ? 'system' : who.kind,
      actor,
      ...(hasBody ? { body } : {}),
    });
    if (closes && (state === 'rejected' || state === 'withdrawn')) {
      await context.payments.owe(tx, caseId, wanted.action === 'closeUndecided' ? 'undecided' : state, at);
    }
    const entered = context.audit.entry({
      at,
      actor: actor !== null ? `staff:${actor}` : who.kind === 'authority' ? 'system' : 'citizen',
      action: wanted.audit,
      subject: caseId,
      detail: { ...wanted.detail, ...more?.detail, state, files: files.length },
    });
    await together(tx, said, closes ? endCounted(context, row, state, at) : [], entered);
  };
  await (within ? write(within) : context.db.transaction().execute(write));
}
