import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { LANGUAGES } from '#language';
import { errorWords } from './said.ts';

it('every error is explained to those who write services', () => {
  const text = readFileSync(join(import.meta.dirname, '../../docs/services.md'), 'utf8');
  const codes = LANGUAGES.flatMap((language) => Object.keys(errorWords(language)));
  assert.ok(codes.includes('tooLong'));
  assert.deepEqual(
    codes.filter((code) => !text.includes(`\`${code}\``)),
    [],
  );
});
