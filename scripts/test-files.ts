/** Which test files there are, how they are run, and which of them a call means. */
import { readdirSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { PURE_MAY_USE } from './boundaries.ts';

/** Test files by how they are run; paths from the root. */
export interface TestFiles {
  /** Touch nothing outside their process, so they may share one. */
  pure: string[];
  /** Tests beside the code of the other rooms. */
  rooms: string[];
  /** Tests of the whole office. */
  whole: string[];
}

const TEST_FILE = /\.test\.tsx?$/;

const roomOf = (file: string): string | undefined => /^src\/([^/]+)\//.exec(file)?.[1];

/** @param root the folder with `src/` and `test/` */
export function allTestFiles(root: string): TestFiles {
  const list = (folder: string): string[] =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => TEST_FILE.test(name))
      .map((name) => [folder, ...name.split(sep)].join('/'))
      .sort();
  const src = list('src');
  const isPure = (file: string): boolean => PURE_MAY_USE.has(roomOf(file) ?? '');
  return { pure: src.filter(isPure), rooms: src.filter((file) => !isPure(file)), whole: list('test') };
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** @returns which files a word means: a test file, or what lies in a folder or a room */
function meantBy(word: string, root: string, from: string): ((file: string) => boolean) | undefined {
  if (!/[/\\.]/.test(word) && isFolder(join(root, 'src', word))) return (file) => roomOf(file) === word;
  const places = [from, root].map((folder) => relative(root, resolve(folder, word)).split(sep).join('/'));
  const path = places.find((place) => statSync(join(root, place), { throwIfNoEntry: false }));
  if (path === undefined) return undefined;
  return isFolder(join(root, path))
    ? (file) => path === '' || file.startsWith(`${path}/`)
    : (file) => file === path;
}

/**
 * @param words rooms, folders and test files, as somebody types them in the folder `from`; none: everything
 * @returns the files they mean, and the words that mean none
 */
export function chosenTestFiles(
  root: string,
  words: readonly string[],
  from: string = root,
): { files: TestFiles; unknown: string[] } {
  const all = allTestFiles(root);
  if (words.length === 0) return { files: all, unknown: [] };
  const every = [...all.pure, ...all.rooms, ...all.whole];
  const meant = words.map((word) => ({ word, means: meantBy(word, root, from) }));
  const isMeant = (file: string): boolean => meant.some(({ means }) => means?.(file));
  return {
    files: {
      pure: all.pure.filter(isMeant),
      rooms: all.rooms.filter(isMeant),
      whole: all.whole.filter(isMeant),
    },
    unknown: meant.filter(({ means }) => !means || !every.some(means)).map(({ word }) => word),
  };
}
