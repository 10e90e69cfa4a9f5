/** Which tests `./amtomat test` runs when it is told a part. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { chosenTestFiles } from '../scripts/test-files.ts';

const FILES = [
  'src/journey/walk.test.ts',
  'src/journey/kinds/date.test.ts',
  'src/cases/submit.test.ts',
  'src/cases/submit.ts',
  'src/cases-of-old/any.test.tsx',
  'src/empty/index.ts',
  'test/odd.test.ts',
  'test/browser/pages.test.ts',
];
const root = mkdtempSync(join(tmpdir(), 'amtomat-house-'));
after(() => rmSync(root, { recursive: true }));
for (const file of FILES) {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), '');
}

const chosen = (words: readonly string[], from = root) => {
  const { files, unknown } = chosenTestFiles(root, words, from);
  return [...files.pure, ...files.rooms, ...files.whole, ...unknown.map((word) => `? ${word}`)];
};

describe('the tests of a part', () => {
  it('are all tests where no part is named', () => {
    const tests = FILES.filter((file) => file.includes('.test.'));
    assert.deepEqual(chosen([]).toSorted(), tests.toSorted());
  });

  const parts: Record<string, { words: string[]; are: string[] }> = {
    'a room': { words: ['cases'], are: ['src/cases/submit.test.ts'] },
    'a folder': { words: ['src/journey/kinds'], are: ['src/journey/kinds/date.test.ts'] },
    'a folder with a slash': { words: ['./src/journey/'], are: chosen(['journey']) },
    'a file': { words: ['test/odd.test.ts'], are: ['test/odd.test.ts'] },
    'several, some twice': {
      words: ['test', 'cases', 'test/odd.test.ts'],
      are: ['src/cases/submit.test.ts', 'test/browser/pages.test.ts', 'test/odd.test.ts'],
    },
    'a whole path': { words: [join(root, 'test/odd.test.ts')], are: ['test/odd.test.ts'] },
  };
  for (const [name, { words, are }] of Object.entries(parts)) {
    it(`are those of ${name}`, () => assert.deepEqual(chosen(words), are));
  }

  it('can be named from the folder one stands in', () => {
    assert.deepEqual(chosen(['odd.test.ts'], join(root, 'test')), ['test/odd.test.ts']);
  });

  it('are refused where a word means none: a run of nothing is no pass', () => {
    const words = ['case', 'empty', 'src/cases/submit.ts', 'test/gone.test.ts', '..'];
    assert.deepEqual(
      chosen(words),
      words.map((word) => `? ${word}`),
    );
    const program = ['--import', './scripts/tsx-loader.ts', 'scripts/test.ts', 'cases', 'nowhere'];
    const { status, stderr } = spawnSync(process.execPath, program, {
      cwd: join(import.meta.dirname, '..'),
      encoding: 'utf8',
    });
    assert.equal(status, 2);
    assert.match(stderr, /no room, folder or test file: nowhere$/m);
  });
});
