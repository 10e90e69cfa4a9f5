import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { freshOffice, type TestOffice } from '#test/office';
import { CaseFullError } from './index.ts';

const MOST_FILES = 40;
const MOST_EVENTS = 100;

let office: TestOffice;
before(async () => {
  office = await freshOffice();
});
after(() => office.close());

const photo = { name: 'kanaria.pdf', mediaType: 'application/pdf', content: Buffer.from('Foto') };
const photos = (count: number) => Array.from({ length: count }, () => photo);

async function someCase(): Promise<string> {
  return (await office.cases.submit(await office.handIn())).caseId;
}

it('takes files from its citizen up to an end, also when many come at once', async () => {
  const caseId = await someCase();
  const before = (await office.view(caseId))?.files.length ?? 0;
  await office.cases.answer(caseId, { text: '', files: photos(MOST_FILES - before - 2) });
  const tries = Array.from({ length: 6 }, () => office.cases.answer(caseId, { text: '', files: photos(2) }));
  const ends = await Promise.allSettled(tries);
  assert.equal(ends.filter(({ status }) => status === 'fulfilled').length, 1);
  for (const end of ends) if (end.status === 'rejected') assert.ok(end.reason instanceof CaseFullError);
  assert.equal((await office.view(caseId))?.files.length, MOST_FILES);
  await office.cases.answer(caseId, { text: 'Noch ein Wort' });
});

it('takes words and moves from its citizen up to an end; taking it back and the office are not held up', async () => {
  const caseId = await someCase();
  // Handing in is the first of them.
  for (let said = 0; said < MOST_EVENTS - 1; said += 1)
    await office.cases.answer(caseId, { text: 'und noch etwas' });
  const { id } = await office.slot(40);
  await assert.rejects(office.cases.answer(caseId, { text: 'eines zu viel' }), CaseFullError);
  await assert.rejects(office.cases.reschedule(caseId, id), CaseFullError);
  const view = await office.view(caseId);
  await office.cases.note(caseId, { subject: 'clerk-1', offices: ['tsk'] }, view?.version ?? 0, 'Notiz');
  await office.cases.withdraw(caseId);
  assert.equal((await office.view(caseId))?.state, 'withdrawn');
});
