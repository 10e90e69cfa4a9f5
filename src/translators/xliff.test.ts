import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { freshnessOf, type Language, type Pair, remember, roomPairs, seenNow } from '#language';
import { formatProblems } from '#source';
import { type Change, readXliff, type Verdicts, weigh, writeXliff, XliffError } from './index.ts';

const FILE = 'back.xlf';

interface Texts {
  german: Readonly<Record<string, string>>;
  own?: Readonly<Record<string, string>>;
  seen?: Readonly<Record<string, string>>;
  byMachine?: boolean;
  file?: string;
  wrongIn?: Pair['wrongIn'];
}

function pairOf({
  german,
  own = {},
  seen = {},
  byMachine = false,
  file = 'hall/en.yaml',
  wrongIn,
}: Texts): Pair {
  const map = (texts: object): ReadonlyMap<string, string> => new Map(Object.entries(texts));
  return {
    ...{ language: 'en', source: map(german), own: { texts: map(own), seen: map(seen), byMachine } },
    ...{ file, seenFile: file.replace('.yaml', '.seen.yaml'), grouped: false, lists: new Set() },
    ...{ lineOf: () => 1, wrongIn: wrongIn ?? (() => []) },
  };
}

const back = (text: string, pair: Pair | readonly Pair[], language: Language = 'en'): Verdicts =>
  weigh(FILE, readXliff(text, language), [pair].flat());

/** The texts afterwards, and what is remembered of them. */
function after(pair: Pair, changes: readonly Change[]): Pair {
  const texts = new Map([...pair.own.texts, ...changes.map(({ name, text }) => [name, text] as const)]);
  const seen = new Map([...pair.own.seen, ...changes.map((change) => [change.name, change.seen] as const)]);
  return { ...pair, own: { ...pair.own, texts, seen } };
}

function stateIn({ source, own }: Pair, name: string) {
  return freshnessOf(source.get(name) ?? '', own.texts.get(name), own.seen.get(name), own.byMachine);
}

const NOTHING: Verdicts = { changes: [], problems: [], told: [] };
const short = ({ changes }: Verdicts) => changes.map(({ name, text, isNew }) => [name, text, isNew]);

/** Whatever XML can say, and YAML with it. */
const sentence = fc
  .string({ unit: fc.constantFrom(...'aß & < > " \' ] é ş م ح 🙂 \n \t ]]> {x}'.split(' '), 'ab', ' ') })
  .filter((text) => text.trim() !== '');
const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,3}(\.[a-z]{1,3})?$/), {
  minLength: 1,
  maxLength: 8,
});
const pairs = fc
  .record({
    ids: names,
    texts: fc.array(fc.record({ german: sentence, own: fc.option(sentence), before: fc.option(sentence) }), {
      minLength: 8,
      maxLength: 8,
    }),
    byMachine: fc.boolean(),
    remembered: fc.boolean(),
  })
  .map(({ ids, texts, byMachine, remembered }) => {
    const pick = (of: (text: (typeof texts)[number]) => string | null): Record<string, string> =>
      Object.fromEntries(
        ids.flatMap((id, index) => {
          const text = texts[index] && of(texts[index]);
          return text == null ? [] : [[id, text] as const];
        }),
      );
    const own = pick((text) => text.own);
    const before = pairOf({ german: pick((text) => text.before ?? text.german), own, byMachine });
    const seen = remembered ? Object.fromEntries(remember(before.source, before.own)) : {};
    return pairOf({ german: pick((text) => text.german), own, byMachine, seen });
  });

describe('texts to translators and back', () => {
  it('change nothing where nothing was translated', () => {
    fc.assert(fc.property(pairs, (pair) => assert.deepEqual(back(writeXliff([pair]), pair), NOTHING)));
  });

  it('bring back exactly what was translated, once', () => {
    fc.assert(
      fc.property(pairs, sentence, (pair, text) => {
        const [name = ''] = pair.source.keys();
        fc.pre(text.trim() !== (pair.own.texts.get(name) ?? '').trim());
        const translated = after(pair, [{ pair, name, text, seen: '', isNew: true }]);
        const sent = /extradata="[^"]*"/.exec(writeXliff([pair]))?.[0] ?? '';
        const file = writeXliff([translated])
          .replace(/extradata="[^"]*"/, sent)
          .replace(/<target state="[^"]*">/, '<target>');
        const { changes, problems, told } = back(file, pair);
        assert.deepEqual([changes.length, problems, told], [1, [], []]);
        assert.equal(changes[0]?.text.trim(), text.trim());
        const now = after(pair, changes);
        assert.deepEqual(stateIn(now, name), { state: 'current', machine: false });
        assert.deepEqual(back(file, now), NOTHING);
      }),
    );
  });

  it('lose nothing of all words of the office', () => {
    const all = roomPairs().pairs;
    for (const language of ['en', 'leicht'] as const) {
      const own = all.filter((pair) => pair.language === language);
      assert.deepEqual(back(writeXliff(own), own, language), NOTHING);
      const units = readXliff(writeXliff(own), language).flatMap((file) => file.units);
      assert.deepEqual(
        units.map(({ name, source, target }) => [name, source, target]),
        own.flatMap(({ source, own: { texts } }) =>
          [...source].map(([name, text]) => [name, text, texts.get(name)]),
        ),
      );
    }
  });
});

const GERMAN = { door: 'Tür', seat: 'Platz', light: 'Licht' };
const OWN = { door: 'Door', seat: 'Seat' };
const pair = pairOf({ german: GERMAN, own: OWN });
const machine = pairOf({
  german: GERMAN,
  own: OWN,
  seen: { door: seenNow('Tür', 'Door', true), seat: seenNow('Platz', 'Seat', true) },
});

describe('what translators see', () => {
  it('is how each text stands', () => {
    const seen = { door: seenNow('Eingang', 'Door', false), seat: seenNow('Platz', 'Seat', true) };
    const text = writeXliff([
      pairOf({ german: { ...GERMAN, end: 'Ende' }, own: { ...OWN, end: 'End' }, seen }),
    ]);
    assert.match(
      text,
      /<source>Tür<\/source>\s+<target state="needs-adaptation">Door<\/target>\s+<note[^>]*>The German has/,
    );
    assert.match(text, /<target state="needs-review-translation">Seat</);
    assert.match(text, /<source>Licht<\/source>\s+<\/trans-unit>/);
    assert.match(text, /<target state="translated">End</);
  });

  it('is what is filled in, what is a list, and which plural forms there are', () => {
    const german = { n: '{count, plural, one {# Platz} other {# Plätze}}', to: 'Für {name}', all: 'a\nb' };
    const text = writeXliff([{ ...pairOf({ german }), lists: new Set(['all']) }]);
    assert.match(text, /Plural forms of this language: one, other/);
    assert.match(text, /keep as it is: \{name\}/);
    assert.match(text, /one entry a line/);
  });
});

const edited = (of: Pair, ...changes: readonly (readonly [from: string | RegExp, to: string])[]): string =>
  changes.reduce(
    (text, [from, to]) => {
      const next = text.replace(from, to);
      assert.notEqual(next, text, String(from));
      return next;
    },
    writeXliff([of]),
  );

describe('a text that comes back', () => {
  it('is taken, as a person has said it', () => {
    const found = back(edited(machine, ['Door', 'Entrance']), machine);
    assert.deepEqual(short(found), [['door', 'Entrance', true]]);
    assert.deepEqual(stateIn(after(machine, found.changes), 'door'), { state: 'current', machine: false });
  });

  it('fills a hole, whatever the tool says of it', () => {
    for (const target of ['<target>Light</target>', '<target state="final">Light</target>'])
      assert.deepEqual(short(back(edited(pair, [/(Licht<\/source>)/, `$1${target}`]), pair)), [
        ['light', 'Light', true],
      ]);
    for (const said of [
      'state="needs-review-translation"',
      'state="translated" state-qualifier="mt-suggestion"',
    ]) {
      const target = `<target ${said}>Light</target>`;
      const found = back(edited(pair, [/(Licht<\/source>)/, `$1${target}`]), pair);
      assert.equal(stateIn(after(pair, found.changes), 'light').machine, true);
    }
    for (const nothing of ['<target/>', '<target state="needs-translation"> </target>'])
      assert.deepEqual(back(edited(pair, [/(Licht<\/source>)/, `$1${nothing}`]), pair), NOTHING);
  });

  it('takes the mark of the machine away where somebody has approved it as it stands', () => {
    for (const change of [
      ['"needs-review-translation">Door', '"translated">Door'],
      ['id="door"', 'id="door" approved="yes"'],
    ] as const) {
      const found = back(edited(machine, change), machine);
      assert.deepEqual(short(found), [['door', 'Door', false]]);
      const now = after(machine, found.changes);
      assert.deepEqual(stateIn(now, 'door'), { state: 'current', machine: false });
      assert.deepEqual(stateIn(now, 'seat'), { state: 'current', machine: true });
    }
    // A tool that leaves states out has asked nobody.
    assert.deepEqual(back(edited(machine, [/ state="[^"]*"/, '']), machine), NOTHING);
  });

  it('stands again where somebody says that it is still right', () => {
    const stale = pairOf({ german: GERMAN, own: OWN, seen: { door: seenNow('Eingang', 'Door', false) } });
    assert.deepEqual(back(edited(stale, [/(Seat)/, '$1s']), stale).changes.length, 1);
    const found = back(edited(stale, ['"needs-adaptation"', '"final"']), stale);
    assert.deepEqual(stateIn(after(stale, found.changes), 'door'), { state: 'current', machine: false });
  });

  it('is kept as outdated, and that is said, where the German has changed since', () => {
    const later = pairOf({ german: { ...GERMAN, door: 'Eingang' }, own: OWN });
    const found = back(edited(pair, ['Door', 'The door']), later);
    assert.deepEqual(short(found), [['door', 'The door', true]]);
    assert.match(
      formatProblems(found.told),
      /^back\.xlf:6: hall\/en\.yaml: `door`: the German has changed since: kept/,
    );
    assert.equal(stateIn(after(later, found.changes), 'door').state, 'stale');
    const unfit = { ...later, wrongIn: () => ['{x} is missing'] };
    const left = back(edited(pair, ['Door', 'The door']), unfit);
    assert.deepEqual([left.changes, left.problems], [[], []]);
    assert.match(left.told[0]?.message ?? '', /does not fit it: left out/);
  });

  it('does not stand above what somebody has written here since', () => {
    const later = pairOf({ german: GERMAN, own: { ...OWN, door: 'Gate' } });
    assert.deepEqual(back(writeXliff([pair]), later), NOTHING);
    const found = back(edited(pair, ['Door', 'Entrance']), later);
    assert.deepEqual(found.changes, []);
    assert.match(found.told[0]?.message ?? '', /was written anew here since/);
  });

  it('is left where the file says that it needs work, and where its German is gone', () => {
    const unfinished = back(edited(pair, ['"translated">Door', '"needs-translation">Dooor']), pair);
    assert.deepEqual(unfinished.changes, []);
    assert.match(unfinished.told[0]?.message ?? '', /still needs work/);
    const gone = back(
      edited(pair, ['Door', 'Entrance']),
      pairOf({ german: { seat: 'Platz' }, own: { seat: 'Seat' } }),
    );
    assert.deepEqual([gone.changes, gone.problems], [[], []]);
    assert.match(gone.told[0]?.message ?? '', /no text of this office any more/);
  });

  it('is read through whatever tools put around its parts', () => {
    const parts =
      '<mrk mtype="seg" mid="0">The <g id="1">door</g></mrk> of <x id="2" equiv-text="{name}"/><ph id="3">{more}</ph><![CDATA[ & on]]><!-- no -->';
    const found = back(edited(pair, [/>Door</, `>${parts}<`]), pair);
    assert.equal(found.changes[0]?.text, 'The door of {name}{more} & on');
    assert.throws(() => back(edited(pair, [/>Door</, '>a<x id="1"/><']), pair), XliffError);
  });

  it('keeps the space around it', () => {
    const spaced = pairOf({ german: { door: ' Tür' }, own: { door: ' Door' } });
    assert.deepEqual(back(edited(spaced, [' Door', 'Door']), spaced), NOTHING);
    assert.deepEqual(short(back(edited(spaced, [' Door', 'Gate ']), spaced)), [['door', ' Gate', true]]);
  });
});

describe('a mistake is named with file, unit and reason', () => {
  const [words] = roomPairs().pairs.filter(({ file }) => file === 'src/web/words/en.yaml');
  assert.ok(words);
  const name = 'layout.idleSeconds';
  const german = words.source.get(name) ?? '';
  const refused = (text: string): string => {
    const one = { ...words, source: new Map([[name, german]]), own: { ...words.own, texts: new Map() } };
    const unit = edited(one, ['</source>', `</source><target>${text}</target>`]);
    const { changes, problems } = back(unit, one);
    assert.equal(changes.length, problems.length > 0 ? 0 : 1);
    return formatProblems(problems);
  };

  it('in placeholders and plural forms', () => {
    assert.match(german, /^\{seconds, plural/);
    assert.equal(refused('{seconds, plural, one {# second} other {# seconds}}'), '');
    const place = 'back.xlf:6: src/web/words/en.yaml: `layout.idleSeconds`:';
    assert.equal(
      refused('{seconds, plural, one {# second}'),
      `${place} the braces are wrong (missing other clause)`,
    );
    assert.match(refused('{seconds, plural, few {a} other {b}}'), /there is no plural form `few` in en-GB/);
    assert.match(refused('some seconds'), /\{seconds\} is missing$/);
    assert.match(refused('{number} seconds'), /\{number\} is not told; \{seconds\} is/);
  });

  it('in signs that nobody can see', () => {
    for (const sign of ['\u202e', '\u{e0041}', '\u009f', '\ufe0f', '\u2066'])
      assert.match(refused(`{seconds} a${sign}b`), /a sign that cannot be seen, U\+[0-9A-F]{4,5}$/);
    for (const sign of ['\u200c', '\u200f', '\u00ad', '\u00a0'])
      assert.equal(refused(`{seconds} a${sign}b`), '');
  });

  it('in what it is a translation of', () => {
    const other = pairOf({ german: GERMAN, own: OWN, file: '../../etc/passwd' });
    assert.match(
      formatProblems(back(edited(other, ['Door', 'x']), pair).problems),
      /`\.\.\/\.\.\/etc\/passwd` is no file/,
    );
    const twice = edited(pair, ['id="seat"', 'id="door"']);
    assert.match(formatProblems(back(twice, pair).problems), /`door`: is there twice/);
  });
});

describe('a file that is none', () => {
  const why = (text: string, language: Language = 'en'): string => {
    try {
      readXliff(text, language);
    } catch (error) {
      assert.ok(error instanceof XliffError, String(error));
      return error.message;
    }
    return '';
  };
  const sent = writeXliff([pair]);

  it('is refused in words', () => {
    assert.equal(why(sent), '');
    assert.equal(why(sent.replaceAll('target-language="en"', 'target-language="en-US"')), '');
    assert.match(why(sent, 'leicht'), /line 3: is translated into en, not into leicht/);
    assert.match(why(sent.replace('source-language="de"', 'source-language="fr"')), /from fr, not from de/);
    assert.match(why(sent.replace('version="1.2"', 'version="2.0"')), /is no XLIFF 1\.2/);
    assert.match(why(sent.replace('<source>', '<source>x</source><source>')), /one <source>/);
    for (const text of ['', 'PK\u0003\u0004', '{}', sent.slice(0, -20), sent.replace('</body>', '')])
      assert.notEqual(why(text), '');
  });

  it('opens nothing and expands nothing', () => {
    const entity = (declared: string): string =>
      sent.replace('<xliff', `<!DOCTYPE xliff [${declared}]>\n<xliff`).replace('Door', '&e;');
    for (const declared of [
      '<!ENTITY e SYSTEM "file:///etc/passwd">',
      '<!ENTITY a "aaaaaaaaaa"><!ENTITY e "&a;&a;&a;&a;&a;">',
      '<!ENTITY % p SYSTEM "http://127.0.0.1:1/"> %p;',
    ])
      assert.match(why(entity(declared)), /declares a document type/);
    assert.match(why(sent.replace('Door', '&e;')), /not well-formed/);
  });

  it('takes no time, however deep or long it is', () => {
    const deep = '<g>'.repeat(200_000);
    assert.match(why(sent.replace('Door', deep)), /deeper than 40/);
    assert.match(why(sent.replace('Door', '<g a="/>">'.repeat(200_000))), /deeper than 40/);
    assert.match(why(`${sent}${' '.repeat(20_000_000)}`), /is longer than/);
    assert.match(why(sent.replace('Door', '<!--'.repeat(200_000))), /not well-formed/);
  });

  it('never breaks anything, whatever it holds', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '<',
        '>',
        '/>',
        '</target>',
        '<mrk>',
        '&#0;',
        '&amp;',
        '<![CDATA[',
        ']]>',
        '<?x',
        '<file>',
        '"',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece), fc.nat(sent.length), (pieces, at) => {
        try {
          back(sent.slice(0, at) + pieces.join('') + sent.slice(at), pair);
        } catch (error) {
          assert.ok(error instanceof XliffError, String(error));
        }
      }),
    );
  });
});
