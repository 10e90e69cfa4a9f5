/** Where somebody stands in a service: their visit, their draft, the pages that apply. */
import { createHash } from 'node:crypto';
import {
  type CompiledPage,
  type CompiledService,
  type FormFields,
  formFieldsOf,
  type Walk,
  walk,
} from '#journey';
import type { Answers } from '#service';
import type { Taken, Taker } from '#share';
import { type Moment, momentOf } from '#time';
import {
  type CitizenContext,
  languageOf,
  leadToCode,
  pageOf,
  settingsOf,
  setVisitCookie,
  takerOf,
  takeShare,
  wayOf,
} from './context.ts';
import type { VisitDeps } from './deps.ts';
import type { DraftFiles } from './files.ts';
import { first } from './forms.ts';
import type { HandedOver } from './handed.ts';
import { ranOutPage } from './pages/ran-out.tsx';
import type { Draft, TypedAway, Visit, VisitStore } from './store.ts';
import type { Ways } from './ways.ts';

/** What the routes of a visit share. */
export interface JourneyDeps extends VisitDeps {
  store: VisitStore;
  files: DraftFiles;
  /** Ways on for whoever never got the answer with the new key. */
  ways: Ways;
  handedOver: HandedOver;
  /** Answers a request of ours to the citizens' side, as the one that is being answered came. */
  show(request: Request, env: object & { typed: TypedAway }): Response | Promise<Response>;
}

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

/** @returns where the person stands in this service, or undefined when no draft has been begun */
export function standing(c: CitizenContext, deps: VisitDeps, service: CompiledService): Standing | undefined {
  const visit = c.get('visit');
  const draft = visit?.secret.drafts[service.slug];
  if (!visit || !draft || draft.version !== service.version) return undefined;
  const moment = momentOf(deps.clock.now(), deps.reference.isHoliday);
  return { visit, service, draft, walked: walk(service, draft, moment), moment };
}

/**
 * @param drafts what a visit that is opened now begins with
 * @param share what it counts as, and for whom, if it is not a visit of the line
 * @returns the visit of this browser; opens one for somebody who has none yet
 * @throws ShareTakenError when very many were opened from here
 */
export async function ensureVisit(
  c: CitizenContext,
  deps: Pick<JourneyDeps, 'store' | 'shares' | 'config'>,
  drafts: Readonly<Record<string, Draft>> = {},
  { what = 'visit', taker = takerOf(c, deps) }: { what?: Taken; taker?: Taker } = {},
): Promise<Visit> {
  const known = c.get('visit');
  if (known) return known;
  await takeShare(deps, what, taker, '/');
  const visit = await deps.store.create(
    {
      site: c.get('site').id,
      terminal: c.get('terminal'),
      language: languageOf(c),
      settings: settingsOf(c),
    },
    drafts,
  );
  c.set('visit', visit);
  setVisitCookie(c, visit);
  return visit;
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

/** @returns the form fields that show a page's answers again */
export function fieldsOf(page: CompiledPage, answers: Answers): FormFields {
  return Object.assign({}, ...page.questions.map((question) => formFieldsOf(question, answers)));
}

/** Enough to tell two states of a draft apart. */
const MARK_LENGTH = 22;

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

function markOf(shown: unknown): string {
  return createHash('sha256').update(JSON.stringify(shown)).digest('base64url').slice(0, MARK_LENGTH);
}

/** @returns the hidden fields of the review page that say which draft and which answers it shows */
export function shownMarks({ draft, walked }: Pick<Standing, 'draft' | 'walked'>): Record<string, string> {
  return { _draft: draft.key, _shown: markOf(walked.answers) };
}

/** @returns whether a form was sent from a page that showed this draft with these answers */
export function isWhatWasShown(here: Pick<Standing, 'draft' | 'walked'>, fields: FormFields): boolean {
  return Object.entries(shownMarks(here)).every(([name, mark]) => first(fields, name) === mark);
}

/**
 * Handing in twice finds the same case. Where something has to be paid only with the same answers: when an answer was
 * lost on its way back, others may cost something else, and the case that waits in vain goes by itself.
 */
export function submissionKeyOf(here: Pick<Standing, 'draft' | 'walked'>): string {
  const { draft, walked } = here;
  if (walked.fee.cents === 0) return draft.key;
  const digest = createHash('sha256')
    .update(`${draft.key} ${shownMarks(here)._shown}`)
    .digest('hex');
  return digest.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}

/** Fields of our own in every form, beside what somebody typed. */
const OWN_FIELDS = new Set(['return', 'language', 'size', 'contrast', 'reach']);

/** @returns what somebody typed into a page's form */
export function typedOf(fields: FormFields): Record<string, string[]> {
  const typed = Object.entries(fields).filter(([name]) => !name.startsWith('_') && !OWN_FIELDS.has(name));
  return Object.fromEntries(typed.map(([name, values]) => [name, [...values]]));
}

/** @returns the service and page that an address names, whoever asks */
export function askedFor(
  c: CitizenContext,
  deps: Pick<VisitDeps, 'catalogue'>,
): { service: CompiledService | undefined; page: CompiledPage | undefined } {
  const service = deps.catalogue.get(c.req.param('slug') ?? '');
  const id = c.req.param('page');
  return { service, page: service?.pages.find((one) => one.id === id) };
}

/** In the address of the first page, for a browser that has shown no cookie yet: if it comes without one now, it takes none. */
export const BEGUN = 'begun';
/** In the address of a service where somebody is led back to who has just begun and has nothing: a browser without cookies. */
export const NOTHING = 'nothing';
/** The same for whoever wanted on: a visit that was there is over. */
export const ENDED = 'ended';

/**
 * @returns the page for somebody whose visit is over; whoever never had one is led to where it begins, and who has handed
 * in without having seen it, because the answer was lost, to that
 */
export function sayOver(
  c: CitizenContext,
  deps: VisitDeps,
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
  deps: VisitDeps,
  service: CompiledService,
): Response | Promise<Response> {
  const { language, settings } = { language: languageOf(c), settings: settingsOf(c) };
  c.set('over', { language, settings, begun: service.slug, key: undefined, sent: false });
  c.set('visit', undefined);
  return sayOver(c, deps, service);
}

/** @returns the visit with the new key that this browser has not heard of, where what it holds leads to one */
export async function movedVisit(c: CitizenContext, deps: JourneyDeps): Promise<Visit | undefined> {
  const way = await wayOf(c, deps.ways);
  return way && 'visit' in way ? deps.store.load(way.visit) : undefined;
}

/** @returns the way to where the first of two like requests has led that gave the visit its new key; undefined when it is over */
export async function ledOn(c: CitizenContext, deps: JourneyDeps): Promise<Response | undefined> {
  const way = await wayOf(c, deps.ways);
  if (way && 'handover' in way) return leadToCode(c, way.handover);
  const visit = way && (await deps.store.load(way.visit));
  if (!visit) return undefined;
  setVisitCookie(c, visit);
  return c.redirect(visit.secret.shown?.path ?? '/', 303);
}

/**
 * @returns the person's place when the page may be shown; a redirect to the page where they stand when it is too far
 * ahead or does not apply; undefined when there is no such page
 */
export async function placeOf(c: CitizenContext, deps: VisitDeps): Promise<Here | Response | undefined> {
  const { service, page } = askedFor(c, deps);
  if (!service || !page) return undefined;
  const stand = standing(c, deps, service);
  if (!stand) return sayOver(c, deps, service);
  const { next, pages } = stand.walked;
  const tooFar = next !== undefined && page.index > next.index;
  if (tooFar || !pages.includes(page)) return c.redirect(pageUrl(service, next ?? reviewOf(service)), 303);
  return { ...stand, page };
}
