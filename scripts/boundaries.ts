/**
 * The rules of the house, checked: which file may import which, where time and settings come from, where sentences stand.
 * Reads sources as the formatter leaves them (imports begin a line, single quotes), so it runs after the formatter.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { sentenceIn } from './spoken.ts';

interface Import {
  from: string;
  line: number;
  dynamic: boolean;
}

interface SourceFile {
  /** Path from the root with slashes. */
  path: string;
  /** As it is written. */
  source: string;
  /** Without comments. */
  text: string;
  imports: Import[];
}

const FOLDERS = ['src', 'sandbox', 'test', 'bench', 'scripts'];
/** No clock, no random, no input or output. */
const PURE = new Set(['kinds', 'service', 'journey', 'time', 'typed']);
/** Touch nothing outside their process but files that they read; their tests share one process. */
export const PURE_MAY_USE: ReadonlySet<string> = new Set([...PURE, 'source', 'language']);
const PURE_PACKAGES = ['zod', 'yaml', '@marcbachmann/cel-js', 'libphonenumber-js', 'i18n-iso-countries'];
/** Of Node itself: arithmetic on texts, nothing that reaches outside. */
const PURE_OF_NODE = ['node:path'];
/** The one file that reads a service's folder, and the one that asks the system for the time. */
const PURE_EXCEPT = new Set(['src/service/folder.ts', 'src/time/clock.ts']);
/** The builder of browser files runs before anything is built; it shares the way files are named with the room. */
const SIDE_DOORS = new Set(['scripts/assets.ts -> src/web/assets.ts']);
/** What citizens come to before a service, through one, and back to: each stands on a visit, and none on another. */
const APART = new Set(['home', 'errand', 'status']);
const IMPURE_WORDS = /\b(?:Math\.random|process\.|fetch\(|setTimeout\(|setInterval\(|crypto\.)/;
const TIME_WORDS = /\bDate\.now\b|\bnew Date\(\s*\)|(?<!new )\bDate\(\)/;

const STATIC = /^(?:import|export)\s(?:[^;'"]*?\sfrom\s)?\s*['"]([^'"]+)['"]/gm;
const DYNAMIC = /\bimport\(\s*['"]([^'"]+)['"]/g;

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}

/** Blanks comments but keeps the lines. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, (comment) => comment.replace(/[^\n]/g, ' '));
}

function importsOf(code: string): Import[] {
  const found = (pattern: RegExp, dynamic: boolean): Import[] =>
    [...code.matchAll(pattern)].map((match) => ({
      from: match[1] ?? '',
      line: lineAt(code, match.index),
      dynamic,
    }));
  return [...found(STATIC, false), ...found(DYNAMIC, true)];
}

function readSources(root: string): SourceFile[] {
  return FOLDERS.flatMap((folder) => {
    let names: string[];
    try {
      names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
    } catch {
      return [];
    }
    return names
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => {
        const source = readFileSync(join(root, folder, name), 'utf8');
        const text = withoutComments(source);
        return { path: [folder, ...name.split(sep)].join('/'), source, text, imports: importsOf(text) };
      });
  });
}

/** @returns the path of our own file an import means, or undefined for a package */
function targetOf(file: SourceFile, { from }: Import, root: string): string | undefined {
  if (from.startsWith('#jsx')) return 'src/web/jsx/jsx-runtime.ts';
  if (from.startsWith('#sandbox/')) return `sandbox/${from.slice(9)}/index.ts`;
  if (from.startsWith('#test/')) return `test/support/${from.slice(6)}.ts`;
  if (from.startsWith('#')) return `src/${from.slice(1)}/index.ts`;
  if (!from.startsWith('.')) return undefined;
  return relative(root, resolve(root, dirname(file.path), from))
    .split(sep)
    .join('/');
}

function roomOf(path: string): string | undefined {
  return /^src\/([^/]+)\//.exec(path)?.[1];
}

/** Tests, and what only tests use. */
function isTest(path: string): boolean {
  return /\.(?:test|fixture)\.tsx?$/.test(path);
}

function checkImport(file: SourceFile, one: Import, target: string | undefined): string | undefined {
  const room = roomOf(file.path);
  if (target?.startsWith('sandbox/') && file.path.startsWith('src/') && !one.dynamic && !isTest(file.path)) {
    return 'a stand-in of sandbox/ is loaded by import() only, when it is wanted';
  }
  const other = target === undefined ? undefined : roomOf(target);
  if (other === 'cli' && room !== 'cli') {
    return isTest(file.path) ? undefined : 'nobody but the command itself uses src/cli';
  }
  const byDoor = /\/index\.tsx?$/.test(target ?? '') || target?.startsWith('src/web/jsx/');
  if (other && other !== room && !byDoor && !SIDE_DOORS.has(`${file.path} -> ${target}`)) {
    return `room "${other}" is entered by its index.ts only`;
  }
  if (other && other !== room && APART.has(other) && APART.has(room ?? '')) {
    return `rooms "${room}" and "${other}" do not know each other: src/citizens.ts puts them together`;
  }
  const isWiring = /^src\/[^/]+\.tsx?$/.test(target ?? '');
  if (isWiring && room && room !== 'cli' && !isTest(file.path)) {
    return `${target} wires the rooms; no room uses it`;
  }
  return undefined;
}

function isPurePackage(name: string): boolean {
  return (
    PURE_OF_NODE.includes(name) || PURE_PACKAGES.some((pure) => name === pure || name.startsWith(`${pure}/`))
  );
}

function checkPurity(file: SourceFile, one: Import, target: string | undefined): string | undefined {
  const room = roomOf(file.path);
  if (!room || !PURE.has(room) || isTest(file.path) || PURE_EXCEPT.has(file.path)) return undefined;
  const other = target === undefined ? undefined : roomOf(target);
  const allowed = other ? PURE_MAY_USE.has(other) : isPurePackage(one.from);
  return allowed ? undefined : `room "${room}" is pure and may not import ${one.from}`;
}

function checkWords(file: SourceFile): string[] {
  if (!file.path.startsWith('src/') || isTest(file.path)) return [];
  const room = roomOf(file.path);
  const found: string[] = [];
  const look = (pattern: RegExp, message: string): void => {
    const match = pattern.exec(file.text);
    if (match) found.push(`${file.path}:${lineAt(file.text, match.index)}: ${message}`);
  };
  if (room !== 'time') look(TIME_WORDS, 'time comes from the Clock only (#time)');
  if (room !== 'config' && room !== 'cli') look(/\bprocess\.env\b/, 'settings come from #config only');
  if (room && PURE.has(room) && !PURE_EXCEPT.has(file.path)) {
    look(IMPURE_WORDS, `room "${room}" is pure: no random, no input or output`);
  }
  const said = sentenceIn(file.path, file.source);
  if (said)
    found.push(
      `${file.path}:${said.line}: "${said.text}" belongs into the words of its room (words/de.yaml)`,
    );

  return found;
}

/** @returns the rooms or files of a circle, the first one again at its end, or undefined when there is none */
function findCycle(uses: ReadonlyMap<string, ReadonlySet<string>>): string[] | undefined {
  const done = new Set<string>();
  const visit = (one: string, way: readonly string[]): string[] | undefined => {
    if (way.includes(one)) return [...way.slice(way.indexOf(one)), one];
    if (done.has(one)) return undefined;
    for (const next of uses.get(one) ?? []) {
      const cycle = visit(next, [...way, one]);
      if (cycle) return cycle;
    }
    done.add(one);
    return undefined;
  };
  for (const one of uses.keys()) {
    const cycle = visit(one, []);
    if (cycle) return cycle;
  }
  return undefined;
}

/**
 * @param root the folder with `src/`
 * @returns one line for each broken rule, with file and line
 * @throws Error when there is nothing to check: a check of nothing must not look like a pass
 */
export function checkBoundaries(root: string): string[] {
  const files = readSources(root);
  if (!files.some((file) => file.path.startsWith('src/'))) throw new Error(`${root}: no sources to check`);
  const problems: string[] = [];
  const rooms = new Map<string, Set<string>>();
  const perFile = new Map<string, Set<string>>();
  for (const file of files) {
    problems.push(...checkWords(file));
    for (const one of file.imports) {
      const target = targetOf(file, one, root);
      const problem = checkImport(file, one, target) ?? checkPurity(file, one, target);
      if (problem) problems.push(`${file.path}:${one.line}: ${problem}`);
      const room = roomOf(file.path);
      const other = target && !target.startsWith('src/web/jsx/') ? roomOf(target) : undefined;
      if (room && other && room !== other && !isTest(file.path)) {
        rooms.set(room, (rooms.get(room) ?? new Set()).add(other));
      }
      if (target) perFile.set(file.path, (perFile.get(file.path) ?? new Set()).add(target));
    }
  }
  const ofRooms = findCycle(rooms);
  // Where rooms need each other, some of their files do as well: that is said once.
  const ofFiles = ofRooms ? undefined : findCycle(perFile);
  if (ofRooms) problems.push(`src: rooms import each other in a circle: ${ofRooms.join(' -> ')}`);
  if (ofFiles) problems.push(`${ofFiles[0]}: files import each other in a circle: ${ofFiles.join(' -> ')}`);
  return problems;
}
