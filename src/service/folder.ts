/** The folder of a service as text. The only place of this room that reads files. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** All YAML files of a service's folder, by their names relative to it (`texts/de.yaml`). */
export interface ServiceFolder {
  /** The folder, as problems should name it. */
  path: string;
  files: Readonly<Record<string, string>>;
}

/**
 * @param path a folder with `service.yaml`, `texts/` and `journeys/`
 * @throws Error when a file cannot be read
 */
export function readServiceFolder(path: string): ServiceFolder {
  const files: Record<string, string> = {};
  for (const part of ['.', 'texts', 'journeys']) {
    const folder = join(path, part);
    if (!existsSync(folder)) continue;
    for (const entry of readdirSync(folder).sort()) {
      if (!entry.endsWith('.yaml')) continue;
      files[part === '.' ? entry : `${part}/${entry}`] = readFileSync(join(folder, entry), 'utf8');
    }
  }
  return { path, files };
}

/** @returns the folders under `path` that hold a service, or `path` itself when it is one, in alphabetical order */
export function serviceFolders(path: string): string[] {
  if (existsSync(join(path, 'service.yaml'))) return [path];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(path, entry.name))
    .sort();
}
