import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** @returns the program's folder: texts lie in the sources, also when this file is part of the bundle */
function findRoot(): string {
  for (let folder = import.meta.dirname; folder !== dirname(folder); folder = dirname(folder))
    if (existsSync(join(folder, 'src', 'language', 'languages.yaml'))) return folder;
  throw new Error('language: src/language/languages.yaml is missing');
}

export const ROOT = findRoot();
