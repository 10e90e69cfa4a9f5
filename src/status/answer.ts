import { Hono } from 'hono';
import { CaseFullError, TransitionError } from '#cases';
import {
  type CitizenContext,
  type CitizenEnv,
  first,
  pageOf,
  readOwnForm,
  type SentForm,
  takerOf,
  unlessGone,
  type Visit,
} from '#visit';
import { type OpenCase, statusCasePage } from './case-page.tsx';
import type { StatusDeps } from './deps.ts';
import { statusFormPage } from './form-page.tsx';
import { casePageOf, openCase } from './open.ts';
import { type Judged, keep, keepDone, taken, wanted } from './reply.ts';

/** What a citizen writes back: text, files, or both. What was right is kept until all of it is. */
export function statusAnswerRoutes(deps: StatusDeps): Hono<CitizenEnv> {
  const app = new Hono<CitizenEnv>();

  app.post('/status/case/answer', async (c) => {
    const form = await readOwnForm(c);
    try {
      return await answer(c, deps, form);
    } catch (error) {
      unlessGone(error);
      return askForCode(c, deps, form);
    }
  });

  return app;
}

/** @throws VisitGoneError when the visit ends meanwhile; nothing was sent then */
async function answer(c: CitizenContext, deps: StatusDeps, form: SentForm): Promise<Response> {
  const visit = c.get('visit');
  if (!visit) return askForCode(c, deps, form);
  const open = await openCase(c, deps);
  // Its time is over: the page says so.
  if (!open) return visit.secret.status ? c.redirect('/status/case', 303) : askForCode(c, deps, form);
  const [, removed] = /^drop:([\w-]+)$/.exec(first(form.fields, '_action')) ?? [];
  if (removed) {
    await remove(c, deps, visit, removed, form);
    return c.redirect('/status/case', 303);
  }
  const reply = await wanted(deps, visit, form, takerOf(c, deps));
  if (reply.errors.length > 0) {
    const kept = await keep(deps, visit, reply);
    return c.html(statusCasePage(casePageOf(c, deps), open, { reply: kept }), 422);
  }
  return send(c, deps, { visit, open, reply, once: onceOf(form) });
}

/** Takes a file off again; what was written, and what was chosen meanwhile, stays. */
async function remove(
  c: CitizenContext,
  deps: StatusDeps,
  visit: Visit,
  id: string,
  form: SentForm,
): Promise<void> {
  if (!visit.secret.status?.reply?.files.some(({ file }) => file === id)) return;
  const reply = await taken(deps, visit, form, takerOf(c, deps), id);
  await keep(deps, visit, { ...reply, again: true }, id);
}

async function send(
  c: CitizenContext,
  deps: StatusDeps,
  { visit, open, reply, once }: { visit: Visit; open: OpenCase; reply: Judged; once: string | undefined },
): Promise<Response> {
  const files = [];
  for (const { file, name, mediaType } of reply.files) {
    const content = await deps.files.read(visit, file);
    if (content) files.push({ name, mediaType, content });
  }
  try {
    await deps.cases.answer(open.view.id, { ...(once && { once }), text: reply.text, files });
  } catch (error) {
    const full = error instanceof CaseFullError;
    if (!full && !(error instanceof TransitionError)) throw error;
    // Decided or withdrawn meanwhile, or full: nothing can be added, and the person must know that it was not.
    const now = (await openCase(c, deps)) ?? open;
    const kept = await keep(deps, visit, reply);
    return c.html(
      statusCasePage(casePageOf(c, deps), now, { trouble: 'notAnswered', full, reply: kept }),
      422,
    );
  }
  // It is sent, whatever becomes of the visit.
  await keepDone(deps, visit, 'answered', reply).catch(unlessGone);
  for (const { file } of reply.files) await deps.files.drop(visit, file);
  return c.redirect('/status/case', 303);
}

/** @returns what names the form, where it is one of ours */
function onceOf({ fields }: SentForm): string | undefined {
  return /^[0-9a-f-]{36}$/.exec(first(fields, '_once'))?.[0];
}

/** The visit has run out while somebody wrote: with the code once more, they go on where they were. */
function askForCode(c: CitizenContext, deps: StatusDeps, form: SentForm): Response | Promise<Response> {
  const typed = { number: first(form.fields, 'number'), code: '' };
  const lost = { text: first(form.fields, 'text'), files: form.uploads.size > 0 };
  return c.html(statusFormPage(pageOf(c, deps, '', { path: '/status' }), typed, [], lost), 422);
}
