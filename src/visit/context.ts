import { timingSafeEqual } from 'node:crypto';
import type { HttpBindings } from '@hono/node-server';
import type { Context, MiddlewareHandler } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { parse } from 'hono/utils/cookie';
import { openState, type Site } from '#city';
import { clientAddress, contentSecurityPolicy } from '#http';
import type { FormFields } from '#journey';
import { LANGUAGES, type Language } from '#service';
import type { Taken, Taker } from '#share';
import { momentOf } from '#time';
import { changeSettings, DEFAULT_SETTINGS, type Page } from '#web';
import type { VisitDeps } from './deps.ts';
import { type FilesSent, first, readForm, type SentForm } from './forms.ts';
import { type Place, placeOfMachine } from './machine.ts';
import { closedPage } from './pages/closed.tsx';
import { lostPage } from './pages/terminal.tsx';
import { type Look, type Over, overOf, overToken, type Visit, type VisitStore, visitToken } from './store.ts';

const VISIT_COOKIE = '__Host-visit';
/** Seconds without a touch until a terminal asks whether somebody is still there. */
const IDLE_SECONDS = 60;

export interface CitizenEnv {
  Variables: {
    visit: Visit | undefined;
    /** The visit that is over, where its cookie is still there. */
    over: Over | undefined;
    site: Site;
    /** The machine this browser is, by its registration; undefined for everybody's own screen. */
    terminal: string | undefined;
  };
}
export type CitizenContext = Context<CitizenEnv>;

const COOKIE = { path: '/', secure: true, httpOnly: true, sameSite: 'Lax' } as const;

/** Ties the browser to the visit: the only place where its key is kept. */
export function setVisitCookie(c: Context, visit: Visit): void {
  setCookie(c, VISIT_COOKIE, visitToken(visit), COOKIE);
}

/** Keeps what is known of a visit that is over, with how its person reads now. */
export function setOverCookie(c: Context, over: Over): void {
  setCookie(c, VISIT_COOKIE, overToken(over), COOKIE);
}

export function clearVisitCookie(c: Context): void {
  deleteCookie(c, VISIT_COOKIE, { path: '/', secure: true });
}

/**
 * @param cookies the header, as it came
 * @returns how the person reads, in a visit or after it, without looking at anything else; undefined where that is not known
 */
export function lookIn(cookies: string | undefined): Look | undefined {
  const token = cookies === undefined ? undefined : parse(cookies, VISIT_COOKIE)[VISIT_COOKIE];
  return token === undefined ? undefined : overOf(token);
}

/** What is answered when the site is closed, too. */
const ANY_TIME = /^\/(?:farewell|terminal(?:\/|$)|impressum$|datenschutz$|barrierefreiheit$)/;

/**
 * Finds terminal, site and visit of a request. Where no visit has begun, it shows the closed page while the site is closed, and
 * that a machine is out of service when it no longer is the terminal that it was; the farewell is said at any time, and so is
 * who runs this.
 */
export function citizen(deps: VisitDeps, store: VisitStore): MiddlewareHandler<CitizenEnv> {
  return async (c, next) => {
    const place = await placeOfMachine(c, deps);
    const { site, terminal } = place;
    c.set('site', site);
    c.set('terminal', terminal);
    const token = getCookie(c, VISIT_COOKIE);
    const visit = movedTo(place, await store.load(token));
    c.set('visit', visit);
    c.set('over', token !== undefined && !visit ? await overNow(deps, token) : undefined);
    if (!visit && !ANY_TIME.test(c.req.path)) {
      if (place.lost) return c.html(lostPage(await closedFor(c, deps), deps.city));
      const state = openState(site, deps.city, momentOf(deps.clock.now()));
      if (!state.open) return c.html(closedPage(await closedFor(c, deps), site, state.opens, deps.city));
    }
    await next();
  };
}

/**
 * A visit counts where its browser is registered now, whatever it was when the visit began. Where it began is kept when there is
 * no registration any more: a screen in a public place must not be left alone for hours.
 */
function movedTo({ site, terminal }: Place, visit: Visit | undefined): Visit | undefined {
  return visit && { ...visit, site: site.id, terminal: terminal ?? visit.terminal };
}

/** What the cookie says of a visit that is over; a draft that was handed in, and nobody got the answer, was sent. */
async function overNow(deps: VisitDeps, token: string): Promise<Over> {
  const over = overOf(token);
  const isSent = over.key !== undefined && (await deps.cases.isHandedIn(over.key));
  return isSent ? { ...over, begun: undefined, key: undefined, sent: true } : over;
}

/** The closed page's own bar: no visit begins there, so what is pressed holds for the page that answers. */
async function closedFor(c: CitizenContext, deps: VisitDeps): Promise<Page> {
  const page = pageOf(c, deps, '', { path: '/' });
  if (c.req.method !== 'POST' || c.req.path !== '/visit/settings') return page;
  return { ...page, ...chosenIn((await readForm(c)).fields, page) };
}

/** @returns language and settings after a press in the bar */
export function chosenIn(
  fields: FormFields,
  now: Pick<Page, 'language' | 'settings'>,
): Pick<Page, 'language' | 'settings'> {
  const language = first(fields, 'language');
  const { size, contrast, reach } = fields;
  return {
    language: isLanguage(language) ? language : now.language,
    settings: changeSettings(now.settings, {
      size: size?.[0],
      contrast: contrast?.[0],
      reach: reach?.[0],
    }),
  };
}

/** @returns the language of the visit, or German before one has begun */
export function languageOf(c: CitizenContext): Language {
  return (c.get('visit') ?? c.get('over'))?.language ?? 'de';
}

/** @returns how the person reads, also after a visit that has run out */
export function settingsOf(c: CitizenContext): Page['settings'] {
  return (c.get('visit') ?? c.get('over'))?.settings ?? DEFAULT_SETTINGS;
}

/** What every page of a citizen has in common. */
export function pageOf(c: CitizenContext, deps: VisitDeps, title: string, more: Partial<Page> = {}): Page {
  const visit = c.get('visit');
  const terminal = c.get('terminal');
  return {
    title,
    language: languageOf(c),
    settings: settingsOf(c),
    accent: deps.city.accent,
    city: deps.city.name,
    mode: terminal ? 'terminal' : 'phone',
    ...(terminal && { place: c.get('site').name }),
    path: c.req.path,
    ...(visit && { csrf: visit.secret.csrf }),
    ...(visit?.terminal && { visit: { idleSeconds: IDLE_SECONDS } }),
    ...more,
  };
}

/** Pages that may ask for a file, the answer to the office, and the bar's buttons, which send along what was chosen. */
const WITH_FILES = /^\/(?:service\/[^/]+\/[^/]+|status\/case\/answer|visit\/settings)$/;

/** @returns whether a form that is sent to this path may have files in it */
export function takesFiles(path: string): boolean {
  return WITH_FILES.test(path);
}

/** The last page of a journey hands in; its id is the service's own, and `review` in all of ours. Then comes paying. */
const HANDS_IN = /^\/service\/[\w-]+\/(?:review|pay)$/;

/** @returns whether a request hands in or pays: what somebody has worked for all the way */
export function handsIn({ method, path }: { method: string; path: string }): boolean {
  return method === 'POST' && HANDS_IN.test(path);
}

function filesOf(c: CitizenContext): FilesSent {
  if (!takesFiles(c.req.path)) return 'none';
  if (c.get('visit')) return 'kept';
  return c.get('over') ? 'told' : 'none';
}

/** A form that did not come from a page of this visit. */
export class ForeignFormError extends Error {}

/**
 * Reads a form and makes sure that it was sent from a page of this visit: the browser says that it comes from here,
 * and inside a visit it carries the visit's token.
 * @throws ForeignFormError otherwise
 */
export async function readOwnForm(c: CitizenContext): Promise<SentForm> {
  requireSameOrigin(c);
  const visit = c.get('visit');
  const form = await readForm(c, filesOf(c));
  if (visit && !sameText(first(form.fields, '_csrf'), visit.secret.csrf)) throw new ForeignFormError();
  return form;
}

/**
 * Fetch metadata where the browser sends it, else the Origin header. Not both: under `Referrer-Policy: no-referrer`
 * browsers call even the own origin `null`.
 */
export function requireSameOrigin(c: Context): void {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined) {
    if (site !== 'same-origin' && site !== 'none') throw new ForeignFormError();
    return;
  }
  const origin = c.req.header('origin');
  // The door has compared it with our own already; here nothing is taken that does not even say where it comes from.
  if (origin !== undefined && !URL.canParse(origin)) throw new ForeignFormError();
}

function sameText(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** @returns a path on this office to go back to, or the home page: never another address */
export function safeReturn(fields: FormFields): string {
  const path = first(fields, 'return');
  return /^\/(?![/\\])[\w\-/.~]*$/.test(path) ? path : '/';
}

export function isLanguage(text: string): text is Language {
  return (LANGUAGES as readonly string[]).includes(text);
}

/** Forms of this page may lead to other origins: browsers count a redirect as part of the form. */
export function mayLeadTo(c: Context, ...origins: readonly string[]): void {
  c.header('Content-Security-Policy', contentSecurityPolicy(origins));
}

/**
 * Whom to slow down when codes are guessed: this machine at this address. Both, because many terminals stand behind one
 * address, and a stranger may share one with them. Stored only as a keyed hash.
 */
export function clientOf(c: CitizenContext, proxies: readonly string[]): string {
  const { incoming } = c.env as HttpBindings;
  return `${c.get('terminal') ?? ''} ${clientAddress(incoming, proxies)}`;
}

/** @returns whether this is a terminal of the office, or somebody's own screen */
export function screenOf(c: CitizenContext): 'terminal' | 'own' {
  return c.get('terminal') ? 'terminal' : 'own';
}

/** @returns whose share counts what somebody does here */
export function takerOf(c: CitizenContext, deps: Pick<VisitDeps, 'config'>): Taker {
  return { client: clientOf(c, deps.config.proxies), screen: screenOf(c) };
}

/** Very much came from this line within the hour. */
export class ShareTakenError extends Error {
  readonly what: Taken;
  readonly until: Date;
  /** Where the person goes on afterwards. */
  readonly back: string;
  constructor(what: Taken, until: Date, back: string) {
    super(`too much of: ${what}`);
    this.what = what;
    this.until = until;
    this.back = back;
  }
}

/**
 * Counts one more of what somebody leaves behind here.
 * @param back where they go on when there is no more of it now
 * @throws ShareTakenError then
 */
export async function takeShare(
  c: CitizenContext,
  deps: Pick<VisitDeps, 'config' | 'shares'>,
  what: Taken,
  back: string,
): Promise<void> {
  const until = await deps.shares.take(what, takerOf(c, deps));
  if (until) throw new ShareTakenError(what, until, back);
}
