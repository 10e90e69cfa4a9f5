import type { Context } from 'hono';
import type { FormFields } from '#journey';
import { asTyped } from '#typed';

/** A file as the browser sent it. Nothing about it is trusted yet. */
export interface Upload {
  name: string;
  content: Buffer;
}

/** What a form sent: text fields with all their values, and the files that were chosen, empty ones too. */
export interface SentForm {
  fields: FormFields;
  uploads: ReadonlyMap<string, readonly Upload[]>;
}

/** More fields than any page of ours has: somebody is probing. */
const MOST_FIELDS = 500;

/** A form with too many fields, or one that cannot be read. */
export class UnreadableFormError extends Error {}

/**
 * Reads an urlencoded or multipart form. What cannot be seen is not in its texts, digits of all scripts are digits.
 * @throws UnreadableFormError when the body is no form or has more than 500 fields
 */
export async function readForm(c: Context): Promise<SentForm> {
  const type = c.req.header('content-type') ?? '';
  const fields: Record<string, string[]> = Object.create(null);
  const uploads = new Map<string, Upload[]>();
  let count = 0;
  const add = (name: string, sent: string): void => {
    const value = asTyped(sent);
    count += 1;
    if (count > MOST_FIELDS) throw new UnreadableFormError('too many fields');
    const known = fields[name];
    if (known) known.push(value);
    else fields[name] = [value];
  };
  if (type.startsWith('application/x-www-form-urlencoded')) {
    for (const [name, value] of new URLSearchParams(await c.req.text())) add(name, value);
  } else if (type.startsWith('multipart/form-data')) {
    const data = await c.req.formData().catch(() => {
      throw new UnreadableFormError('not a multipart form');
    });
    for (const [name, value] of data) {
      if (typeof value === 'string') add(name, value);
      // A file field in which nothing was chosen is sent as well: without a name, and without content.
      else if (value.size > 0 || value.name !== '') {
        const upload = { name: value.name, content: Buffer.from(await value.arrayBuffer()) };
        uploads.set(name, [...(uploads.get(name) ?? []), upload]);
      }
    }
  } else {
    throw new UnreadableFormError('not a form');
  }
  return { fields, uploads };
}

/** @returns the first value of a field, or an empty text */
export function first(fields: FormFields, name: string): string {
  return fields[name]?.[0] ?? '';
}
