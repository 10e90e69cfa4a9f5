import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { type entry, verify } from '#audit';
import { EntitlementUsedError, SlotLostError } from '#booking';
import { normaliseCode, normaliseNumber } from '#seal';
import { CANARIES, freshOffice, type TestOffice, testService } from '#test/office';

let office: TestOffice;
before(async () => {
  office = await freshOffice();
});
after(() => office.close());

const TABLES = [
  'cases',
  'case_event',
  'case_file',
  'lookup_code',
  'booking',
  'entitlement_use',
  'outbox',
  'measure',
  'audit_entry',
] as const;

async function sizes(): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const table of TABLES) {
    const row = await office.db
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<string>().as('rows'))
      .executeTakeFirstOrThrow();
    found[table] = Number(row.rows);
  }
  return found;
}

/** @returns how many rows each table has more than before */
async function grown(before: Record<string, number>): Promise<Record<string, number>> {
  const now = Object.entries(await sizes()).map(([table, rows]) => [table, rows - (before[table] ?? 0)]);
  return Object.fromEntries(now);
}

const each = (rows: number) => Object.fromEntries(TABLES.map((table) => [table, rows]));

describe('handing in', () => {
  it('gives number, access code and Zuordnungsmerkmal, and one row in every place', async () => {
    const before = await sizes();
    const receipt = await office.cases.submit(await office.handIn());
    assert.equal(normaliseNumber(receipt.number), receipt.number);
    assert.equal(normaliseCode(receipt.accessCode), receipt.accessCode);
    assert.equal(normaliseCode(receipt.code ?? ''), receipt.code);
    assert.notEqual(receipt.code, receipt.accessCode);
    assert.deepEqual(await grown(before), each(1));
  });

  it('can be read again whole: answers, words, files, history, date', async () => {
    const input = await office.handIn({ language: 'en' });
    const receipt = await office.cases.submit(input);
    const view = await office.view(receipt.caseId);
    assert.ok(view);
    assert.deepEqual(view.submission, input.submission);
    assert.equal(view.sections[0]?.title, 'Angaben (en)');
    assert.equal(view.shown.de.sections[0]?.title, 'Angaben (de)');
    assert.match(view.result.next[0] ?? '', /^Am 2026-12-14 kommen wir/);
    assert.deepEqual(
      view.files.map(({ name, bytes }) => [name, bytes]),
      [['kanaria.pdf', 15]],
    );
    assert.deepEqual(
      view.events.map(({ kind, actorKind }) => [kind, actorKind]),
      [['submitted', 'citizen']],
    );
    assert.equal(view.booking?.slot.date, '2026-12-14');
    assert.equal(view.code, receipt.code);
    const clerk = { subject: 'clerk-1', offices: ['tsk'] };
    const file = await office.cases.fileForStaff(receipt.caseId, view.files[0]?.id ?? '', clerk);
    assert.equal(file?.content.toString(), 'Vogelfrei-Notiz');
    assert.equal(await office.cases.fileForStaff(receipt.caseId, 'x', clerk), undefined);
    assert.equal(await office.view('not-an-id'), undefined);
  });

  it('leaves out files that no answer names any more', async () => {
    const input = await office.handIn();
    const stray = {
      id: crypto.randomUUID(),
      name: 'alt.pdf',
      mediaType: 'application/pdf',
      content: Buffer.from('x'),
    };
    const { caseId } = await office.cases.submit({ ...input, files: [...input.files, stray] });
    assert.equal((await office.view(caseId))?.files.length, 1);
  });

  it('the same draft 50 times at once makes one case and one receipt', async () => {
    const before = await sizes();
    const input = await office.handIn();
    const receipts = await Promise.all(Array.from({ length: 50 }, () => office.cases.submit(input)));
    assert.equal(new Set(receipts.map((receipt) => JSON.stringify(receipt))).size, 1);
    assert.deepEqual(await grown(before), each(1));
  });

  it('gives the same receipt later, from another node, though the database knows only hashes of the codes', async () => {
    const input = await office.handIn();
    const first = await office.cases.submit(input);
    office.pass(3_600_000);
    assert.deepEqual(await office.restarted().submit(input), first);
    const dump = await office.dump();
    assert.ok(!dump.includes(first.accessCode) && !dump.includes(first.code ?? ''));
  });

  it('leaves nothing behind when the place or the allowance is gone, or the last step fails', async () => {
    const before = await sizes();
    const full = await office.slot(25, true);
    const withSlot = await office.handIn();
    withSlot.submission.answers.pickup = { slot: full.id, date: full.date };
    await assert.rejects(office.cases.submit(withSlot), SlotLostError);

    const good = await office.handIn();
    const dies: typeof entry = () => [{ does: sql`UPDATE audit_head SET seq = seq / 0` }];
    await assert.rejects(office.restarted({ entry: dies }).submit(good), /division by zero/);
    assert.deepEqual(await sizes(), before);

    await office.cases.submit(good);
    const again = await office.handIn();
    again.submission.answers.familyName = good.submission.answers.familyName ?? '';
    await assert.rejects(office.cases.submit(again), EntitlementUsedError);
  });

  it('does not take a case for a service without retention', async () => {
    const input = await office.handIn({ service: testService({ retention: undefined }) });
    await assert.rejects(office.cases.submit(input), /does not take cases/);
  });

  it('reaches the desk once', async () => {
    const { caseId } = await office.cases.submit(await office.handIn());
    while ((await office.delivery.runOnce()) > 0);
    const first = (await office.cases.find(caseId))?.deliveredAt;
    assert.ok(first);
    office.pass(60_000);
    await office.db.updateTable('outbox').set({ state: 'waiting', next_at: office.now() }).execute();
    while ((await office.delivery.runOnce()) > 0);
    assert.deepEqual((await office.cases.find(caseId))?.deliveredAt, first);
  });

  it('shows nothing of what was said in a dump of the database, and keeps the audit record whole', async () => {
    await office.cases.submit(await office.handIn());
    const dump = await office.dump();
    for (const canary of CANARIES) assert.ok(!dump.includes(canary), canary);
    assert.ok(dump.includes('rathaus'), 'the dump is not empty');
    assert.equal((await verify(office.db)).ok, true);
  });

  it('cannot be opened when a sealed part was changed or moved to another case', async () => {
    const one = await office.cases.submit(await office.handIn());
    const two = await office.cases.submit(await office.handIn());
    const row = await office.db
      .selectFrom('cases')
      .select(['content', 'wrapped_key', 'key_id'])
      .where('id', '=', one.caseId)
      .executeTakeFirstOrThrow();
    await office.db.updateTable('cases').set({ content: row.content }).where('id', '=', two.caseId).execute();
    await assert.rejects(office.view(two.caseId), { name: 'SealError' });
    await office.db.updateTable('cases').set(row).where('id', '=', two.caseId).execute();
    await assert.rejects(office.view(two.caseId), { name: 'SealError' });
  });
});
