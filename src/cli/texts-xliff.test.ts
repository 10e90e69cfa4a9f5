import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it, type TestContext } from 'node:test';
import { fromProgram, remember, seenFile } from '#language';
import { compileService, readServiceFolder } from '#service';
import { textPairs } from './text-list.ts';
import { run } from './texts.ts';
import { bringTexts, sendTexts } from './texts-xliff.ts';

let root: string;
let service: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'amtomat-xliff-'));
  service = join(root, 'teahouse');
  cpSync(join(import.meta.dirname, '../../test/broken/healthy'), service, { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

const english = () => textPairs([readServiceFolder(service)]).filter(({ language }) => language === 'en');
const own = () => english().filter(({ file }) => file.startsWith(fromProgram(service)));
const sent = (): string => join(root, 'en.xlf');

/** All files of the service. */
const files = (): Record<string, string> =>
  Object.fromEntries(
    readdirSync(service, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.includes('.'))
      .map((name) => [name, readFileSync(join(service, name), 'utf8')]),
  );

/** Sends the service's texts out and takes them back as the translator leaves them. */
function translated(t: TestContext, ...changes: readonly (readonly [from: string, to: string])[]) {
  const said: string[] = [];
  for (const way of ['log', 'error'] as const) t.mock.method(console, way, (text: string) => said.push(text));
  assert.equal(sendTexts(sent(), own()), 0);
  const text = changes.reduce(
    (before, [from, to]) => {
      assert.ok(before.includes(from), from);
      return before.replace(from, to);
    },
    readFileSync(sent(), 'utf8'),
  );
  writeFileSync(sent(), text);
  said.length = 0;
  const code = bringTexts(sent(), 'en', english(), [readServiceFolder(service)]);
  return { code, said: said.join('\n') };
}

describe('texts to translators and back', () => {
  it('leave every file as it was where nothing was translated', (t) => {
    const before = files();
    assert.deepEqual(translated(t), { code: 0, said: '0 texts of en taken, 0 approved as they stood' });
    assert.deepEqual(files(), before);
  });

  it('change the text that was translated, and what is remembered of it', (t) => {
    const before = files();
    const { code, said } = translated(t, ['<target state="translated">Teehaus<', '<target>The tea house<']);
    assert.deepEqual([code, said], [0, '1 texts of en taken, 0 approved as they stood']);
    const after = files();
    assert.match(after['texts/en.seen.yaml'] ?? '', /^# .*\ntitle: [0-9a-f]{8} [0-9a-f]{8}\n$/);
    assert.deepEqual(
      { ...after, 'texts/en.seen.yaml': undefined },
      {
        ...before,
        'texts/en.yaml': before['texts/en.yaml']?.replace('title: Teehaus', 'title: The tea house'),
        'texts/en.seen.yaml': undefined,
      },
    );
    assert.equal(compileService(readServiceFolder(service)).service?.texts.en.title, 'The tea house');
  });

  it('take the mark of the machine away when a person has approved the last of them', (t) => {
    const [pair] = own();
    assert.ok(pair);
    const byMachine = remember(pair.source, { ...pair.own, seen: new Map(), byMachine: true });
    writeFileSync(join(service, 'texts/en.seen.yaml'), seenFile(byMachine, false));
    const unapproved = () => compileService(readServiceFolder(service)).service?.unapproved;
    assert.deepEqual(unapproved(), ['en']);
    const one = ['state="needs-review-translation"', 'state="translated"'] as const;
    assert.match(translated(t, one).said, /^0 texts of en taken, 1 approved/);
    assert.deepEqual(unapproved(), ['en']);
    t.mock.restoreAll();
    const all = Array.from({ length: pair.own.texts.size - 1 }, () => one);
    assert.match(translated(t, ...all).said, new RegExp(`, ${all.length} approved`));
    assert.deepEqual(unapproved(), []);
  });

  it('are all refused where one is wrong, named with file, unit and reason', (t) => {
    const before = files();
    const { code, said } = translated(
      t,
      ['<target state="translated">Teehaus<', '<target>The tea house<'],
      ['translated">Welcher Tee?', 'translated">Which {tea?'],
    );
    assert.equal(code, 1);
    assert.match(
      said,
      /en\.xlf:\d+: \S*texts\/en\.yaml: `pages\.what\.title`: the braces are wrong\namtomat: nothing was written$/,
    );
    assert.deepEqual(files(), before);
  });

  it('are refused where the service itself would refuse them', (t) => {
    const before = files();
    const { code, said } = translated(t, ['<target state="translated">5 Euro<', '<target>Nothing<']);
    assert.equal(code, 1);
    assert.match(said, /texts\/en\.yaml:3: `cost` does not say the fee[\s\S]*nothing was written$/);
    assert.deepEqual(files(), before);
  });

  it('are refused where the file is none, or in another writing', (t) => {
    const before = files();
    assert.match(translated(t, ['version="1.2"', 'version="2.1"']).said, /en\.xlf: is no XLIFF 1\.2/);
    writeFileSync(sent(), Buffer.from('<xliff>ü</xliff>', 'latin1'));
    assert.equal(bringTexts(sent(), 'en', english(), [readServiceFolder(service)]), 1);
    const said: string[] = [];
    t.mock.method(console, 'error', (text: string) => said.push(text));
    writeFileSync(sent(), '<xliff>\n<file>\n</xliff>');
    assert.equal(bringTexts(sent(), 'en', english(), [readServiceFolder(service)]), 1);
    assert.match(said.at(-1) ?? '', /en\.xlf: cannot be read: not well-formed at line \d/);
    rmSync(sent());
    assert.equal(bringTexts(sent(), 'en', english(), [readServiceFolder(service)]), 1);
    assert.match(said.at(-1) ?? '', /en\.xlf:1: is missing/);
    assert.deepEqual(files(), before);
  });
});

describe('the command', () => {
  it('sends out the texts that are named, and refuses two things at once', async (t) => {
    const said: string[] = [];
    for (const way of ['log', 'error'] as const)
      t.mock.method(console, way, (text: string) => said.push(text));
    assert.equal(await run(['en', 'services/sperrmuell', '--export', sent()]), 0);
    const text = readFileSync(sent(), 'utf8');
    assert.deepEqual(
      [...text.matchAll(/original="([^"]*)"/g)].map(([, file]) => file),
      ['services/sperrmuell/texts/en.yaml'],
    );
    assert.equal(await run(['en', '--import', sent()]), 0);
    assert.match(said.at(-1) ?? '', /^0 texts of en taken/);
    assert.equal(await run(['en', '--right', '--export', sent()]), 2);
    assert.equal(await run(['en', 'src/web', '--import', sent()]), 2);
  });
});
