import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import {
  awaitPlace,
  bodyOf,
  FORM_BYTES,
  MOST_PARTS,
  OverfullFormError,
  type Part,
  readMultipart,
  readUrlencoded,
  rememberParts,
  UnreadableFormError,
} from '#http';
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

/**
 * What becomes of files in a form. `kept`: read, for the visit that takes them. `told`: only that there were some, where the
 * visit they belonged to has run out. `none`: the form is a small one.
 */
export type FilesSent = 'kept' | 'told' | 'none';

async function partsOf(c: Context, type: string, files: FilesSent): Promise<Part[]> {
  // Without a visit there is nothing that a large form could belong to: it is not read at all.
  if (files === 'none' && Number(c.req.header('content-length') ?? 0) > FORM_BYTES)
    throw new HTTPException(413);
  if (files === 'kept') await awaitPlace(c);
  const limits = { ...MOST_PARTS, text: FORM_BYTES, keepFiles: files === 'kept' };
  const parts = await readMultipart(bodyOf(c), type, limits);
  // The body comes once; what was typed in it may have to be shown again.
  rememberParts(c, parts);
  return parts;
}

async function read(c: Context, files: FilesSent): Promise<SentForm> {
  const type = c.req.header('content-type') ?? '';
  const fields: Record<string, string[]> = Object.create(null);
  const uploads = new Map<string, Upload[]>();
  const add = (name: string, sent: string): void => {
    const value = asTyped(sent);
    const known = fields[name];
    if (known) known.push(value);
    else fields[name] = [value];
  };
  if (/^application\/x-www-form-urlencoded\b/i.test(type)) {
    for (const [name, value] of readUrlencoded(await c.req.text(), MOST_PARTS.fields)) add(name, value);
  } else if (/^multipart\/form-data\b/i.test(type)) {
    for (const { name, filename, content } of await partsOf(c, type, files)) {
      if (filename === undefined) add(name, content.toString('utf8'));
      // A file field in which nothing was chosen is sent as well: without a name, and without content.
      else if (content.length > 0 || filename !== '')
        uploads.set(name, [...(uploads.get(name) ?? []), { name: filename, content }]);
    }
  } else {
    throw new UnreadableFormError('not a form');
  }
  return { fields, uploads };
}

/** Forms that were read: several rooms look at one, and its body comes once. */
const known = new WeakMap<Request, Promise<SentForm>>();

/**
 * Reads an urlencoded or multipart form. What cannot be seen is not in its texts, digits of all scripts are digits.
 * @param files what becomes of files in it
 * @throws UnreadableFormError when the body is no form
 * @throws HTTPException 413 when there is more in it than any form of ours has; the rest of it is not read then
 */
export function readForm(c: Context, files: FilesSent = 'none'): Promise<SentForm> {
  const form =
    known.get(c.req.raw) ??
    read(c, files).catch((error: unknown) => {
      throw error instanceof OverfullFormError ? new HTTPException(413) : error;
    });
  known.set(c.req.raw, form);
  return form;
}

/** @returns the first value of a field, or an empty text */
export function first(fields: FormFields, name: string): string {
  return fields[name]?.[0] ?? '';
}

/** Fields of our own in every form, beside what somebody typed. */
const OWN_FIELDS = new Set(['return', 'language', 'size', 'contrast', 'reach']);

/** @returns what somebody typed into a page's form */
export function typedOf(fields: FormFields): Record<string, string[]> {
  const typed = Object.entries(fields).filter(([name]) => !name.startsWith('_') && !OWN_FIELDS.has(name));
  return Object.fromEntries(typed.map(([name, values]) => [name, [...values]]));
}

/** @returns whether nothing but space stands in any of them */
export function isBlank(fields: FormFields): boolean {
  return Object.values(fields).flat().join('').trim() === '';
}
