import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import { findAll } from '#play';
import { arrive, type Citizen, household } from '#test/citizen';
import { type RunningOffice, startRunningOffice } from '#test/running-office';
import { choose } from '#test/sign-in';

let office: RunningOffice;
before(async () => {
  office = await startRunningOffice();
});
after(() => office.close());

const MINUTE = 60_000;
let houses = 100;

/** Somebody who has ordered a pick-up at a terminal. */
async function ordered(terminal: string | undefined, language: 'de' | 'en' = 'de') {
  const person = await arrive(office.origin, terminal);
  houses += 1;
  await person.walk('sperrmuell', household(houses));
  await choose(person, language);
  return { person, number: (await person.handIn('sperrmuell')).number };
}

/** @returns the path that the code on the screen leads to */
function codeOf(person: Citizen): string {
  const [code] = findAll(person.page, ({ attributes }) => 'data-paper' in attributes);
  assert.ok(code, person.shown.text);
  return new URL(code.attributes['data-paper'] ?? '').pathname;
}

async function asksFor(person: Citizen, paper: string): Promise<string> {
  await person.press(person.form(paper).press());
  return codeOf(person);
}

/** Presses the one button behind a code. @returns what the phone gets */
async function fetched(phone: Citizen, code: string): Promise<Response> {
  await phone.open(code);
  const { action } = phone.form(code).press();
  const origin = new URL(office.origin).origin;
  return fetch(action, { method: 'POST', headers: { origin, 'sec-fetch-site': 'same-origin' } });
}

const textIn = async (answer: Response): Promise<string> => {
  const input = Buffer.from(await answer.arrayBuffer());
  return execFileSync('pdftotext', ['-', '-'], { input, encoding: 'utf8' });
};

const left = async (): Promise<number> =>
  (await office.db.selectFrom('phone_paper').select('terminal').execute()).length;

describe('a terminal saves nothing on its own disk', () => {
  it('shows a code for each paper, and gives no file itself', async () => {
    const { person, number } = await ordered('rathaus-1');
    const saved = findAll(person.page, ({ attributes }) => 'download' in attributes);
    assert.deepEqual(saved, []);
    assert.doesNotMatch(person.shown.text, /[Dd]rucken/, 'there is no printer');
    for (const paper of ['receipt.pdf', 'calendar.ics']) {
      const answer = await person.client.get(`/papers/${number}/${paper}`);
      assert.equal(answer.status, 404, paper);
    }
  });

  it('leads back from the code to where the person was', async () => {
    const { person, number } = await ordered('rathaus-1');
    await asksFor(person, `/papers/${number}/receipt.pdf`);
    const back = findAll(person.page, ({ attributes }) => attributes.href === '/service/sperrmuell/done');
    assert.equal(back.length, 1);
  });

  it('saves the file on a screen of one’s own', async () => {
    const { person, number } = await ordered(undefined);
    const [link] = findAll(person.page, ({ attributes }) => 'download' in attributes);
    assert.equal(link?.attributes.href, `/papers/${number}/receipt.pdf`);
  });
});

describe('the code for a paper', () => {
  it('opens just this paper, without number and code, and only when a button is pressed', async () => {
    const { person, number } = await ordered('rathaus-1');
    const code = await asksFor(person, `/papers/${number}/receipt.pdf`);
    assert.ok(!code.includes(number));
    const phone = await arrive(office.origin);
    // Cameras and messengers fetch a link to show what is behind it.
    for (const method of ['HEAD', 'GET', 'GET']) await fetch(new URL(code, office.origin), { method });
    const answer = await fetched(phone, code);
    assert.equal(answer.headers.get('content-type'), 'application/pdf');
    assert.match(answer.headers.get('content-disposition') ?? '', /^attachment/);
    assert.match(await textIn(answer), new RegExp(number.replace(/(...)(...)(...)/, '$1.?$2.?$3')));
    await phone.open(`/papers/${number}/receipt.pdf`);
    assert.equal(phone.shown.status, 404, 'the phone holds nothing else of the visit');
  });

  it('works once, and says so in the language of its person', async () => {
    const { person, number } = await ordered('rathaus-1', 'en');
    const code = await asksFor(person, `/papers/${number}/calendar.ics`);
    const phone = await arrive(office.origin);
    const answer = await fetched(phone, code);
    assert.match(await answer.text(), /^BEGIN:VCALENDAR/);
    const again = await fetch(new URL(code, office.origin), {
      method: 'POST',
      headers: { origin: new URL(office.origin).origin, 'sec-fetch-site': 'same-origin' },
    });
    assert.equal(again.status, 410);
    await phone.open(code);
    assert.equal(phone.shown.status, 410);
    assert.match(phone.shown.text, /This link no longer works/);
    assert.match(phone.shown.text, /<html lang="en"/);
  });

  it('works for a quarter of an hour, also when the visit is over by then; afterwards nothing is left', async () => {
    const { person, number } = await ordered('rathaus-1');
    const early = await asksFor(person, `/papers/${number}/receipt.pdf`);
    await person.open('/service/sperrmuell/done');
    const late = await asksFor(person, `/papers/${number}/receipt.pdf`);
    await person.open('/service/sperrmuell/done');
    await person.press(person.form('/visit/end').press());
    await office.pass(14 * MINUTE);
    assert.equal((await fetched(await arrive(office.origin), early)).status, 200);
    await office.pass(2 * MINUTE);
    const phone = await arrive(office.origin);
    await phone.open(late);
    assert.equal(phone.shown.status, 410);
    await office.work();
    assert.equal(await left(), 0);
  });

  it('is of no use to whoever knows only the database', async () => {
    const { person, number } = await ordered('rathaus-1');
    const code = await asksFor(person, `/papers/${number}/receipt.pdf`);
    const token = code.split('/').at(-1) ?? '';
    const [row] = await office.db.selectFrom('phone_paper').selectAll().execute();
    assert.ok(row);
    const bytes = Buffer.concat([row.token_hash, row.sealed]).toString('latin1');
    for (const clear of [token, number, '%PDF', 'amtomat-']) assert.ok(!bytes.includes(clear), clear);
  });

  it('is not made for a case of somebody else, nor from another site', async () => {
    const { number } = await ordered('rathaus-1');
    const { person } = await ordered('rathaus-2');
    const before = await left();
    const [own] = [person.form('/visit/end').press()];
    const foreign = { ...own, action: new URL(`/papers/${number}/receipt.pdf`, office.origin).href };
    assert.equal((await person.send(foreign)).status, 404);
    const forged = await person.send(foreign, {
      origin: 'https://evil.example',
      'sec-fetch-site': 'cross-site',
    });
    assert.equal(forged.status, 403);
    assert.equal(await left(), before);
  });

  it('leaves only a few at each terminal, however often it is asked for', async () => {
    const { person, number } = await ordered('rathaus-1');
    const path = `/papers/${number}/calendar.ics`;
    const sent = person.form(path).press();
    for (let times = 0; times < 25; times += 1) await person.send(sent);
    const here = office.db.selectFrom('phone_paper').where('terminal', '=', 'rathaus-1');
    assert.equal((await here.select('terminal').execute()).length, 20);
    const last = await asksFor(person, path);
    assert.equal((await fetched(await arrive(office.origin), last)).status, 200, 'the newest works');
  });
});
