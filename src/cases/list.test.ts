import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { sql } from 'kysely';
import { newCode } from '#seal';
import { freshOffice, type TestOffice } from '#test/office';
import type { CaseBox, CaseRow } from './index.ts';

const me = { subject: 'clerk-1', offices: ['tsk'] };
let office: TestOffice;

before(async () => {
  office = await freshOffice();
  // A large office with a long past: every tenth case is open.
  await sql`
    INSERT INTO cases (id, number, service, service_version, office, site, language, state, assigned_to, access_hash,
      submission_key, created_at, updated_at)
    SELECT gen_random_uuid(), n::text, 'abholung', 3, CASE n % 5 WHEN 0 THEN 'oa' ELSE 'tsk' END, 'rathaus', 'de',
      CASE n % 20 WHEN 1 THEN 'new' WHEN 2 THEN 'working' WHEN 3 THEN 'waiting' WHEN 4 THEN 'rejected' ELSE 'done' END,
      CASE WHEN n % 40 IN (2, 3) THEN 'clerk-1' WHEN n % 40 = 22 THEN 'clerk-2' END, '', gen_random_uuid(),
      ${office.now()}::timestamptz - n * interval '1 minute', ${office.now()}
    FROM generate_series(1, 50000) n`.execute(office.db);
  await sql`ANALYZE cases`.execute(office.db);
});
after(() => office.close());

async function all(box: CaseBox, offices = me.offices): Promise<CaseRow[]> {
  const rows: CaseRow[] = [];
  for (;;) {
    const last = rows.at(-1);
    const after = last && { createdAt: last.createdAt, id: last.id };
    const page = await office.cases.list({
      box,
      offices,
      subject: 'clerk-1',
      limit: 200,
      ...(after ? { after } : {}),
    });
    rows.push(...page);
    if (page.length < 200) return rows;
  }
}

describe('the inbox with 50,000 cases', () => {
  it('pages through every case of a box once, oldest first', async () => {
    const rows = await all('new');
    assert.equal(rows.length, 2_500);
    assert.equal(new Set(rows.map((row) => row.id)).size, 2_500);
    assert.ok(rows.every((row) => row.state === 'new' && row.office === 'tsk'));
    const times = rows.map((row) => row.createdAt.getTime());
    assert.deepEqual(
      times,
      [...times].sort((a, b) => a - b),
    );
  });

  it('shows decided cases latest first, and cases of several offices in one order', async () => {
    const rows = await office.cases.list({ box: 'done', offices: ['tsk', 'oa'], subject: 'x', limit: 100 });
    const times = rows.map((row) => row.createdAt.getTime());
    assert.deepEqual(
      times,
      [...times].sort((a, b) => b - a),
    );
    assert.deepEqual(new Set(rows.map((row) => row.office)), new Set(['tsk', 'oa']));
    assert.deepEqual(new Set(rows.map((row) => row.state)), new Set(['done', 'rejected']));
  });

  it('shows as mine only what I have and what is open, and nothing of other offices', async () => {
    const rows = await all('mine');
    assert.ok(rows.length > 0 && rows.every((row) => row.assignedTo === 'clerk-1'));
    assert.deepEqual(new Set(rows.map((row) => row.state)), new Set(['working', 'waiting']));
    assert.deepEqual(await all('new', []), []);
    assert.deepEqual(await all('new', ['standesamt']), []);
  });

  it('counts what the pages show', async () => {
    const counts = await office.cases.counts(me);
    for (const box of ['new', 'working', 'waiting', 'mine'] as const) {
      assert.equal(counts[box], (await all(box)).length, box);
    }
  });
});

describe('looking up', () => {
  let office: TestOffice;
  beforeEach(async () => {
    office = await freshOffice();
  });
  afterEach(() => office.close());

  it('finds a case by its number', async () => {
    const { caseId, number } = await office.cases.submit(await office.handIn());
    const row = await office.cases.findByNumber(number);
    assert.deepEqual([row?.id, row?.destroyedAt, row?.title], [caseId, null, 'Abholung (de)']);
    assert.equal(await office.cases.findByNumber('999999999'), undefined);
  });

  it('a Zuordnungsmerkmal finds the case as it is read aloud, for its own office only, until the end of its last day', async () => {
    const { caseId, number, code = '', accessCode } = await office.cases.submit(await office.handIn());
    const find = async (typed: string, by = 'tsk') =>
      (await office.cases.findCode(typed, { subject: 'clerk-1', offices: [by] }))?.found;
    const found = await find(`${code.slice(0, 4)} ${code.slice(4).toLowerCase()}`);
    assert.deepEqual([found?.caseId, found?.number, found?.state], [caseId, number, 'new']);
    assert.equal(await find(code, 'oa'), undefined);
    assert.equal(await find(accessCode), undefined);
    assert.equal(await find(newCode()), undefined);
    assert.equal(await find('123'), undefined);
    office.pass(14 * 86_400_000 + 13 * 3_600_000);
    assert.ok(await find(code), '7 December, 23:00');
    office.pass(3_600_000);
    assert.equal(await find(code), undefined, '8 December, 00:00');
  });
});
