import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { arrive, household } from '#test/citizen';
import { signIn } from '#test/clerk';
import { hiddenField } from '#test/client';
import { type RunningOffice, startRunningOffice } from '#test/running-office';

let office: RunningOffice;
before(async () => {
  office = await startRunningOffice();
});
after(() => office.close());

describe('a case that is not paid for yet', () => {
  it('says so to who has its number and code, opens for nobody, and opens when it is paid', async () => {
    const person = await arrive(office.origin);
    await person.walk('sperrmuell', household(1));
    const { number, code } = await person.handIn('sperrmuell');
    const waits = (state: 'unpaid' | 'new') =>
      office.db.updateTable('cases').set({ state }).where('number', '=', number).execute();
    const clerk = await signIn(office.origin, 'tsk');

    await waits('unpaid');
    const stranger = await arrive(office.origin);
    await stranger.open('/status');
    const _csrf = hiddenField((await stranger.client.get(`${office.origin}/status`)).text, '_csrf') ?? '';
    const refused = await stranger.client.post(`${office.origin}/status`, { _csrf, number, code });
    assert.equal(refused.status, 422);
    assert.match(refused.text, /noch nicht bezahlt/);
    assert.equal((await stranger.client.get(`${office.origin}/status/case`)).status, 303);
    assert.equal(await clerk.find(number), undefined);

    await waits('new');
    const opened = await stranger.client.post(`${office.origin}/status`, { _csrf, number, code });
    assert.equal(opened.headers.get('location'), '/status/case');
    assert.ok(await clerk.find(number));
  });
});
