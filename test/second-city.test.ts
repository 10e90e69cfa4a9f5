import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, describe, it } from 'node:test';
import { freshDatabase } from '#test/database';

const PROGRAM = join(import.meta.dirname, '../dist/amtomat.js');
const folder = mkdtempSync(join(tmpdir(), 'amtomat-second-city-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** The answers of the document, as somebody copies them. */
const [, ANSWERS = ''] =
  /```yaml\n(name: [\s\S]*?)```/.exec(readFileSync('docs/second-city.md', 'utf8')) ?? [];
const { PATH = '', HOME = '' } = process.env;

function answersFile(text: string): string {
  const file = join(folder, 'answers.yaml');
  writeFileSync(file, text);
  return file;
}

/** Runs `city new` to its end. */
function founded(name: string, more: readonly string[], typed = '') {
  const to = join(folder, name);
  const words = ['city', 'new', name, '--to', to, '--no-start', ...more];
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...words], {
    ...{ encoding: 'utf8', input: typed, env: { PATH, HOME } },
  });
  return { to, status, said: stdout, errors: stderr };
}

describe('a municipality without a developer', () => {
  it('has its own office, open and in its own name, from the answers of the document', async () => {
    const database = await freshDatabase();
    const to = join(folder, 'musterdorf');
    const words = ['city', 'new', 'musterdorf', '--to', to, '--answers', answersFile(ANSWERS)];
    const office = spawn(
      process.execPath,
      [PROGRAM, ...words, '--port', '0', '--data', join(folder, 'data')],
      { env: { PATH, HOME, DATABASE_URL: database.url }, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const ended = new Promise((resolve) => office.once('close', resolve));
    try {
      const lines: string[] = [];
      let origin: string | undefined;
      for await (const line of createInterface({ input: office.stdout })) {
        lines.push(line);
        origin = /^ready (http:\S+)$/.exec(line)?.[1];
        if (origin) break;
      }
      assert.ok(origin, lines.join('\n'));
      assert.match(lines.join('\n'), /8 services with \d+ journeys: all well/);
      assert.match(await (await fetch(`${origin}/`)).text(), /Musterdorf/);
      const certificates = await (await fetch(`${origin}/service/urkunden`)).text();
      assert.match(certificates, /ab 14\s€/);
      assert.doesNotMatch(certificates, /Karlsruhe/);
    } finally {
      office.kill('SIGTERM');
      await ended;
      await database.drop();
    }
  });

  it('reads what is wrong with an answer, with file and line, and nothing is made', () => {
    const { to, status, errors } = founded('wrong', [
      '--answers',
      answersFile(ANSWERS.replace('Mo-Fr 8-16', 'immer')),
    ]);
    assert.equal(status, 1);
    const line = ANSWERS.split('\n').findIndex((each) => each.includes('Mo-Fr 8-16')) + 1;
    assert.match(errors, new RegExp(`answers.yaml:${line}: .*"immer" cannot be read`));
    assert.equal(existsSync(to), false);
  });

  it('reads where the list of streets is wrong, and nothing is made', () => {
    const list = join(folder, 'streets.txt');
    const given = ['--answers', answersFile(ANSWERS.replace('# streets:', 'streets:'))];
    rmSync(list, { force: true });
    for (const [content, says] of [
      [undefined, /answers\.yaml:\d+: streets: there is no file .*streets\.txt/],
      ['# nothing\n', /streets\.txt: there is no street in it/],
      ['Am See, 45999\n', /streets\.txt:1: a semicolon, no comma/],
      ['Am See\nWeg; 12345\n', /streets\.txt:2: .*12345 is not a postcode/],
    ] as const) {
      if (content !== undefined) writeFileSync(list, content);
      const { to, status, errors } = founded('listed', given);
      assert.equal(status, 1);
      assert.match(errors, says);
      assert.doesNotMatch(errors, /ENOENT/);
      assert.equal(existsSync(to), false);
    }
  });

  it('says how a folder can be called', () => {
    const { status, errors } = founded('Neustadt', ['--answers', answersFile(ANSWERS)]);
    assert.equal(status, 2);
    assert.match(errors, /"Neustadt" cannot name a folder: small letters.*such as neustadt/);
  });

  it('is asked in words, again where an answer does not fit, and can leave out what is not there', () => {
    const typed = [
      ...['Seedorf', 'zurück', 'Seestadt', '99', '05999999', '4599', '45999', 'Ufer, Strand', '#ffff00', ''],
      ...['321', '0321', 'ruf an', '', 'bald', '24.12.'],
      ...['', 'Am See', 'Am See 1, 45999 Seestadt', '', 'immer', 'Mo-Fr 8-12', ''],
      ...[
        'Rathaus',
        'Am See 1, 45998 Seestadt',
        'Am See 1, 45999 Seestadt',
        'geschlossen',
        'Mo-Fr 8-16',
        '2',
        '',
      ],
      ...['', '12,50', 'Gebührenordnung'],
      ...['nope.txt', '', '', '', 'amt@seestadt.example', '', '', '', '', '', '1.1.2999', '8.2.2026'],
    ];
    const { to, status, said, errors } = founded('seestadt', [], `${typed.join('\n')}\n`);
    assert.equal(status, 0, `${said}\n${errors}`);
    for (const again of [
      /Bitte 8 Ziffern/,
      /Bitte so: 12345, 12346/,
      /dunkle Farbe/,
      /Bitte so: Marktplatz 1/,
      /Bitte so: Mo-Fr/,
      /mit der Null am Anfang/,
      /Telefonnummer, so/,
      /Bitte so: 24\.12\./,
      /Diese Postleitzahl haben Sie nicht/,
      /gibt es nicht: nope\.txt/,
      /Tag, der schon war/,
    ])
      assert.match(said, again);
    assert.match(said, /7 services with \d+ journeys: all well/);
    assert.match(readFileSync(join(to, 'offices.yaml'), 'utf8'), /name: Bürgerbüro/);
    assert.match(
      readFileSync(join(to, 'city.yaml'), 'utf8'),
      /name: Seestadt[\s\S]*- Strand[\s\S]*contact: amt@seestadt.example[\s\S]*checked: 2026-02-08/,
    );
    assert.doesNotMatch(readFileSync(join(to, 'closures.yaml'), 'utf8'), /Silvester/);
    assert.equal(existsSync(`${to}.answers.yaml`), false);
    assert.match(readFileSync(join(to, 'services/urkunden/service.yaml'), 'utf8'), /cents: 1250/);
  });

  it('loses no folder that is there already', () => {
    const again = founded('seestadt', ['--answers', answersFile(ANSWERS)]);
    assert.equal(again.status, 2);
    assert.match(again.errors, /is already there/);
    assert.match(readFileSync(join(again.to, 'city.yaml'), 'utf8'), /name: Seestadt/);
  });

  it('makes nothing when the answers end before the questions do', () => {
    const { to, status, errors } = founded('half', [], 'Seestadt\n05999999\n');
    assert.equal(status, 1);
    assert.match(errors, /Die Eingabe endete vor der letzten Frage.*--answers/);
    assert.equal(existsSync(to), false);
    assert.match(readFileSync(`${to}.answers.yaml`, 'utf8'), /name: Seestadt\nags: "05999999"/);
  });
});
