import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { seenIn, seenNow, seenQuickly } from './seen.ts';

const name = fc.stringMatching(/^p[a-z][\w-]{0,5}(?:\.[a-z][\w-]{0,5}){0,2}$/);
const entry = fc
  .tuple(fc.string(), fc.string(), fc.boolean())
  .map(([source, own, machine]) => seenNow(source, own, machine));

describe('what is remembered of translations', () => {
  it('is read line by line as YAML reads it', () => {
    fc.assert(
      fc.property(fc.dictionary(name, entry, { noNullPrototype: true }), (all) => {
        const text = `# Not to be written by hand.\n\n${stringify(all)}`;
        const slow: Record<string, string> = parse(text) ?? {};
        const quick = seenQuickly(text);
        if (Object.keys(all).length > 0) assert.ok(quick, text);
        for (const [key, seen] of quick ?? []) assert.deepEqual(seen, seenIn(slow[key] ?? ''));
        if (quick) assert.equal(quick.size, Object.keys(slow).length);
      }),
    );
  });

  it('is left to YAML where it looks otherwise', () => {
    const good = seenNow('Ja', 'Yes', true);
    assert.equal(seenQuickly(`yes: ${good}`)?.get('yes')?.machine, true);
    for (const text of [
      `yes: ${good}\nyes: ${good}\n`,
      `yes: "${good}"\n`,
      `group:\n  yes: ${good}\n`,
      `yes: ${good} by hand\n`,
      'yes: 1234567 89abcdef\n',
    ])
      assert.equal(seenQuickly(text), undefined, text);
  });
});
