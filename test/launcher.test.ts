/** The command itself, in a folder of its own, with an npm that says what it was told to install. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, describe, it } from 'node:test';

const home = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'amtomat-launcher-'));
after(() => rmSync(folder, { recursive: true }));
const root = join(folder, 'amtomat');
const bin = join(folder, 'bin');
const said = join(folder, 'npm.log');

function program(name: string, text: string): void {
  writeFileSync(join(bin, name), `#!/bin/bash\n${text}\n`);
  chmodSync(join(bin, name), 0o755);
}

/** An npm that empties the folder of packages, as `npm ci` does, and puts there what it was asked for. */
const NPM = `printf '%s\\n' "$*" >>"${said}"
[ "$1" = ci ] || exit 1
rm -rf node_modules && mkdir -p node_modules/kysely
case " $* " in *" --omit=dev "*) ;; *) mkdir -p node_modules/typescript ;; esac
touch node_modules/.package-lock.json`;

beforeEach(() => {
  for (const old of [root, bin, said]) rmSync(old, { recursive: true, force: true });
  for (const made of [join(root, 'scripts'), join(root, 'src'), bin]) mkdirSync(made, { recursive: true });
  copyFileSync(join(home, 'amtomat'), join(root, 'amtomat'));
  copyFileSync(join(home, 'package-lock.json'), join(root, 'package-lock.json'));
  // What is built and started says so.
  writeFileSync(
    join(root, 'scripts/build.ts'),
    `import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
    rmSync('dist', { recursive: true, force: true });
    mkdirSync('dist');
    if (process.argv.includes('--production')) writeFileSync('dist/.production', '');
    writeFileSync('dist/amtomat.js', "console.log('runs', ...process.argv.slice(2))");
    console.error('built', ...process.argv.slice(2));`,
  );
  writeFileSync(join(root, 'scripts/installed.ts'), "console.error('looked at', process.argv[2])");
  writeFileSync(join(root, 'scripts/tsx-loader.ts'), '');
  writeFileSync(join(root, 'scripts/test.ts'), "console.log('tests')");
  symlinkSync(process.execPath, join(bin, 'node'));
  program('npm', NPM);
});

function amtomat(words: string, env: Record<string, string> = {}, path = `${bin}:/usr/bin:/bin`) {
  const { status, stdout, stderr } = spawnSync('/bin/bash', ['./amtomat', ...words.split(' ')], {
    cwd: root,
    encoding: 'utf8',
    env: { PATH: path, HOME: folder, ...env },
  });
  return { status, out: stdout.trim(), err: stderr };
}

/** What npm was told to install, oldest first; each is read once. */
function installs(): string[] {
  const lines = existsSync(said) ? readFileSync(said, 'utf8').trim().split('\n') : [];
  rmSync(said, { force: true });
  return lines.map((line) => (line.includes('--omit=dev') ? 'production' : 'full'));
}

const PRODUCTION = { AMTOMAT_ENV: 'production' };

describe('what is installed', () => {
  it('in production is nothing that only development or a trial wants', () => {
    const { status, out, err } = amtomat('start --port 0', PRODUCTION);
    assert.equal(status, 0, err);
    assert.equal(out, 'runs start --port 0');
    assert.match(err, /built --production/);
    assert.match(err, /looked at production/);
    assert.deepEqual(installs(), ['production']);
    assert.equal(existsSync(join(root, 'node_modules/typescript')), false);
  });

  it('is everything for a trial and for tests, once', () => {
    for (const words of ['start', 'test', 'start']) assert.equal(amtomat(words).status, 0);
    assert.deepEqual(installs(), ['full']);
  });

  it('grows when tests or a trial come after production, and is enough for production afterwards', () => {
    amtomat('start', PRODUCTION);
    const tests = amtomat('test');
    assert.equal(tests.out, 'tests');
    assert.equal(amtomat('start', PRODUCTION).out, 'runs start');
    assert.deepEqual(installs(), ['production', 'full']);
  });

  it('is built anew with stand-ins for a trial after production', () => {
    amtomat('start', PRODUCTION);
    assert.match(amtomat('start').err, /^built$/m);
    assert.doesNotMatch(amtomat('start', PRODUCTION).err, /built/);
  });

  it('stays as it is under whatever only looks at an office, with or without its settings', () => {
    amtomat('start', PRODUCTION);
    for (const words of ['keys', 'check', 'audit verify', 'help'])
      for (const env of [{}, PRODUCTION]) assert.equal(amtomat(words, env).out, `runs ${words}`);
    assert.deepEqual(installs(), ['production']);
  });

  it('is nothing where somebody only asks how a command is called, or calls one that does not exist', () => {
    amtomat('start', PRODUCTION);
    for (const words of ['test --help', 'bench faults -h', 'start --port 0 --help'])
      assert.equal(amtomat(words).out, `runs help ${words.split(' ')[0]}`);
    assert.equal(amtomat('--help').out, 'runs help');
    assert.equal(amtomat('help backup').out, 'runs help backup');
    assert.deepEqual(installs(), ['production']);
    rmSync(join(root, 'node_modules'), { recursive: true });
    const { status, out, err } = amtomat('strat');
    assert.deepEqual([status, out], [2, '']);
    assert.match(err, /^amtomat: unknown command "strat"$/m);
    assert.deepEqual(installs(), []);
  });

  it('is brought up to a new lock file, in the kind that is needed', () => {
    amtomat('start', PRODUCTION);
    writeFileSync(join(root, 'package-lock.json'), '{}');
    amtomat('start', PRODUCTION);
    amtomat('test');
    writeFileSync(join(root, 'package-lock.json'), '{ }');
    amtomat('start', PRODUCTION);
    assert.deepEqual(installs(), ['production', 'production', 'full', 'production']);
  });

  it('by hand without what tests need is not enough for them', () => {
    const modules = join(root, 'node_modules');
    mkdirSync(modules);
    writeFileSync(join(modules, '.package-lock.json'), '{}');
    utimesSync(join(root, 'package-lock.json'), 1, 1);
    assert.equal(amtomat('start', PRODUCTION).status, 0);
    assert.deepEqual(installs(), []);
    assert.equal(amtomat('test').status, 0);
    assert.deepEqual(installs(), ['full']);
  });

  it('is used only when nothing was left out', () => {
    writeFileSync(join(root, 'scripts/installed.ts'), 'process.exitCode = 1');
    const { status, out, err } = amtomat('start');
    assert.equal(status, 1);
    assert.equal(out, '');
    assert.match(err, /npm has left out packages/);
    amtomat('start');
    assert.deepEqual(installs(), ['full', 'full'], 'and tried again the next time');
  });
});

describe('a machine whose Node is too old, or that has none', () => {
  /** What any Debian has, without Node, npm and curl. */
  function bare(...more: string[]): string {
    const tools =
      'awk base64 basename bash cat chmod chown cmp cp cut dirname find gzip id ln mkdir mktemp mv od';
    for (const name of [...tools.split(' '), 'readlink', 'rm', 'sha512sum', 'tar', 'tr', 'uname', ...more]) {
      const place = ['/usr/bin', '/bin'].map((place) => join(place, name)).find((file) => existsSync(file));
      assert.ok(place, name);
      symlinkSync(place, join(bin, name));
    }
    return bin;
  }

  for (const command of ['start', 'test'])
    it(`is told what to install when Node cannot be fetched: ${command}`, () => {
      rmSync(join(bin, 'node'));
      rmSync(join(bin, 'npm'));
      const { status, err } = amtomat(command, {}, bare());
      assert.equal(status, 1);
      assert.match(err, /^amtomat: curl, wget or npm is needed .*apt-get install curl/);
      assert.equal(existsSync(join(root, 'node_modules')), false);
    });

  it('never installs with it', () => {
    rmSync(join(bin, 'node'));
    program('node', 'echo false');
    program('npm', `${NPM}\ntrue`);
    const { status, err } = amtomat('start', {}, bare());
    assert.equal(status, 1);
    assert.match(err, /could not be fetched/);
    assert.doesNotMatch(readFileSync(said, 'utf8'), /^ci/m);
  });

  it('takes nothing that the lock file does not know', () => {
    rmSync(join(bin, 'node'));
    rmSync(join(bin, 'npm'));
    program('curl', `while [ "$1" != -o ]; do shift; done; echo anything >"$2"`);
    const { status, err } = amtomat('start', {}, bare());
    assert.equal(status, 1);
    assert.match(err, /is not what package-lock\.json says of it: nothing of it was used/);
    assert.equal(existsSync(join(root, 'node_modules')), false);
  });
});
