/** YAML files with positions: what is wrong in a definition or a configuration is named with file and line. */
import { readFileSync } from 'node:fs';
import { isMap, isNode, isScalar, LineCounter, parseDocument, type YAMLParseError } from 'yaml';
import type { ZodType } from 'zod';
import { explain, type KnownKeys, rememberKeys } from './explain.ts';
import { fitsOf } from './fits.ts';
import type { Problem, SourcePath } from './problem.ts';
import { readQuickly } from './quick.ts';

export { isGroup } from './group.ts';
export { hint } from './hint.ts';
export type { Problem, SourcePath } from './problem.ts';

/** One parsed YAML file that still knows where everything stood. */
export interface Source<T> {
  file: string;
  value: T;
  /** @returns the 1-based line of what is at this path (of its key, where it has one), or of its nearest ancestor */
  lineOf(path: SourcePath): number;
  /** @returns the same with the file: where several files were put together, the one it was written in */
  spotOf(path: SourcePath): Spot;
}

/** A line of a file. */
export interface Spot {
  file: string;
  line: number;
}

export type SourceResult<T> =
  | { source: Source<T>; problems: [] }
  | { source?: undefined; problems: Problem[] };

/**
 * Parses YAML text and checks its shape.
 * @param file the name to use in problems
 * @param text YAML 1.2; duplicate keys are errors
 * @param shape what the document must look like
 */
export function parseSource<T>(file: string, text: string, shape: ZodType<T>): SourceResult<T> {
  const quick = readQuickly(text);
  if (quick) {
    const checked = readAs(shape, quick.value);
    if (checked) {
      // Positions cost far more than values: they are worked out when there is something to complain about.
      let located: Located | undefined;
      const lineOf = (path: SourcePath): number => {
        located ??= locate(text);
        return located.lineOf(path);
      };
      return { source: sourceOf(file, checked.value, lineOf), problems: [] };
    }
  }
  return parseWithPositions(file, text, shape);
}

/** @returns the value as the shape gives it, in a box; undefined when it does not have that shape */
function readAs<T>(shape: ZodType<T>, value: unknown): { value: T } | undefined {
  if (fitsOf(shape)(value)) return { value: value as T };
  const checked = shape.safeParse(value);
  return checked.success ? { value: checked.data } : undefined;
}

function sourceOf<T>(file: string, value: T, lineOf: Source<T>['lineOf']): Source<T> {
  return { file, value, lineOf, spotOf: (path) => ({ file, line: lineOf(path) }) };
}

/** Something that another file says, put into a document. */
export interface Inlay {
  /** Where it is now. */
  at: SourcePath;
  /** Who said it, and where. */
  source: Source<unknown>;
  from: SourcePath;
}

/**
 * A document that was put together of several files and still knows where everything stood.
 * @param base the file that the rest was put into
 * @param value the whole
 * @param inlays what others say; of two for one place the last counts
 */
export function layered<T>(base: Source<unknown>, value: T, inlays: readonly Inlay[]): Source<T> {
  const spotOf = (path: SourcePath): Spot => {
    const inside = ({ at }: Inlay) => at.every((step, index) => path[index] === step);
    const inlay = inlays.findLast(inside);
    return inlay ? inlay.source.spotOf([...inlay.from, ...path.slice(inlay.at.length)]) : base.spotOf(path);
  };
  return { file: base.file, value, lineOf: (path) => spotOf(path).line, spotOf };
}

interface Located {
  document: ReturnType<typeof parseDocument>;
  lines: LineCounter;
  lineOf(path: SourcePath): number;
}

function locate(text: string): Located {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const startOf = (path: SourcePath): number | undefined => {
    const parent = path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents;
    const key = path.at(-1);
    if (path.length > 0 && isMap(parent)) {
      const pair = parent.items.find((each) => isScalar(each.key) && each.key.value === key);
      if (isNode(pair?.key)) return pair.key.range?.[0];
    }
    const node = path.length === 0 ? document.contents : document.getIn(path, true);
    return isNode(node) ? node.range?.[0] : undefined;
  };
  const lineOf = (path: SourcePath): number => {
    for (let length = path.length; length >= 0; length -= 1) {
      const start = startOf(path.slice(0, length));
      if (start !== undefined) return lines.linePos(start).line;
    }
    return 1;
  };
  return { document, lines, lineOf };
}

/** A key that is there twice is named: the library only says where. */
function inWords({ code, message, pos }: YAMLParseError, text: string): string {
  const [key] = /^[^:\s]+/.exec(text.slice(pos[0])) ?? [];
  if (code === 'DUPLICATE_KEY' && key !== undefined)
    return `\`${key}\` is there twice: remove one of the two`;
  return `not valid YAML: ${message.split('\n')[0]}`;
}

function parseWithPositions<T>(file: string, text: string, shape: ZodType<T>): SourceResult<T> {
  const { document, lines, lineOf } = locate(text);
  if (document.errors.length > 0) {
    return {
      problems: document.errors.map((error) => ({
        file,
        line: lines.linePos(error.pos[0]).line,
        message: inWords(error, text),
      })),
    };
  }
  const value: unknown = document.toJS();
  const known: KnownKeys = new Map();
  const checked = shape.safeParse(value, { error: rememberKeys(known) });
  if (checked.success) return { source: sourceOf(file, checked.data, lineOf), problems: [] };
  return { problems: explain(checked.error.issues, { file, value, lineOf }, known) };
}

/** @returns what is wrong with a file that could not be read */
export function whyUnread(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' ? 'is missing' : `cannot be read: ${message}`;
}

/** Reads a file and parses it like {@link parseSource}; a file that cannot be read is a problem on line 1. */
export function readSource<T>(file: string, shape: ZodType<T>): SourceResult<T> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    return { problems: [{ file, line: 1, message: whyUnread(error) }] };
  }
  return parseSource(file, text, shape);
}

/** @returns one line a problem: `file:line: message` */
export function formatProblems(problems: readonly Problem[]): string {
  return problems.map((problem) => `${problem.file}:${problem.line}: ${problem.message}`).join('\n');
}
