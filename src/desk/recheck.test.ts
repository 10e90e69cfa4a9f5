/** Rights of the staff do not outlive what the provider says of them. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { createClient, hiddenField } from '#test/client';
import { startDesk, type TestDesk, type TestDeskOptions } from '#test/desk';

const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;

const csrfOf = (page: { text: string }): string => hiddenField(page.text, '_csrf') ?? '';
const SAME_SITE = { 'sec-fetch-site': 'same-origin' };

async function within(options: TestDeskOptions, work: (desk: TestDesk) => Promise<void>): Promise<void> {
  const desk = await startDesk(options);
  try {
    await work(desk);
  } finally {
    await desk.stop();
  }
}

/** However the provider can be asked. */
const WAYS: Record<string, TestDeskOptions> = {
  'by a refresh token': {},
  'by a refresh token and userinfo': { standIn: { byUserinfo: true } },
  'by userinfo alone': { standIn: { lasting: 'userinfo', accessSeconds: 3_600 } },
};

for (const [way, options] of Object.entries(WAYS))
  describe(`a provider that is asked ${way}`, () => {
    let desk: TestDesk;
    before(async () => {
      desk = await startDesk(options);
    });
    after(() => desk.stop());
    beforeEach(async () => {
      desk.oidc.directory.change('oa', {});
      desk.oidc.directory.change('lead', {});
      await desk.audited();
    });

    it('keeps people in again and again, and is not asked before it is time', async () => {
      const client = await desk.signIn('oa');
      for (let turn = 0; turn < 6; turn += 1) {
        desk.pass(QUARTER);
        assert.equal((await client.get('/desk')).status, 200, `turn ${turn}`);
      }
      desk.oidc.directory.change('oa', undefined);
      desk.pass(QUARTER - MINUTE);
      assert.equal((await client.get('/desk')).status, 200);
      assert.deepEqual(await desk.audited(), ['staff:oa staff.signedIn staff:oa']);
    });

    it('ends the session whose account it has closed, with the next request, also of a page that was open', async () => {
      const client = await desk.signIn('oa');
      const _csrf = csrfOf(await client.get('/desk'));
      desk.oidc.directory.change('oa', undefined);
      desk.pass(QUARTER);
      const answer = await client.post('/desk/payments/refunds/x', { _csrf, text: 'Lang <getippt>' });
      assert.equal(answer.status, 401);
      assert.match(answer.text, /nicht gespeichert.*Lang &lt;getippt&gt;<\/textarea>/s);
      assert.deepEqual(await desk.audited(), [
        'staff:oa staff.signedIn staff:oa',
        'system staff.withdrawn staff:oa',
      ]);
      desk.oidc.directory.change('oa', {});
      assert.equal((await client.get('/desk')).status, 303, 'and it stays ended');
    });

    it('ends the session of somebody who has no role or office any more', async () => {
      for (const less of [{ roles: [] }, { offices: [] }, { offices: ['gartenamt'] }]) {
        const client = await desk.signIn('oa');
        desk.oidc.directory.change('oa', less);
        desk.pass(QUARTER);
        assert.equal((await client.get('/desk')).status, 303, JSON.stringify(less));
        desk.oidc.directory.change('oa', {});
      }
    });

    it('takes away and gives what it takes away and gives', async () => {
      const client = await desk.signIn('lead');
      assert.equal((await client.get('/desk/terminals')).status, 200);
      desk.oidc.directory.change('lead', { roles: ['clerk'], offices: ['oa'], name: 'Lena Neu' });
      desk.pass(QUARTER);
      assert.equal((await client.get('/desk/terminals')).status, 404);
      const page = await client.get('/desk');
      assert.match(page.text, /Lena Neu/);
      assert.doesNotMatch(page.text, /Teamleitung/);
      desk.oidc.directory.change('lead', {});
      desk.pass(QUARTER);
      assert.equal((await client.get('/desk/terminals')).status, 200);
      assert.deepEqual(await desk.audited(), [
        'staff:lead staff.signedIn staff:lead',
        ...Array(2).fill('system staff.changed staff:lead'),
      ]);
    });

    it('is asked once, however many requests come at once', async () => {
      const client = await desk.signIn('oa');
      desk.pass(QUARTER);
      // The refresh token works once: a second asking would end the session.
      const answers = await Promise.all(Array.from({ length: 12 }, () => client.get('/desk')));
      assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200]);
      desk.oidc.directory.change('oa', undefined);
      desk.pass(QUARTER);
      const refused = await Promise.all(Array.from({ length: 12 }, () => client.get('/desk')));
      assert.deepEqual([...new Set(refused.map(({ status }) => status))], [303]);
    });
  });

describe('a provider that is away', () => {
  it('throws nobody out, says so on each page, and nothing counts an hour after its last word', () =>
    within({}, async (desk) => {
      const client = await desk.signIn('oa');
      await desk.audited();
      await desk.oidc.stop();
      for (let minutes = 20; minutes < 60; minutes += 20) {
        desk.pass(20 * MINUTE);
        const page = await client.get('/desk');
        assert.equal(page.status, 200, `${minutes} minutes`);
        assert.match(page.text, /Bis 11:00 Uhr können Sie\s+weiterarbeiten/);
      }
      assert.match(desk.logged.at(-1) ?? '', /"reason":"away"/);
      desk.pass(20 * MINUTE);
      assert.equal((await client.get('/desk')).status, 303);
      assert.deepEqual(await desk.audited(), ['system staff.unconfirmed staff:oa']);
      const again = await client.get('/desk/sign-in/start');
      assert.match(again.text, /Anmeldedienst antwortet nicht/);
    }));

  it('is asked at most each minute meanwhile, and believed when it is back', () =>
    within({}, async (desk) => {
      const client = await desk.signIn('oa');
      desk.oidc.setAway(true);
      desk.pass(QUARTER);
      for (let turn = 0; turn < 5; turn += 1) assert.equal((await client.get('/desk')).status, 200);
      assert.equal(desk.logged.length, 1);
      desk.pass(MINUTE);
      await client.get('/desk');
      assert.deepEqual(desk.logged, Array(2).fill('{"reason":"away","code":"http-503"}'));
      desk.oidc.setAway(false);
      desk.pass(MINUTE);
      assert.doesNotMatch((await client.get('/desk')).text, /Anmeldedienst antwortet nicht/);
      desk.pass(QUARTER - MINUTE);
      desk.oidc.directory.change('oa', undefined);
      assert.equal((await client.get('/desk')).status, 200, 'not before it is time again');
    }));

  it('counts for as long as the settings say', () =>
    within({ provider: { recheckMinutes: 5 } }, async (desk) => {
      const client = await desk.signIn('oa');
      await desk.oidc.stop();
      desk.pass(19 * MINUTE);
      assert.equal((await client.get('/desk')).status, 200);
      desk.pass(MINUTE);
      assert.equal((await client.get('/desk')).status, 303);
    }));
});

describe('a provider that tells only browsers', () => {
  for (const lasting of ['none', 'userinfo'] as const)
    it(`gets the browser when somebody reads (${lasting}), and gives it back to where it was`, () =>
      within({ standIn: { lasting, accessSeconds: 1 } }, async (desk) => {
        const client = await desk.signIn('oa');
        const _csrf = csrfOf(await client.get('/desk'));
        desk.passAtProvider(2_000);
        desk.pass(QUARTER);
        const turned = await client.get('/desk?tab=mine');
        assert.match(
          turned.headers.get('location') ?? '',
          /^\/desk\/sign-in\/start\?to=%2Fdesk%3Ftab%3Dmine$/,
        );
        const back = await client.follow(turned);
        assert.deepEqual([back.status, back.url], [200, `${desk.url}/desk?tab=mine`]);
        assert.equal(csrfOf(back), _csrf, 'pages that were open can still be sent');
        desk.pass(QUARTER);
        desk.passAtProvider(2_000);
        const sent = await client.post('/desk/payments/refunds/x', { _csrf }, SAME_SITE);
        assert.equal(sent.status, 404, 'what is typed gets through');
        desk.oidc.directory.change('oa', { roles: [] });
        const refused = await client.follow(await client.get('/desk'));
        assert.match(refused.text, /Kein Zugang/);
        assert.equal((await client.post('/desk/payments/refunds/x', { _csrf }, SAME_SITE)).status, 401);
      }));

  it('counts for an hour without that', () =>
    within({ standIn: { lasting: 'none' } }, async (desk) => {
      const client = await desk.signIn('oa');
      const _csrf = csrfOf(await client.get('/desk'));
      const send = () => client.post('/desk/payments/refunds/x', { _csrf }, SAME_SITE);
      for (let turn = 0; turn < 2; turn += 1) {
        desk.pass(29 * MINUTE);
        assert.equal((await send()).status, 404);
      }
      desk.pass(2 * MINUTE);
      assert.equal((await send()).status, 401);
    }));
});

it('what the provider is asked with lies in the database unreadable', () =>
  within({}, async (desk) => {
    await desk.signIn('oa');
    const rows = await desk.db.selectFrom('staff_session').selectAll().execute();
    assert.equal(rows.length, 1);
    assert.doesNotMatch(rows[0]?.tokens.toString('latin1') ?? '', /access|refresh|idToken/);
  }));

it('a change of another site that comes too late is not shown', () =>
  within({}, async (desk) => {
    const client = createClient(desk.url);
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': '' }]) {
      const answer = await client.post('/desk/cases/x/note', { text: 'untergeschoben' }, headers);
      assert.equal(answer.status, 401);
      assert.doesNotMatch(answer.text, /untergeschoben/);
    }
  }));
