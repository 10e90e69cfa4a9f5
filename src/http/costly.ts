import type { HttpBindings } from '@hono/node-server';
import type { Context, MiddlewareHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { byTheClock, type Every, expectBody } from './arrival.ts';
import { clientAddress } from './client.ts';
import { type Leave, Room } from './room.ts';

type Env = { Bindings: HttpBindings };

/** The largest form without files, in bytes. */
export const FORM_BYTES = 131_072;

/** Bodies with files that are held at once, from their first byte until they are answered. */
const BODIES = { most: 96_000_000, perClient: 48_000_000, waiting: 20 };
/** A small file costs its opening, so no more than 32 are there at once, and sixteen of one client. */
const LEAST_BYTES = 3_000_000;
/** Papers that are being made, or wait for it. */
const PAPERS = { most: 40, perClient: 4, waiting: 20 };

export interface Uploads {
  /** Largest form with files in bytes, everything in it included. */
  bytes: number;
  /** @returns whether files are taken under a path; everywhere else forms are small */
  taken(path: string): boolean;
}

export interface CostlySettings {
  uploads?: Uploads | undefined;
  /** Addresses of our own reverse proxies. */
  proxies: readonly string[];
  /** By what it is measured whether a body arrives. */
  every?: Every | undefined;
}

const isPaper = (c: Context): boolean => /\.pdf$/i.test(c.req.path);

/** @returns whether it is a form with files, where files are taken */
function hasFiles(c: Context, uploads: Uploads | undefined): boolean {
  const isForm = /^multipart\/form-data\b/i.test(c.req.header('content-type') ?? '');
  return isForm && (uploads?.taken(c.req.path) ?? false);
}

/**
 * Refuses a body that is too large by its announced length, before any of it is read; the server cuts off what is
 * longer than announced. A body without a length is not taken: no browser sends one, and what two programs in a row
 * read differently can be used to smuggle requests (RFC 9112, 6.3).
 */
function bytesOf(c: Context, most: number): number {
  if (c.req.header('transfer-encoding') !== undefined) throw new HTTPException(411);
  const bytes = Number(c.req.header('content-length') ?? 0);
  if (bytes > most) throw new HTTPException(413);
  return bytes;
}

/** Keeps what is large or takes long within bounds: what does not fit in waits unread, and one client leaves room for the others. */
export function costly({ uploads, proxies, every = byTheClock }: CostlySettings): MiddlewareHandler<Env> {
  const bodies = new Room(BODIES);
  const papers = new Room(PAPERS);
  const enter = (room: Room, size: number, c: Context<Env>): Promise<Leave | undefined> =>
    room.enter(clientAddress(c.env.incoming, proxies), size, c.req.raw.signal);
  const forPaper = async (c: Context<Env>, next: () => Promise<void>): Promise<void> => {
    const leave = await enter(papers, 1, c);
    if (!leave) throw new HTTPException(429);
    try {
      await next();
    } finally {
      leave();
    }
  };
  /** Whether it takes a place is up to the page, which knows whom the files would be kept for. */
  const withPlace = async (c: Context<Env>, bytes: number, next: () => Promise<void>): Promise<void> => {
    let leave: Leave | undefined;
    const enterOnce = async (): Promise<boolean> => {
      leave ??= await enter(bodies, Math.max(bytes, LEAST_BYTES), c);
      return leave !== undefined;
    };
    expectBody(c, { every, enter: enterOnce });
    try {
      await next();
    } finally {
      leave?.();
    }
  };
  return (c, next) => {
    const withFiles = hasFiles(c, uploads);
    const bytes = bytesOf(c, withFiles ? (uploads?.bytes ?? FORM_BYTES) : FORM_BYTES);
    if (withFiles) return withPlace(c, bytes, next);
    if (isPaper(c)) return forPaper(c, next);
    expectBody(c, { every });
    return next();
  };
}
