import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { run } from './check.ts';

const definitions = join(import.meta.dirname, '../../test/broken');
const scratch = mkdtempSync(join(tmpdir(), 'amtomat-check-'));
after(() => rmSync(scratch, { recursive: true }));

test('the command prints each problem and ends with 1', async (t) => {
  const said: string[] = [];
  t.mock.method(console, 'error', (text: string) => said.push(text));
  const folder = join(scratch, 'teahouse');
  cpSync(join(definitions, 'healthy'), folder, { recursive: true });
  cpSync(join(definitions, 'unknown-name'), folder, { recursive: true });
  assert.equal(await run([folder]), 1);
  assert.match(said.join('\n'), /teahouse\/service\.yaml:21: when: `kidn` is not .*\n+1 problem found/s);
  said.length = 0;
  assert.equal(await run([join(scratch, 'nowhere')]), 1);
  assert.match(said.join('\n'), /cannot be read/);
});

test('the services of this office are well', async (t) => {
  const said: string[] = [];
  t.mock.method(console, 'log', (text: string) => said.push(text));
  t.mock.method(console, 'error', (text: string) => said.push(text));
  assert.equal(await run([]), 0, said.join('\n'));
  assert.match(said.join('\n'), /\d+ services with \d+ journeys: all well/);
});
