import type { IncomingMessage } from 'node:http';

/** A page that is read costs one. */
const PAGE = 1;
/** Something is written, and looked up more than once for it. */
const FORM = 2;
/** Each begun piece of a body, which has to be read, opened and kept. */
const PIECE = 1;
const PIECE_BYTES = 100_000;
/** A document is set and written. */
const PAPER = 20;
/** It waits for news, and looks for them again and again. */
const NEWS = 5;

/** @returns what a request costs the office, as far as its head tells; in units of an ordinary page */
export function costOf({
  method,
  url = '',
  headers,
}: Pick<IncomingMessage, 'method' | 'url' | 'headers'>): number {
  const [path = ''] = url.split('?');
  const isPaper = /\.pdf$/i.test(path);
  if (method === 'POST') {
    const bytes = Number(headers['content-length'] ?? 0) || 0;
    return FORM + PIECE * Math.floor(Math.max(0, bytes) / PIECE_BYTES) + (isPaper ? PAPER : 0);
  }
  if (isPaper) return PAPER;
  return path.endsWith('/news') ? NEWS : PAGE;
}
