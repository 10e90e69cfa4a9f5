import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it, type TestContext } from 'node:test';
import { signIn } from '#test/clerk';
import { type RunningOffice, startRunningOffice } from '#test/running-office';
import { run } from './doctor.ts';

const folder = mkdtempSync(join(tmpdir(), 'amtomat-doctor-'));
let office: RunningOffice;
before(async () => {
  office = await startRunningOffice();
});
after(async () => {
  await office.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the command with these settings. @returns its exit code and what it said */
async function doctor(t: TestContext, words: readonly string[], env: Record<string, string>) {
  const said: string[] = [];
  t.mock.method(console, 'log', (text: string) => said.push(text));
  t.mock.method(console, 'error', (text: string) => said.push(text));
  const kept = process.env;
  process.env = { PATH: kept.PATH, ...env };
  try {
    return { code: await run(words), said: said.join('\n') };
  } finally {
    process.env = kept;
  }
}

describe('amtomat doctor', () => {
  it('says one line for each thing of an office, also as JSON, with the same exit code', async (t) => {
    const env = { DATABASE_URL: office.databaseUrl };
    const plain = await doctor(t, ['--data', office.data], env);
    const json = await doctor(t, ['--data', office.data, '--json'], env);
    const { code, lines } = JSON.parse(json.said) as {
      code: number;
      lines: { id: string; state: string; says: string }[];
    };
    assert.ok(plain.code < 2, plain.said);
    assert.deepEqual([json.code, code], [plain.code, plain.code]);
    assert.equal(plain.said.split('\n').length, lines.length);
    for (const id of ['settings', 'database', 'keys', 'audit'])
      assert.deepEqual(
        lines.filter((line) => line.id === id).map(({ state }) => state),
        ['well'],
        id,
      );
  });

  it('names a key that the database was not sealed with', async (t) => {
    const file = join(office.data, 'keys', 'house.key');
    const own = readFileSync(file);
    writeFileSync(file, readFileSync(join(office.data, 'keys', 'office-oa.key')));
    try {
      const { code, said } = await doctor(t, ['--data', office.data], { DATABASE_URL: office.databaseUrl });
      assert.equal(code, 2);
      assert.match(said, /^BAD {2}settings .*house\.key: this is another key/m);
    } finally {
      writeFileSync(file, own);
    }
  });

  it('ends with 2 where an office cannot open, and makes nothing', async (t) => {
    const data = join(folder, 'nothing');
    const env = { AMTOMAT_ENV: 'production', AMTOMAT_OIDC_CLIENT_SECRET: 'Hunter-of-secrets-2' };
    const { code, said } = await doctor(t, ['--data', data], env);
    assert.equal(code, 2);
    assert.match(said, /^BAD {2}settings +DATABASE_URL is missing/m);
    assert.match(said, /^BAD {2}database/m);
    assert.match(said, /^BAD {2}keys .*house\.key/m);
    assert.doesNotMatch(said, /Hunter-of/);
    assert.equal(existsSync(data), false);
    assert.equal((await doctor(t, ['--jsn'], {})).code, 2);
  });

  it('says the same to a team lead at the desk, and to nobody else', async () => {
    const lead = await signIn(office.origin, 'lead');
    const { status, text } = await lead.get('/desk/state');
    assert.equal(status, 200);
    for (const words of ['Datenbank', 'PostgreSQL', 'Schlüssel', 'vorhanden und passend', 'Sicherung'])
      assert.ok(text.includes(words), words);
    const clerk = await signIn(office.origin, 'tsk');
    assert.equal((await clerk.get('/desk/state')).status, 404);
    assert.doesNotMatch((await clerk.get('/desk')).text, /\/desk\/state/);
  });
});
