import { Hono } from 'hono';
import { TransitionError } from '#cases';
import type { FieldError } from '#journey';
import type { FileAnswer } from '#service';
import { type CitizenContext, type CitizenEnv, pageOf, readOwnForm } from '../context.ts';
import { takeIn } from '../files.ts';
import { first, type SentForm } from '../forms.ts';
import { ATTACHMENT, MOST_ATTACHED } from '../pages/status-actions.tsx';
import { type OpenCase, statusCasePage } from '../pages/status-case.tsx';
import { statusFormPage } from '../pages/status-form.tsx';
import type { JourneyDeps } from '../standing.ts';
import type { Reply, Visit } from '../store.ts';
import { casePageOf, openCase } from './status-open.ts';

/** A longer letter belongs into a file. */
const MOST_CHARACTERS = 4000;

const NOTHING: Reply = { text: '', files: [] };

/** What a citizen writes back: text, files, or both. What was right is kept until all of it is. */
export function statusAnswerRoutes(deps: JourneyDeps): Hono<CitizenEnv> {
  const app = new Hono<CitizenEnv>();

  app.post('/status/case/answer', async (c) => {
    const form = await readOwnForm(c);
    const visit = c.get('visit');
    if (!visit) return askForCode(c, deps, form);
    const open = await openCase(c, deps);
    if (!open) return c.redirect('/status', 303);
    const [, removed] = /^drop:([\w-]+)$/.exec(first(form.fields, '_action')) ?? [];
    if (removed) {
      await remove(deps, visit, removed, first(form.fields, 'text'));
      return c.redirect('/status/case', 303);
    }
    const { reply, errors } = await taken(deps, visit, form);
    if (errors.length === 0 && reply.text === '' && reply.files.length === 0)
      errors.push(wrong('text', 'required'));
    if (errors.length > 0) {
      await keep(deps, visit, reply);
      return c.html(statusCasePage(casePageOf(c, deps), open, { code: 'answer', errors }, reply), 422);
    }
    return send(c, deps, { visit, open, reply });
  });

  return app;
}

const wrong = (field: string, code: FieldError['code'], params: FieldError['params'] = {}): FieldError => ({
  field,
  code,
  own: false,
  params,
});

async function keep(deps: JourneyDeps, visit: Visit, reply: Reply | undefined): Promise<void> {
  await deps.store.update(visit, ({ secret }) => {
    if (secret.status) secret.status = { ...secret.status, reply };
  });
}

async function remove(deps: JourneyDeps, visit: Visit, id: string, text: string): Promise<void> {
  const { files } = visit.secret.status?.reply ?? NOTHING;
  if (!files.some(({ file }) => file === id)) return;
  await keep(deps, visit, { text, files: files.filter(({ file }) => file !== id) });
  await deps.files.drop(visit, id);
}

/** What was sent, put to what is there already; every file that cannot be taken is said. */
async function taken(
  deps: JourneyDeps,
  visit: Visit,
  form: SentForm,
): Promise<{ reply: Reply; errors: FieldError[] }> {
  const errors: FieldError[] = [];
  const text = first(form.fields, 'text').trim();
  if (text.length > MOST_CHARACTERS) errors.push(wrong('text', 'tooLong', { max: MOST_CHARACTERS }));
  const files: FileAnswer[] = [...(visit.secret.status?.reply ?? NOTHING).files];
  for (const upload of form.uploads.get('file') ?? []) {
    if (files.length >= MOST_ATTACHED) {
      errors.push(wrong('file', 'fileTooMany', { max: MOST_ATTACHED }));
      break;
    }
    const one = await takeIn(deps, visit, upload, ATTACHMENT);
    if (one.ok) files.push(one.file);
    else errors.push(wrong('file', one.code, one.params));
  }
  return { reply: { text, files }, errors };
}

async function send(
  c: CitizenContext,
  deps: JourneyDeps,
  { visit, open, reply }: { visit: Visit; open: OpenCase; reply: Reply },
): Promise<Response> {
  const files = [];
  for (const { file, name, mediaType } of reply.files) {
    const content = await deps.files.read(visit, file);
    if (content) files.push({ name, mediaType, content });
  }
  try {
    await deps.cases.answer(open.view.id, { text: reply.text, files });
  } catch (error) {
    if (!(error instanceof TransitionError)) throw error;
    // Decided or withdrawn meanwhile: nothing can be added, and the person must know that it was not.
    const now = (await openCase(c, deps)) ?? open;
    return c.html(statusCasePage(casePageOf(c, deps), now, { code: 'notAnswered', errors: [] }, reply), 422);
  }
  await keep(deps, visit, undefined);
  for (const { file } of reply.files) await deps.files.drop(visit, file);
  return c.redirect('/status/case', 303);
}

/** The visit has run out while somebody wrote: with the code once more, they go on where they were. */
function askForCode(c: CitizenContext, deps: JourneyDeps, form: SentForm): Response | Promise<Response> {
  const typed = { number: first(form.fields, 'number'), code: '' };
  const lost = { text: first(form.fields, 'text'), files: form.uploads.size > 0 };
  return c.html(statusFormPage(pageOf(c, deps, '', { path: '/status' }), typed, [], lost), 422);
}
