import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
    assert.equal(await run(['cities', 'x.json', '--data', data]), 1);
    assert.equal(await run(['streets', join(scratch, 'missing.json'), '--data', data]), 1);
    assert.equal(existsSync(data), false);
  });
});
