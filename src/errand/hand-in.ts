import { randomUUID } from 'node:crypto';
import { EntitlementUsedError, SlotLostError } from '#booking';
import {
  type CompiledPage,
  type CompiledService,
  type ErrorCode,
  type FieldError,
  filesIn,
  submission,
  walk,
} from '#journey';
import { PAGE_RULES } from '#service';
import {
  bondOf,
  type CitizenContext,
  digestOf,
  first,
  isWhatWasShown,
  ledOn,
  moveOnWith,
  payerIn,
  readOwnForm,
  setVisitCookie,
  shownMarks,
  submissionKeyOf,
  takerOf,
  takeShare,
  VisitGoneError,
  type VisitReceipt,
  type VisitSecret,
} from '#visit';
import { saidAt } from './allowance.ts';
import { RECEIPT_OPEN_MS, toCameIn } from './came-in.ts';
import type { ErrandDeps } from './deps.ts';
import type { At, KindOfPage } from './kinds/kind.ts';
import { fieldsOf, pageUrl, reviewOf, type Standing, sayEnded, serviceUrl } from './standing.ts';

/**
 * What a form of the review page wants may be so already: it was sent before (double tap, Back, a second tab), or paid for.
 * @returns the way to it
 */
export async function isHandedInAlready({
  c,
  deps,
  asked: { service, stand },
}: Parameters<KindOfPage['before']>[0]): Promise<Response | undefined> {
  const { fields } = await readOwnForm(c);
  if (c.get('visit')?.secret.receipts[service.slug]?.key === first(fields, '_draft'))
    return c.redirect(doneUrl(service), 303);
  const cameIn = await toCameIn(c, deps, service.slug);
  if (cameIn) return cameIn;
  return stand && isBeingPaid(stand) ? c.redirect(payUrl(service), 303) : undefined;
}

/** Hands in what the page showed; what costs something is paid for next. */
export async function handInShown({ c, deps, here: stand }: At): Promise<Response> {
  const { service } = stand;
  const { fields } = await readOwnForm(c);
  // A tab that shows an older draft, or older answers: the person looks at what would be handed in first.
  if (!isWhatWasShown(stand, fields)) return c.redirect(pageUrl(service, reviewOf(service)), 303);
  const here = await withoutOldPayment(deps, stand);
  const pay = payUrl(service);
  if (here.visit.secret.paying?.[service.slug]) return c.redirect(pay, 303);
  if (!here.walked.identity)
    await takeShare(deps, 'case', takerOf(c, deps), pageUrl(service, reviewOf(service)));
  try {
    const receipt = await handIn(deps, here);
    if (!receipt.unpaid) return await keepReceipt(c, deps, here, receipt);
    const payer = payerIn(c, here.visit);
    await keep(c, deps, here, pay, (secret) => {
      secret.paying = { ...secret.paying, [service.slug]: { ...receipt, shown: markOf(here), payer } };
    });
    return c.redirect(pay, 303);
  } catch (error) {
    return await backToPage(c, deps, here, error).catch(async (gone: unknown) => {
      if (!(gone instanceof VisitGoneError)) throw gone;
      return (await ledOn(c, deps)) ?? sayEnded(c, deps, service);
    });
  }
}

const doneUrl = (service: CompiledService): string => `${serviceUrl(service)}/done`;
const payUrl = (service: CompiledService): string => `${serviceUrl(service)}/pay`;

/**
 * The visit holds the receipt instead of the draft. A visit that ended while this was handed in (another tab, a screen
 * that nobody seemed to stand at) has lost its answers; the person, who is handed in, gets a new one with number and code.
 */
async function keepReceipt(
  c: CitizenContext,
  deps: ErrandDeps,
  here: Standing,
  receipt: VisitReceipt,
): Promise<Response> {
  const { visit, service } = here;
  const done = doneUrl(service);
  try {
    await keep(c, deps, here, done, (secret) => {
      // Where the end of the visit was faster, it has found the receipt itself, and it may have been seen.
      if (secret.receipts[service.slug]?.key !== receipt.key) secret.receipts[service.slug] = receipt;
      if (secret.drafts[service.slug]?.key === receipt.key) delete secret.drafts[service.slug];
    });
  } catch (error) {
    if (!(error instanceof VisitGoneError)) throw error;
    // Sent twice: the other one was faster.
    const led = await ledOn(c, deps);
    if (led) return led;
    const { site, terminal, language, settings } = visit;
    const next = await deps.store.create(
      { site, terminal, language, settings },
      {},
      { [service.slug]: receipt },
    );
    setVisitCookie(c, next);
  }
  return c.redirect(done, 303);
}

/**
 * Writes down what was handed in. The visit gets a new key with it: number and code are not for whoever knew it before.
 */
async function keep(
  c: CitizenContext,
  deps: ErrandDeps,
  { visit, draft }: Standing,
  path: string,
  change: (secret: VisitSecret) => void,
): Promise<void> {
  const step = { digest: digestOf(draft.key), bond: bondOf(c), path, openMs: RECEIPT_OPEN_MS };
  await moveOnWith(c, deps, visit, step, change);
}

const markOf = (here: Standing): string => shownMarks(here)._shown ?? '';

/** @returns whether just these answers were handed in already, and wait for their payment */
function isBeingPaid(here: Standing): boolean {
  return here.visit.secret.paying?.[here.service.slug]?.shown === markOf(here);
}

/**
 * Answers that were changed after they had been handed in, but before they were paid for: the old case goes, where that
 * is still possible, and these will be another one.
 */
async function withoutOldPayment(deps: ErrandDeps, here: Standing): Promise<Standing> {
  const old = here.visit.secret.paying?.[here.service.slug];
  if (!old) return here;
  await deps.payments.leave(old.caseId);
  if (await deps.cases.find(old.caseId)) return here;
  const draft = { ...here.draft, key: randomUUID() };
  const visit = await deps.store.update(here.visit, ({ secret }) => {
    delete secret.paying?.[here.service.slug];
    secret.drafts[here.service.slug] = draft;
  });
  return { ...here, visit, draft };
}

async function handIn(deps: ErrandDeps, here: Standing): Promise<VisitReceipt & { unpaid: boolean }> {
  const { visit, service, draft, walked } = here;
  const files = [];
  for (const { file, name, mediaType } of filesIn(walked.answers)) {
    const content = await deps.files.read(visit, file);
    if (!content) throw new FileLostError(file);
    files.push({ id: file, name, mediaType, content });
  }
  const receipt = await deps.cases.submit({
    submissionKey: submissionKeyOf(here),
    service,
    submission: submission(service, walked),
    walked,
    language: visit.language,
    site: visit.site,
    visitId: visit.id,
    files,
    payment: { cents: walked.fee.cents },
    wanted: (tx) => deps.store.hold(tx, visit),
  });
  const { caseId, number, accessCode, code, unpaid } = receipt;
  return { key: draft.key, caseId, number, accessCode, code, unpaid };
}

/** An answer names a file that is not there (another tab replaced it). */
class FileLostError extends Error {
  readonly file: string;
  constructor(file: string) {
    super('a file of the draft is not there');
    this.file = file;
  }
}

/** @returns the page that needs another answer before this can be handed in, and what to say there */
function obstacle(
  { service, walked }: Standing,
  error: unknown,
): { page: CompiledPage | undefined; code: ErrorCode; forget: boolean } | undefined {
  const find = (fits: (page: CompiledPage) => boolean) => service.pages.find(fits);
  if (error instanceof SlotLostError)
    return {
      page: find(({ kind }) => PAGE_RULES[kind].asks === 'slot'),
      code: error.reason === 'closed' ? 'slotClosed' : 'slotFull',
      forget: true,
    };
  if (error instanceof EntitlementUsedError)
    return {
      page: find(({ id }) => id === service.entitlement?.page),
      code: 'entitlementUsed',
      forget: false,
    };
  if (!(error instanceof FileLostError)) return undefined;
  const holds = (id: string): boolean => {
    const answer = walked.answers[id];
    return answer !== undefined && filesIn({ [id]: answer }).some(({ file }) => file === error.file);
  };
  const page = find(({ questions }) => questions.some(({ id }) => holds(id)));
  return { page, code: 'fileDamaged', forget: true };
}

/** The person goes back to the page that needs another answer, and loses nothing else. */
async function backToPage(
  c: CitizenContext,
  deps: ErrandDeps,
  here: Standing,
  error: unknown,
): Promise<Response> {
  const { service, draft, walked } = here;
  const allowance = service.entitlement?.answer;
  if (error instanceof EntitlementUsedError && allowance !== undefined) {
    const answers = { ...walked.answers, [allowance]: 'used' };
    await deps.store.update(here.visit, ({ secret }) => {
      secret.drafts[service.slug] = { ...draft, answers };
    });
    const { next = reviewOf(service) } = walk(service, { ...draft, answers }, here.moment);
    return c.redirect(pageUrl(service, next), 303);
  }
  const { page, code, forget } = obstacle(here, error) ?? {};
  const question = page?.questions[0];
  if (!page || !question || !code) throw error;
  const { [question.id]: _lost, ...others } = walked.answers;
  const field = code === 'entitlementUsed' ? saidAt(service, page) : question.id;
  const errors: FieldError[] = [{ field, code, own: false, params: {} }];
  await deps.store.update(here.visit, ({ secret }) => {
    secret.drafts[service.slug] = {
      ...draft,
      answers: forget ? others : walked.answers,
      unsent: {
        ...draft.unsent,
        [page.id]: { fields: forget ? {} : fieldsOf(page, walked.answers), errors },
      },
    };
  });
  return c.redirect(pageUrl(service, page), 303);
}
