/** Nobody fills the office: what one person, one case and everybody together may leave behind has an end. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { verify } from '#audit';
import { arrive, household } from '#test/citizen';
import { createClient } from '#test/client';
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

describe('what nobody identified causes', () => {
  it('is counted in the audit record, not chained one by one', async () => {
    const entries = () =>
      office.db.selectFrom('audit_entry').select('detail').where('action', '=', 'identity.refused').execute();
    const posts = 300;
    for (let sent = 0; sent < posts; sent += 20) {
      const client = createClient(office.origin);
      const some = Array.from({ length: 20 }, () =>
        client.post('/identity/bundid/complete', { SAMLResponse: 'x' }),
      );
      for (const { status } of await Promise.all(some)) assert.equal(status, 303);
    }
    const single = (await entries()).length;
    assert.ok(single > 0 && single <= 10, `${single} entries`);
    office.pass(3_600_000);
    await office.tryWork();
    await office.tryWork();
    const all = await entries();
    assert.equal(all.length, single + 1);
    assert.deepEqual(all.at(-1)?.detail, { reason: 'unknownRequest', more: posts - single });
    assert.deepEqual((await verify(office.db)).ok, true);
  });
});
