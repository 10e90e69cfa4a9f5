import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answers } from '#service';
import { filesIn } from './files.ts';

const paper = (file: string) => ({ file, name: `${file}.pdf`, mediaType: 'application/pdf', bytes: 3 });

test('files are found among all answers, also inside groups, in their order', () => {
  const answers: Answers = {
    name: 'file',
    mandate: paper('a'),
    date: { slot: 'b', date: '2026-11-23' },
    family: [{ name: 'x', proof: paper('c') }, { name: 'y' }, { proof: paper('d'), more: [paper('e')] }],
    counts: { sofa: 1 },
  };
  assert.deepEqual(
    filesIn(answers).map(({ file }) => file),
    ['a', 'c', 'd', 'e'],
  );
  assert.deepEqual(filesIn({}), []);
});
