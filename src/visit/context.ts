/** A citizen's request: its cookies, how its person reads, what every page of theirs has in common, and whose share counts it. */
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { parse } from 'hono/utils/cookie';
import type { Site } from '#city';
import { clientAddress, contentSecurityPolicy } from '#http';
import type { FormFields } from '#journey';
import { isLanguage, type Language } from '#language';
import { newToken } from '#seal';
import type { Taken, Taker } from '#share';
import { changeSettings, DEFAULT_SETTINGS, type Page } from '#web';
import type { VisitDeps } from './deps.ts';
import { first, readForm } from './forms.ts';
import { machineBond } from './machine.ts';
import { heldIn, overOf, overToken, visitToken } from './tokens.ts';
import type { Look, Over, TypedAway, Visit } from './visit.ts';
import type { Way, Ways } from './ways.ts';

export const VISIT_COOKIE = '__Host-visit';
/** Ties a step after which the visit gets a new key to this browser: only here its answer may come a second time. */
const BOND_COOKIE = '__Host-bond';
/** Ties paying for what was handed in to this browser, until it is paid. */
export const PAYER_COOKIE = '__Host-payer';
/** That the code for the phone is on the screen, until it shows something else: whoever has taken the visit from there is known by it. */
const HANDOVER_COOKIE = '__Host-handover';
export const HANDOVER_URL = '/visit/handover';
/** Where a terminal waits for whoever comes. */
export const WELCOME_URL = '/welcome';
/** Seconds without a touch until a terminal asks whether somebody is still there. */
const IDLE_SECONDS = 60;

export interface CitizenEnv {
  Variables: {
    visit: Visit | undefined;
    /** The visit that is over, where its cookie is still there. */
    over: Over | undefined;
    /** Whether a visit may begin here: nothing of one is here yet, and the page is none that is said at any time. */
    begins: boolean;
    site: Site;
    /** The machine this browser is, by its registration; undefined for everybody's own screen. */
    terminal: string | undefined;
    /** What was typed on the page that is shown, where it is kept nowhere but in the page. */
    typed: TypedAway | undefined;
  };
}
export type CitizenContext = Context<CitizenEnv>;

/** How all cookies of a visit are kept. */
export const COOKIE = { path: '/', secure: true, httpOnly: true, sameSite: 'Lax' } as const;

/** Ties the browser to the visit: the only place where its key is kept. */
export function setVisitCookie(c: Context, visit: Visit): void {
  setCookie(c, VISIT_COOKIE, visitToken(visit), COOKIE);
}

/** Keeps what is known of a visit that is over, with how its person reads now. */
export function setOverCookie(c: Context, over: Over): void {
  setCookie(c, VISIT_COOKIE, overToken(over), COOKIE);
}

/** @returns what this browser alone has from now on, for the step that is on its screen */
export function setBond(c: Context): string {
  const bond = newToken();
  setCookie(c, BOND_COOKIE, bond, COOKIE);
  return bond;
}

/** @returns what ties a step to this browser: what it got for that step, undefined where it got nothing */
export function bondOf(c: Context): string | undefined {
  return getCookie(c, BOND_COOKIE);
}

export function clearBond(c: Context): void {
  if (bondOf(c) !== undefined) deleteCookie(c, BOND_COOKIE, { path: '/', secure: true });
}

/** The code for the phone that is on this screen. */
export interface HeldCode {
  /** Until when it works. */
  until: Date;
  /** What ends the visit of a phone that has taken it, if it was a stranger's. */
  stop: string;
  /** How the person reads in front of the screen. */
  look: Look;
}

export function heldHandover(c: Context): HeldCode | undefined {
  const cookie = getCookie(c, HANDOVER_COOKIE);
  if (cookie === undefined) return undefined;
  const [until, stop = ''] = cookie.split('.');
  return { until: new Date(Number(until)), stop, look: overOf(cookie) };
}

/** The code is on the screen: as long as it stays there, this browser can be told what became of it. */
export function keepHandover(c: Context, { until, stop, look: { language, settings } }: HeldCode): void {
  const look = [language, settings.size, settings.contrast ? 'on' : 'off'];
  const cookie = [until.getTime(), stop, ...look].join('.');
  setCookie(c, HANDOVER_COOKIE, cookie, COOKIE);
}

export function clearHandover(c: Context): void {
  if (heldHandover(c)) deleteCookie(c, HANDOVER_COOKIE, { path: '/', secure: true });
}

/** @returns what the browser holds of its visit, and the ways on from there that are its own */
export function heldOf(c: Context): string | undefined {
  const token = getCookie(c, VISIT_COOKIE);
  return token === undefined ? undefined : heldIn(token);
}

/** @returns where the browser is led whose visit has a new key that it never learnt */
export function wayOf(c: Context, ways: Ways): Promise<Way | undefined> {
  return ways.find(
    heldOf(c),
    [bondOf(c), getCookie(c, PAYER_COOKIE), machineBond(c)].filter((one) => one !== undefined),
  );
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
export function pageOf(
  c: CitizenContext,
  deps: Pick<VisitDeps, 'city'>,
  title: string,
  more: Partial<Page> = {},
): Page {
  const visit = c.get('visit');
  const terminal = c.get('terminal');
  return {
    title,
    language: languageOf(c),
    settings: settingsOf(c),
    accent: deps.city.accent,
    city: deps.city.name,
    phone: deps.city.phone115,
    mode: terminal ? 'terminal' : 'phone',
    ...(terminal && { place: c.get('site').name }),
    path: c.req.path,
    ...(visit && { csrf: visit.secret.csrf }),
    ...(visit?.terminal && { visit: { idleSeconds: IDLE_SECONDS } }),
    ...more,
  };
}

/** A page where no visit begins, with a bar of its own: what is pressed there holds for the page that answers. */
export async function pageWithoutVisit(c: CitizenContext, deps: Pick<VisitDeps, 'city'>): Promise<Page> {
  const page = pageOf(c, deps, '', { path: '/' });
  if (c.req.method !== 'POST' || c.req.path !== '/visit/settings') return page;
  return { ...page, ...chosenIn((await readForm(c)).fields, page) };
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
  deps: Pick<VisitDeps, 'shares'>,
  what: Taken,
  taker: Taker,
  back: string,
): Promise<void> {
  const until = await deps.shares.take(what, taker);
  if (until) throw new ShareTakenError(what, until, back);
}
