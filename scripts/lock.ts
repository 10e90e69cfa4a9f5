/**
 * `node scripts/lock.ts`: completes package-lock.json after `npm install`.
 *
 * npm leaves packages of other platforms out of the lock file when the registry it asks does not have them (mirrors
 * often keep Linux only), and `npm ci` then refuses that file everywhere. What is left out is named in the package
 * that wants it, version included; this writes it down. Where an entry says nothing of its content, the package is
 * fetched and counts only when it is what the registry says of it; nothing is written down unseen. Ends with 1 when
 * the file holds something that nobody could check before running it.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Locked {
  /** Only where it is installed under another one. */
  name?: string;
  version?: string;
  resolved?: string;
  integrity?: string;
  link?: boolean;
  dev?: boolean;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
}
type Packages = Record<string, Locked>;

const SYSTEMS = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
];
const CPUS = ['arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];

/** @returns where Node would find the package that `from` asks for, or undefined when it is not locked */
function resolved(packages: Packages, from: string, name: string): string | undefined {
  for (let place = from; ; place = place.slice(0, Math.max(0, place.lastIndexOf('/node_modules/')))) {
    const candidate = place === '' ? `node_modules/${name}` : `${place}/node_modules/${name}`;
    if (packages[candidate]) return candidate;
    if (place === '') return undefined;
  }
}

/**
 * @param packages the `packages` of a lock file, version 3
 * @returns `package wants name@version` for everything optional that the file does not have
 */
export function missingPackages(packages: Packages): { by: string; name: string; version: string }[] {
  return Object.entries(packages).flatMap(([by, { optionalDependencies = {} }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => resolved(packages, by, name) === undefined)
      .map(([name, version]) => ({ by, name, version })),
  );
}

/** Packages come from here, or from a mirror that the machine's npm is set to; the content is the same. */
const REGISTRY = 'https://registry.npmjs.org/';

/**
 * @param packages the `packages` of a lock file, version 3
 * @returns what cannot be checked when it is installed, in words: entries without a hash of their content, and such
 * from anywhere but the registry; empty when there are none
 */
export function uncheckedPackages(packages: Packages): string[] {
  return Object.entries(packages).flatMap(([place, { integrity, resolved, link }]) => {
    if (place === '') return [];
    const problems = [];
    if (link || !place.includes('node_modules/')) problems.push(`${place} is a folder, not a package`);
    else if (!/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? ''))
      problems.push(`${place} has no integrity (SHA-512)`);
    if (resolved !== undefined && !resolved.startsWith(REGISTRY))
      problems.push(`${place} comes from ${resolved}, not from the registry`);
    return problems;
  });
}

/**
 * Fetches one version and looks at every byte of it.
 * @returns its integrity
 * @throws Error when what came is not what the registry says of it
 */
function integrityOf(name: string, version: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'amtomat-lock-'));
  const npm = (...args: string[]): string =>
    execFileSync('npm', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const told: unknown = JSON.parse(npm('view', `${name}@${version}`, 'dist.integrity', '--json'));
    const [packed] = JSON.parse(npm('pack', `${name}@${version}`, '--json')) as { filename: string }[];
    const content = readFileSync(join(folder, packed?.filename ?? ''));
    const seen = `sha512-${createHash('sha512').update(content).digest('base64')}`;
    if (seen !== told) throw new Error(`${name}@${version} is ${seen}, and the registry says ${told}`);
    return seen;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What a package of one platform says of itself; its name tells. */
function platformOf(name: string): Pick<Locked, 'os' | 'cpu' | 'libc'> {
  const words = name.split(/[-/]/);
  const os = SYSTEMS.find(
    (system) => words.includes(system) || (system === 'linux' && words.includes('linuxmusl')),
  );
  const cpu = CPUS.find((one) => words.includes(one));
  const libc = /musl/.test(name) ? 'musl' : words.includes('gnu') ? 'glibc' : undefined;
  if (!os && !cpu)
    throw new Error(`${name} is missing in the lock file and is not a package of one platform`);
  return { ...(os && { os: [os] }), ...(cpu && { cpu: [cpu] }), ...(libc && { libc: [libc] }) };
}

function complete(file: string): { added: number; problems: string[] } {
  const lock = JSON.parse(readFileSync(file, 'utf8')) as { packages: Packages };
  const missing = missingPackages(lock.packages);
  for (const { by, name, version } of missing) {
    const dev = lock.packages[by]?.dev;
    lock.packages[`node_modules/${name}`] = {
      version,
      ...(dev && { dev }),
      optional: true,
      ...platformOf(name),
    };
  }
  for (const [place, locked] of Object.entries(lock.packages)) {
    if (place === '' || locked.integrity || locked.link || locked.resolved || !locked.version) continue;
    const { version, ...rest } = locked;
    const name = locked.name ?? place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
    lock.packages[place] = { version, integrity: integrityOf(name, version), ...rest };
  }
  const [root, ...rest] = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1));
  lock.packages = Object.fromEntries(root ? [root, ...rest] : rest);
  writeFileSync(file, `${JSON.stringify(lock, undefined, 2)}\n`);
  return { added: missing.length, problems: uncheckedPackages(lock.packages) };
}

if (import.meta.main) {
  const { added, problems } = complete(join(import.meta.dirname, '..', 'package-lock.json'));
  console.log(`${added} packages of other platforms added`);
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
}
