/** A page that waits for news of its visit: its script asks, and is answered as soon as there are some. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Context } from 'hono';
import { createWaiting } from './waiting.ts';

/** So long a request waits for news, and so often it is looked for. */
const NEWS_MS = 15_000;
const LOOK_MS = 400;
/** So much later a page asks again that another page of the visit has taken the place of. */
const LATER_SECONDS = '10';

/**
 * Answers a request that waits for news: with `news`, or with nothing after a while.
 * @param visit whose news it is; a newer request of the same visit takes the place of an older one
 * @param look finds out whether there are any
 */
export type News = (c: Context, visit: string, look: () => Promise<boolean>) => Promise<Response>;

/** @returns what answers requests that wait for one kind of news */
export function createNews(): News {
  const wait = createWaiting();
  return async (c, visit, look) => {
    const { replaced, end } = wait(visit);
    try {
      if (await comes(look, AbortSignal.any([replaced, c.req.raw.signal]))) return c.text('news');
    } finally {
      end();
    }
    // Two pages of one visit would take turns without end.
    return c.body(null, 204, replaced.aborted ? { 'Retry-After': LATER_SECONDS } : {});
  };
}

/** Looks for a while. @returns at once when nobody waits for it any more */
async function comes(look: () => Promise<boolean>, gone: AbortSignal): Promise<boolean> {
  const begin = performance.now();
  while (performance.now() - begin < NEWS_MS && !gone.aborted) {
    if (await look()) return true;
    await pause(LOOK_MS, undefined, { signal: gone }).catch(() => {});
  }
  return false;
}
