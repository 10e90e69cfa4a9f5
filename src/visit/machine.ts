/** Which terminal a browser is: not by what it says, but by a secret that it got for a code of the desk. */
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { parse } from 'hono/utils/cookie';
import { type City, ownSite, type Site, siteOfTerminal } from '#city';
import { isOnThisMachine } from '#http';
import type { VisitDeps } from './deps.ts';

const COOKIE = '__Host-terminal';
/** As long as browsers keep a cookie; it is set anew while the machine is in use. */
const KEPT_SECONDS = 400 * 86_400;
const ATTRIBUTES = { path: '/', secure: true, httpOnly: true, sameSite: 'Lax' } as const;

type MachineDeps = Pick<VisitDeps, 'city' | 'config' | 'terminals'>;

/** Where a request comes from. */
export interface Whereabouts {
  site: Site;
  terminal: string | undefined;
  /** This machine was a terminal, and its registration was revoked, replaced, or is of a terminal that the city no longer has. */
  lost: boolean;
}

/** @returns whether an address is enough to be a terminal: in a trial, and only for a browser on the office's own machine */
export function isTrialHere(c: Context, { config }: Pick<VisitDeps, 'config'>): boolean {
  const { incoming } = c.env as HttpBindings;
  return !config.production && isOnThisMachine(incoming, config.proxies);
}

/** Asks for each request anew, so that what is revoked at the desk is revoked now. */
export async function whereaboutsOf(c: Context, deps: MachineDeps): Promise<Whereabouts> {
  const nowhere = { site: ownSite(deps.city), terminal: undefined };
  const shown = getCookie(c, COOKIE);
  if (shown === undefined) return { ...nowhere, lost: false };
  const named = isTrialHere(c, deps) ? siteOfTerminal(deps.city, shown) : undefined;
  if (named) return { site: named, terminal: named.alwaysOpen ? undefined : shown, lost: false };
  const known = await deps.terminals.find(shown);
  const site = known && siteOfTerminal(deps.city, known.terminal);
  // Another's word is nothing at all; only what was once a secret of ours can be lost.
  if (!known || !site || site.alwaysOpen) return { ...nowhere, lost: deps.terminals.couldBeSecret(shown) };
  if (known.renew) rememberMachine(c, shown);
  return { site, terminal: known.terminal, lost: false };
}

/** @returns whether a browser with these cookies is, or says that it is, a machine in a public place */
export function isMachine(cookies: string | undefined): boolean {
  return cookies !== undefined && parse(cookies, COOKIE)[COOKIE] !== undefined;
}

/** @returns what only this machine has, for steps that are tied to it */
export function machineBond(c: Context): string | undefined {
  return getCookie(c, COOKIE);
}

/** The machine keeps its secret beyond visits, and beyond being switched off. */
export function rememberMachine(c: Context, secret: string): void {
  setCookie(c, COOKIE, secret, { ...ATTRIBUTES, maxAge: KEPT_SECONDS });
}

/** Only in a trial, and only until the browser is closed: which terminal somebody plays. */
export function playMachine(c: Context, terminal: string): void {
  setCookie(c, COOKIE, terminal, ATTRIBUTES);
}

/**
 * Everything else that this browser keeps of the office goes: each cookie by its name, because a browser that is told to clear
 * its cookies clears the machine's secret as well.
 */
export function forgetAllButMachine(c: Context): void {
  for (const name of Object.keys(getCookie(c))) {
    if (name !== COOKIE) deleteCookie(c, name, { path: '/', secure: true });
  }
}

/** @returns how many terminals the city has */
export function terminalsOf({ sites }: Pick<City, 'sites'>): number {
  const counts = [...sites.values()].map(({ alwaysOpen, terminals }) => (alwaysOpen ? 0 : terminals.length));
  return counts.reduce((sum, count) => sum + count, 0);
}
