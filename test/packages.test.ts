import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { missingPackages } from '../scripts/lock.ts';

it('the lock file names every package, also of other platforms, or `npm ci` refuses it', () => {
  const file = join(import.meta.dirname, '..', 'package-lock.json');
  const { packages } = JSON.parse(readFileSync(file, 'utf8'));
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
