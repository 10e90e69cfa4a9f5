import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { withTexts } from './index.ts';

const GERMAN = `# Head
hall:
  door: Tür
  seats:
    one: Platz
    two: Plätze
  needs:
    - Ausweis
    - Geld
yard:
  tree: Baum
`;

const put = (own: string | undefined, texts: Readonly<Record<string, string>>): string =>
  withTexts(GERMAN, own, new Map(Object.entries(texts)));

describe('texts put into a file', () => {
  it('make one that was not there, in the order of the German', () => {
    assert.equal(
      put(undefined, { 'yard.tree': 'Ağaç', 'hall.needs': 'Kimlik\n Para \n', 'hall.door': 'Kapı: büyük' }),
      'hall:\n  door: "Kapı: büyük"\n  needs:\n    - Kimlik\n    - Para\nyard:\n  tree: Ağaç\n',
    );
  });

  it('stand where their German stands, and leave the rest as it is written', () => {
    const own = `# Mine
hall: # a hall
  seats: { two: "Yerler" }   # beside
  needs:
    - Kimlik

# About the yard
yard:
  tree: 'Ağaç'
`;
    assert.equal(
      put(own, { 'hall.door': 'Kapı', 'hall.needs': 'Pasaport' }),
      `# Mine
hall: # a hall
  door: Kapı
  seats: { two: "Yerler" }   # beside
  needs:
    - Pasaport

# About the yard
yard:
  tree: 'Ağaç'
`,
    );
    assert.deepEqual(parse(put(own, { 'hall.seats.one': 'Yer' })).hall.seats, { one: 'Yer', two: 'Yerler' });
    assert.match(put(own, { 'yard.tree': 'Çam' }), /# About the yard\nyard:\n {2}tree: Çam\n$/);
  });

  it('follow a file without an end of line, and one with nothing but a comment', () => {
    assert.equal(
      put('hall:\n  door: Kapı', { 'yard.tree': 'Ağaç' }),
      'hall:\n  door: Kapı\nyard:\n  tree: Ağaç',
    );
    assert.equal(put('# Mine', { 'yard.tree': 'Ağaç' }), '# Mine\nyard:\n  tree: Ağaç\n');
  });

  it('find names with a dot in them', () => {
    const german = 'questions:\n  people.name:\n    label: Name\n';
    assert.deepEqual(parse(withTexts(german, undefined, new Map([['questions.people.name.label', 'Ad']]))), {
      questions: { 'people.name': { label: 'Ad' } },
    });
  });

  it('change one line of any file there is, and no other', () => {
    const root = join(import.meta.dirname, '../..');
    const files = globSync('{src/*/words,{,city/*/}services/*/texts}/en.yaml', { cwd: root });
    assert.ok(files.length > 20);
    for (const file of files) {
      const german = readFileSync(join(root, dirname(file), 'de.yaml'), 'utf8');
      const own = readFileSync(join(root, file), 'utf8');
      assert.equal(withTexts(german, own, new Map()), own, file);
      const line = /^( *)(\w+): ([\p{L} ]+)$/mu.exec(own);
      const name = line ? nameAt(own, line.index, line[2] ?? '') : undefined;
      if (!line || name === undefined) continue;
      const changed = withTexts(german, own, new Map([[name, 'Anything: else']]));
      assert.equal(changed, own.replace(line[0], `${line[1]}${line[2]}: "Anything: else"`), file);
    }
  });
});

/** @returns the name of a text, from the keys above it that stand further out */
function nameAt(text: string, index: number, key: string): string {
  const names = [key];
  let indent = /^ */.exec(text.slice(index))?.[0].length ?? 0;
  for (const line of text.slice(0, index).split('\n').reverse()) {
    const [, space = '', name = ''] = /^( *)([\w.]+):/.exec(line) ?? [];
    if (name === '' || space.length >= indent) continue;
    indent = space.length;
    names.unshift(name);
  }
  return names.join('.');
}

const word = fc.oneof(
  fc.constantFrom(
    'a: b',
    '- x',
    '# no',
    "it's",
    '"q"',
    '{name}',
    '  x',
    'x  ',
    'a\nb',
    'a\n\n  b\n',
    '115',
    'yes',
    '~',
    '|',
  ),
  fc.string({ minLength: 1, maxLength: 12 }).filter((text) => !/[\p{Cc}\p{Cs}]/u.test(text)),
);
const key = fc.stringMatching(/^[a-z]{1,3}$/);
interface Tree {
  [key: string]: string | string[] | Tree;
}
const { tree } = fc.letrec<{ tree: Tree; branch: Tree }>((tie) => ({
  tree: fc.dictionary(
    key,
    fc.oneof(
      { depthSize: 'small' },
      word,
      fc.array(fc.constantFrom('x', 'y: z'), { minLength: 1 }),
      tie('branch'),
    ),
    { minKeys: 1, maxKeys: 4, noNullPrototype: true },
  ),
  branch: tie('tree'),
}));

function leaves(of: Tree, at = ''): Map<string, string | string[]> {
  return new Map(
    Object.entries(of).flatMap(([name, value]) =>
      typeof value === 'string' || Array.isArray(value)
        ? [[at + name, value] as const]
        : [...leaves(value, `${at}${name}.`)],
    ),
  );
}

function some(of: Tree, keep: (name: string) => boolean, at = ''): Tree {
  return Object.fromEntries(
    Object.entries(of).flatMap(([name, value]): [string, Tree[string]][] => {
      if (typeof value === 'string' || Array.isArray(value)) return keep(at + name) ? [[name, value]] : [];
      const inner = some(value, keep, `${at}${name}.`);
      return Object.keys(inner).length > 0 ? [[name, inner]] : [];
    }),
  );
}

it('whatever a file says, it says the same afterwards, but for what was put into it', () => {
  fc.assert(
    fc.property(
      tree,
      fc.infiniteStream(fc.tuple(fc.boolean(), fc.boolean(), word)),
      fc.boolean(),
      (german, dice, flow) => {
        const plan = new Map([...leaves(german).keys()].map((name) => [name, dice.next().value]));
        const there = some(german, (name) => plan.get(name)?.[0] ?? false);
        const own =
          Object.keys(there).length > 0
            ? stringify(there, flow ? { collectionStyle: 'flow' } : {})
            : undefined;
        const texts = new Map(
          [...plan].flatMap(([name, [, isPut, text]]) => {
            if (!isPut) return [];
            return [[name, Array.isArray(leaves(german).get(name)) ? 'p\nq: r' : text] as const];
          }),
        );
        const says = leaves(parse(withTexts(stringify(german), own, texts)) ?? {});
        const wanted = leaves(there);
        for (const [name, text] of texts)
          wanted.set(name, Array.isArray(leaves(german).get(name)) ? ['p', 'q: r'] : text);
        assert.deepEqual(new Map([...says].sort()), new Map([...wanted].sort()));
      },
    ),
    { numRuns: 500 },
  );
});
