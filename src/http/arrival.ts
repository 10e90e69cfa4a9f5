/** How a body arrives: in its turn, where it is kept, and not slower than anybody's line. */

import type { IncomingMessage } from 'node:http';
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';

/** Calls again and again. @returns how to stop that */
export type Every = (milliseconds: number, call: () => void) => () => void;

/** What a body has to bring in each span of time until it is whole: a tenth of what a poor phone's line does. */
const PACE = { bytes: 8_000, milliseconds: 8_000 };

/** What is done for a request about its body. */
interface Arrival {
  every: Every;
  /** Waits for a place. @returns whether there is one */
  enter?: () => Promise<boolean>;
}

const arrivals = new WeakMap<Request, Arrival>();

export const byTheClock: Every = (milliseconds, call) => {
  const timer = setInterval(call, milliseconds);
  return () => clearInterval(timer);
};

/** Says how the body of a request may arrive, before anybody reads it. */
export function expectBody(c: Context, arrival: Arrival): void {
  arrivals.set(c.req.raw, arrival);
}

/**
 * Waits until there is room for a form whose files are kept. To be called once it is known whom they are kept for: what is
 * read for nobody takes no place from others.
 * @throws HTTPException 429 where too many of the same client wait
 */
export async function awaitPlace(c: Context): Promise<void> {
  const enter = arrivals.get(c.req.raw)?.enter;
  if (enter && !(await enter())) throw new HTTPException(429);
}

/** Ends the connection of a body that hardly moves while it is waited for. */
async function* atPace(incoming: IncomingMessage, every: Every): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  const stop = every(PACE.milliseconds, () => {
    if (bytes < PACE.bytes) incoming.destroy(new Error('the body does not arrive'));
    bytes = 0;
  });
  try {
    // What is not read is left to the server, so that the answer still reaches whoever sends it.
    for await (const piece of incoming.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      bytes += piece.length;
      yield piece;
    }
  } finally {
    stop();
  }
}

/** What arrives, piece by piece. Straight from Node where it can be: through a web stream it takes several times as long. */
export function bodyOf(c: Context): AsyncIterable<Uint8Array> | null {
  const { incoming } = (c.env ?? {}) as { incoming?: IncomingMessage };
  if (incoming) return atPace(incoming, arrivals.get(c.req.raw)?.every ?? byTheClock);
  return c.req.raw.body as AsyncIterable<Uint8Array> | null;
}
