/** What a page that could not be answered just now needs to be asked for again, without anything typed getting lost. */
import type { Context } from 'hono';
import { bodyOf } from './arrival.ts';
import { FORM_BYTES } from './costly.ts';
import { MOST_PARTS, type Part, readMultipart, readUrlencoded, UnreadableFormError } from './multipart.ts';

/** How soon a page comes back by itself. */
export const AGAIN_SECONDS = 5;

/** What a form has sent, as it came. */
interface Sent {
  fields: readonly (readonly [string, string])[];
  /** Names of the fields in which files were chosen. */
  files: readonly string[];
}

/** How the same is asked for once more: the page loads itself, or the person sends the same form again. */
export type Again = { address: string } & ({ kind: 'load'; seconds: number } | ({ kind: 'send' } & Sent));

const MOST = { ...MOST_PARTS, text: FORM_BYTES, keepFiles: false };

/** Forms that were read already: a body comes once. */
const known = new WeakMap<Request, readonly Part[]>();

function sentIn(parts: readonly Part[]): Sent {
  const chosen = parts.flatMap(({ name, filename }) => (filename ? [name] : []));
  return {
    fields: parts.flatMap(({ name, filename, content }): [string, string][] =>
      filename === undefined ? [[name, content.toString('utf8')]] : [],
    ),
    files: [...new Set(chosen)],
  };
}

/** Remembers what a form with files has sent until its request is answered. */
export function rememberParts(c: Context, parts: readonly Part[]): void {
  known.set(c.req.raw, parts);
}

async function readSent(c: Context): Promise<Sent> {
  const parts = known.get(c.req.raw);
  if (parts) return sentIn(parts);
  const type = c.req.header('content-type') ?? '';
  if (!/^(?:multipart\/form-data|application\/x-www-form-urlencoded)\b/i.test(type))
    throw new UnreadableFormError('not a form');
  if (!/^multipart\/form-data\b/i.test(type)) {
    return { fields: [...readUrlencoded(await c.req.text(), MOST.fields)], files: [] };
  }
  return sentIn(await readMultipart(bodyOf(c), type, MOST));
}

/** @returns how the request is made again; undefined where what was sent cannot be read, because it is no form or did not arrive */
export async function againOf(c: Context): Promise<Again | undefined> {
  const { pathname, search } = new URL(c.req.url);
  const address = `${pathname}${search}`;
  if (c.req.method !== 'POST') return { address, kind: 'load', seconds: AGAIN_SECONDS };
  try {
    return { address, kind: 'send', ...(await readSent(c)) };
  } catch {
    return undefined;
  }
}
