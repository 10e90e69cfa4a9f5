import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { arrive, type Citizen, type Sent, SOFA } from '#test/citizen';
import { freshDatabase, type TestDatabase } from '#test/database';
import { type OfficeProcess, startOffice } from '#test/office-process';
import { MONDAY } from '#test/running-office';
import { arriveBack, leave, samlResponseOf } from '#test/sign-in';

const root = join(import.meta.dirname, '..');
const OFFICE = ['--import', join(root, 'scripts/tsx-loader.ts'), join(root, 'test/support/dying-office.ts')];
const SERVICE = 'punkteauskunft';
const PAGE = `/service/${SERVICE}/identity`;
/** A process that does not end by itself within this time never does. */
const ENDS_WITHIN_MS = 120_000;

const data = mkdtempSync(join(tmpdir(), 'amtomat-lost-key-'));
const pointFile = join(data, 'point');
let database: TestDatabase;
let office: OfficeProcess;

before(async () => {
  database = await freshDatabase();
});
after(async () => {
  await database.drop();
  rmSync(data, { recursive: true, force: true });
});
beforeEach(() => open());
afterEach(async () => {
  await office.end('SIGKILL');
  await database.db.deleteFrom('used_assertion').execute();
});

async function open(): Promise<void> {
  writeFileSync(pointFile, '');
  const env = {
    ...{ DATABASE_URL: database.url, AMTOMAT_RATE: '0', AMTOMAT_LOG: 'error', POINT_FILE: pointFile },
    AMTOMAT_CLOCK: MONDAY,
  };
  office = await startOffice(['--data', data], env, [process.execPath, ...OFFICE]);
}

/** Sends a form to an office that dies when the visit gets its new key, and opens it again. */
async function sendAndDie(person: Citizen, sent: Sent, moment: 'before' | 'after'): Promise<void> {
  writeFileSync(pointFile, `commit.${moment} visit_way`);
  const { process: child } = office;
  const ended = once(child, 'close', { signal: AbortSignal.timeout(ENDS_WITHIN_MS) });
  await assert.rejects(person.send(sent));
  await ended;
  assert.equal(child.signalCode, 'SIGKILL');
  await open();
}

/** Somebody whom BundID has just sent back. */
async function signingIn(): Promise<{ person: Citizen; sent: Sent }> {
  const person = await arrive(office.origin);
  await person.walk('sperrmuell', SOFA, 'rules');
  await person.walk(SERVICE, { way: 'online' }, 'identity');
  const response = await samlResponseOf(await leave(person), 'hans');
  const { sent } = await arriveBack(person, office.origin, response);
  return { person, sent };
}

describe('an office that dies while a visit gets its new key', () => {
  it('before it is written: the visit is as it was', async () => {
    const { person, sent } = await signingIn();
    await sendAndDie(person, sent, 'before');
    await person.open(`${office.origin}${PAGE}`);
    assert.equal(person.at, 'identity');
    assert.doesNotMatch(person.shown.text, /Hans-Jürgen/);
    const used = await database.db.selectFrom('used_assertion').select('hash').execute();
    assert.deepEqual(used, [], 'the answer of the ID still counts');
  });

  it('after it is written, when somebody signs in: who they are is there, and all they said', async () => {
    const { person, sent } = await signingIn();
    await sendAndDie(person, sent, 'after');
    await person.open(`${office.origin}${PAGE}`);
    assert.match(person.shown.text, /Hans-Jürgen/);
    await person.open(`${office.origin}/service/sperrmuell/rules`);
    assert.equal(person.at, 'rules');
  });
});
