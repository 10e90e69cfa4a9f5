/** The walk of an answer, from the form that was sent to the page that comes next. */
import { Hono } from 'hono';
import { goesOn } from '#booking';
import { type FieldError, type FormFields, filesIn, type PageReading, readPage, walk } from '#journey';
import type { Answers, CompiledService, PageKind } from '#service';
import { type CitizenEnv, type Draft, first, readOwnForm, takerOf, typedOf } from '#visit';
import { saidAt } from './allowance.ts';
import { press } from './buttons.ts';
import { takeCamera } from './camera.tsx';
import type { ErrandDeps } from './deps.ts';
import { BACK, goBack } from './go-back.ts';
import { keepFiles } from './kept-files.ts';
import type { At, KindOfPage, Show } from './kinds/kind.ts';
import { type Resolved, resolveAnswers, tourOf, withAllowance } from './resolve.ts';
import { answered, keepUnsent, refuse } from './shown-again.ts';
import { unseenPicture } from './shown-pictures.tsx';
import { askedPage, changed, countEnd, type Here, hereAt, nextOf, pageUrl } from './standing.ts';

/** What was sent finds its page and where the person stands once; what is done with it is the matter of the page's kind. */
export function answerRoutes(
  deps: ErrandDeps,
  kinds: Readonly<Record<PageKind, KindOfPage>>,
): Hono<CitizenEnv> {
  const app = new Hono<CitizenEnv>();
  app.post('/service/:slug/:page', async (c, next) => {
    const asked = askedPage(c, deps);
    if (!asked) return next();
    const kind = kinds[asked.page.kind];
    const isSo = await kind.before({ c, deps, asked });
    if (isSo) return isSo;
    const here = await hereAt(c, deps, asked);
    if (here instanceof Response) return here;
    const form = await readOwnForm(c);
    const at = { c, deps, here };
    return first(form.fields, '_action') === BACK ? goBack(at, form) : kind.take(at, kind.show);
  });
  return app;
}

/**
 * Takes what was answered on a page, and leads to the next.
 * @param then what belongs to it once it is kept
 */
export async function takeAnswers(
  at: At,
  show: Show,
  then?: (at: At, answers: Answers) => Promise<void>,
): Promise<Response> {
  const { c, deps, here } = at;
  const form = await readOwnForm(c);
  const action = first(form.fields, '_action') || 'next';
  const unseen = unseenPicture(at, action, form.fields);
  if (unseen !== undefined) return showAnew(at, form.fields, unseen);
  const resolved = await resolveAnswers(deps, here, form, takerOf(c, deps));
  const { service, page, draft, moment } = here;
  const reading = readPage(service, page, form.fields, draft, moment, deps.reference, resolved.answers);
  if (action !== 'next') return press(at, show, action, { form, resolved, reading });
  const errors = await wrongIn(at, resolved, reading);
  if (errors.length === 0) return moveOn(at, reading, then);
  const kept = await keepFiles(deps, here, reading.answers);
  await keepEntries(deps, kept, reading.answers, errors);
  return refuse({ ...at, here: kept }, show, reading, errors);
}

/** @returns all that is wrong with what was sent: what only the office can say of a field is said once */
async function wrongIn({ deps, here }: At, resolved: Resolved, reading: PageReading): Promise<FieldError[]> {
  const errors = [...resolved.errors, ...reading.errors.filter((error) => !resolved.fields.has(error.field))];
  return errors.length > 0 ? errors : usedUp(deps, here, reading);
}

/** @returns what is said where an allowance is used up, and the service does not ask on */
async function usedUp(deps: ErrandDeps, here: Here, reading: PageReading): Promise<FieldError[]> {
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
  const kept = { ...draft, answers: { ...draft.answers, ...entries } };
  visit.secret.drafts[service.slug] = changed(deps, service, draft, kept);
  await deps.store.save(visit);
}

/** The answers are kept, and what they replace goes; then comes the first page that still needs something. */
async function moveOn(
  at: At,
  reading: PageReading,
  then: (at: At, answers: Answers) => Promise<void> = async () => {},
): Promise<Response> {
  const { c, deps, here } = at;
  const { visit, service, page, draft } = here;
  const seen = draft.seen.includes(page.id) ? draft.seen : [...draft.seen, page.id];
  const dated = withoutStrayDates(deps, here, reading.answers);
  const answers = await withAllowance(deps.booking, service, page, dated);
  const { renewed: _told, ...kept } = answered(draft, page);
  const now = withDatesSaid(
    service,
    draft.answers,
    changed(deps, service, draft, { ...kept, answers, seen }, page),
  );
  visit.secret.drafts[service.slug] = now;
  const camera = takeCamera(visit, here);
  if (!(await deps.store.save(visit))) return askAgain(at, reading);
  if (camera !== undefined) await deps.phoneCameras.forget(camera);
  await dropReplaced(deps, here, answers);
  const next = nextOf({ service, draft: now, walked: walk(service, now, here.moment) });
  await then(at, answers);
  await countEnd(deps, here, next);
  return c.redirect(pageUrl(service, next), 303);
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

/** Where a date was dropped, its page says so when its person comes there to choose again. */
function withDatesSaid(service: CompiledService, before: Answers, draft: Draft): Draft {
  const dropped = service.pages.flatMap(({ id, questions }) =>
    questions
      .filter(
        (one) => one.kind === 'slot' && before[one.id] !== undefined && draft.answers[one.id] === undefined,
      )
      .map((one) => {
        const error: FieldError = { field: one.id, code: 'slotStray', own: false, params: {} };
        return [id, { fields: {}, errors: [error] }] as const;
      }),
  );
  return dropped.length > 0
    ? { ...draft, unsent: { ...draft.unsent, ...Object.fromEntries(dropped) } }
    : draft;
}

/** Files that the page replaced. Only now: what is not saved yet may still be refused. */
async function dropReplaced(deps: ErrandDeps, { visit, page, draft }: Here, answers: Answers): Promise<void> {
  if (!page.questions.some(({ kind }) => kind === 'file')) return;
  const kept = new Set(filesIn(answers).map(({ file }) => file));
  for (const { file } of filesIn(draft.answers)) if (!kept.has(file)) await deps.files.drop(visit, file);
}

/** Another tab was faster: the page is shown once more with what was typed, on top of what the other tab has said. */
async function askAgain(at: At, reading: PageReading): Promise<Response> {
  const here = await keepFiles(at.deps, at.here, reading.answers);
  const { page } = here;
  return showAnew({ ...at, here }, reading.raw, page.questions[0]?.id ?? page.id);
}

/** What is there is not what the page showed: it is shown as it is now, with all that was typed. @param field where it says so */
async function showAnew({ c, deps, here }: At, fields: FormFields, field: string): Promise<Response> {
  await keepUnsent(deps, here, {
    fields: typedOf(fields),
    errors: [{ field, code: 'formOutdated', own: false, params: {} }],
  });
  return c.redirect(pageUrl(here.service, here.page), 303);
}
