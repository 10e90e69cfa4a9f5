import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it, type TestContext } from 'node:test';
import { sql } from 'kysely';
import { makeKeys } from '#seal';
import { emptyDatabase, freshDatabase } from '#test/database';
import { rememberKeys } from '../known-keys.ts';
import { run as audit } from './audit.ts';
import { run as backup } from './backup.ts';
import { run as check } from './check.ts';
import { run as city } from './city.ts';
import { run as doctor } from './doctor.ts';
import { run as help } from './help.ts';
import { run as importStreets } from './import.ts';
import { run as keys } from './keys.ts';
import { run as play } from './play.ts';
import { run as restore } from './restore.ts';
import { run as start } from './start.ts';
import { run as texts } from './texts.ts';

const scratch = mkdtempSync(join(tmpdir(), 'amtomat-calls-'));
after(() => rmSync(scratch, { recursive: true, force: true }));

/** All commands of the program, with the options that each of them has. */
const COMMANDS = {
  start: { run: start, options: ['port', 'host', 'data'] },
  check: { run: check, options: ['texts'] },
  texts: { run: texts, options: ['right', 'approved'] },
  audit: { run: audit, options: ['data'] },
  keys: { run: keys, options: ['data'] },
  doctor: { run: doctor, options: ['json', 'data'] },
  backup: { run: backup, options: ['to', 'keys', 'keep', 'data'] },
  restore: { run: restore, options: ['from', 'keys', 'data'] },
  play: { run: play, options: ['url', 'terminal', 'exact'] },
  import: { run: importStreets, options: ['data'] },
  city: { run: city, options: ['answers', 'to', 'port', 'data', 'no-start'] },
  help: { run: help, options: [] },
} as const;
type Name = keyof typeof COMMANDS;

interface Ran {
  code: number | undefined;
  out: string;
  errors: string;
}

/** Runs a command with these settings and no others. */
async function ran(t: TestContext, name: Name, words: readonly string[], env = {}): Promise<Ran> {
  const said = { out: '', errors: '' };
  t.mock.method(console, 'log', (line: string) => {
    said.out += `${line}\n`;
  });
  t.mock.method(console, 'error', (line: string) => {
    said.errors += `${line}\n`;
  });
  const kept = process.env;
  process.env = { PATH: kept.PATH, ...env };
  try {
    return { code: await COMMANDS[name].run(words), ...said };
  } finally {
    process.env = kept;
    t.mock.restoreAll();
  }
}

/** One or two lines of words, no list of calls within the program. */
function assertWords({ code, errors, out }: Ran, why: RegExp): void {
  assert.equal(code, 1, errors);
  assert.equal(out, '');
  assert.match(errors, why);
  assert.doesNotMatch(errors, /^\s+at |\bTypeError\b|a fault of the program/m);
  for (const line of errors.trimEnd().split('\n')) assert.match(line, /^(?:amtomat: |- )/);
}

describe('every command', () => {
  it('is one of those that ./amtomat hands over', () => {
    const [line = ''] = /^ {2}start \|.*\) ;;$/m.exec(readFileSync('amtomat', 'utf8')) ?? [];
    assert.deepEqual(
      Object.keys(COMMANDS).filter((name) => !line.match(/\w+/g)?.includes(name)),
      [],
    );
  });

  for (const name of Object.keys(COMMANDS) as Name[]) {
    it(`says how it is called: ${name}`, async (t) => {
      for (const word of ['--help', '-h']) {
        const { code, out, errors } = await ran(t, name, [word]);
        assert.deepEqual([code, errors], [0, '']);
        assert.ok(out.startsWith(`./amtomat ${name}`), out);
        assert.match(out, new RegExp(`\\n\\nExample\\n  \\./amtomat ${name}`));
        for (const option of COMMANDS[name].options) assert.match(out, new RegExp(`\\n  --${option}\\b`));
      }
    });

    it(`names what it does not know, and does nothing: ${name}`, async (t) => {
      const data = join(scratch, `unknown-${name}`);
      const own: readonly string[] = COMMANDS[name].options;
      const meant = own.includes('data') ? ['--data', data] : [];
      for (const [words, why] of [
        [['--nonsense'], 'unknown option --nonsense'],
        [['-x'], 'unknown option -x'],
        [['a', 'b', 'c'], 'superfluous word "c"'],
      ] as const) {
        const { code, out, errors } = await ran(t, name, [...words, ...meant]);
        assert.deepEqual([code, out], [2, ''], errors);
        assert.ok(errors.startsWith(`amtomat: ${name}: `) && errors.includes(why), errors);
        assert.match(errors, new RegExp(`\\./amtomat ${name} --help`));
      }
      assert.equal(existsSync(data), false);
    });
  }

  it('is found by its name, and nothing else is', () => {
    const main = ['--import', './scripts/tsx-loader.ts', 'src/cli/main.ts'];
    const amtomat = (...words: string[]) =>
      spawnSync(process.execPath, [...main, ...words], { encoding: 'utf8' });
    const about = amtomat('help', 'backup');
    assert.deepEqual([about.status, about.stderr], [0, '']);
    assert.match(about.stdout, /^\.\/amtomat backup --to/);
    const strange = amtomat('toString');
    assert.deepEqual([strange.status, strange.stdout], [2, '']);
    assert.match(strange.stderr, /^amtomat: unknown command "toString"\n/);
  });

  it('is refused with a value that cannot be', async (t) => {
    const data = join(scratch, 'values');
    for (const [name, words] of [
      ['start', ['--port', 'abc', '--data', data]],
      ['start', ['--port', '70000', '--data', data]],
      ['start', ['--port=-1', '--data', data]],
      ['backup', ['--to', data, '--keep', '1.5']],
      ['play', ['--url', 'nowhere']],
    ] as const) {
      const { code, errors } = await ran(t, name, words);
      assert.equal(code, 2, words.join(' '));
      assert.match(errors, /^amtomat: \w+: --\w+ \S+ is no/, words.join(' '));
    }
    assert.equal(existsSync(data), false);
  });

  it('measures nothing with a number that is none', () => {
    const bench = ['--import', './scripts/tsx-loader.ts', 'bench/main.ts'];
    for (const [words, why] of [
      [['--seconds', 'x'], 'amtomat: bench: --seconds x is no number above 0'],
      [['faults', '--minutes=-1'], 'amtomat: bench faults: --minutes -1 is no number above 0'],
      [['nonsense'], 'amtomat: bench: superfluous word "nonsense"'],
    ] as const) {
      const { status, stdout, stderr } = spawnSync(process.execPath, [...bench, ...words], {
        encoding: 'utf8',
      });
      assert.deepEqual([status, stdout], [2, '']);
      assert.equal(stderr.split('\n')[0], why);
    }
  });

  it('does nothing with a setting that is misspelt', async (t) => {
    const data = join(scratch, 'misspelt-setting');
    for (const [name, words] of [
      ['start', ['--port', '0', '--data', data]],
      ['keys', []],
      ['audit', ['verify', '--data', data]],
      ['backup', ['--to', join(data, 'x')]],
      ['import', ['streets', 'city/karlsruhe/streets.txt']],
    ] as const) {
      const how = ran(t, name, words, { AMTOMAT_KEYES: data });
      const said = await how.then(
        ({ code, errors }) => `${code}: ${errors}`,
        (error: Error) => `1: ${error.message}`,
      );
      assert.match(said, /^1: .*AMTOMAT_KEYES is no setting; the nearest is AMTOMAT_KEYS/, name);
    }
    assert.equal(existsSync(data), false);
  });
});

describe('where no office is, none is made', () => {
  const nowhere = join(scratch, 'nowhere');

  it('by looking at its audit record', async (t) => {
    assertWords(await ran(t, 'audit', ['verify', '--data', nowhere]), /nowhere holds no office/);
    const { url, db, drop } = await emptyDatabase();
    const env = { DATABASE_URL: url };
    assertWords(
      await ran(t, 'audit', ['verify', '--data', nowhere], env),
      /there is no office in \S+nowhere/,
    );
    assertWords(
      await ran(t, 'audit', ['verify', '--data', scratch], env),
      /there is no office in the database/,
    );
    const { rows } = await sql`SELECT 1 FROM pg_tables WHERE schemaname = 'public'`.execute(db);
    await drop();
    assert.equal(rows.length, 0, 'the database is as empty as before');
    assert.equal(existsSync(nowhere), false);
    assert.equal(existsSync(join(scratch, 'keys')), false);
  });

  it('by keys or a list of streets in a folder that is not there', async (t) => {
    assertWords(await ran(t, 'keys', ['--data', nowhere]), /there is no folder \S+nowhere/);
    const streets = ['streets', 'city/karlsruhe/streets.txt', '--data', nowhere];
    assertWords(await ran(t, 'import', streets), /there is no folder \S+nowhere/);
    assertWords(await ran(t, 'backup', ['--to', join(scratch, 'b'), '--data', nowhere]), /holds no office/);
    assert.equal(existsSync(nowhere), false);
  });
});

describe('keys', () => {
  it('are never made in the place of one that the database knows', async (t) => {
    const { url, db, drop } = await freshDatabase(1);
    t.after(drop);
    const own = join(scratch, 'own');
    makeKeys(own, ['oa']);
    await rememberKeys(db, own, ['house', 'office-oa']);
    const folder = join(scratch, 'lost');
    const env = { DATABASE_URL: url, AMTOMAT_KEYS: folder };
    assertWords(await ran(t, 'keys', [], env), /house\.key: the key is missing, and what is in the database/);
    assert.equal(existsSync(folder), false);
    const { code } = await ran(t, 'keys', [], { ...env, AMTOMAT_KEYS: own });
    assert.equal(code, 0);
    assert.ok(existsSync(join(own, 'office-tsk.key')), 'that of a new office is made beside the others');
  });

  it('are not made where nobody can say whether there are others, or nothing can be written', async (t) => {
    const away = { DATABASE_URL: 'postgresql://office:hunter2@127.0.0.1:1/office' };
    const folder = join(scratch, 'away');
    const asked = await ran(t, 'keys', [], { ...away, AMTOMAT_KEYS: folder });
    assertWords(asked, /the database cannot be reached/);
    assert.doesNotMatch(asked.errors, /hunter2/);
    assert.equal(existsSync(folder), false);
    writeFileSync(join(scratch, 'file'), '');
    const inFile = { AMTOMAT_KEYS: join(scratch, 'file', 'keys') };
    assertWords(await ran(t, 'keys', [], inFile), /ENOTDIR.*\namtomat: no keys were made/);
  });
});

describe('what went wrong is said in words', () => {
  it('when the database is away', async (t) => {
    const away = { DATABASE_URL: 'postgresql://office:hunter2@127.0.0.1:1/office' };
    makeKeys(join(scratch, 'keys-away'), []);
    for (const [name, words] of [
      ['audit', ['verify', '--data', scratch]],
      ['backup', ['--to', join(scratch, 'to'), '--data', join(scratch, 'x')]],
    ] as const) {
      const said = await ran(t, name, words, { ...away, AMTOMAT_KEYS: join(scratch, 'keys-away') });
      assertWords(said, /the database cannot be reached/);
      assert.doesNotMatch(said.errors, /hunter2/);
    }
  });

  it('when a key is cut', async (t) => {
    const { url, drop } = await freshDatabase(1);
    t.after(drop);
    const folder = join(scratch, 'cut');
    makeKeys(folder, []);
    const file = join(folder, 'house.key');
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, 20));
    const env = { DATABASE_URL: url, AMTOMAT_KEYS: folder };
    assertWords(await ran(t, 'audit', ['verify', '--data', scratch], env), /house\.key: .*cut off/);
    assertWords(await ran(t, 'backup', ['--to', join(scratch, 'to')], env), /cut off/);
    rmSync(file);
    assertWords(await ran(t, 'audit', ['verify', '--data', scratch], env), /house\.key: key is missing/);
    assert.deepEqual(readdirSync(folder), [], 'looking makes none');
  });

  it('when what is to be brought back is no backup', async (t) => {
    const file = join(scratch, 'backup.zip');
    writeFileSync(file, 'x');
    for (const [from, folder] of [
      [file, scratch],
      [join(scratch, 'gone'), scratch],
      [scratch, file],
    ] as const)
      assertWords(
        await ran(t, 'restore', ['--from', from, '--keys', folder, '--data', join(scratch, 'new')]),
        /nothing was restored/,
      );
    assert.equal(existsSync(join(scratch, 'new')), false);
  });

  it('when the clock is set to where nobody can reckon', async (t) => {
    for (const clock of ['+99999999d', '-60000d', '+99999999999999999999d', '+275760-09-13T00:00:00Z']) {
      const env = { AMTOMAT_CLOCK: clock };
      assertWords(
        await ran(t, 'backup', ['--to', join(scratch, 'to')], env),
        /AMTOMAT_CLOCK=.* leads out of the years/,
      );
      await assert.rejects(ran(t, 'start', ['--port', '0'], env), /leads out of the years/);
    }
  });
});
