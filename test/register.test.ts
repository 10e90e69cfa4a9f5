import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import type { Language } from '#language';
import { findAll } from '#play';
import { TROUBLES } from '#sandbox/registers';
import { arrive, type Citizen, ending } from '#test/citizen';
import { QUOTED, type Quoted } from '#test/languages';
import { type RunningOffice, startRunningOffice } from '#test/running-office';
import { choose, signInAs } from '#test/sign-in';

const SERVICE = 'punkteauskunft';
const REVIEW = `/service/${SERVICE}/review`;
const PRINT = `/service/${SERVICE}/print`;
const SORRY: Readonly<Record<Quoted, RegExp>> = {
  de: /Ihre Angaben sind noch da/,
  en: /Your answers are still here/,
  leicht: /Ihre Antworten sind noch da/,
};

let office: RunningOffice;
before(async () => {
  office = await startRunningOffice();
});
after(() => office.close());

const answered = async (value: 'answered' | 'failed'): Promise<number> => {
  const rows = office.db
    .selectFrom('measure')
    .where('name', '=', 'register.asked')
    .where('value', '=', value);
  return (await rows.select('value').execute()).length;
};

/** Somebody before the button that asks. */
async function atReview(who = 'hans', language: Language = 'de', terminal?: string): Promise<Citizen> {
  const person = await arrive(office.origin, terminal);
  await person.walk(SERVICE, { way: 'online' }, 'identity');
  await choose(person, language);
  await signInAs(person, office.origin, who);
  await next(person, { birthName: 'Gabler' });
  assert.equal(person.at, 'review', person.errors.join());
  return person;
}

async function next(person: Citizen, answers: Record<string, string>): Promise<void> {
  const form = person.fill(SERVICE, answers);
  await person.press(form.press({ name: '_action', value: 'next' }));
}

/** Whether the person would still hand in the same: nothing they have said was lost. */
async function assertKept(person: Citizen): Promise<void> {
  await person.open(REVIEW);
  assert.equal(person.at, 'review');
  assert.match(person.shown.text, /Rastatt/);
}

describe('the register of driving aptitude', () => {
  it('answers on the screen and on paper, and each time is asked anew', async () => {
    const person = await atReview();
    const before = office.standIns.registers.asked();
    await person.press(person.review(SERVICE));
    assert.equal(person.shown.status, 200);
    assert.match(person.shown.text, /Trunkenheit im Verkehr/);
    assert.equal(person.shown.headers.get('cache-control'), 'no-store');
    const { action, entries } = person.form(PRINT).press();
    const paper = await fetch(action, {
      method: 'POST',
      headers: { cookie: person.client.cookies().join('; '), 'sec-fetch-site': 'same-origin' },
      body: new URLSearchParams(entries as [string, string][]),
    });
    const pdf = Buffer.from(await paper.arrayBuffer());
    assert.deepEqual([paper.status, paper.headers.get('content-type')], [200, 'application/pdf']);
    assert.doesNotMatch(paper.headers.get('content-disposition') ?? '', /Gro|Hans/);
    const text = execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf, encoding: 'utf8' });
    for (const word of [/Groß/, /8 Punkte/, /Trunkenheit\s+im\s+Verkehr/]) assert.match(text, word);
    assert.equal(office.standIns.registers.asked(), before + 2);
    const { status } = await person.client.get(PRINT);
    assert.notEqual(status, 200, 'no address shows the answer again');
  });

  it('is what the farewell speaks of, and says that nothing of it was kept', async () => {
    const person = await atReview();
    await person.press(person.review(SERVICE));
    await person.press(ending(person));
    assert.match(person.shown.text, /Gern geschehen.*Wir haben nichts davon gespeichert/s);
    assert.doesNotMatch(person.shown.text, /Trunkenheit/);
  });

  it('leaves a terminal by a code for the phone alone, sealed until it is fetched', async () => {
    const person = await atReview('hans', 'de', 'rathaus-1');
    await person.press(person.review(SERVICE));
    await person.press(person.form(PRINT).press());
    assert.match(person.shown.text, /Trunkenheit im Verkehr/, 'the answer still stands on the screen');
    const [code] = findAll(person.page, ({ attributes }) => 'data-paper' in attributes);
    const path = new URL(code?.attributes['data-paper'] ?? '').pathname;
    const [row] = await office.db.selectFrom('phone_paper').select('sealed').execute();
    assert.ok(row && !row.sealed.includes('%PDF'));
    const phone = await arrive(office.origin);
    await phone.open(path);
    const paper = await phone.send(phone.form(path).press());
    assert.equal(paper.headers.get('content-type'), 'application/pdf');
    assert.deepEqual(await office.db.selectFrom('phone_paper').select('sealed').execute(), []);
  });

  it('has nothing about somebody who has nothing, and says so', async () => {
    const person = await atReview('mai');
    await person.press(person.review(SERVICE));
    assert.equal(person.shown.status, 200);
    assert.doesNotMatch(person.shown.text, /Trunkenheit|Mobiltelefon/);
  });

  for (const [index, trouble] of TROUBLES.entries()) {
    const language = QUOTED[index % QUOTED.length] ?? 'de';
    it(`may give no answer that can be used: ${trouble}`, async () => {
      // The answer that somebody else gets just before.
      await (async () => {
        const other = await atReview('erika');
        await other.press(other.review(SERVICE));
      })();
      const person = await atReview('hans', language);
      const [failed, good] = [await answered('failed'), await answered('answered')];
      office.standIns.registers.setTrouble(trouble);
      for (const way of ['screen', 'paper'] as const) {
        await person.open(REVIEW);
        const { entries, ...form } = person.review(SERVICE);
        const action = way === 'paper' ? new URL(PRINT, office.origin).href : form.action;
        await person.press({ ...form, action, entries });
        assert.deepEqual([person.shown.status, person.at], [503, 'no-answer'], way);
        assert.match(person.shown.text, SORRY[language]);
        assert.doesNotMatch(person.shown.text, /Trunkenheit|Mobiltelefon|Mustermann|\bPunkte?\b/);
        // Waiting for an answer that does not come takes its time; once is enough.
        if (trouble === 'slow') break;
      }
      assert.equal(await answered('answered'), good);
      assert.equal(await answered('failed'), failed + (trouble === 'slow' ? 1 : 2));
      office.standIns.registers.setTrouble(undefined);
      await assertKept(person);
      await person.press(person.review(SERVICE));
      assert.match(person.shown.text, /Trunkenheit im Verkehr/, 'when it answers again, so do we');
    });
  }
});

describe('a question to the register', () => {
  it('is asked only by who has identified at level high', async () => {
    const before = office.standIns.registers.asked();
    for (const who of ['petra', 'paul', 'karl', 'cancel']) {
      const person = await arrive(office.origin);
      await person.walk(SERVICE, { way: 'online' }, 'identity');
      await signInAs(person, office.origin, who);
      const [, _csrf = ''] = /name="_csrf" value="([^"]*)"/.exec(person.shown.text) ?? [];
      for (const path of [REVIEW, PRINT]) {
        const answer = await person.client.post(path, { _csrf, _draft: 'x', _shown: 'x', identity: 'high' });
        assert.deepEqual(
          [answer.status, answer.headers.get('location')],
          [303, `/service/${SERVICE}/identity`],
        );
      }
    }
    assert.equal(office.standIns.registers.asked(), before);
  });

  it('is asked only with the answers that were shown', async () => {
    const person = await atReview('lena');
    const old = person.review(SERVICE);
    await person.open(`/service/${SERVICE}/identity`);
    await next(person, { birthName: 'Yıldız' });
    const before = office.standIns.registers.asked();
    for (const path of [REVIEW, PRINT]) {
      await person.press({ ...old, action: new URL(path, office.origin).href });
      assert.equal(person.at, 'review', 'first look at what would be asked');
      const bare = { ...old, action: new URL(path, office.origin).href };
      await person.press({ ...bare, entries: old.entries.filter(([name]) => name === '_csrf') });
      assert.equal(person.at, 'review');
    }
    assert.equal(office.standIns.registers.asked(), before);
    await person.press(person.review(SERVICE));
    assert.equal(office.standIns.registers.asked(), before + 1);
  });

  it('does not outlive another sign-in in the same visit', async () => {
    const person = await atReview('hans');
    const old = person.review(SERVICE);
    await person.open(`/service/${SERVICE}/identity`);
    await person.press(
      person.form(`/service/${SERVICE}/identity`).press({ name: '_action', value: 'again' }),
    );
    const before = office.standIns.registers.asked();
    await person.press(old);
    assert.equal(new URL(person.shown.url).pathname, `/service/${SERVICE}/identity`);
    assert.equal(office.standIns.registers.asked(), before);
  });
});
