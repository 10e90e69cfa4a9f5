import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { parse } from 'yaml';

/** @returns the names of a language's sentences, each with the values that it shows */
function namesIn(language: 'de' | 'en'): string[] {
  const file = join(import.meta.dirname, 'words', `${language}.yaml`);
  const groups = parse(readFileSync(file, 'utf8')) as Record<string, Record<string, string>>;
  return Object.entries(groups).flatMap(([group, texts]) =>
    Object.entries(texts).map(([name, text]) => {
      const values = new Set([...text.matchAll(/\{(\w+)[},]/g)].map(([, value]) => value));
      return `${group}.${name} ${[...values].sort().join(' ')}`;
    }),
  );
}

it('what is said in German is said in English, with the same values in it', () => {
  assert.deepEqual(namesIn('en'), namesIn('de'));
});
