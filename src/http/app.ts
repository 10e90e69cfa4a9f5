import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { routePath } from 'hono/route';
import { errorFacts, type Log } from '#log';

/** The page for a status from 400 on; the cookies tell in which language. */
export type ErrorPage = (status: number, cookies: string | undefined) => string;

/** The app that all rooms put their routes on. */
export type App = Hono<{ Bindings: HttpBindings }>;

export interface AppSettings {
  log: Log;
  /** Largest upload in bytes, the rest of its form included. */
  uploadBytes: number;
  errorPage: ErrorPage;
  /** Whether an error passes by itself: something the office needs is away. */
  isAway?: (error: unknown) => boolean;
}

const FORM_BYTES = 131_072;
const AGAIN_SECONDS = '5';
const TO_MS = 100;

/** One line a request: method, route pattern, status, milliseconds. No path, query, address or body. */
function requestLog(log: Log): MiddlewareHandler {
  return async (c, next) => {
    const begin = performance.now();
    await next();
    const route = routePath(c, -1);
    const ms = Math.round((performance.now() - begin) * TO_MS) / TO_MS;
    log.info(
      { method: c.req.method, route: route === '/*' ? 'none' : route, status: c.res.status, ms },
      'request',
    );
  };
}

/**
 * Refuses a body that is too large by its announced length, before any of it is read; the server cuts off what is
 * longer than announced. A body without a length is not taken: no browser sends one, and what two programs in a row
 * read differently can be used to smuggle requests (RFC 9112, 6.3).
 */
function bodyLimits(uploadBytes: number): MiddlewareHandler {
  return (c, next) => {
    if (c.req.header('transfer-encoding') !== undefined) throw new HTTPException(411);
    const isUpload = c.req.header('content-type')?.startsWith('multipart/form-data') ?? false;
    const most = isUpload ? uploadBytes : FORM_BYTES;
    if (Number(c.req.header('content-length') ?? 0) > most) throw new HTTPException(413);
    return next();
  };
}

function problem(c: Context, status: number, page: ErrorPage): Response {
  const wantsJson = c.req.path.startsWith('/api/');
  return new Response(wantsJson ? JSON.stringify({ error: status }) : page(status, c.req.header('cookie')), {
    status,
    headers: {
      'Content-Type': wantsJson ? 'application/json' : 'text/html; charset=utf-8',
      ...(status === 503 ? { 'Retry-After': AGAIN_SECONDS } : {}),
    },
  });
}

/**
 * An app with what holds for all pages: log, limits, and an error page that tells citizens nothing of our insides.
 * Headers and timeouts are the server's, see `listen`.
 */
export function createApp({ log, uploadBytes, errorPage, isAway }: AppSettings): App {
  const app: App = new Hono();
  if (log.isLevelEnabled('info')) app.use(requestLog(log));
  app.use(bodyLimits(uploadBytes));
  app.notFound((c) => problem(c, 404, errorPage));
  app.onError((error, c) => {
    const status = error instanceof HTTPException ? error.status : isAway?.(error) ? 503 : 500;
    if (status >= 500)
      log.error({ ...errorFacts(error), method: c.req.method, route: routePath(c, -1) }, 'failed');
    return problem(c, status, errorPage);
  });
  return app;
}
