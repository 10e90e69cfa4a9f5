import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';

const LOADER = join(import.meta.dirname, '..', '..', 'scripts', 'tsx-loader.ts');
const PLAY = ['--import', LOADER, join(import.meta.dirname, 'main.ts'), 'play'];

/** The command as an operator runs it, against an address where no office is. */
function play(...words: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [...PLAY, ...words], { encoding: 'utf8' });
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

test('play says in words when an office takes no more from this line, and what to do', async (t) => {
  const office = createServer((_, response) => {
    response.writeHead(429, { 'content-type': 'text/html', 'retry-after': '1500' });
    response.end('<!DOCTYPE html><title>Von hier kommt gerade sehr viel</title>');
  });
  t.after(() => office.close());
  await once(office.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(office.address() as AddressInfo).port}`;
  const { code, stdout, stderr } = await new Promise<{ code: unknown; stdout: string; stderr: string }>(
    (end) =>
      execFile(process.execPath, [...PLAY, 'sperrmuell/brings-it', '--url', url], (error, stdout, stderr) =>
        end({ code: error?.code, stdout, stderr }),
      ),
  );
  assert.equal(code, 1);
  assert.match(stdout, /^FAILED sperrmuell.*takes no more of this from one line just now.*in about 25 min$/m);
  assert.match(
    stderr,
    /by the office's limit, not by a mistake.*Wait about 25 min.*--terminal.*AMTOMAT_RATE=0/,
  );
});
