import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { promisify } from 'node:util';
import { arrive, household } from '#test/citizen';
import { startOffice } from '#test/office-process';
import { MONDAY } from '#test/running-office';

const folder = mkdtempSync(join(tmpdir(), 'amtomat-moved-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const root = join(import.meta.dirname, '..');
const env = { AMTOMAT_CLOCK: MONDAY };

/** The command in a process of its own, as an operator or a timer runs it. @returns what it said */
async function command(...words: string[]): Promise<string> {
  const { PATH = '', HOME = '' } = process.env;
  const loader = ['--import', join(root, 'scripts/tsx-loader.ts'), join(root, 'src/cli/main.ts')];
  const options = { cwd: root, env: { PATH, HOME, ...env } };
  return (await promisify(execFile)(process.execPath, [...loader, ...words], options)).stdout;
}

it('moves an office with a database of its own to another place, and its citizens with it', async () => {
  const here = join(folder, 'here');
  const there = join(folder, 'there');
  const [backups, keys] = [join(folder, 'backups'), join(folder, 'keys')];
  const first = await startOffice(['--data', here], env);
  const person = await arrive(first.origin);
  await person.walk('sperrmuell', household(1));
  const handed = await person.handIn('sperrmuell');
  assert.match(await command('backup', '--to', backups, '--keys', keys, '--data', here), /^backup is whole/);
  assert.equal((await fetch(`${first.origin}/ready`)).status, 200, 'the office has gone on');
  assert.equal(await first.end(), 0);
  rmSync(here, { recursive: true });

  assert.match(
    await command('restore', '--from', backups, '--keys', keys, '--data', there),
    /audit record is whole/,
  );
  assert.equal(
    readdirSync(join(there, 'postgres')).includes('postmaster.pid'),
    false,
    'nothing is left running',
  );
  const second = await startOffice(['--data', there], env);
  const again = await arrive(second.origin);
  await again.openCase(handed);
  assert.match(again.shown.text, /<h1>[^<]*Sperrm/);
  assert.equal(await second.end(), 0);
});
