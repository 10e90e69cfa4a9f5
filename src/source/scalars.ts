/** Scalars of everyday YAML (core schema), for the quick reader. */

export const GIVE_UP = new Error('not everyday YAML');
/** @throws GIVE_UP always; typed so that it can end an expression */
export function giveUp(): never {
  throw GIVE_UP;
}

const INTEGER = /^[-+]?[0-9]+$/;
const FLOAT = /^[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+|(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)[eE][-+]?[0-9]+)$/;
const ODD_NUMBER = /^(?:0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(?:inf|nan))$/i;
const WORDS: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ['', null],
  ['~', null],
  ...['null', 'Null', 'NULL'].map((word): [string, null] => [word, null]),
  ...['true', 'True', 'TRUE'].map((word): [string, boolean] => [word, true]),
  ...['false', 'False', 'FALSE'].map((word): [string, boolean] => [word, false]),
]);

export function resolve(plain: string): unknown {
  const word = plain.length < 6 ? WORDS.get(plain) : undefined;
  if (word !== undefined) return word;
  const first = plain.charCodeAt(0);
  const numeric = (first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46;
  if (!numeric) return plain;
  if (INTEGER.test(plain)) return plain.length > 15 ? giveUp() : Number(plain);
  if (FLOAT.test(plain)) return Number(plain);
  return ODD_NUMBER.test(plain) ? giveUp() : plain;
}

export function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text[at - 1 - slashes] === '\\') slashes += 1;
  return slashes % 2 === 1;
}

export function fold(lines: readonly string[]): string {
  let text = '';
  let blank = 0;
  for (const [index, line] of lines.entries()) {
    if (line.startsWith(' ')) giveUp();
    if (line === '') {
      blank += 1;
      continue;
    }
    if (index > 0) text += blank > 0 ? '\n'.repeat(blank) : ' ';
    text += line;
    blank = 0;
  }
  return text;
}
