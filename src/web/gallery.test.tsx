import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KINDS } from '#kinds';
import { about, LANGUAGES } from '#language';
import { GALLERY } from './gallery.fixture.tsx';
import { QUESTIONS } from './gallery.questions.fixture.ts';
import { softHyphens } from './hyphens.ts';
import { PICTOGRAM_IDS, Pictogram } from './index.ts';

interface Tag {
  name: string;
  attributes: Readonly<Record<string, string>>;
}

/** The start tags of a page with their attributes, in order. */
function tagsOf(html: string): Tag[] {
  return [...html.matchAll(/<([a-z][a-z0-9-]*)((?:\s[^\s=>]+(?:="[^"]*")?)*)\s*>/g)].map(
    ([, name = '', rest = '']) => ({
      name,
      attributes: Object.fromEntries(
        [...rest.matchAll(/([^\s=]+)(?:="([^"]*)")?/g)].map(([, key = '', value = '']) => [key, value]),
      ),
    }),
  );
}

test('every kind of question that people are asked has a sample', () => {
  const shown = new Set([...QUESTIONS.values()].map(({ kind }) => kind));
  const kinds = Object.values(KINDS).filter(({ asked }) => asked);
  assert.deepEqual(
    kinds.flatMap(({ kind }) => (shown.has(kind) ? [] : [kind])),
    [],
  );
});

const pages = Object.entries(GALLERY).flatMap(([name, page]) =>
  LANGUAGES.flatMap((language) =>
    (['terminal', 'phone'] as const).map((mode) => ({
      name: `${name} (${language}, ${mode})`,
      tags: tagsOf(page({ language, mode })),
      desk: name === 'desk',
      mode,
      language,
    })),
  ),
);

for (const { name, tags, desk, mode, language } of pages) {
  test(`${name} is well structured`, () => {
    const ids = tags.map((tag) => tag.attributes.id).filter((id) => id !== undefined);
    const known = new Set(ids);
    assert.equal(
      known.size,
      ids.length,
      `an id stands twice: ${ids.filter((id, at) => ids.indexOf(id) !== at)}`,
    );
    assert.equal(tags.filter((tag) => tag.name === 'h1').length, 1, 'one main heading');
    assert.equal(
      tags.find((tag) => tag.name === 'html')?.attributes.lang,
      desk ? 'de' : about(language).lang,
    );

    const described = tags.flatMap((tag) =>
      ['aria-describedby', 'aria-labelledby', 'for'].flatMap((key) => (tag.attributes[key] ?? '').split(' ')),
    );
    for (const id of described) assert.ok(id === '' || known.has(id), `nothing has the id ${id}`);

    const labelled = new Set(tags.filter((tag) => tag.name === 'label').map((tag) => tag.attributes.for));
    for (const tag of tags) {
      assert.equal(tag.attributes.style, undefined, 'no inline style');
      assert.deepEqual(
        Object.keys(tag.attributes).filter((key) => key.startsWith('on')),
        [],
      );
      if (!['input', 'select', 'textarea'].includes(tag.name) || tag.attributes.type === 'hidden') continue;
      const { id, 'aria-label': label } = tag.attributes;
      assert.ok(label !== undefined || (id !== undefined && labelled.has(id)), `no label for ${id}`);
      if (mode === 'terminal')
        assert.match(tag.attributes.autocomplete ?? 'off', /^off$/, `${id} offers old input`);
    }

    let level = 0;
    for (const heading of tags.filter((tag) => /^h[1-6]$/.test(tag.name))) {
      const next = Number(heading.name.slice(1));
      // The summary of errors stands before the page's own heading.
      if (level > 0) assert.ok(next <= level + 1, `h${next} follows h${level}`);
      level = next;
    }
  });
}

test('the help and the settings stand in the bar on every page, in the same order', () => {
  for (const { name, tags, desk } of pages) {
    if (desk) continue;
    const bar = tags.slice(tags.findIndex((tag) => tag.name === 'am-bar'));
    const order = bar
      .map((tag) => (/\bbar-help\b/.test(tag.attributes.class ?? '') ? 'help' : (tag.attributes.name ?? '')))
      .filter((part) => ['help', 'language', 'size', 'contrast', 'reach'].includes(part));
    const expected = ['help', ...LANGUAGES.map(() => 'language'), 'size', 'contrast'];
    assert.deepEqual(order, expected, name);
  }
});

test('an error says what to do between label and field, and the summary leads to the field', () => {
  const html = GALLERY.errors?.({}) ?? '';
  const at = (text: string) => html.indexOf(text);
  const label = at('for="f-familyName"');
  const message = at('id="f-familyName-error"');
  const field = at('id="f-familyName" name="familyName"');
  assert.ok(0 < label && label < message && message < field, `${label} ${message} ${field}`);
  assert.match(html, /<a href="#f-familyName">Bitte füllen Sie das Feld „Familienname“ aus\.<\/a>/);
  assert.match(html, /id="f-familyName"[^>]*aria-describedby="f-familyName-error"[^>]*aria-invalid="true"/);
});

test('what somebody typed can close no attribute and open no tag', () => {
  const typed = `"><script>alert(1)</script>`;
  const html = GALLERY.address?.({ fields: { familyName: [typed] } }) ?? '';
  assert.ok(html.includes('value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"'));
});

test('every pictogram is one line drawing inside its grid', () => {
  for (const id of PICTOGRAM_IDS) {
    const { text } = Pictogram({ id });
    const numbers = [...(/ d="([^"]*)"/.exec(text)?.[1] ?? '').matchAll(/-?\d*\.?\d+/g)].map(Number);
    assert.ok(numbers.length > 2 && numbers.every((one) => Math.abs(one) <= 48), id);
    assert.match(text, /aria-hidden="true"/);
  }
  assert.match(Pictogram({ id: 'sofa', label: 'Sofa' }).text, /role="img" aria-label="Sofa"/);
});

test('long compounds may break where their parts meet, short words never', () => {
  assert.equal(softHyphens('Wohnungsgeberbestätigung'), 'Wohnungs\u00adgeber\u00adbestätigung');
  assert.equal(softHyphens('Führungszeugnis und Ausweis'), 'Führungs\u00adzeugnis und Ausweis');
});
