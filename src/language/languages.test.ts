import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { readLanguages } from './languages.ts';

const folder = mkdtempSync(join(tmpdir(), 'amtomat-languages-'));
after(() => rmSync(folder, { recursive: true }));
const GERMAN = 'de: { name: Deutsch, tag: de-DE, direction: ltr, review: people }\n';

function read(text: string) {
  const file = join(folder, 'languages.yaml');
  writeFileSync(file, GERMAN + text);
  return readLanguages(file) as ReadonlyMap<string, unknown>;
}

it('a language says how it is written, and what stands for it where it is silent', () => {
  const all = read(
    `hr: { name: Hrvatski, tag: hr-HR, direction: ltr, fallback: de, review: people }
sr: { name: Srpski, tag: sr-Latn-RS, direction: ltr, fallback: hr, review: machine }
`,
  );
  assert.deepEqual(all.get('sr'), {
    ...{ name: 'Srpski', tag: 'sr-Latn-RS', lang: 'sr-Latn', script: 'Latn', direction: 'ltr' },
    ...{ fallback: 'hr', fallbacks: ['hr', 'de'], register: undefined, review: 'machine' },
  });
});

it('what is told wrongly is named with file and line', () => {
  const fr = (more: string) => () =>
    read(`fr: { name: Français, direction: ltr, review: people, ${more} }\n`);
  assert.throws(fr('tag: fr_FR, fallback: de'), /languages\.yaml:2: .*BCP 47/);
  assert.throws(fr('tag: fr-FR'), /languages\.yaml:2: `fallback` has to lead to `de`/);
  assert.throws(fr('tag: fr-FR, fallback: fr'), /`fallback` has to lead to `de`/);
  assert.throws(fr('tag: fr-FR, fallback: de, of: es, register: easy'), /there is no language `es`/);
  assert.throws(fr('tag: fr-FR, fallback: de, register: easy'), /`register` and `of` come together/);
});
