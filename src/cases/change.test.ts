import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { verify } from '#audit';
import { SlotLostError } from '#booking';
import { CANARIES, freshOffice, type TestOffice, testService } from '#test/office';
import { CaseNotFoundError, TransitionError, VersionConflictError } from './index.ts';

const clerk = { subject: 'clerk-1', offices: ['tsk'] };
const colleague = { subject: 'clerk-2', offices: ['tsk', 'oa'] };
const stranger = { subject: 'clerk-3', offices: ['oa'] };
const text = 'Vogelfrei-Notiz: bitte rufen Sie an';

let office: TestOffice;
before(async () => {
  office = await freshOffice();
});
after(() => office.close());

async function handIn() {
  const input = await office.handIn();
  const receipt = await office.cases.submit(input);
  return { ...receipt, input };
}
async function viewOf(caseId: string) {
  const view = await office.view(caseId);
  assert.ok(view);
  return view;
}
const auditOf = async (caseId: string) =>
  (
    await office.db
      .selectFrom('audit_entry')
      .select('action')
      .where('subject', '=', caseId)
      .orderBy('seq')
      .execute()
  )
    .map((row) => row.action)
    .filter((action) => action !== 'case.read');

describe('a clerk', () => {
  it('takes over, asks, gets an answer, decides; each step in state, history and audit record', async () => {
    const { caseId } = await handIn();
    await office.cases.takeOver(caseId, clerk, 1);
    await office.cases.note(caseId, clerk, 2, text);
    await office.cases.message(caseId, clerk, 3, 'Welches Stockwerk?');
    assert.equal((await viewOf(caseId)).state, 'waiting');
    const photo = { name: 'kanaria.pdf', mediaType: 'application/pdf', content: Buffer.from('Foto') };
    await office.cases.answer(caseId, { text: 'Piepmatzantwort', files: [photo] });
    assert.equal((await viewOf(caseId)).state, 'working');
    await office.cases.decide(caseId, clerk, 5, 'done', 'Abgeholt', { early: true });
    const view = await viewOf(caseId);
    assert.deepEqual(
      [view.state, view.assignedTo, view.version, view.closedAt],
      ['done', 'clerk-1', 6, office.now()],
    );
    assert.deepEqual(
      view.events.map(({ kind, actor, text: said, decision }) => [kind, actor, said, decision]),
      [
        ['submitted', null, undefined, undefined],
        ['taken', 'clerk-1', undefined, undefined],
        ['note', 'clerk-1', text, undefined],
        ['message', 'clerk-1', 'Welches Stockwerk?', undefined],
        ['answer', null, 'Piepmatzantwort', undefined],
        ['decided', 'clerk-1', 'Abgeholt', 'done'],
      ],
    );
    const sent = view.events[4]?.files[0] ?? '';
    assert.equal((await office.cases.fileForStaff(caseId, sent, clerk))?.content.toString(), 'Foto');
    assert.deepEqual(await auditOf(caseId), [
      'case.submitted',
      'case.taken',
      'case.noted',
      'case.asked',
      'case.answered',
      'case.decided',
    ]);
  });

  it('does not overwrite what a colleague did meanwhile', async () => {
    const { caseId } = await handIn();
    const results = await Promise.allSettled([
      office.cases.takeOver(caseId, clerk, 1),
      office.cases.takeOver(caseId, colleague, 1),
    ]);
    assert.equal(results.filter((result) => result.status === 'fulfilled').length, 1);
    const lost = results.find((result) => result.status === 'rejected');
    assert.ok(lost?.reason instanceof VersionConflictError);
    assert.equal((await viewOf(caseId)).events.length, 2);
  });

  it('takes a case from a colleague and puts it back', async () => {
    const { caseId } = await handIn();
    await office.cases.takeOver(caseId, clerk, 1);
    await office.cases.takeOver(caseId, colleague, 2);
    assert.equal((await viewOf(caseId)).assignedTo, 'clerk-2');
    await office.cases.release(caseId, colleague, 3);
    const view = await viewOf(caseId);
    assert.deepEqual([view.state, view.assignedTo], ['new', null]);
  });

  it('of another office finds no such case', async () => {
    const { caseId } = await handIn();
    await assert.rejects(office.cases.takeOver(caseId, stranger, 1), CaseNotFoundError);
    await assert.rejects(office.cases.decide(caseId, stranger, 1, 'rejected', 'x'), CaseNotFoundError);
    await assert.rejects(office.cases.note('../x', clerk, 1, 'x'), CaseNotFoundError);
  });

  it('cannot decide twice, nor in a way the service does not have', async () => {
    const { caseId } = await handIn();
    await office.cases.decide(caseId, clerk, 1, 'rejected', 'Nicht im Stadtgebiet');
    await assert.rejects(office.cases.decide(caseId, clerk, 2, 'done', 'doch'), TransitionError);
    await assert.rejects(office.cases.message(caseId, clerk, 2, 'noch etwas'), TransitionError);
    await office.cases.note(caseId, clerk, 2, 'bleibt möglich');

    const strict = await freshOffice(testService({ decisions: ['done'] }));
    const receipt = await strict.cases.submit(await strict.handIn());
    await assert.rejects(strict.cases.decide(receipt.caseId, clerk, 1, 'rejected', 'x'), TransitionError);
    await strict.close();
  });

  it('may still write a note on a case that is closed, and nothing else', async () => {
    for (const close of ['done', 'rejected', 'withdrawn'] as const) {
      const { caseId } = await handIn();
      if (close === 'withdrawn') await office.cases.withdraw(caseId);
      else await office.cases.decide(caseId, clerk, 1, close, '', { early: true });
      await office.cases.note(caseId, clerk, 2, text);
      const { state, events } = await viewOf(caseId);
      assert.deepEqual([state, events.at(-1)?.kind], [close, 'note']);
      await assert.rejects(office.cases.takeOver(caseId, clerk, 3), TransitionError);
      await assert.rejects(office.cases.release(caseId, clerk, 3), TransitionError);
    }
  });
});

describe('a citizen', () => {
  it('does not see notes, nor who of the staff it was', async () => {
    const { caseId } = await handIn();
    await office.cases.note(caseId, clerk, 1, text);
    await office.cases.message(caseId, clerk, 2, 'Frage');
    const photo = { name: 'intern.pdf', mediaType: 'application/pdf', content: Buffer.from('x') };
    await office.cases.message(caseId, clerk, 3, 'Noch eine Frage', [photo]);
    const seen = await office.cases.forCitizen(caseId);
    assert.deepEqual(
      seen?.history.map(({ kind, files }) => [kind, files.map(({ name }) => name)]),
      [
        ['submitted', []],
        ['message', []],
        ['message', ['intern.pdf']],
      ],
    );
    const everything = JSON.stringify(seen);
    for (const inner of [text, 'clerk-1', '"office"', '"assignedTo"'])
      assert.ok(!everything.includes(inner), inner);
  });

  it('gets the files that stand in the own history, and no other of the same or another case', async () => {
    const { caseId } = await handIn();
    const other = await handIn();
    const pdf = { name: 'a.pdf', mediaType: 'application/pdf', content: Buffer.from('%') };
    await office.cases.message(caseId, clerk, 1, 'Frage', [pdf]);
    await office.cases.answer(other.caseId, { text: 'x', files: [pdf] });
    const sent = (await viewOf(caseId)).events.at(-1)?.files[0] ?? '';
    assert.equal((await office.cases.fileForCitizen(caseId, sent))?.content.toString(), '%');
    const handedIn = (await viewOf(caseId)).files.find(({ origin }) => origin === 'citizen')?.id ?? '';
    const strange = (await viewOf(other.caseId)).events.at(-1)?.files[0] ?? '';
    for (const id of [strange, handedIn, randomUUID(), 'x'])
      assert.equal(await office.cases.fileForCitizen(caseId, id), undefined, id);
  });

  it('withdraws: the place is free again, the allowance is back, the code says so and no more', async () => {
    const { caseId, code, input } = await handIn();
    const slot = (input.submission.answers.pickup as { slot: string }).slot;
    const taken = async () =>
      (await office.db.selectFrom('slot').select('taken').where('id', '=', slot).executeTakeFirst())?.taken;
    const before = await taken();
    assert.ok(await office.cases.findCode(code ?? '', clerk));
    await office.cases.withdraw(caseId);
    assert.equal(await taken(), (before ?? 0) - 1);
    const found = await office.cases.findCode(code ?? '', clerk);
    assert.deepEqual([found?.found.state, found?.view], ['withdrawn', undefined], 'that, and nothing of it');
    const view = await viewOf(caseId);
    assert.deepEqual([view.state, view.booking, view.code], ['withdrawn', undefined, undefined]);
    await assert.rejects(office.cases.withdraw(caseId), TransitionError);
    const again = await office.handIn();
    again.submission.answers.familyName = input.submission.answers.familyName ?? '';
    await office.cases.submit(again);
  });

  it('cannot withdraw, answer or move what is decided', async () => {
    const { caseId } = await handIn();
    await office.cases.decide(caseId, clerk, 1, 'done', '', { early: true });
    await assert.rejects(office.cases.withdraw(caseId), TransitionError);
    await assert.rejects(office.cases.answer(caseId, { text: 'x' }), TransitionError);
    await assert.rejects(office.cases.reschedule(caseId, (await office.slot(9)).id), TransitionError);
  });

  it('neither moves nor withdraws after the last moment for it, and loses nothing by trying', async () => {
    const { caseId } = await handIn();
    const booked = (await viewOf(caseId)).booking;
    assert.ok(booked);
    const next = await office.slot(40);
    const early = office.now().getTime();
    office.pass(booked.changeUntil.getTime() - early);
    await assert.rejects(office.cases.reschedule(caseId, next.id), new SlotLostError('tooLate'));
    await assert.rejects(office.cases.withdraw(caseId), new SlotLostError('tooLate'));
    const view = await viewOf(caseId);
    assert.deepEqual([view.state, view.version, view.booking?.slot.date], ['new', 1, booked.slot.date]);
    office.pass(-1);
    await office.cases.withdraw(caseId);
    assert.equal((await viewOf(caseId)).state, 'withdrawn');
    office.pass(early - office.now().getTime());
  });

  it('gets date and allowance back when the office refuses', async () => {
    const { caseId, input } = await handIn();
    await office.cases.decide(caseId, clerk, 1, 'rejected', 'Doppelt');
    assert.equal((await viewOf(caseId)).booking, undefined);
    const again = await office.handIn();
    again.submission.answers.familyName = input.submission.answers.familyName ?? '';
    await office.cases.submit(again);
  });

  it('moves the date: booking, answers and words all say the new one', async () => {
    const { caseId } = await handIn();
    const slot = await office.slot(30);
    await office.cases.reschedule(caseId, slot.id);
    const view = await viewOf(caseId);
    assert.equal(view.booking?.slot.date, '2026-12-23');
    assert.deepEqual(view.submission.answers.pickup, { slot: slot.id, date: '2026-12-23' });
    assert.equal(view.result.next[0], 'Am 2026-12-23 kommen wir.');
    assert.ok(JSON.stringify(view.sections).includes('2026-12-23'));
    const seen = await office.cases.forCitizen(caseId);
    assert.deepEqual(seen?.history.at(-1)?.slot, { slot: slot.id, date: '2026-12-23' });
  });

  it('keeps the old date when the new one is full', async () => {
    const { caseId } = await handIn();
    const full = await office.slot(31, true);
    await assert.rejects(office.cases.reschedule(caseId, full.id), SlotLostError);
    const view = await viewOf(caseId);
    assert.deepEqual([view.booking?.slot.date, view.version], ['2026-12-14', 1]);
  });
});

it('nothing that was written is readable in the database, and the audit record is whole', async () => {
  const dump = await office.dump();
  for (const canary of [...CANARIES, 'Stockwerk', 'Abgeholt']) assert.ok(!dump.includes(canary), canary);
  assert.equal((await verify(office.db)).ok, true);
});
