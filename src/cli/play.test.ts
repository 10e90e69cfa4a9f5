import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';

/** The command as an operator runs it, against an address where no office is. */
function play(...words: string[]): { status: number | null; stdout: string; stderr: string } {
  const main = join(import.meta.dirname, 'main.ts');
  const loader = join(import.meta.dirname, '..', '..', 'scripts', 'tsx-loader.ts');
  return spawnSync(process.execPath, ['--import', loader, main, 'play', ...words], { encoding: 'utf8' });
}
const NOBODY = 'http://127.0.0.1:9';

test('play says what is wrong with the call', () => {
  for (const words of [[], ['--url', 'nowhere'], ['--url', 'ftp://x'], ['x', '--url', NOBODY]]) {
    const { status, stdout, stderr } = play('sperrmuell', ...words);
    assert.equal(status, 2, words.join(' '));
    assert.match(stderr, /--url|superfluous word "x"/);
    assert.match(stderr, /play --help/);
    assert.equal(stdout, '');
  }
});

test('play says when there is no such journey', () => {
  const { status, stderr } = play('sperrmuell/nowhere', '--url', NOBODY);
  assert.equal(status, 1);
  assert.match(stderr, /no journey sperrmuell\/nowhere/);
});

test('play prints a line for each journey, and fails with the first that fails', () => {
  const { status, stdout, stderr } = play('sperrmuell', '--url', NOBODY);
  assert.equal(status, 1);
  const lines = stdout.trim().split('\n');
  assert.ok(lines.length >= 6);
  for (const line of lines)
    assert.match(line, /^FAILED sperrmuell\/[\w-]+ +step 0: the office cannot be reached/);
  assert.match(stderr, new RegExp(`${lines.length} of ${lines.length} journeys failed`));
});
