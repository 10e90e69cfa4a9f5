/**
 * `node scripts/installed.ts full|production`: whether everything of package-lock.json that belongs on this machine is
 * there. npm leaves out optional packages without a word, when they want a newer Node or could not be fetched, and
 * among them are those that read pictures and set papers.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Locked {
  version?: string;
  dev?: boolean;
  devOptional?: boolean;
  optional?: boolean;
  os?: readonly string[];
  cpu?: readonly string[];
  libc?: readonly string[];
}

/** A machine, in npm's words. */
export interface Platform {
  os: string;
  cpu: string;
  libc: 'glibc' | 'musl' | undefined;
}

function isFor({ os, cpu, libc }: Locked, machine: Platform): boolean {
  const takes = (list: readonly string[] | undefined, own: string | undefined): boolean =>
    list === undefined || (own !== undefined && list.includes(own));
  return takes(os, machine.os) && takes(cpu, machine.cpu) && takes(libc, machine.libc);
}

/**
 * @param packages the `packages` of a lock file, version 3
 * @param versionAt the version that is installed at a place, undefined when there is none
 * @param production without what only development wants
 * @returns `package version` for everything that belongs on the machine and is not there
 */
export function leftOut(
  packages: Readonly<Record<string, Locked>>,
  versionAt: (place: string) => string | undefined,
  machine: Platform,
  production: boolean,
): string[] {
  return Object.entries(packages)
    .filter(([place, locked]) => {
      if (place === '' || (production && (locked.dev || locked.devOptional))) return false;
      // Of what is optional only packages of a platform are sure to be wanted: others come with those of another one.
      if (locked.optional && !locked.os && !locked.cpu) return false;
      return isFor(locked, machine) && versionAt(place) !== locked.version;
    })
    .map(([place, { version }]) => `${place.slice('node_modules/'.length)} ${version}`);
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '..');
  const read = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8'));
  const versionAt = (place: string): string | undefined => {
    try {
      return (read(`${place}/package.json`) as Locked).version;
    } catch {
      return undefined;
    }
  };
  const report = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  const machine: Platform = {
    os: process.platform,
    cpu: process.arch,
    libc: process.platform !== 'linux' ? undefined : report.header.glibcVersionRuntime ? 'glibc' : 'musl',
  };
  const { packages } = read('package-lock.json') as { packages: Record<string, Locked> };
  const missing = leftOut(packages, versionAt, machine, process.argv[2] === 'production');
  for (const one of missing) console.error(`amtomat: not installed: ${one}`);
  if (missing.length > 0) process.exitCode = 1;
}
