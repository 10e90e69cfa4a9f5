import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import { freshOffice, type TestOffice } from '#test/office';

const clerk = { subject: 'clerk-1', offices: ['tsk'] };
const stranger = { subject: 'clerk-3', offices: ['oa'] };

let office: TestOffice;
let heard = '0';
before(async () => {
  office = await freshOffice();
});
after(() => office.close());
beforeEach(() => audited());

/** New entries of the audit record about who looked. */
async function audited(): Promise<unknown[][]> {
  const rows = await office.db
    .selectFrom('audit_entry')
    .selectAll()
    .where('seq', '>', heard)
    .where('actor', 'like', 'staff:%')
    .orderBy('seq')
    .execute();
  heard = rows.at(-1)?.seq ?? heard;
  return rows.map(({ actor, action, subject, detail }) => [actor, action, subject, detail]);
}

describe('opening a case for the staff', () => {
  it('writes down who, and what for, before anything is shown', async () => {
    const { caseId } = await office.cases.submit(await office.handIn());
    const opened = await office.cases.forStaff(caseId, clerk, 'work');
    assert.equal(opened?.kind === 'open' && opened.view.office, 'tsk');
    assert.deepEqual(await audited(), [['staff:clerk-1', 'case.read', caseId, { purpose: 'work' }]]);
    const file = opened?.kind === 'open' ? (opened.view.files[0]?.id ?? '') : '';
    assert.ok(await office.cases.fileForStaff(caseId, file, clerk));
    assert.deepEqual(await audited(), [['staff:clerk-1', 'case.read', caseId, { purpose: 'file' }]]);
    const silent = async (): Promise<void> => {
      throw new Error('the record is full');
    };
    await assert.rejects(office.restarted({ append: silent }).forStaff(caseId, clerk, 'work'), /full/);
  });

  it('knows no case of another office, none that is not paid for, and none that is not there', async () => {
    const { caseId } = await office.cases.submit(await office.handIn());
    const unpaid = await office.cases.submit({ ...(await office.handIn()), payment: { cents: 100 } });
    const nothing = randomUUID();
    for (const [id, who] of [
      [caseId, stranger],
      [unpaid.caseId, clerk],
      [nothing, clerk],
    ] as const) {
      assert.equal(await office.cases.forStaff(id, who, 'work'), undefined);
      assert.equal(await office.cases.fileForStaff(id, randomUUID(), who), undefined);
      const tried = [`staff:${who.subject}`, 'case.refused', id, {}];
      assert.deepEqual(await audited(), [tried, tried]);
    }
    assert.equal(await office.cases.forStaff('../x', clerk, 'work'), undefined);
    assert.deepEqual(await audited(), []);
  });
});
