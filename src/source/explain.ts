/** What a shape says of a document, in words that lead its author to the place: ids instead of positions, known keys. */
import type { z } from 'zod';
import { hint } from './hint.ts';
import type { Problem, SourcePath } from './problem.ts';

/** Which keys a place may have, by its path. */
export type KnownKeys = Map<string, readonly string[]>;

interface WithShape {
  inst?: { _zod?: { def?: { shape?: object } } } | undefined;
}

const keyOf = (path: readonly PropertyKey[]): string => path.map(String).join('\0');
const plain = (path: readonly PropertyKey[]): SourcePath =>
  path.map((step) => (typeof step === 'symbol' ? String(step) : step));

/** @returns an error map that says nothing itself, but remembers which keys each strict place knows */
export function rememberKeys(known: KnownKeys): (issue: z.core.$ZodRawIssue) => undefined {
  return (issue) => {
    if (issue.code !== 'unrecognized_keys') return undefined;
    const shape = (issue as WithShape).inst?._zod?.def?.shape;
    known.set(keyOf(issue.path ?? []), Object.keys(shape ?? {}));
    return undefined;
  };
}

function at(value: unknown, step: PropertyKey): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined;
}

/** How an author calls an entry of a list: by its id, or by the page that a step of a journey is on. */
function nameOf(entry: unknown): string | undefined {
  for (const key of ['id', 'page', 'calendar']) {
    const name = at(entry, key);
    if (typeof name === 'string' && name !== '') return name;
  }
  return undefined;
}

/** @returns the way to a place in words, such as `pages.contact.questions.phone.max` or `steps.3.fill` */
export function spell(value: unknown, path: readonly PropertyKey[]): string {
  let here = value;
  return path
    .map((step) => {
      const next = at(here, step);
      here = next;
      if (typeof step !== 'number') return String(step);
      return nameOf(next) ?? String(step + 1);
    })
    .join('.');
}

const quoted = (values: readonly unknown[]): string =>
  values.map((value) => `\`${String(value)}\``).join(', ');

/** Kinds of values, in words. */
const IN_WORDS: Readonly<Record<string, string>> = {
  ...{ int: 'a whole number', number: 'a number', string: 'a text', boolean: '`true` or `false`' },
  ...{ array: 'a list', object: 'a group of keys', record: 'a group of keys' },
};

/** What a shape says by itself of numbers and kinds. A shape with words of its own has said it better. */
function kindMessage(issue: z.core.$ZodIssue, given: unknown): string | undefined {
  if (issue.code === 'invalid_type' && /^Invalid input/.test(issue.message)) {
    const wanted = `${IN_WORDS[issue.expected] ?? `a ${issue.expected}`} belongs here`;
    if (given === undefined) return `is missing: ${wanted}`;
    return typeof given === 'object' ? wanted : `${wanted}, not \`${String(given)}\``;
  }
  if (typeof given !== 'number') return undefined;
  if (issue.code === 'too_small' && /^Too small/.test(issue.message))
    return `\`${given}\` is too small: at least ${issue.minimum}`;
  if (issue.code === 'too_big' && /^Too big/.test(issue.message))
    return `\`${given}\` is too large: at most ${issue.maximum}`;
  return undefined;
}

function messageOf(issue: z.core.$ZodIssue, value: unknown): string {
  const given = issue.path.reduce(at, value);
  if (issue.code === 'invalid_value' && /^Invalid (option|input)/.test(issue.message)) {
    if (given === undefined) return `is missing: one of ${quoted(issue.values)} belongs here`;
    return `\`${String(given)}\` is none of ${quoted(issue.values)}.${hint(String(given), issue.values.map(String))}`;
  }
  return kindMessage(issue, given) ?? issue.message;
}

/**
 * @param issues what the shape found
 * @param value the document
 * @param known what {@link rememberKeys} has collected meanwhile
 * @returns one problem for each mistake, at the line of its key
 */
export function explain(
  issues: readonly z.core.$ZodIssue[],
  { file, value, lineOf }: { file: string; value: unknown; lineOf(path: SourcePath): number },
  known: KnownKeys,
): Problem[] {
  const problem = (path: readonly PropertyKey[], message: string): Problem => {
    const where = path.length > 0 ? `${spell(value, path)}: ` : '';
    return { file, line: lineOf(plain(path)), message: `${where}${message}` };
  };
  return issues.flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys') return problem(issue.path, messageOf(issue, value));
    const keys = known.get(keyOf(issue.path)) ?? [];
    return issue.keys.map((key) =>
      problem([...issue.path, key], `unknown key.${hint(key, keys) || ` There are ${quoted(keys)}.`}`),
    );
  });
}
