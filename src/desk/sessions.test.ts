/** A lead sees who is signed in at the desk, and can end it. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, it } from 'node:test';
import { hiddenField } from '#test/client';
import { startDesk, type TestDesk } from '#test/desk';

const MINUTE = 60_000;
const PATH = '/desk/sessions';

let desk: TestDesk;
before(async () => {
  desk = await startDesk();
});
after(() => desk.stop());
beforeEach(async () => {
  await desk.db.deleteFrom('staff_session').execute();
  desk.oidc.directory.change('lead', {});
  await desk.audited();
});

const idsIn = (html: string): string[] =>
  [...html.matchAll(/action="\/desk\/sessions\/([\w-]+)\/end"/g)].map(([, id = '']) => id);
const csrfOf = (page: { text: string }): string => hiddenField(page.text, '_csrf') ?? '';

it('shows name, offices, since and last use of each, and nothing of where from', async () => {
  await desk.signIn('oa');
  desk.pass(14 * MINUTE);
  const lead = await desk.signIn('lead');
  const { text } = await lead.get(PATH);
  assert.match(text, /Olga Amberger/);
  assert.match(text, /Lena Adler/);
  assert.match(text, /Ihre eigene/);
  assert.doesNotMatch(text, /127\.0\.0\.1/);
  assert.equal(idsIn(text).length, 1, 'not the own one');
  desk.pass(29 * MINUTE);
  await lead.get('/desk');
  assert.doesNotMatch((await lead.get(PATH)).text, /Olga Amberger/, 'whoever has gone is not there');
});

it('ends one session at once, and says who did it', async () => {
  const [first, second] = [await desk.signIn('oa'), await desk.signIn('oa')];
  const lead = await desk.signIn('lead');
  const page = await lead.get(PATH);
  const [id = ''] = idsIn(page.text);
  await desk.audited();
  assert.equal((await lead.post(`${PATH}/${id}/end`, { _csrf: csrfOf(page) })).status, 303);
  const states = [(await first.get('/desk')).status, (await second.get('/desk')).status];
  assert.deepEqual(states.sort(), [200, 303]);
  assert.equal(
    (await lead.post(`${PATH}/${id}/end`, { _csrf: csrfOf(page) })).status,
    303,
    'twice is as well',
  );
  assert.deepEqual(await desk.audited(), ['staff:lead staff.ended staff:oa']);
});

it('loses nothing that was typed where a session is ended: it is offered for copying, as the page says', async () => {
  const oa = await desk.signIn('oa');
  const lead = await desk.signIn('lead');
  const page = await lead.get(PATH);
  assert.match(page.text, /zum Kopieren/);
  const _csrf = csrfOf(await oa.get('/desk'));
  await lead.post(`${PATH}/${idsIn(page.text)[0]}/end`, { _csrf: csrfOf(page) });
  const path = '/desk/cases/x';
  const note = await oa.post(`${path}/note`, { _csrf, version: '1', text: 'Ein <Vermerk>' });
  assert.match(note.text, /zum Kopieren[\s\S]*>\s*Ein &lt;Vermerk&gt;<\/textarea>/);
  const lines = { familyName: 'Đặng', 'birthDate.day': '4', 'birthDate.month': '5', _confirmed: 'yes' };
  const paper = await oa.post(`${path}/paper`, { _csrf, version: '1', ...lines });
  assert.match(paper.text, /zum Kopieren[\s\S]*>\s*Đặng\n4 5<\/textarea>/);
});

it('says of a page that was open since before that it was, and has what was typed there', async () => {
  const oa = await desk.signIn('oa');
  const _csrf = csrfOf(await oa.get('/desk'));
  desk.pass(31 * MINUTE);
  await desk.signInWith(oa, 'oa');
  const note = { _csrf, version: '1', text: 'Ein <Vermerk>' };
  const old = await oa.post('/desk/cases/x/note', note);
  assert.equal(old.status, 403);
  assert.match(old.text, /aus einer früheren Anmeldung[\s\S]*>\s*Ein &lt;Vermerk&gt;<\/textarea>/);
  const letter = {
    _csrf,
    letter: 'x',
    service: 'y',
    landlordName: 'Ünlü',
    'a.street': 'Weg',
    'a.city': 'Ort',
  };
  assert.match((await oa.post('/desk/letter-codes', letter)).text, />\s*Ünlü\nWeg Ort<\/textarea>/);
  const foreign = await oa.post('/desk/cases/x/note', note, { 'sec-fetch-site': 'cross-site' });
  assert.equal(foreign.status, 403);
  assert.doesNotMatch(foreign.text, /Vermerk/);
});

it('is nothing for clerks, nor for a lead of other offices', async () => {
  const tsk = await desk.signIn('tsk');
  desk.oidc.directory.change('lead', { offices: ['oa'] });
  const lead = await desk.signIn('lead');
  const oa = await desk.signIn('oa');
  const page = await lead.get(PATH);
  assert.match(page.text, /Olga Amberger/);
  assert.doesNotMatch(page.text, /Timo Sauter/);
  const clerk = await oa.get('/desk');
  assert.doesNotMatch(clerk.text, /Sitzungen/);
  assert.equal((await oa.get(PATH)).status, 404);
  const rows = await desk.db.selectFrom('staff_session').select(['id_hash', 'subject']).execute();
  const idOf = (subject: string) =>
    rows.find((row) => row.subject === subject)?.id_hash.toString('base64url') ?? '';
  await desk.audited();
  assert.equal((await oa.post(`${PATH}/${idOf('tsk')}/end`, { _csrf: csrfOf(clerk) })).status, 404);
  for (const id of [idOf('tsk'), 'x', idOf('oa').slice(1), `${idOf('oa')}A`])
    assert.equal((await lead.post(`${PATH}/${id}/end`, { _csrf: csrfOf(page) })).status, 303);
  assert.equal((await lead.post(`${PATH}/${idOf('oa')}/end`, { _csrf: 'x' })).status, 403);
  assert.deepEqual([(await tsk.get('/desk')).status, (await oa.get('/desk')).status], [200, 200]);
  assert.deepEqual(await desk.audited(), []);
});
