/**
 * `node scripts/lock.ts`: completes package-lock.json after `npm install`.
 *
 * npm leaves packages of other platforms out of the lock file when the registry it asks does not have them (mirrors
 * often keep Linux only), and `npm ci` then refuses that file everywhere. What is left out is named in the package
 * that wants it, version included; this writes it down. Integrity is unknown for these, and they are never installed
 * on the platforms Amtomat runs on.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Locked {
  version?: string;
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

function complete(file: string): number {
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
  const [root, ...rest] = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1));
  lock.packages = Object.fromEntries(root ? [root, ...rest] : rest);
  writeFileSync(file, `${JSON.stringify(lock, undefined, 2)}\n`);
  return missing.length;
}

if (import.meta.main) {
  const count = complete(join(import.meta.dirname, '..', 'package-lock.json'));
  console.log(`${count} packages of other platforms added`);
}
