/** "Go to the office": whether people need an appointment, on the screen and on the note they take along. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, it } from 'node:test';
import { arrive } from '#test/citizen';
import { QUOTED, type Quoted } from '#test/languages';
import { type RunningOffice, startRunningOffice } from '#test/running-office';
import { choose } from '#test/sign-in';

let office: RunningOffice;
before(async () => {
  office = await startRunningOffice();
});
after(() => office.close());

const SAID: Record<Quoted, { needed: RegExp; express: RegExp; hours: RegExp }> = {
  de: {
    needed: /Sie brauchen einen Termin/,
    express: /keinen Termin.*Expressbereich/,
    hours: /Mo–Fr 07:30–12:30/,
  },
  en: {
    needed: /You need an appointment/,
    express: /do not need an appointment.*Expressbereich/,
    hours: /07:30–12:30/,
  },
  leicht: {
    needed: /Sie brauchen einen Termin/,
    express: /keinen Termin.*Expressbereich/,
    hours: /07:30–12:30/,
  },
};

/** @returns what the ending says on the screen and on the note, each in one line */
async function said(situation: string, language: Quoted): Promise<string[]> {
  const person = await arrive(office.origin);
  await person.walk('online-ausweis', { situation }, situation);
  await choose(person, language);
  const note = await fetch(`${office.origin}/service/online-ausweis/${situation}/ticket.pdf`, {
    headers: { cookie: person.client.cookies().join('; ') },
  });
  const input = Buffer.from(await note.arrayBuffer());
  const text = execFileSync('pdftotext', ['-layout', '-', '-'], { input }).toString();
  return [person.shown.text.replace(/<[^>]*>/g, ' '), text].map((one) => one.replace(/\s+/g, ' '));
}

for (const language of QUOTED)
  it(`is said in ${language}: the counter's hours only to those it serves`, async () => {
    const { needed, express, hours } = SAID[language];
    for (const text of await said('expired', language)) {
      assert.match(text, needed);
      assert.match(text, /115/);
      assert.doesNotMatch(text, hours, 'an appointment has its own time');
    }
    for (const text of await said('forgotten', language)) {
      assert.match(text, express);
      assert.match(text, hours);
      assert.doesNotMatch(text, needed);
    }
  });
