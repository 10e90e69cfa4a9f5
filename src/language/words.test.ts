import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { inProgram, remember, roomWords, runsOf, seenFile, typeFiles } from './index.ts';

const root = mkdtempSync(join(tmpdir(), 'amtomat-words-'));
after(() => rmSync(root, { recursive: true }));
const folder = join(root, 'src', 'room', 'words');

interface Words {
  hall: { door: string; seats: (values: { count: number }) => string };
}

/** @returns the words of a room with these files */
function spoken(files: Readonly<Record<string, string>>) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return roomWords<Words>('room', root)('hall');
}

const GERMAN = 'hall:\n  door: Tür\n  seats: "{count, plural, one {# Platz} other {# Plätze}}"\n';
const ENGLISH = 'hall:\n  door: Door\n  seats: "{count, plural, one {# seat} other {# seats}}"\n';
const german = new Map([
  ['hall.door', 'Tür'],
  ['hall.seats', '{count, plural, one {# Platz} other {# Plätze}}'],
]);
const english = new Map([
  ['hall.door', 'Door'],
  ['hall.seats', '{count, plural, one {# seat} other {# seats}}'],
]);
const remembered = seenFile(remember(german, { texts: english, seen: new Map(), byMachine: false }), true);

describe('words of a room', () => {
  it('are those of the language', () => {
    const words = spoken({ 'de.yaml': GERMAN, 'en.yaml': ENGLISH });
    assert.equal(words('en').door, 'Door');
    assert.equal(words('en').seats({ count: 2 }), '2 seats');
    assert.equal(words('de').seats({ count: 1 }), '1 Platz');
  });

  it('are German, and say so, where the language has none', () => {
    const words = spoken({ 'de.yaml': GERMAN, 'en.yaml': 'hall:\n  door: Door\n' });
    assert.deepEqual(runsOf(words('en').seats({ count: 2 })), [{ text: '2 Plätze', lang: 'de', dir: 'ltr' }]);
    assert.equal(words('en').door, 'Door');
  });

  it('are German where a register of it has none, and need not say so', () => {
    assert.deepEqual(runsOf(spoken({ 'de.yaml': GERMAN })('leicht').door), [{ text: 'Tür' }]);
  });

  it('are German again where the German has changed since it was translated, and only there', () => {
    const changed = GERMAN.replace('Tür', 'Eingang');
    const words = spoken({ 'de.yaml': changed, 'en.yaml': ENGLISH, 'en.seen.yaml': remembered });
    assert.deepEqual(runsOf(words('en').door), [{ text: 'Eingang', lang: 'de', dir: 'ltr' }]);
    assert.equal(words('en').seats({ count: 2 }), '2 seats');
  });

  it('are those of the language when both were written anew', () => {
    const [de, en] = [GERMAN.replace('Tür', 'Eingang'), ENGLISH.replace('Door', 'Entrance')];
    const words = spoken({ 'de.yaml': de, 'en.yaml': en, 'en.seen.yaml': remembered });
    assert.equal(words('en').door, 'Entrance');
  });
});

describe('a mistake in the words stops the start, named with file and line', () => {
  const wrong = (en: string) => {
    try {
      spoken({ 'de.yaml': GERMAN, 'en.yaml': en });
    } catch (error) {
      return String(error);
    }
    return assert.fail('it was taken');
  };

  it('a name that German does not have', () => {
    assert.match(
      wrong('hall:\n  doors: Door\n'),
      /src\/room\/words\/en\.yaml:2: there is no text `hall\.doors`/,
    );
  });

  it('a value that nobody tells it', () => {
    assert.match(
      wrong('hall:\n  seats: "{many} seats"\n'),
      /en\.yaml:2: `hall\.seats`: \{many\} is not told; \{count\} is/,
    );
    assert.match(wrong('hall:\n  door: "Door {of}"\n'), /\{of\} is not told; nothing is/);
  });

  it('braces and plural forms', () => {
    assert.match(
      wrong('hall:\n  door: Door\n  seats: "{count"\n'),
      /en\.yaml:3: `hall\.seats`: the braces are wrong/,
    );
    assert.match(wrong('hall:\n  seats: "{count, plural, few {a} other {b}}"\n'), /no plural form `few`/);
  });

  it('a file of no language', () => {
    assert.throws(
      () => spoken({ 'de.yaml': GERMAN, 'xx.yaml': GERMAN }),
      /xx\.yaml:1: there is no language `xx`/,
    );
  });
});

it('the types of all words are those of their German: `node scripts/schemas.ts` writes them', () => {
  for (const [path, text] of typeFiles()) assert.equal(readFileSync(inProgram(path), 'utf8'), text, path);
});
