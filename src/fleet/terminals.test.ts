import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { append, entry } from '#audit';
import { createFileKeys, newCode } from '#seal';
import { freshDatabase, type TestDatabase } from '#test/database';
import { zonedInstant } from '#time';
import { createTerminals, type Registered, type Terminals } from './index.ts';

const MINUTE = 60_000;

let database: TestDatabase;
let folder: string;
let terminals: Terminals;
let now: number;

before(async () => {
  database = await freshDatabase();
  folder = mkdtempSync(join(tmpdir(), 'fleet-'));
  const keys = createFileKeys(folder);
  const clock = { now: () => new Date(now) };
  terminals = createTerminals({ db: database.db, clock, keys, audit: { append, entry } });
});
beforeEach(async () => {
  now = zonedInstant('2026-11-23', '10:00').getTime();
  await database.db.deleteFrom('terminal').execute();
  await database.db.deleteFrom('terminal_code').execute();
  await database.db.deleteFrom('access_attempt').execute();
});
after(async () => {
  await database.drop();
  rmSync(folder, { recursive: true });
});

async function issue(terminal: string, form: string = randomUUID()): Promise<{ code: string; until: Date }> {
  const issued = await terminals.issue(terminal, 'lead', form);
  assert.ok(issued);
  return issued;
}

async function registered(terminal: string): Promise<string> {
  const { code } = await issue(terminal);
  const result = await terminals.register(code, 'town hall');
  assert.ok(result.ok);
  return result.secret;
}

const reason = (result: Registered): string => (result.ok ? 'registered' : result.reason);
const named = async (secret: string): Promise<string | undefined> => (await terminals.find(secret))?.terminal;

async function audited(): Promise<string[]> {
  const rows = await database.db.selectFrom('audit_entry').selectAll().orderBy('seq').execute();
  return rows.map(
    ({ actor, action, subject, detail }) => `${actor} ${action} ${subject} ${JSON.stringify(detail)}`,
  );
}

describe('a code for a terminal', () => {
  it('makes one machine that terminal, once', async () => {
    const { code } = await issue('rathaus-1');
    const first = await terminals.register(code, 'here');
    assert.ok(first.ok);
    assert.equal(first.terminal, 'rathaus-1');
    assert.equal(await named(first.secret), 'rathaus-1');
    assert.equal(reason(await terminals.register(code, 'there')), 'used');
    assert.equal(await named(first.secret), 'rathaus-1', 'whoever comes second takes nothing away');
  });

  it('is for the faster of two machines at which it is typed at once', async () => {
    const { code } = await issue('rathaus-1');
    const results = await Promise.all(['a', 'b', 'c', 'd'].map((client) => terminals.register(code, client)));
    assert.deepEqual(results.map(reason).sort(), ['registered', 'used', 'used', 'used']);
  });

  it('ends after a quarter of an hour, with the next code, and when the terminal is signed off', async () => {
    const late = await issue('rathaus-1');
    now += 15 * MINUTE;
    assert.equal(reason(await terminals.register(late.code, 'here')), 'expired');
    const lost = await issue('rathaus-1');
    const { code } = await issue('rathaus-1');
    assert.equal(reason(await terminals.register(lost.code, 'here')), 'wrong');
    await terminals.revoke('rathaus-1', 'lead');
    assert.equal(reason(await terminals.register(code, 'here')), 'wrong');
    assert.deepEqual(await terminals.list(), []);
  });

  it('is one for each form, told again as long as it counts, and made by nothing else that says the same', async () => {
    const before = (await audited()).length;
    const [first, again] = await Promise.all([issue('rathaus-1', 'form'), issue('rathaus-1', 'form')]);
    assert.deepEqual(again, first);
    assert.notEqual((await issue('rathaus-2', 'form')).code, first.code);
    assert.equal((await audited()).length - before, 2);
    assert.equal(reason(await terminals.register(first.code, 'here')), 'registered');
    assert.equal(await terminals.issue('rathaus-1', 'lead', 'form'), undefined, 'it was used');
    assert.notEqual((await issue('rathaus-1', 'other form')).code, first.code);
    now += 15 * MINUTE;
    assert.equal(await terminals.issue('rathaus-1', 'lead', 'other form'), undefined, 'it has ended');
  });

  it('has one life: no form makes it count again after it was used, replaced or revoked', async () => {
    const again = () => terminals.issue('rathaus-1', 'lead', 'form');
    const { code, until } = await issue('rathaus-1', 'form');
    assert.deepEqual(await again(), { code, until }, 'the answer was lost: it is told again');
    await issue('rathaus-1', 'newer form');
    assert.equal(await again(), undefined, 'a newer one took its place');
    assert.equal(reason(await terminals.register(code, 'here')), 'wrong');
    await terminals.revoke('rathaus-1', 'lead');
    for (const form of ['form', 'newer form'])
      assert.equal(await terminals.issue('rathaus-1', 'lead', form), undefined, `${form}: revoked`);
    const used = await issue('rathaus-1', 'used form');
    assert.ok((await terminals.register(used.code, 'here')).ok);
    await terminals.revoke('rathaus-1', 'lead');
    now += 10 * 60 * MINUTE;
    assert.equal(await terminals.issue('rathaus-1', 'lead', 'used form'), undefined);
    assert.equal(reason(await terminals.register(used.code, 'here')), 'wrong');
    assert.deepEqual(await terminals.list(), []);
    const [one, two] = await Promise.all(['twice', 'twice'].map((form) => issue('rathaus-1', form)));
    assert.deepEqual(one, two);
  });

  it('is written down as told for a day, as a hash', async () => {
    const told = async () => (await database.db.selectFrom('terminal_code').selectAll().execute()).length;
    now += 25 * 60 * MINUTE;
    await issue('rathaus-1');
    assert.equal(await told(), 1);
    await issue('rathaus-1');
    assert.equal(await told(), 2);
  });

  it('slows down whoever guesses, is told to the record once, and never keeps the right one out', async () => {
    const { code } = await issue('rathaus-1');
    const before = (await audited()).length;
    const results: Registered[] = [];
    for (let tries = 0; tries < 12; tries += 1) results.push(await terminals.register(newCode(), 'stranger'));
    assert.equal(results.map(reason).at(-1), 'slowed');
    assert.equal(
      reason(await terminals.register(newCode(), 'town hall')),
      'wrong',
      'others are not slowed down',
    );
    assert.equal(reason(await terminals.register(code, 'stranger')), 'registered');
    for (let wrong = 0; wrong < 10; ) {
      const result = await terminals.register(newCode(), 'patient');
      if (!result.ok && result.reason === 'slowed') now += (result.retryAfterSeconds + 1) * 1_000;
      else wrong += 1;
    }
    const told = (await audited()).slice(before).filter((line) => line.includes('terminal.guessing'));
    assert.deepEqual(told, ['system terminal.guessing terminalCode {}']);
  });
});

describe('a registered machine', () => {
  it('is no terminal any more as soon as it is revoked', async () => {
    const secret = await registered('rathaus-1');
    assert.equal(await terminals.revoke('rathaus-1', 'lead'), 'done');
    assert.equal(await named(secret), undefined);
    assert.equal(await terminals.revoke('rathaus-1', 'lead'), 'none', 'there is nothing left to revoke');
  });

  it('is not ended by who meant the one before it', async () => {
    await registered('rathaus-1');
    const seen = new Date(now);
    now += MINUTE;
    const secret = await registered('rathaus-1');
    assert.equal(await terminals.revoke('rathaus-1', 'lead', seen), 'other');
    assert.equal(await named(secret), 'rathaus-1');
    const { until } = await issue('rathaus-1');
    for (const meant of [new Date(now), until]) {
      assert.equal(await terminals.revoke('rathaus-1', 'lead', meant), 'done');
      await issue('rathaus-1');
    }
  });

  it('gives way to the next one of the same name, when that one is there and not before', async () => {
    const old = await registered('rathaus-1');
    const other = await registered('rathaus-2');
    const { code } = await issue('rathaus-1');
    assert.equal(await named(old), 'rathaus-1', 'a code alone changes nothing');
    const result = await terminals.register(code, 'here');
    assert.ok(result.ok);
    assert.deepEqual(await Promise.all([old, result.secret, other].map(named)), [
      undefined,
      'rathaus-1',
      'rathaus-2',
    ]);
  });

  it('is not known by anything else than its secret', async () => {
    const secret = await registered('rathaus-1');
    const rows = JSON.stringify(await database.db.selectFrom('terminal').selectAll().execute());
    assert.ok(!rows.includes(secret) && !rows.includes(Buffer.from(secret, 'base64url').toString('hex')));
    for (const no of [
      '',
      'rathaus-1',
      secret.slice(1),
      `${secret}x`,
      secret.replace(/.$/, '~'),
      "' OR true --",
    ])
      assert.equal(await terminals.find(no), undefined, no);
  });

  it('has its use noted at most every ten minutes, however many pages it asks for', async () => {
    const secret = await registered('rathaus-1');
    const seen = async () => (await terminals.list())[0]?.machine?.seen.getTime();
    const begin = now;
    now += 9 * MINUTE;
    assert.deepEqual(await terminals.find(secret), { terminal: 'rathaus-1', renew: false });
    assert.equal(await seen(), begin);
    now += MINUTE;
    assert.deepEqual(await terminals.find(secret), { terminal: 'rathaus-1', renew: true });
    assert.equal(await seen(), now);
    assert.deepEqual(await terminals.find(secret), { terminal: 'rathaus-1', renew: false });
  });
});

it('the record says who issued, which machine took the place of another, and who revoked, without code or secret', async () => {
  const before = (await audited()).length;
  await registered('rathaus-1');
  await registered('rathaus-1');
  await terminals.revoke('rathaus-1', 'other');
  assert.deepEqual((await audited()).slice(before), [
    'staff:lead terminal.codeIssued rathaus-1 {}',
    'staff:lead terminal.registered rathaus-1 {"replaced":false}',
    'staff:lead terminal.codeIssued rathaus-1 {}',
    'staff:lead terminal.registered rathaus-1 {"replaced":true}',
    'staff:other terminal.revoked rathaus-1 {}',
  ]);
});
