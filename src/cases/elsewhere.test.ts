import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { freshOffice, type TestOffice, testService } from '#test/office';
import { TransitionError } from './index.ts';

const clerk = { subject: 'clerk-1', offices: ['tsk'] };
const DAY_MS = 86_400_000;
const delivery = { channel: 'fit-connect', authority: 'bfj', name: 'Bundesamt für Justiz' } as const;

let office: TestOffice;
before(async () => {
  office = await freshOffice(testService({ delivery, leika: '99000000000001' }));
});
after(() => office.close());

const handIn = async () => (await office.cases.submit(await office.handIn())).caseId;
const park = (caseId: string) =>
  office.db.updateTable('outbox').set({ state: 'parked' }).where('case_id', '=', caseId).execute();
const stateOf = async (caseId: string) => (await office.cases.find(caseId))?.state;

describe('a case that another authority decides', () => {
  it('is not this office’s to take, ask about or decide, and no answer is taken for it', async () => {
    for (const delivered of [false, true]) {
      const caseId = await handIn();
      if (delivered) await office.delivery.runOnce();
      for (const act of [
        () => office.cases.takeOver(caseId, clerk, 1),
        () => office.cases.message(caseId, clerk, 1, 'Welches?'),
        () => office.cases.decide(caseId, clerk, 1, 'done', ''),
        () => office.cases.decide(caseId, clerk, 1, 'rejected', 'Nein'),
        () => office.cases.answer(caseId, { text: 'Noch etwas' }),
      ])
        await assert.rejects(act(), TransitionError);
      assert.equal(await stateOf(caseId), 'new');
      assert.equal((await office.cases.forCitizen(caseId))?.may.answer, false);
      await office.cases.note(caseId, clerk, 1, 'angerufen');
    }
  });

  it('tells who decides, and the decision is that authority’s', async () => {
    const caseId = await handIn();
    const authorityOf = async () => (await office.cases.forCitizen(caseId))?.authority;
    assert.deepEqual(await authorityOf(), { name: delivery.name, reached: false, givenUp: false });
    await office.delivery.runOnce();
    assert.deepEqual(await authorityOf(), { name: delivery.name, reached: true, givenUp: false });
    const listed = await office.cases.list({ box: 'new', offices: ['tsk'], subject: '' });
    assert.ok(listed.length > 0 && listed.every(({ authority }) => authority === delivery.name));
    await office.db.transaction().execute((tx) => office.cases.concludedBy(caseId, 'done', '', tx));
    const view = await office.view(caseId);
    const last = view?.events.at(-1);
    assert.deepEqual([view?.authority, last?.kind, last?.actorKind], [delivery.name, 'decided', 'authority']);
  });

  it('has come to it when it was decided, once, also where nobody could write that down before', async () => {
    const caseId = await handIn();
    await office.db.transaction().execute((tx) => office.cases.concludedBy(caseId, 'done', '', tx));
    assert.notEqual((await office.cases.find(caseId))?.deliveredAt, null);
    await office.delivery.runOnce();
    const arrivals = await office.db
      .selectFrom('audit_entry')
      .select('seq')
      .where('subject', '=', caseId)
      .where('action', '=', 'case.delivered')
      .execute();
    assert.equal(arrivals.length, 1);
  });

  it('is ended without a decision only when its delivery stands still or it lies open for too long', async () => {
    const waiting = await handIn();
    await assert.rejects(office.cases.closeUndecided(waiting, clerk, 1, 'Warum'), TransitionError);
    const stuck = await handIn();
    await park(stuck);
    await office.cases.closeUndecided(stuck, clerk, 1, 'Bitte beim Bundesamt beantragen');
    assert.equal((await office.cases.find(stuck))?.givenUp, true, 'nobody has refused it');
    assert.equal((await office.cases.find(waiting))?.givenUp, false);
    assert.equal(await stateOf(stuck), 'rejected');
    assert.equal((await office.cases.forCitizen(stuck))?.authority?.givenUp, true);
    assert.deepEqual(await office.delivery.parked(), []);
    office.pass(91 * DAY_MS);
    await office.cases.closeUndecided(waiting, clerk, 1, 'Keine Antwort');
    await office.delivery.runOnce();
    assert.equal((await office.cases.find(waiting))?.deliveredAt, null, 'what was ended goes nowhere');
  });

  it('that this office decides itself is not ended that way', async () => {
    const own = await freshOffice();
    const { caseId } = await own.cases.submit(await own.handIn());
    await own.db.updateTable('outbox').set({ state: 'parked' }).execute();
    await assert.rejects(own.cases.closeUndecided(caseId, clerk, 1, 'Warum'), TransitionError);
    await own.close();
  });
});
