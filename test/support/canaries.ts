/** Words that stand nowhere else, and whether they have got to where they must not be. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Db } from '#db';

/** @returns the text's bytes as hexadecimal digits */
export const hex = (text: string, encoding: BufferEncoding): string =>
  Buffer.from(text, encoding).toString('hex');

/** base64 of a word at the three places it can begin at; the ends are cut, where neighbours would show. */
function inBase64(word: string): string[] {
  return [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), Buffer.from(word)]).toString('base64');
    return text.slice(shift === 0 ? 0 : 4, -4);
  });
}

/** A word in all the ways it may be written down. */
function formsOf(word: string): Buffer[] {
  const texts = [
    word,
    encodeURIComponent(word),
    JSON.stringify(word).slice(1, -1),
    [...word]
      .map((sign) => (sign > '~' ? `\\u${hex(sign, 'utf16le').replace(/(..)(..)/, '$2$1')}` : sign))
      .join(''),
    hex(word, 'utf8'),
    ...inBase64(word),
  ];
  return [
    ...texts.map((text) => Buffer.from(text)),
    Buffer.from(word, 'utf16le'),
    Buffer.from(word, 'latin1'),
  ];
}

/** @returns the words found in a heap of bytes, in whatever way they are written */
export function found(heap: Buffer, words: readonly string[], forms = formsOf): string[] {
  return words.filter((word) => forms(word).some((form) => heap.includes(form)));
}

/** Many megabytes: only as a database would write it. */
export const asStored = (word: string): Buffer[] => [Buffer.from(word), Buffer.from(hex(word, 'utf8'))];

/** Every table as text, and every binary column also as the bytes it holds. */
export async function dump(db: Db): Promise<Buffer> {
  const { rows } = await sql<{ name: string }>`
    SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`.execute(db);
  const parts: Buffer[] = [];
  for (const { name } of rows) {
    const table = await sql<Record<string, unknown>>`SELECT * FROM ${sql.table(name)}`.execute(db);
    for (const row of table.rows) {
      const values = Object.values(row);
      parts.push(...values.filter((value) => Buffer.isBuffer(value)), Buffer.from(JSON.stringify(values)));
    }
  }
  return Buffer.concat(parts);
}

/** All files below a folder, one after the other. */
export function filesBelow(place: string): Buffer {
  const files = readdirSync(place, { recursive: true, encoding: 'utf8' }).map((name) => join(place, name));
  return Buffer.concat(files.filter((file) => statSync(file).isFile()).map((file) => readFileSync(file)));
}
