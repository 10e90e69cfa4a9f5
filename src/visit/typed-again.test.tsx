import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FormFields } from '#journey';
import { parseHtml, readForms } from '#play';
import { findSaid, Said, saidIn } from './typed-again.tsx';

/** What the bar's buttons send along from a page that says this of what stands in its fields. */
function sent(said: Parameters<typeof Said>[0], typed: Readonly<Record<string, string>>): FormFields {
  const page = (
    <form method="post" action="/page">
      <Said {...said} />
      {Object.entries(typed).map(([name, value]) => (
        <input type="text" name={name} value={value} />
      ))}
    </form>
  );
  const fields: Record<string, string[]> = {};
  for (const { press } of readForms(parseHtml(String(page)), 'https://office.example/page'))
    for (const [name, value] of press().entries) fields[name] = [...(fields[name] ?? []), String(value)];
  return fields;
}

describe('what a page had said when only its look changes', () => {
  const marks = [{ code: 'wrong' }, { code: 'slowed', seconds: 90 }, { slip: 'missing' }, undefined];

  it('is said once more of the same text, with its seconds', () => {
    const said = saidIn(sent({ marks, of: { code: 'A2B' } }, { code: 'A2B' }));
    assert.deepEqual(said, ['wrong', 'slowed:90', 'slip']);
    assert.deepEqual(findSaid(said, ['slowed', 'wrong']), { code: 'wrong', seconds: 60 });
    assert.deepEqual(findSaid(said, ['slowed']), { code: 'slowed', seconds: 90 });
  });

  it('is not said of another text, but for what is found anew in it, and how long somebody waits', () => {
    const said = saidIn(sent({ marks, of: { code: 'A2B' } }, { code: 'A3B' }));
    assert.deepEqual(said, ['slowed:90', 'slip']);
    assert.equal(findSaid(said, ['wrong']), undefined);
  });

  it('is said whatever is typed where it is not about that', () => {
    assert.deepEqual(saidIn(sent({ marks: [{ code: 'again' }] }, { text: 'anything' })), ['again']);
  });

  it('is one of the words that the page knows, whatever was sent', () => {
    for (const forged of ['<b>', 'wrong:1e9', 'constructor', 'unknown'])
      assert.equal(findSaid(saidIn({ _said: [forged] }), ['wrong', 'slowed']), undefined, forged);
  });
});
