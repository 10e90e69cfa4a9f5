import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { routePath } from 'hono/route';
import { errorFacts, type Log } from '#log';
import { AGAIN_SECONDS, type Again, againOf } from './again.ts';
import { type CostlySettings, costly } from './costly.ts';
import { contentSecurityPolicy } from './headers.ts';

/**
 * The page for a status from 400 on; the cookies tell in which language, and the path whether a clerk reads it. What
 * passes by itself can be asked for again.
 */
export type ErrorPage = (status: number, cookies: string | undefined, again?: Again, path?: string) => string;

/** The app that all rooms put their routes on. */
export type App = Hono<{ Bindings: HttpBindings }>;

export interface AppSettings extends Partial<CostlySettings> {
  log: Log;
  errorPage: ErrorPage;
  /** Whether an error passes by itself: something the office needs is away. */
  isAway?: (error: unknown) => boolean;
  /** Origins that forms of ours may end up at. */
  formTargets?: () => readonly string[];
  /** Told of each answer, by the pattern of its route. */
  answered?: (answer: { method: string; route: string; status: number; seconds: number }) => void;
  /** Put around each request; the page's name is the same for everybody who asks for it. */
  around?: (
    page: { method: string; path: string; name: string },
    answer: () => Promise<void>,
  ) => Promise<void>;
}

const TO_MS = 100;

/** @returns the pattern of the route that has answered, or was the last to be asked; `none` where there is none of its own */
function routeOf(c: Context): string {
  const pattern = routePath(c);
  return pattern === '/*' || pattern === '*' ? 'none' : pattern;
}

/** Tells of each request its method, route pattern, status and time. No path, query, address or body. */
function told(log: Log, answered: AppSettings['answered']): MiddlewareHandler {
  return async (c, next) => {
    const begin = performance.now();
    await next();
    const facts = { method: c.req.method, route: routeOf(c), status: c.res.status };
    const ms = performance.now() - begin;
    log.info({ ...facts, ms: Math.round(ms * TO_MS) / TO_MS }, 'request');
    answered?.({ ...facts, seconds: ms / 1000 });
  };
}

/** Whether the client went away before what it sent was read, in the middle of it or while it waited for its turn. */
function isHungUp(c: Context, error: unknown): boolean {
  const { incoming } = (c.env ?? {}) as Partial<HttpBindings>;
  if (!incoming?.destroyed) return false;
  return !incoming.complete || incoming.errored === error;
}

/** @returns the way to the same address without the slash at its end, which leads nowhere; undefined for any other */
function withoutSlash(c: Context): Response | undefined {
  const { pathname, search } = new URL(c.req.url);
  const [, plain] = /^(\/[^/\\].*?)\/+$/.exec(pathname) ?? [];
  if (plain === undefined || (c.req.method !== 'GET' && c.req.method !== 'HEAD')) return undefined;
  return c.redirect(`${plain}${search}`, 308);
}

/** What stands for one of many in an address: an id, a token, a number, a date. Services, however long their names, have small letters only. */
const ONE_OF_MANY = /(?=[\w-]*[\dA-Z])[\w-]{20,}|\d+/g;

/** @returns the name of the page that is asked for, without what tells one case or one person from another */
export function pageNameOf(method: string, path: string): string {
  return `${method} ${path.replace(ONE_OF_MANY, ':one')}`;
}

async function problem(
  c: Context,
  status: number,
  page: ErrorPage,
  formTargets: readonly string[] = [],
): Promise<Response> {
  const wantsJson = c.req.path.startsWith('/api/');
  const again = status === 503 && !wantsJson ? await againOf(c) : undefined;
  const body = wantsJson
    ? JSON.stringify({ error: status })
    : page(status, c.req.header('cookie'), again, c.req.path);
  return new Response(body, {
    status,
    headers: {
      'Content-Type': wantsJson ? 'application/json' : 'text/html; charset=utf-8',
      // Sent again, a form may lead to where its own page may lead.
      ...(again?.kind === 'send' ? { 'Content-Security-Policy': contentSecurityPolicy(formTargets) } : {}),
      ...(status === 503 || status === 429 ? { 'Retry-After': String(AGAIN_SECONDS) } : {}),
    },
  });
}

/** The whole app of an office that is not ready: each page says so, and is asked for again. */
export function notReady(app: App, page: ErrorPage): void {
  app.all('*', (c) => problem(c, 503, page));
}

/**
 * An app with what holds for all pages: log, limits, and an error page that tells citizens nothing of our insides.
 * Headers and timeouts are the server's, see `listen`.
 */
export function createApp({
  log,
  errorPage,
  isAway,
  answered,
  around,
  formTargets,
  uploads,
  proxies = [],
  every,
}: AppSettings): App {
  const app: App = new Hono();
  if (answered || log.isLevelEnabled('info')) app.use(told(log, answered));
  if (around) {
    app.use((c, next) =>
      around({ method: c.req.method, path: c.req.path, name: pageNameOf(c.req.method, c.req.path) }, next),
    );
  }
  app.use(costly({ uploads, proxies, every }));
  app.notFound((c) => withoutSlash(c) ?? problem(c, 404, errorPage));
  app.onError((error, c) => {
    // Nobody waits for the answer, and nothing failed but their line.
    if (isHungUp(c, error)) return problem(c, 400, errorPage);
    const status = error instanceof HTTPException ? error.status : isAway?.(error) ? 503 : 500;
    if (status >= 500) log.error({ ...errorFacts(error), method: c.req.method, route: routeOf(c) }, 'failed');
    return problem(c, status, errorPage, formTargets?.());
  });
  return app;
}
