import { isUuid } from '#db';
import { completed, type Language } from '#language';
import { addDays, civilDate } from '#time';
import { authorityIn, type Terms } from './edition.ts';
import { readFile } from './files.ts';
import { wasIssued } from './official.ts';
import type { CaseContext } from './ports.ts';
import { type Unlocked, unlock, viewOf } from './read.ts';
import { isClosed, mayWithdraw, transition } from './state.ts';
import type { CaseAttachment, CaseEvent, CaseView, CitizenCase, CitizenEvent } from './types.ts';

/** What of a case's history is the office's own business. */
const INNER = new Set<CaseEvent['kind']>(['note', 'released', 'guessing']);
const isCitizens = (event: CaseEvent): event is CaseEvent & { kind: CitizenEvent['kind'] } =>
  !INNER.has(event.kind);

function historyOf({ events, files }: CaseView): CitizenEvent[] {
  return events
    .filter(isCitizens)
    .map(({ at, kind, actorKind, text, slot, corrections, missing, files: sent }) => ({
      ...{ at, kind, actorKind, text, slot, corrections, missing },
      files: files.filter(({ id }) => sent.includes(id)).map(({ id, name }) => ({ id, name })),
    }));
}

/**
 * Opens a case for its citizen. What it gives holds neither notes nor names of the staff, so that no page can show them.
 * @returns undefined when there is no such case, it is not paid for, or its key was destroyed
 */
export async function forCitizen(context: CaseContext, caseId: string): Promise<CitizenCase | undefined> {
  const unlocked = await unlock(context, caseId);
  if (!unlocked || unlocked.row.state === 'unpaid') return undefined;
  const view = await viewOf(context, unlocked);
  const terms = await context.editions.of(context.db, unlocked.row);
  const authority = authorityOf(view, terms);
  const { id, number, state, createdAt, shown, days, booking } = view;
  const acted = (authority?.reached ?? false) || wasIssued(view);
  const tooLate = booking !== undefined && context.clock.now() >= booking.changeUntil;
  return {
    ...{ id, number, state, createdAt, shown, days, booking, authority },
    // With the authority it is not on its way any more.
    stateText:
      (view.toDecide && state !== 'waiting' && view.undecided) ||
      textsOf(terms.states, authority?.reached && state === 'new' ? 'working' : state),
    history: historyOf(view),
    kept: { ...keptOf(unlocked.row), held: await isHeld(context, view) },
    revoked: (view.paper?.revoked ?? []).map((one) => ({
      issuedAt: new Date(one.issuedAt),
      at: new Date(one.at),
    })),
    may: {
      answer: !authority && transition(state, 'answer') !== undefined,
      withdraw: mayWithdraw(state, acted) && !tooLate,
      move: booking !== undefined && !tooLate && transition(state, 'reschedule') !== undefined,
    },
  };
}

function authorityOf(view: CaseView, terms: Terms): CitizenCase['authority'] {
  const name = authorityIn(terms);
  if (name === undefined) return undefined;
  const givenUp = view.events.some(({ kind }) => kind === 'closed');
  return { name, reached: view.deliveredAt !== null, givenUp };
}

/** Its last day is the one before it may be destroyed; as promised when it was handed in, whatever the service says today. */
function keptOf({
  retain_from,
  retain_days,
  destroy_at,
}: Unlocked['row']): Omit<CitizenCase['kept'], 'held'> {
  const until = destroy_at ? addDays(civilDate(destroy_at), -1) : undefined;
  return { from: retain_from, days: retain_days, until };
}

/** Nothing is destroyed while money has yet to be given back: no page may name a day that passes without it. */
async function isHeld({ db, payments }: CaseContext, { id, state }: CaseView): Promise<boolean> {
  if (!isClosed(state)) return false;
  return (await payments.unsettled(db, id)).length > 0;
}

function textsOf(
  states: Readonly<Partial<Record<Language, Readonly<Record<string, string>>>>>,
  state: string,
): CitizenCase['stateText'] {
  const texts = Object.entries(states).flatMap(([language, words]) =>
    words[state] === undefined ? [] : [[language, words[state]] as const],
  );
  return texts.length === 0 ? {} : completed<string>(Object.fromEntries(texts));
}

/** @returns a file that stands in the citizen's own history; undefined for every other, also of the same case */
export async function fileForCitizen(
  context: CaseContext,
  caseId: string,
  fileId: string,
): Promise<CaseAttachment | undefined> {
  const unlocked = isUuid(fileId) ? await unlock(context, caseId) : undefined;
  const view = unlocked && (await viewOf(context, unlocked));
  const shown = view && historyOf(view).some(({ files }) => files.some(({ id }) => id === fileId));
  return shown ? readFile(context.db, unlocked.seals, caseId, fileId) : undefined;
}
