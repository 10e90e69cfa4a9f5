import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { getCookie } from 'hono/cookie';
import { goesOn } from '#booking';
import {
  applyGroupAction,
  type CompiledService,
  type FieldError,
  type FormFields,
  type GroupOutcome,
  type PageReading,
  readPage,
  toldWrong,
  walk,
} from '#journey';
import type { Answers, CompiledPage } from '#service';
import {
  BEGUN,
  type CitizenContext,
  type CitizenEnv,
  type Draft,
  ensureVisit,
  filesIn,
  first,
  readOwnForm,
  setBond,
  setVisitCookie,
  takerOf,
  typedOf,
} from '#visit';
import { fieldId } from '#web';
import { saidAt } from './allowance.ts';
import type { ErrandDeps } from './deps.ts';
import { journeyPage, type View } from './journey-page.tsx';
import { keepFiles, removeFile } from './kept-files.ts';
import { resolveAnswers, tourOf, withAllowance } from './resolve.ts';
import { fieldsOf, type Here, listsMark, pageUrl, placeOf, reviewOf, standing } from './standing.ts';

/** Service pages: what it is, start, and one page of the journey after another. */
export function journeyRoutes(deps: ErrandDeps): Hono<CitizenEnv> {
  const app = new Hono<CitizenEnv>();

  app.post('/service/:slug', async (c) => {
    const service = deps.catalogue.get(c.req.param('slug'));
    if (!service || service.pages.length === 0) return c.notFound();
    const { fields } = await readOwnForm(c);
    const begun = first(fields, '_action') === 'restart' ? undefined : standing(c, deps, service);
    if (begun) return c.redirect(pageUrl(service, begun.walked.next ?? reviewOf(service)), 303);
    const draft = newDraft(service);
    const isKnown = Object.keys(getCookie(c)).length > 0;
    const visit = await ensureVisit(c, deps, { [service.slug]: draft });
    const former = visit.secret.drafts[service.slug];
    if (former !== draft) {
      if (former) await deps.booking.release(visit.id);
      // The last one is the one that somebody is in the middle of.
      delete visit.secret.drafts[service.slug];
      visit.secret.drafts[service.slug] = draft;
      await deps.store.save(visit);
      setVisitCookie(c, visit);
    }
    const start = standing(c, deps, service);
    const to = pageUrl(service, start?.walked.next ?? reviewOf(service));
    return c.redirect(isKnown ? to : `${to}?${BEGUN}`, 303);
  });

  app.get('/service/:slug/:page', async (c, next) => {
    // Its cookie came: who goes back to this page after the visit is not told of cookies.
    if (c.get('visit') && c.req.query(BEGUN) !== undefined) return c.redirect(c.req.path, 303);
    const here = await placeOf(c, deps);
    if (here === undefined) return next();
    if (here instanceof Response) return here;
    const again = here.draft.pending?.page === here.page.id ? here.draft.pending : undefined;
    const { fields, entry } = shownAgain(here, again?.fields);
    // Ties handing in to this browser: should the answer get lost, it is led to number and code, and nobody else is.
    if (here.page.kind === 'review') setBond(c);
    return c.html(
      await journeyPage(c, deps, here, {
        fields,
        errors: again?.errors ?? toldWrong(here.page, here.draft, deps.reference),
        entry: entryOf(c) ?? entry,
      }),
    );
  });

  app.post('/service/:slug/:page', async (c, next) => {
    const here = await placeOf(c, deps);
    if (here === undefined) return next();
    if (here instanceof Response) return here;
    const form = await readOwnForm(c);
    const resolved = await resolveAnswers(deps, here, form, takerOf(c, deps));
    const reading = readPage(
      here.service,
      here.page,
      form.fields,
      here.draft,
      here.moment,
      deps.reference,
      resolved.answers,
    );
    const action = first(form.fields, '_action') || 'next';
    const [, removed] = /^drop:(\w+)$/.exec(action) ?? [];
    if (removed) {
      await removeFile(deps, here, removed, { form, ...resolved });
      return c.redirect(`${pageUrl(here.service, here.page)}#${fieldId(removed)}`, 303);
    }
    if (isRemovedAlready(here, action, form.fields)) return c.redirect(pageUrl(here.service, here.page), 303);
    if (action !== 'next') return groupAction(c, deps, here, reading, action);
    const errors = [
      ...resolved.errors,
      ...reading.errors.filter((error) => !resolved.fields.has(error.field)),
    ];
    if (errors.length === 0) errors.push(...(await allowance(deps, here, reading)));
    if (errors.length > 0) {
      const kept = await keepFiles(deps, here, reading.answers);
      await keepEntries(deps, kept, reading.answers, errors);
      return showErrors(c, deps, kept, reading, errors);
    }
    return moveOn(c, deps, here, reading);
  });

  return app;
}

function newDraft(service: CompiledService): Draft {
  return { key: randomUUID(), version: service.version, answers: {}, seen: [] };
}

/** The fields of all entries of the page's groups as they were answered. */
function entryFields({ page }: Here, answers: Answers): FormFields {
  const answered = Object.entries(fieldsOf(page, answers));
  return Object.fromEntries(answered.filter(([name]) => name.includes('[')));
}

/** What was typed is one open entry of a group: the others are shown beside it as they were answered. */
function shownAgain(here: Here, typed: FormFields | undefined): Pick<View, 'fields' | 'entry'> {
  if (!typed) return { fields: undefined, entry: undefined };
  const entries = entryFields(here, here.walked.answers);
  const open = new Set(Object.keys(typed).flatMap((name) => /\[(\d+)\]/.exec(name)?.[1] ?? []));
  const [only] = open;
  return { fields: { ...entries, ...typed }, entry: open.size === 1 ? Number(only) : undefined };
}

function entryOf(c: CitizenContext): number | undefined {
  const entry = c.req.query('entry');
  return entry !== undefined && /^\d{1,2}$/.test(entry) ? Number(entry) : undefined;
}

async function allowance(deps: ErrandDeps, here: Here, reading: PageReading): Promise<FieldError[]> {
  const { entitlement } = here.service;
  // Where the service asks on, used up is an answer and not the end.
  if (entitlement?.page !== here.page.id || entitlement.answer !== undefined) return [];
  const left = await deps.booking.entitlement.left(here.service, reading.answers);
  if (left === undefined || left.left > 0) return [];
  const field = saidAt(here.service, here.page);
  return [{ field, code: 'entitlementUsed', own: false, params: { limit: left.limit } }];
}

/**
 * Entries of a group that are right one by one, and wrong together (somebody stands there twice): kept, so that the buttons beside
 * them can change and remove them. The page stays incomplete while its limit does not hold.
 */
async function keepEntries(
  deps: ErrandDeps,
  { visit, service, page, draft }: Here,
  read: Answers,
  errors: readonly FieldError[],
): Promise<void> {
  const together = new Set(errors.flatMap(({ field, own }) => (own ? [field] : [])));
  const groups = page.questions.filter(({ id, kind }) => kind === 'group' && together.has(id));
  if (groups.length === 0) return;
  const entries = Object.fromEntries(
    groups.flatMap(({ id }) => {
      const answer = read[id];
      return answer === undefined ? [] : [[id, answer] as const];
    }),
  );
  visit.secret.drafts[service.slug] = { ...draft, answers: { ...draft.answers, ...entries } };
  await deps.store.save(visit);
}

async function showErrors(
  c: CitizenContext,
  deps: ErrandDeps,
  here: Here,
  reading: PageReading,
  errors: readonly FieldError[],
): Promise<Response> {
  const fields = { ...entryFields(here, reading.answers), ...reading.raw };
  await keepShown(deps, here, { page: here.page.id, fields: typedOf(reading.raw), errors });
  return c.html(await journeyPage(c, deps, here, { fields, errors, entry: entryOf(c) }), 422);
}

/** What is wrong is said once more when the language or the size of the text changes: that is why people change it. */
async function keepShown(
  deps: ErrandDeps,
  { visit, service }: Here,
  pending: NonNullable<Draft['pending']>,
): Promise<void> {
  await deps.store.update(visit, ({ secret }) => {
    const draft = secret.drafts[service.slug];
    if (draft) secret.drafts[service.slug] = { ...draft, pending };
  });
}

/**
 * The draft once a page was answered: what was typed on another page and not sent yet waits there, and what was wrong with
 * it is judged anew, because another answer may have made it right.
 */
function answered(draft: Draft, page: CompiledPage): Draft {
  const { pending, ...rest } = draft;
  return pending && pending.page !== page.id ? { ...rest, pending: { ...pending, errors: [] } } : rest;
}

async function moveOn(
  c: CitizenContext,
  deps: ErrandDeps,
  here: Here,
  reading: PageReading,
): Promise<Response> {
  const { visit, service, page, draft } = here;
  const seen = draft.seen.includes(page.id) ? draft.seen : [...draft.seen, page.id];
  const dated = withoutStrayDates(deps, here, reading.answers);
  const answers = await withAllowance(deps.booking, service, page, dated);
  const { renewed: _told, ...kept } = answered(draft, page);
  visit.secret.drafts[service.slug] = { ...kept, answers, seen };
  if (!(await deps.store.save(visit))) return askAgain(c, deps, here, reading);
  await dropReplaced(deps, here, answers);
  const { next = reviewOf(service) } = walk(service, { ...kept, answers, seen }, here.moment);
  if (page.kind === 'portal') await countReturn(deps, here, answers);
  if (next.kind === 'finish') await deps.count(here, 'service.finished', 'finished');
  return c.redirect(pageUrl(service, next), 303);
}

/** How people say it went at another authority's portal. */
async function countReturn(deps: ErrandDeps, here: Here, answers: Answers): Promise<void> {
  const went = here.page.questions.map(({ id }) => answers[id]).find((answer) => typeof answer === 'string');
  await deps.count(
    here,
    'portal.back',
    went === 'done' || went === 'later' || went === 'problem' ? went : 'other',
  );
}

/** Files that the page replaced. Only now: what is not saved yet may still be refused. */
async function dropReplaced(deps: ErrandDeps, { visit, page, draft }: Here, answers: Answers): Promise<void> {
  if (!page.questions.some(({ kind }) => kind === 'file')) return;
  const kept = new Set(filesIn(answers).map(({ file }) => file));
  for (const { file } of filesIn(draft.answers)) if (!kept.has(file)) await deps.files.drop(visit, file);
}

/** Another tab was faster: the page is shown once more with what was typed, on top of what the other tab has said. */
async function askAgain(
  c: CitizenContext,
  deps: ErrandDeps,
  here: Here,
  reading: PageReading,
): Promise<Response> {
  const { service, page } = here;
  const field = page.questions[0]?.id ?? page.id;
  await keepShown(deps, here, {
    page: page.id,
    fields: typedOf(reading.raw),
    errors: [{ field, code: 'formOutdated', own: false, params: {} }],
  });
  return c.redirect(pageUrl(service, page), 303);
}

/** A date belongs to a tour: with another address or for other things another one comes, and the date must be chosen again. */
function withoutStrayDates(deps: ErrandDeps, here: Here, answers: Answers): Answers {
  const kept = { ...answers };
  for (const question of here.service.questions.values()) {
    if (question.kind !== 'slot') continue;
    const [now, before] = [answers, here.draft.answers].map((all) => tourOf(deps.city, question, all));
    if (!now || !before || !goesOn(now, before)) delete kept[question.id];
  }
  return kept;
}

/** An entry is removed by its place. Sent twice, because the first answer never came, it would take the next one as well. */
function isRemovedAlready(here: Here, action: string, fields: FormFields): boolean {
  const shown = first(fields, '_lists');
  return action.startsWith('remove:') && shown !== '' && shown !== listsMark(here);
}

/** Where the page goes on: at the first field of the entry that is open now, or at the group that lost one. */
function placeIn(page: CompiledPage, { group, open }: GroupOutcome): string {
  if (open === undefined) return `#${fieldId(group)}`;
  const [asked] = page.questions.find(({ id }) => id === group)?.questions ?? [];
  return `?entry=${open}#${fieldId(asked ? `${group}[${open}].${asked.id}` : group)}`;
}

async function groupAction(
  c: CitizenContext,
  deps: ErrandDeps,
  here: Here,
  reading: PageReading,
  action: string,
): Promise<Response> {
  const { visit, service, page, draft } = here;
  const done = applyGroupAction(service, page, reading, action);
  if (!done) return showErrors(c, deps, here, reading, reading.errors);
  if (done.errors.length > 0) return showErrors(c, deps, here, reading, done.errors);
  visit.secret.drafts[service.slug] = { ...answered(draft, page), answers: done.answers };
  await deps.store.save(visit);
  return c.redirect(`${pageUrl(service, page)}${placeIn(page, done)}`, 303);
}
