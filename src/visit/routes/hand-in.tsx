import { Hono } from 'hono';
import { EntitlementUsedError, SlotLostError } from '#booking';
import { type FieldError, type FormFields, submission } from '#journey';
import type { Answers, FileAnswer } from '#service';
import { type CitizenContext, type CitizenEnv, languageOf, pageOf, readOwnForm } from '../context.ts';
import { first } from '../forms.ts';
import { resultPage } from '../pages/result.tsx';
import {
  fieldsOf,
  type JourneyDeps,
  pageUrl,
  reviewOf,
  type Standing,
  serviceUrl,
  shownMarks,
  standing,
} from '../standing.ts';
import type { VisitReceipt } from '../store.ts';

/** Handing in, and what the person holds afterwards. Mounted before the journey's pages. */
export function handInRoutes(deps: JourneyDeps): Hono<CitizenEnv> {
  const app = new Hono<CitizenEnv>();

  app.post('/service/:slug/:page', async (c, next) => {
    const service = deps.catalogue.get(c.req.param('slug'));
    if (!service || service.pages.at(-1)?.id !== c.req.param('page')) return next();
    const { fields } = await readOwnForm(c);
    const done = `${serviceUrl(service)}/done`;
    // The same page sent again (double tap, Back, a second tab): what was handed in is already there.
    if (c.get('visit')?.secret.receipts[service.slug]?.key === first(fields, '_draft'))
      return c.redirect(done, 303);
    const here = standing(c, deps, service);
    if (!here) return c.redirect(serviceUrl(service), 303);
    // A tab that shows an older draft, or older answers: the person looks at what would be handed in first.
    if (!isWhatWasShown(here, fields)) return c.redirect(pageUrl(service, reviewOf(service)), 303);
    const missing = here.walked.next;
    if (missing && missing !== reviewOf(service)) return c.redirect(pageUrl(service, missing), 303);
    try {
      const receipt = await handIn(deps, here);
      await deps.store.update(here.visit, ({ secret }) => {
        secret.receipts[service.slug] = receipt;
        if (secret.drafts[service.slug]?.key === receipt.key) delete secret.drafts[service.slug];
      });
      return c.redirect(done, 303);
    } catch (error) {
      return backToPage(c, deps, here, error);
    }
  });

  app.get('/service/:slug/done', async (c) => {
    const service = deps.catalogue.get(c.req.param('slug'));
    if (!service) return c.notFound();
    const receipt = c.get('visit')?.secret.receipts[service.slug];
    const shown = receipt && (await deps.cases.shown(receipt.caseId));
    if (!receipt || !shown) return c.redirect(serviceUrl(service), 303);
    const { title } = service.texts[languageOf(c)].result;
    return c.html(
      resultPage(pageOf(c, deps, title, { service: service.slug }), deps, service, receipt, shown),
    );
  });

  return app;
}

function isWhatWasShown(here: Standing, fields: FormFields): boolean {
  return Object.entries(shownMarks(here)).every(([name, mark]) => first(fields, name) === mark);
}

async function handIn(deps: JourneyDeps, here: Standing): Promise<VisitReceipt> {
  const { visit, service, draft, walked } = here;
  const files = [];
  for (const { file, name, mediaType } of filesIn(walked.answers)) {
    const content = await deps.files.read(visit, file);
    if (content) files.push({ id: file, name, mediaType, content });
  }
  const receipt = await deps.cases.submit({
    submissionKey: draft.key,
    service,
    submission: submission(service, walked),
    walked,
    language: visit.language,
    site: visit.site,
    visitId: visit.id,
    files,
  });
  const { caseId, number, accessCode, code } = receipt;
  return { key: draft.key, caseId, number, accessCode, code };
}

/** @returns every uploaded file among the answers, also inside groups */
function filesIn(answers: Answers): FileAnswer[] {
  const isFile = (value: object): value is FileAnswer => 'file' in value && 'mediaType' in value;
  const search = (value: unknown): FileAnswer[] => {
    if (typeof value !== 'object' || value === null) return [];
    if (isFile(value)) return [value];
    return Object.values(value).flatMap(search);
  };
  return search(answers);
}

/** Somebody else was faster: the person goes back to the page that needs another answer, and loses nothing else. */
async function backToPage(
  c: CitizenContext,
  deps: JourneyDeps,
  here: Standing,
  error: unknown,
): Promise<Response> {
  const { service, draft, walked } = here;
  const lost = error instanceof SlotLostError;
  if (!lost && !(error instanceof EntitlementUsedError)) throw error;
  const page = service.pages.find((one) =>
    lost ? one.kind === 'slot' : one.id === service.entitlement?.page,
  );
  const question = page?.questions[0];
  if (!page || !question) throw error;
  const { [question.id]: _lost, ...others } = walked.answers;
  const errors: FieldError[] = [
    { field: question.id, code: lost ? 'slotFull' : 'entitlementUsed', own: false, params: {} },
  ];
  await deps.store.update(here.visit, ({ secret }) => {
    secret.drafts[service.slug] = {
      ...draft,
      answers: lost ? others : walked.answers,
      pending: { page: page.id, fields: lost ? {} : fieldsOf(page, walked.answers), errors },
    };
  });
  return c.redirect(pageUrl(service, page), 303);
}
