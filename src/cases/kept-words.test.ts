import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { about, approved, LANGUAGES, type Language, runsOf, withoutMarks } from '#language';
import { freshOffice, type TestOffice, testService } from '#test/office';
import { addDays } from '#time';

let office: TestOffice;
before(async () => {
  office = await freshOffice();
});
after(() => office.close());

const UNREAD = LANGUAGES.filter((language) => approved(language) !== language);

/** @returns what a case says that was handed in in a language, in each */
async function shownAfter(own: Language) {
  const { caseId } = await office.cases.submit(await office.handIn({ language: own }));
  return (await office.view(caseId))?.shown ?? assert.fail();
}

it('a case speaks the language it was handed in in, and all whose words people have read', async () => {
  for (const own of LANGUAGES) {
    const shown = await shownAfter(own);
    for (const language of LANGUAGES.filter((one) => one === own || !UNREAD.includes(one)))
      assert.equal(shown[language].title, `Abholung (${language})`);
  }
});

it('in another one it speaks German, and says so', async () => {
  assert.ok(UNREAD.length > 0);
  for (const language of UNREAD) {
    const { title, sections } = (await shownAfter('de'))[language];
    assert.equal(withoutMarks(title), 'Abholung (de)');
    for (const text of [title, sections[0]?.title ?? ''])
      assert.deepEqual(
        runsOf(text).map(({ lang }) => lang),
        [about('de').lang],
      );
  }
});

it('its days are no words of any language, and move with the booked one', async () => {
  const { result } = testService();
  const next = [{ of: 'pickup', days: -1 }, undefined].map((day) => ({ when: undefined, day }));
  const dated = await freshOffice(testService({ result: { ...result, next } }));
  const { caseId } = await dated.cases.submit(await dated.handIn());
  const days = async () => (await dated.view(caseId))?.days.map((day) => day?.date);
  const booked = async () => (await dated.view(caseId))?.booking?.slot.date ?? assert.fail();
  const before = await booked();
  assert.deepEqual(await days(), [addDays(before, -1), undefined]);
  await dated.cases.reschedule(caseId, (await dated.slot(30)).id);
  assert.notEqual(await booked(), before);
  assert.deepEqual(await days(), [addDays(await booked(), -1), undefined]);
  await dated.close();
});

it('a case that is moved keeps no more of them', async () => {
  const { caseId } = await office.cases.submit(await office.handIn());
  const sizes = async () =>
    (await office.db.selectFrom('cases').select('content').where('id', '=', caseId).executeTakeFirstOrThrow())
      .content?.length ?? 0;
  const before = await sizes();
  await office.cases.reschedule(caseId, (await office.slot(30)).id);
  assert.ok(Math.abs((await sizes()) - before) < before / 10, `${before} and ${await sizes()} bytes`);
});
