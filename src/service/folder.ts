/** The folders of services as text. The only place of this room that reads files. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Municipality } from './here.ts';

/** YAML files of a folder, by their names relative to it (`texts/de.yaml`). */
interface Files {
  /** The folder, as problems should name it. */
  path: string;
  files: Readonly<Record<string, string>>;
  /** What lies there beside them: nobody reads it, so it is a misspelt name. */
  strange?: readonly string[];
}

/** All files of one service, and what the city lays over them. */
export interface ServiceFolder extends Files {
  /** Whose office it is offered in; without it, placeholders of the city stay as they are. */
  here?: Municipality;
  /** What the city says itself of a service that others have as well. */
  own?: Files;
  /** The services that there are everywhere, where this one is the city's alone. */
  beside?: readonly string[];
}

const PARTS: readonly string[] = ['texts', 'journeys'];

/**
 * @param path a folder with `service.yaml`, `texts/` and `journeys/`
 * @throws Error when a file cannot be read
 */
export function readServiceFolder(path: string): ServiceFolder {
  const files: Record<string, string> = {};
  const strange: string[] = [];
  for (const part of ['.', ...PARTS]) {
    const folder = join(path, part);
    if (!existsSync(folder)) continue;
    for (const entry of readdirSync(folder).sort()) {
      const name = part === '.' ? entry : `${part}/${entry}`;
      if (name === 'service.yaml' || (part !== '.' && entry.endsWith('.yaml')))
        files[name] = readFileSync(join(folder, entry), 'utf8');
      // Editors and file systems leave files with a dot in front.
      else if (part === '.' && !PARTS.includes(name) && !entry.startsWith('.')) strange.push(name);
    }
  }
  return { path, files, strange };
}

/** @returns the folders under `path` that hold a service, or `path` itself when it is one, in alphabetical order */
export function serviceFolders(path: string): string[] {
  if (existsSync(join(path, 'service.yaml'))) return [path];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(path, entry.name))
    .sort();
}

/**
 * Reads services as a city offers them: without those that are not done there, with what it says itself, and with its own.
 * @param path the services that are the same everywhere, or one service alone; then the city's other ones stay out
 * @throws Error when a folder cannot be read
 */
export function readServices(path: string, here?: Municipality): ServiceFolder[] {
  const paths = serviceFolders(path);
  if (!here) return paths.map(readServiceFolder);
  const shared = paths.map((each) => basename(each));
  const ownFolder = join(here.folder, 'services');
  const own = new Map(
    (existsSync(ownFolder) ? serviceFolders(ownFolder) : []).map((each) => [basename(each), each]),
  );
  const laid = paths.flatMap((each): ServiceFolder[] => {
    const slug = basename(each);
    if (here.services[slug] === 'none') return [];
    const over = own.get(slug);
    const isItself = over !== undefined && resolve(over) === resolve(each);
    return [{ ...readServiceFolder(each), here, ...(over && !isItself && { own: readServiceFolder(over) }) }];
  });
  if (paths[0] === path) return laid;
  const alone = [...own].flatMap(([slug, each]): ServiceFolder[] =>
    shared.includes(slug) ? [] : [{ ...readServiceFolder(each), here, beside: shared }],
  );
  return [...laid, ...alone].sort((a, b) => (basename(a.path) < basename(b.path) ? -1 : 1));
}

/** @returns a file of a service: the city's, where it has one of its own */
export function fileOf({ path, files, own }: ServiceFolder, name: string): { file: string; text: string } {
  const text = own?.files[name];
  return own && text !== undefined
    ? { file: join(own.path, name), text }
    : { file: join(path, name), text: files[name] ?? '' };
}
