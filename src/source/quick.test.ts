import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { readQuickly } from './quick.ts';

function full(text: string): unknown {
  try {
    return { value: parse(text) as unknown };
  } catch {
    return 'error';
  }
}

/** Where the quick reader has an answer, it is the full parser's; where that sees an error, it has none. */
function agrees(text: string): boolean {
  const quick = readQuickly(text);
  if (quick === undefined) return false;
  assert.deepEqual(quick, full(text), text);
  return true;
}

test('every YAML file of services and city is read quickly and exactly', () => {
  const files = ['services', 'city']
    .filter((folder) => statSync(folder, { throwIfNoEntry: false }))
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
    )
    .filter((name) => name.endsWith('.yaml'));
  assert.ok(files.length > 0);
  for (const file of files) assert.ok(agrees(readFileSync(file, 'utf8')), `${file} needs the full parser`);
});

const EVERYDAY = [
  'a: 1\nb: -2.5\nc: yes\nd: null\ne:\nf: ~\ng: "115"\nh: 2026-11-23\ni: true\nj: 1e3\nk: .5\nl: +7',
  'a:\n- 1\n- 2\nb:\n  - x: 1\n    y: 2\n  -\n    z: 3\n  - - p\n    - q',
  'a: \'it\'\'s\' # comment\nb: "x \\"y\\" \\n \\u00e4"\n# whole\nc: a#b',
  'a: { b: [1, 2, "x: y"], c: {}, e: [] }\nf:\n  {\n    g: h,\n    i.j: "1",\n  }\n',
  'a: |\n  one\n   two\n\n  three\nb: >-\n  one\n  two\n\n  three\n\nc: >\n  x\n',
  'https: https://example.org/a:b\ntime: "19:00"\nnext: 19:00',
  '- a\n- "b": c\n  d: e\n- [x, y]\n',
  '',
  '# nothing\n',
  '"quoted key": 1\n115: x',
];

test('everyday YAML needs no full parser', () => {
  for (const text of EVERYDAY) assert.ok(agrees(text), text);
});

test('unusual or broken YAML is left to the full parser', () => {
  const unusual = [
    'a: &x 1\nb: *x',
    'a: !!str 1',
    '---\na: 1',
    'a: one\n  two',
    'a: "one\n  two"',
    'a: 1\na: 2',
    'a: b: c',
    'a: [1, 2',
    'a:\n\t- 1',
    'a: 1\n  b: 2',
    '? a\n: b',
    'a: 0x10',
    'a: {b}',
    'x:\n  y: {\nz: 1}',
  ];
  for (const text of unusual) assert.equal(readQuickly(text), undefined, text);
});

const word = fc.oneof(
  fc.constantFrom(
    'yes',
    'no',
    'a b',
    '1',
    '-1',
    '1.5',
    'true',
    '',
    'x: y',
    '# no',
    "it's",
    'ä ß',
    '- x',
    '{',
    '2026-01-01',
    '~',
  ),
  fc.string({ maxLength: 12 }),
);
const value = fc.letrec((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    word,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('node'), { maxLength: 3 }),
    fc.dictionary(word, tie('node'), { maxKeys: 3 }),
  ),
})).node;

test('the quick reader never disagrees with the full parser on written documents', () => {
  let read = 0;
  fc.assert(
    fc.property(value, fc.boolean(), (document, flow) => {
      const text = stringify(document, flow ? { collectionStyle: 'flow' } : {});
      if (agrees(text)) read += 1;
    }),
    { numRuns: 600 },
  );
  assert.ok(read > 200, `only ${read} of 600 were read`);
});

test('the quick reader never disagrees with the full parser on damaged documents', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...EVERYDAY),
      fc.nat(200),
      fc.nat(3),
      fc.constantFrom('', ' ', '\n', ':', '- ', '"', '}', ',', '#'),
      (text, at, cut, put) => {
        agrees(`${text.slice(0, at)}${put}${text.slice(at + cut)}`);
      },
    ),
    { numRuns: 2000 },
  );
});
