import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { loadCity } from '#city';
import { importStreets, run } from './import.ts';

const scratch = mkdtempSync(join(tmpdir(), 'amtomat-import-'));
after(() => rmSync(scratch, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(scratch, name);
  writeFileSync(path, text);
  return path;
}

describe('amtomat import streets', () => {
  it('keeps a list where the city finds it', async () => {
    const data = join(scratch, 'data');
    mkdirSync(data);
    const code = await run(['streets', file('new.json', '[{"name":"Mondgasse"}]'), '--data', data]);
    assert.equal(code, 0);
    assert.equal(readFileSync(join(data, 'streets.txt'), 'utf8'), 'Mondgasse\n');
    assert.ok(loadCity('city/karlsruhe', join(data, 'streets.txt')).city?.streets.includes('Mondgasse'));
  });

  it('replaces the list before it, and leaves it alone when the new one is no list', () => {
    const data = join(scratch, 'again');
    importStreets(file('first.txt', 'Erste Straße\n'), data);
    assert.throws(() => importStreets(file('empty.txt', '# nothing\n'), data), /no street/);
    assert.throws(() => importStreets(file('broken.json', '{"name":"Zirkel"}'), data), /array/);
    assert.equal(readFileSync(join(data, 'streets.txt'), 'utf8'), 'Erste Straße\n');
    importStreets(file('known.json', '[{"name":"Mondgasse","postcodes":["76133","76131"]}]'), data);
    assert.equal(readFileSync(join(data, 'streets.txt'), 'utf8'), 'Mondgasse; 76131, 76133\n');
    assert.deepEqual(importStreets(file('second.txt', 'Zweite Straße\nDritte Straße'), data), {
      streets: 2,
      target: join(data, 'streets.txt'),
    });
    assert.equal(readFileSync(join(data, 'streets.txt'), 'utf8'), 'Dritte Straße\nZweite Straße\n');
  });

  it('explains itself when it is called wrongly', async () => {
    const data = join(scratch, 'none');
    assert.equal(await run(['cities', 'x.json', '--data', data]), 2);
    assert.equal(await run(['streets', '--data', data]), 2);
    assert.equal(await run(['streets', join(scratch, 'missing.json'), '--data', data]), 1);
    assert.equal(existsSync(data), false);
  });

  it('keeps the old list when the file is none', async (t) => {
    const data = join(scratch, 'kept');
    importStreets(file('old.txt', 'Zirkel\n'), data);
    for (const [name, content] of [
      ['photo.jpg', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46])],
      ['photo.txt', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
      ['nulls.txt', Buffer.alloc(64)],
      ['empty.txt', ''],
      ['empty.json', ''],
      ['blank.txt', '\n \n# nothing\n'],
      ['page.html', '<!doctype html>\n<title>Straßen</title>\n'],
      ['page.json', '<!doctype html>'],
      ['list.csv', 'Zirkel,76131\nKaiserstraße,76133\n'],
      ['list.tsv', 'Zirkel\t76131\n'],
      ['array.txt', '["Zirkel",\n"Kaiserstraße"]\n'],
      ['script.txt', 'rm -f $HOME/list\n'],
      ['numbers.txt', '1\n2\n3\n'],
      ['long.txt', `${'Lange '.repeat(40)}Straße\n`],
      ['latin1.txt', Buffer.from('Kaiserstra\xdfe\n', 'latin1')],
      ['utf16.txt', Buffer.from('\ufeffKaiserstraße\n', 'utf16le')],
      ['people.json', '[{"name":"<b>Zirkel</b>"}]'],
    ] as const) {
      const path = join(scratch, name);
      writeFileSync(path, content);
      const said: string[] = [];
      const error = t.mock.method(console, 'error', (line: string) => said.push(line));
      assert.equal(await run(['streets', path, '--data', data]), 1, name);
      error.mock.restore();
      assert.match(said.join('\n'), /^amtomat: .*\namtomat: the list of streets is as it was$/, name);
      assert.doesNotMatch(said.join(), /fault of the program|Zirkel|HOME/, name);
      assert.equal(readFileSync(join(data, 'streets.txt'), 'utf8'), 'Zirkel\n', name);
    }
  });

  it('knows how streets are called, also behind the mark that some programs put first', () => {
    const data = join(scratch, 'called');
    const names = [
      'Straße des 17. Juni',
      'A 1',
      'Am Graben (Ost)',
      'Platz „Am See“',
      'Block B 10/36',
      'Łódź-Weg',
    ];
    assert.equal(
      importStreets(file('called.txt', `\ufeff${names.join('\r\n')}`), data).streets,
      names.length,
    );
    const kept = readFileSync(join(data, 'streets.txt'), 'utf8').trim().split('\n');
    assert.deepEqual(kept.toSorted(), names.toSorted());
  });
});
