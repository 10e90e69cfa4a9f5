import { Hono } from 'hono';
import { type FreeSlot, SlotLostError } from '#booking';
import { CaseFullError, type CitizenCase, TransitionError } from '#cases';
import { fileAnswer } from '#http';
import type { FormFields } from '#journey';
import type { Taker } from '#share';
import {
  bondOf,
  type CitizenContext,
  type CitizenEnv,
  clientOf,
  type Done,
  digestOf,
  ensureVisit,
  findSaid,
  first,
  moveOnWith,
  pageOf,
  readOwnForm,
  readPair,
  saidIn,
  screenOf,
  setBond,
  type TypedPair,
  typedAgain,
  unlessGone,
  type VisitSecret,
} from '#visit';
import { DATES_TROUBLES, statusDatesPage } from './actions.tsx';
import { type OpenCase, statusCasePage } from './case-page.tsx';
import type { StatusDeps } from './deps.ts';
import { type Lost, type StatusError, statusFormPage } from './form-page.tsx';
import { statusGonePage } from './gone-page.tsx';
import { casePageOf, openCase } from './open.ts';
import { keepDone, toSay } from './reply.ts';

const DATES_SHOWN = 12;
const CASE = '/status/case';

/** The status page: number and code open a case; its citizen reads, answers, moves the date, withdraws. */
export function statusRoutes(deps: StatusDeps): Hono<CitizenEnv> {
  const app = new Hono<CitizenEnv>();

  app.get('/status', async (c) => {
    const { fields = {}, said = [] } = (await typedAgain(c, deps)) ?? {};
    const typed = { number: first(fields, 'number'), code: first(fields, 'code') };
    const errors = errorsSaid(typed, said);
    setBond(c);
    return c.html(statusFormPage(pageOf(c, deps, ''), typed, errors, lostIn(fields, said)));
  });

  app.post('/status', async (c) => {
    const { fields } = await readOwnForm(c);
    const typed = { number: first(fields, 'number'), code: first(fields, 'code') };
    // What somebody wrote when the visit ran out: it goes on with the case.
    const text = first(fields, 'text');
    const lost = lostIn(fields, saidIn(fields));
    const refuse = (errors: readonly StatusError[], status: 422 | 429) =>
      c.html(statusFormPage(pageOf(c, deps, ''), typed, errors, lost), status);
    const read = readPair(typed);
    if (Array.isArray(read)) return refuse(read, 422);
    const { number, code } = read;
    const digest = digestOf(JSON.stringify([number, code, text]));
    // Sent once more, because the first answer to it never came: it is open.
    const { status, shown } = c.get('visit')?.secret ?? {};
    if (status && shown?.digest === digest) return c.redirect(CASE, 303);
    const opened = await deps.cases.openWithCode(number, code, clientOf(c, deps.config.proxies), screenOf(c));
    if (!opened.ok) {
      if (opened.reason === 'destroyed') return c.html(statusGonePage(pageOf(c, deps, ''), opened.at), 410);
      if (opened.reason !== 'slowed') return refuse([{ field: 'code', code: opened.reason }], 422);
      const seconds = opened.retryAfterSeconds ?? 60;
      c.header('Retry-After', String(seconds));
      return refuse([{ field: 'code', code: 'slowed', seconds }], 429);
    }
    const opens = (secret: VisitSecret): void => {
      const before = secret.status?.caseId === opened.caseId ? secret.status.reply : undefined;
      const reply = text ? { text, files: before?.files ?? [] } : before;
      secret.status = { caseId: opened.caseId, number, accessCode: code, ...(reply && { reply }) };
    };
    // Whoever has the right code gets in, however much has come from their line: it counts for the case. At a terminal always.
    const taker: Taker = { client: `case ${opened.caseId}`, screen: 'own' };
    const share = c.get('terminal') === undefined ? ({ what: 'opened', taker } as const) : null;
    const known = c.get('visit');
    // An answer to another case is not sent any more, and no page shows what was chosen for it.
    if (known && known.secret.status?.caseId !== opened.caseId)
      for (const { file } of known.secret.status?.reply?.files ?? []) await deps.files.drop(known, file);
    if (known) await moveOnWith(c, deps, known, { digest, bond: bondOf(c), path: CASE }, opens);
    else await deps.store.update(await ensureVisit(c, deps, {}, share), ({ secret }) => opens(secret));
    return c.redirect(CASE, 303);
  });

  app.get('/status/case', async (c) => {
    const open = await openCase(c, deps);
    const visit = c.get('visit');
    if (open && visit) return c.html(statusCasePage(casePageOf(c, deps), open, await toSay(deps, visit)));
    const { caseId } = visit?.secret.status ?? {};
    const { destroyedAt } = (caseId !== undefined && (await deps.cases.find(caseId))) || {};
    if (!destroyedAt) return notShown(c, deps);
    return c.html(statusGonePage(pageOf(c, deps, ''), destroyedAt), 410);
  });

  app.get('/status/case/files/:file', async (c) => {
    const open = await openCase(c, deps);
    if (!open) return notShown(c, deps);
    const file = await deps.cases.fileForCitizen(open.view.id, c.req.param('file'));
    return file ? fileAnswer(file) : c.notFound();
  });

  app.post('/status/case/withdraw', async (c) => {
    const { fields } = await readOwnForm(c);
    const open = await openCase(c, deps);
    if (!open) return notOpen(c, deps);
    if (first(fields, 'sure') !== 'yes') {
      return c.html(statusCasePage(casePageOf(c, deps), open, { trouble: 'sure' }), 422);
    }
    try {
      await deps.cases.withdraw(open.view.id);
      await sayDone(c, deps, 'withdrawn');
      return c.redirect(CASE, 303);
    } catch (error) {
      if (error instanceof TransitionError) return refused(c, deps, open, 'notWithdrawn');
      if (!(error instanceof SlotLostError)) throw error;
      return tooLate(c, deps, open);
    }
  });

  app.get('/status/case/date', async (c) => {
    const open = await openCase(c, deps);
    if (!open) return notShown(c, deps);
    const { booking } = open.view;
    if (!booking) return c.redirect(CASE, 303);
    if (!open.view.may.move) return tooLate(c, deps, open);
    const free = await othersFor(deps, booking);
    const { fields = {}, said = [] } = (await typedAgain(c, deps)) ?? {};
    const trouble = findSaid(said, DATES_TROUBLES)?.code;
    return c.html(statusDatesPage(pageOf(c, deps, ''), booking.slot, free, trouble, first(fields, 'slot')));
  });

  app.post('/status/case/date', async (c) => {
    const { fields } = await readOwnForm(c);
    const open = await openCase(c, deps);
    if (!open) return notOpen(c, deps);
    const { booking } = open.view;
    if (!booking) return refused(c, deps, open, 'notMoved');
    const chosen = first(fields, 'slot');
    // The date that somebody has already is not moved to.
    if (chosen === booking.slot.slot) return c.redirect(CASE, 303);
    const ask = async (trouble: 'none' | 'lost'): Promise<Response> => {
      const free = await othersFor(deps, booking);
      return c.html(statusDatesPage(pageOf(c, deps, ''), booking.slot, free, trouble), 422);
    };
    if (chosen === '' && open.view.may.move) return ask('none');
    try {
      await deps.cases.reschedule(open.view.id, chosen);
      await sayDone(c, deps, 'moved');
      return c.redirect(CASE, 303);
    } catch (error) {
      if (error instanceof CaseFullError) return refused(c, deps, open, 'notMoved', true);
      if (error instanceof TransitionError) return refused(c, deps, open, 'notMoved');
      if (!(error instanceof SlotLostError)) throw error;
      return error.reason === 'tooLate' ? tooLate(c, deps, open) : ask('lost');
    }
  });

  return app;
}

/** @returns free dates beside the one that somebody has already, which nobody can move to */
async function othersFor(
  { booking }: StatusDeps,
  { calendar, area, slot }: NonNullable<CitizenCase['booking']>,
): Promise<readonly FreeSlot[]> {
  const free = await booking.free(calendar, area, DATES_SHOWN + 1);
  return free.filter(({ id }) => id !== slot.slot).slice(0, DATES_SHOWN);
}

/** It is done, whatever becomes of the visit. */
async function sayDone(c: CitizenContext, deps: StatusDeps, done: Done): Promise<void> {
  const visit = c.get('visit');
  if (visit) await keepDone(deps, visit, done).catch(unlessGone);
}

/** What is booked stays as it is by now: the page says whom to ask. */
function tooLate(c: CitizenContext, deps: StatusDeps, open: OpenCase): Response | Promise<Response> {
  const may = { ...open.view.may, move: false, withdraw: false };
  return c.html(
    statusCasePage(casePageOf(c, deps), { ...open, view: { ...open.view, may } }, { trouble: 'tooLate' }),
    422,
  );
}

/** The state changed under the person's hands: the page shows what it is now, and says that nothing was done. */
async function refused(
  c: CitizenContext,
  deps: StatusDeps,
  open: OpenCase,
  code: 'notWithdrawn' | 'notMoved',
  full = false,
): Promise<Response> {
  const now = (await openCase(c, deps)) ?? open;
  // Pressed twice: what was wanted is so.
  if (code === 'notWithdrawn' && now.view.state === 'withdrawn') return c.redirect(CASE, 303);
  return c.html(statusCasePage(casePageOf(c, deps), now, { trouble: code, full }), 422);
}

/** The visit has run out, or the case's time is over, while a form of it was open: says that nothing was done. */
function notOpen(c: CitizenContext, deps: StatusDeps): Response | Promise<Response> {
  if (c.get('visit')?.secret.status) return c.redirect(CASE, 303);
  const page = pageOf(c, deps, '', { path: '/status' });
  return c.html(statusFormPage(page, { number: '', code: '' }, [], 'nothingDone'), 422);
}

/** Somebody comes back to a case when their visit has run out: says why number and code are asked for again. */
function notShown(c: CitizenContext, deps: StatusDeps): Response | Promise<Response> {
  if (!c.get('over')) return c.redirect('/status', 303);
  const page = pageOf(c, deps, '', { path: '/status' });
  return c.html(statusFormPage(page, { number: '', code: '' }, [], 'again'), 410);
}

/** @returns what the form had said of number and code */
function errorsSaid(typed: TypedPair, said: readonly string[]): readonly StatusError[] {
  const read = readPair(typed);
  if (said.includes('slip') && Array.isArray(read)) return read;
  const error = findSaid(said, ['wrong', 'unpaid', 'slowed']);
  return error ? [{ field: 'code', ...error }] : [];
}

/** @returns what the form says of a visit that had run out */
function lostIn(fields: FormFields, said: readonly string[]): Lost | undefined {
  const [text, files] = [first(fields, 'text'), said.includes('files')];
  if (text !== '' || files) return { text, files };
  return (['nothingDone', 'again'] as const).find((word) => said.includes(word));
}
