import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sql } from 'kysely';
import { verify } from '#audit';
import { newCode, SealError } from '#seal';
import { CANARIES, freshOffice, type TestOffice, testService } from '#test/office';

const clerk = { subject: 'clerk-1', offices: ['tsk'] };
const DAY = 86_400_000;

async function closedCase(
  office: TestOffice,
): Promise<{ caseId: string; number: string; accessCode: string; code: string }> {
  const receipt = await office.cases.submit(await office.handIn());
  await office.cases.note(receipt.caseId, clerk, 1, 'Vogelfrei-Notiz');
  await office.cases.decide(receipt.caseId, clerk, 2, 'done', 'Piepmatzantwort', { early: true });
  return { ...receipt, code: receipt.code ?? '' };
}

describe('retention', () => {
  it('destroys a closed case at the end of its last day, not earlier, and leaves the number for counting', async () => {
    const office = await freshOffice(
      testService({ retention: { start: 'closed', days: 90, legalBasis: '' } }),
    );
    const { caseId, number, accessCode } = await closedCase(office);
    const open = await office.cases.submit(await office.handIn());
    office.pass(90 * DAY + 13 * 3_600_000);
    assert.equal(await office.cases.retention(), 0, 'the last day, 23:00');
    office.pass(3_600_000);
    assert.equal(await office.cases.retention(), 1);
    assert.equal(await office.cases.retention(), 0);

    assert.equal(await office.view(caseId), undefined);
    assert.equal((await office.cases.openWithCode(number, accessCode, 'c')).ok, false);
    assert.equal(await office.cases.receiptPdf(caseId, accessCode, 'de'), undefined);
    const row = await office.cases.findByNumber(number);
    assert.deepEqual([row?.state, row?.destroyedAt, row?.service], ['done', office.now(), 'abholung']);
    for (const table of ['case_file', 'lookup_code'] as const) {
      const left = await office.db.selectFrom(table).select('case_id').execute();
      assert.ok(!left.some((one) => one.case_id === caseId), table);
    }
    const bodies = await office.db
      .selectFrom('case_event')
      .select('body')
      .where('case_id', '=', caseId)
      .execute();
    assert.ok(bodies.length > 0 && bodies.every((event) => event.body === null));
    assert.ok(await office.view(open.caseId), 'an open case stays');
    const dump = await office.dump();
    for (const canary of CANARIES) assert.ok(!dump.includes(canary), canary);
    const { rows } =
      await sql`SELECT 1 FROM audit_entry WHERE action = 'case.destroyed' AND subject = ${caseId}`.execute(
        office.db,
      );
    assert.equal(rows.length, 1);
    assert.equal((await verify(office.db)).ok, true);
    await office.close();
  });

  it('destroys nothing undecided, however its time is counted, and tells the lead of it', async () => {
    for (const start of ['closed', 'delivered'] as const) {
      const { result } = testService();
      const office = await freshOffice(
        testService({
          retention: { start, days: 7, legalBasis: '' },
          result: { ...result, code: undefined },
        }),
      );
      const ids: string[] = [];
      for (let index = 0; index < 3; index += 1)
        ids.push((await office.cases.submit(await office.handIn())).caseId);
      const [untouched = '', asked = '', taken = ''] = ids;
      while ((await office.delivery.runOnce()) > 0);
      await office.cases.message(asked, clerk, 1, 'Frage');
      await office.cases.takeOver(taken, clerk, 1);
      office.pass(89 * DAY);
      assert.equal(await office.cases.retention(), 0);
      assert.deepEqual(await office.cases.overdue(['tsk']), []);
      office.pass(2 * DAY);
      const told = (await office.cases.overdue(['tsk'])).map(({ caseId }) => caseId);
      assert.deepEqual(told.sort(), [...ids].sort());
      assert.deepEqual(await office.cases.overdue(['oa']), [], 'of the own office');
      office.pass(1_000 * DAY);
      assert.equal(await office.cases.retention(), 0);
      assert.ok(await office.view(untouched));
      await office.cases.decide(taken, clerk, 2, 'done', '');
      office.pass(7 * DAY);
      assert.equal(await office.cases.retention(), 0, 'the person can read the decision');
      office.pass(DAY);
      assert.equal(await office.cases.retention(), 1);
      assert.deepEqual((await office.cases.overdue(['tsk'])).length, 2);
      await office.close();
    }
  });

  it('of a code that is the whole result ends with the code, for it was done when it arrived', async () => {
    const office = await freshOffice(
      testService({ retention: { start: 'delivered', days: 10, legalBasis: '' } }),
    );
    const { caseId, code = '' } = await office.cases.submit(await office.handIn());
    const begun = await office.cases.submit(await office.handIn());
    office.pass(30 * DAY);
    assert.equal(await office.cases.retention(), 0, 'not delivered yet');
    while ((await office.delivery.runOnce()) > 0);
    await office.cases.takeOver(begun.caseId, clerk, 1);
    office.pass(11 * DAY);
    assert.equal(await office.cases.findCode(code, clerk), undefined);
    assert.equal(await office.cases.retention(), 1);
    const row = await office.cases.find(caseId);
    assert.deepEqual([row?.state, row?.destroyedAt], ['done', office.now()]);
    assert.ok(await office.view(begun.caseId), 'somebody works on it');

    const valid = await office.cases.submit(await office.handIn());
    while ((await office.delivery.runOnce()) > 0);
    office.pass(12 * DAY);
    await office.cases.retention();
    assert.ok(await office.cases.findCode(valid.code ?? '', clerk), 'the code was promised for 14 days');
    await office.close();
  });

  it('is told to whoever has number and code, with the day; nobody else learns of it', async () => {
    const office = await freshOffice();
    const { number, accessCode } = await closedCase(office);
    office.pass(100 * DAY);
    await office.cases.retention();
    const at = office.now();
    office.pass(30 * DAY);
    const gone = { ok: false, reason: 'destroyed', at };
    assert.deepEqual(await office.cases.openWithCode(number, accessCode, 'c'), gone);
    const wrong = await office.cases.openWithCode(number, newCode(), 'c');
    assert.deepEqual(wrong, { ok: false, reason: 'wrong' });
    await sql`UPDATE cases SET access_hash = '' WHERE number = ${number}`.execute(office.db);
    const old = await office.cases.openWithCode(number, accessCode, 'c');
    assert.deepEqual(old, gone, 'also of a case that was destroyed before the hash was kept');
    assert.equal((await office.cases.openWithCode(number, newCode(), 'c')).ok, false);
    await office.close();
  });

  it('makes copies in an old backup unreadable once their key is gone from it too, and not before', async () => {
    const office = await freshOffice();
    const { caseId } = await closedCase(office);
    const backup = await office.db
      .selectFrom('cases')
      .selectAll()
      .where('id', '=', caseId)
      .executeTakeFirstOrThrow();
    office.pass(100 * DAY);
    await office.cases.retention();
    await office.db
      .updateTable('cases')
      .set({ content: backup.content, key_id: backup.key_id, wrapped_key: Buffer.alloc(60) })
      .where('id', '=', caseId)
      .execute();
    await assert.rejects(office.view(caseId), SealError);
    await office.close();
  });

  it('may run on several nodes at once, over more cases than one batch', async () => {
    const office = await freshOffice();
    for (let index = 0; index < 120; index += 1) await closedCase(office);
    office.pass(100 * DAY);
    const counts = await Promise.all([office.cases.retention(), office.restarted().retention()]);
    assert.equal(counts.reduce((sum, count) => sum + count, 0) + (await office.cases.retention()), 120);
    assert.equal((await verify(office.db)).ok, true);
    await office.close();
  });
});
