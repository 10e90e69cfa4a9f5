import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Pair, remember, seenFile } from '#language';
import { textReport } from './text-list.ts';
import { run } from './texts.ts';

const german = new Map([
  ['hall.door', 'Tür'],
  ['hall.seat', 'Platz'],
  ['hall.light', 'Licht'],
]);
const texts = new Map([
  ['hall.door', 'Kapı'],
  ['hall.seat', 'Yer'],
]);

function pair(source: ReadonlyMap<string, string>, seen: ReadonlyMap<string, string>): Pair {
  return {
    ...{ language: 'en', source, own: { texts, seen, byMachine: true }, grouped: true },
    ...{ file: 'src/hall/words/en.yaml', seenFile: 'src/hall/words/en.seen.yaml', lineOf: () => 2 },
    ...{ lists: new Set(), wrongIn: () => [] },
  };
}

test('translators are told what is missing, what is outdated, and what only a machine has said', () => {
  const seen = remember(german, { texts, seen: new Map(), byMachine: true });
  assert.match(seenFile(seen, true), /^# .*\nhall:\n {2}door: [0-9a-f]{8} [0-9a-f]{8} machine\n {2}seat: /);
  const changed = new Map([...german, ['hall.door', 'Eingang']]);
  assert.equal(
    textReport([pair(changed, seen)], ['en']),
    `en (English): 1 missing, 1 outdated, 2 translated by a machine and approved by nobody
  src/hall/words/en.yaml:2: \`hall.light\` is missing: Licht
  src/hall/words/en.yaml:2: \`hall.door\` is outdated, now: Eingang`,
  );
});

test('of a file that is not there every text is missing, and of one with nothing to translate none', () => {
  const own = { texts: new Map(), seen: new Map(), byMachine: true };
  const none = { ...pair(german, new Map()), own };
  assert.equal(
    textReport([none, { ...none, source: new Map() }], ['en']),
    'en (English): 3 missing, 0 outdated\n  src/hall/words/en.yaml:1: is missing: 3 texts',
  );
});

test('who says that a text is right makes it stand again; who approves it takes the mark of the machine away', () => {
  const seen = remember(german, { texts, seen: new Map(), byMachine: true });
  const changed = new Map([...german, ['hall.door', 'Eingang']]);
  const own = { texts, seen, byMachine: true };
  const right = remember(changed, own, (name) => (name === 'hall.door' ? 'right' : undefined));
  assert.match(textReport([pair(changed, right)], ['en']), /0 outdated, 2 translated by a machine/);
  const approved = remember(changed, own, () => 'approved');
  assert.match(textReport([pair(changed, approved)], ['en']), /1 missing, 0 outdated\n/);
});

test('the command names the languages that there are', async (t) => {
  const said: string[] = [];
  t.mock.method(console, 'error', (text: string) => said.push(text));
  t.mock.method(console, 'log', (text: string) => said.push(text));
  assert.equal(await run(['xx']), 2);
  assert.match(said.join(), /which language\? There are en, leicht/);
  said.length = 0;
  assert.equal(await run(['en', 'src/web']), 0);
  assert.match(said.join(), /^en \(English\): 0 missing/);
});
