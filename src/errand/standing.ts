/** Where somebody stands in a service: their visit, their draft, the pages that apply. */
import {
  type CompiledPage,
  type CompiledService,
  type FormFields,
  formFieldsOf,
  type Walk,
  walk,
  withoutStrayOutcomes,
} from '#journey';
import { type Answers, PAGE_RULES } from '#service';
import { type Moment, momentOf } from '#time';
import {
  BEGUN,
  type CitizenContext,
  type Draft,
  ENDED,
  languageOf,
  markOf,
  NOTHING,
  own,
  pageOf,
  ranOutPage,
  settingsOf,
  type Visit,
} from '#visit';
import type { ErrandDeps } from './deps.ts';

/** A visit, a draft of this service in it, and where its person stands. */
export interface Standing {
  visit: Visit;
  service: CompiledService;
  draft: Draft;
  walked: Walk;
  moment: Moment;
}

/** A person on one page of a service. */
export interface Here extends Standing {
  page: CompiledPage;
}

/** A page that was asked for, and where whoever asks stands in its service; nowhere without a draft. */
export interface AskedPage {
  service: CompiledService;
  page: CompiledPage;
  stand: Standing | undefined;
}

/** @returns where the person stands in this service, or undefined when no draft has been begun */
export function standing(
  c: CitizenContext,
  deps: ErrandDeps,
  service: CompiledService,
): Standing | undefined {
  const visit = c.get('visit');
  return visit && standingIn(visit, deps, service);
}

/** @returns the same for a visit, whoever asks */
export function standingIn(
  visit: Visit,
  deps: Pick<ErrandDeps, 'clock' | 'reference'>,
  service: CompiledService,
): Standing | undefined {
  const draft = own(visit.secret.drafts, service.slug);
  if (!draft || draft.version !== service.version) return undefined;
  const moment = momentOf(deps.clock.now(), deps.reference.isHoliday);
  return { visit, service, draft, walked: walk(service, draft, moment), moment };
}

/**
 * @param before the draft that was changed
 * @param after what is to be kept instead
 * @param sent the page that was answered with that
 * @returns what is kept: without what a device did for other answers
 */
export function changed(
  deps: Pick<ErrandDeps, 'clock' | 'reference'>,
  service: CompiledService,
  before: Draft,
  after: Draft,
  sent?: CompiledPage,
): Draft {
  const moment = momentOf(deps.clock.now(), deps.reference.isHoliday);
  return withoutStrayOutcomes(service, before, after, moment, sent);
}

export const serviceUrl = (service: Pick<CompiledService, 'slug'>): string => `/service/${service.slug}`;
export const pageUrl = (service: CompiledService, page: CompiledPage): string =>
  `/service/${service.slug}/${page.id}`;

/** @returns the review page, the last of every service that is handed in here */
export function reviewOf(service: CompiledService): CompiledPage {
  const page = service.pages.at(-1);
  if (!page) throw new Error(`the service ${service.slug} has no pages`);
  return page;
}

/**
 * @returns where somebody goes on: at the first page that needs something, or on which something was typed that was not sent,
 * so that nothing is handed in without it; at the end where there is none
 */
export function nextOf({
  service,
  draft,
  walked,
}: Pick<Standing, 'service' | 'draft' | 'walked'>): CompiledPage {
  const { next = reviewOf(service), pages } = walked;
  const waits = ({ id }: CompiledPage): boolean =>
    Object.keys(own(draft.unsent, id)?.fields ?? {}).length > 0;
  return pages.find((page) => page.index < next.index && waits(page)) ?? next;
}

/** @returns where the step back leads from a page: to the one before it, or to what the service is */
export function backFrom({ service, walked, page }: Pick<Here, 'service' | 'walked' | 'page'>): string {
  const previous = walked.pages[walked.pages.indexOf(page) - 1];
  return previous ? pageUrl(service, previous) : serviceUrl(service);
}

/** @returns the form fields that show a page's answers again */
export function fieldsOf(page: CompiledPage, answers: Answers): FormFields {
  return Object.assign({}, ...page.questions.map((question) => formFieldsOf(question, answers)));
}

/** @returns tells two states of a page's lists apart; undefined where it has none */
export function listsMark({
  visit,
  service,
  page,
}: Pick<Here, 'visit' | 'service' | 'page'>): string | undefined {
  const groups = page.questions.filter(({ kind }) => kind === 'group');
  if (groups.length === 0) return undefined;
  const answers = visit.secret.drafts[service.slug]?.answers ?? {};
  return markOf(groups.map(({ id }) => answers[id]));
}

/** @returns the service and page that an address names, whoever asks */
export function askedFor(
  c: CitizenContext,
  deps: Pick<ErrandDeps, 'catalogue'>,
): { service: CompiledService | undefined; page: CompiledPage | undefined } {
  const service = deps.catalogue.get(c.req.param('slug') ?? '');
  const id = c.req.param('page');
  return { service, page: service?.pages.find((one) => one.id === id) };
}

/** @returns the page that an address names, and where the person stands; undefined when there is no such page */
export function askedPage(c: CitizenContext, deps: ErrandDeps): AskedPage | undefined {
  const { service, page } = askedFor(c, deps);
  return service && page && { service, page, stand: standing(c, deps, service) };
}

/**
 * @returns the page for somebody whose visit is over; whoever never had one is led to where it begins, and who has handed
 * in without having seen it, because the answer was lost, to that
 */
export function sayOver(
  c: CitizenContext,
  deps: ErrandDeps,
  service: CompiledService,
): Response | Promise<Response> {
  const over = c.get('over');
  const receipt = c.get('visit')?.secret.receipts[service.slug];
  if (receipt && !receipt.seen) return c.redirect(`${serviceUrl(service)}/done`, 303);
  if (c.get('visit')) return c.redirect(serviceUrl(service), 303);
  if (c.req.method !== 'POST' && !over) {
    const why = c.req.query(BEGUN) === undefined ? ENDED : NOTHING;
    return c.redirect(`${serviceUrl(service)}?${why}`, 303);
  }
  return c.html(ranOutPage(pageOf(c, deps, ''), service, over?.begun === service.slug), 410);
}

/** Says that the visit ended while this request was under way: nothing of this service was sent. */
export function sayEnded(
  c: CitizenContext,
  deps: ErrandDeps,
  service: CompiledService,
): Response | Promise<Response> {
  const { language, settings } = { language: languageOf(c), settings: settingsOf(c) };
  c.set('over', { language, settings, begun: service.slug, key: undefined, sent: false });
  c.set('visit', undefined);
  return sayOver(c, deps, service);
}

/** The same for whichever service the address names; without one it begins anew. */
export function sayEndedHere(c: CitizenContext, deps: ErrandDeps): Response | Promise<Response> {
  const { service } = askedFor(c, deps);
  return service ? sayEnded(c, deps, service) : c.redirect('/', 303);
}

/** @returns whether a page applies, and nothing before it is open */
export function isReached({ walked: { next, pages } }: Standing, page: CompiledPage): boolean {
  return pages.includes(page) && (next === undefined || page.index <= next.index);
}

/**
 * @returns where the person is when the page may be shown; otherwise the way to the page where they stand, because this one
 * is too far ahead or does not apply, or the page that says that their visit is over
 */
export async function hereAt(
  c: CitizenContext,
  deps: ErrandDeps,
  { service, page, stand }: AskedPage,
): Promise<Here | Response> {
  if (!stand) return sayOver(c, deps, service);
  const to = nextOf(stand);
  const isPassed = page === reviewOf(service) && to !== page;
  if (isPassed || !isReached(stand, page)) return c.redirect(pageUrl(service, to), 303);
  return { ...stand, page };
}

/** Counts who has come to the end of a way on which nothing is handed in. */
export async function countEnd(deps: ErrandDeps, here: Standing, { kind }: CompiledPage): Promise<void> {
  if (PAGE_RULES[kind].completedBy === 'nothing') await deps.count(here, 'service.finished', 'finished');
}
