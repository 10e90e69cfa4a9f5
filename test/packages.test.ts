import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { missingPackages, uncheckedPackages } from '../scripts/lock.ts';

const { packages } = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package-lock.json'), 'utf8'));

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
