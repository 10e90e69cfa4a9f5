/** Nobody fills the office: what one person, one case and everybody together may leave behind has an end. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { arrive, household } from '#test/citizen';
import { type RunningOffice, startRunningOffice } from '#test/running-office';

const MOST_ADDED = 100;

let office: RunningOffice;
before(async () => {
  office = await startRunningOffice();
});
after(() => office.close());

describe('a case to which very much was added', () => {
  it('takes nothing more, says so, and keeps what was written', async () => {
    const person = await arrive(office.origin);
    await person.walk('sperrmuell', household(80));
    const handed = await person.handIn('sperrmuell');
    const { id } = await office.db
      .selectFrom('cases')
      .select('id')
      .where('number', '=', handed.number)
      .executeTakeFirstOrThrow();
    const event = {
      case_id: id,
      at: office.now(),
      kind: 'answer',
      actor_kind: 'citizen',
      actor: null,
      body: null,
    } as const;
    const events = Array.from({ length: MOST_ADDED }, () => event);
    await office.db.insertInto('case_event').values(events).execute();
    await person.openCase(handed);
    const form = person.form('/status/case/answer');
    form.fill('text', 'Vogelfrei');
    await person.press(form.press());
    assert.equal(person.shown.status, 422);
    assert.match(person.shown.text, /schon sehr viel gekommen/);
    assert.match(person.shown.text, /Vogelfrei/);
  });
});
