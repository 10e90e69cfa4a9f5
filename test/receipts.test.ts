import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import type { Language } from '#language';
import { findAll, textOf } from '#play';
import { services } from '#test/browser-journey';
import { arrive, type Citizen, CONFIRMATION, type Fill, type Handed, household } from '#test/citizen';
import { signIn } from '#test/clerk';
import { QUOTED, type Quoted } from '#test/languages';
import { type RunningOffice, startRunningOffice } from '#test/running-office';
import { choose } from '#test/sign-in';

const LANDLORD = 'wohnungsgeberbestaetigung';
const OWNER: Fill = { ...CONFIRMATION, role: 'owner' };
let office: RunningOffice;
before(async () => {
  office = await startRunningOffice();
});
after(() => office.close());

const main = (person: Citizen): string =>
  textOf(findAll(person.page, ({ tag }) => tag === 'main')[0] ?? person.page);

async function receiptOf(person: Citizen, { number }: Handed): Promise<string> {
  const cookie = person.client.cookies().join('; ');
  const answer = await fetch(`${office.origin}/papers/${number}/receipt.pdf`, { headers: { cookie } });
  assert.equal(answer.status, 200);
  const input = Buffer.from(await answer.arrayBuffer());
  return execFileSync('pdftotext', ['-layout', '-', '-'], { input, encoding: 'utf8' }).replace(/\s+/g, ' ');
}

async function handIn(service: string, answers: Fill, language: Language = 'de') {
  const person = await arrive(office.origin);
  await person.walk(service, answers);
  await choose(person, language);
  return { person, receipt: await person.handIn(service) };
}

async function openStatus(receipt: Handed): Promise<Citizen> {
  const person = await arrive(office.origin);
  await person.openCase(receipt);
  return person;
}

const daysOf = (slug: string): number => services().find((one) => one.slug === slug)?.retention?.days ?? 0;

describe('how long it is kept', () => {
  const SAID: Record<Quoted, RegExp> = {
    de: /bis Ihr Vorgang abgeschlossen ist, und danach noch (\d+) Tage/,
    en: /until your case is closed, and for (\d+) days after that/,
    leicht: /bis alles fertig ist\. Danach speichern wir sie noch (\d+) Tage/,
  };

  for (const language of QUOTED) {
    it(`stands on the result page and the receipt, with the number of the service: ${language}`, async () => {
      const { person, receipt } = await handIn(
        'sperrmuell',
        household(QUOTED.indexOf(language) + 1),
        language,
      );
      const days = daysOf('sperrmuell');
      assert.ok(days > 0);
      for (const text of [main(person), await receiptOf(person, receipt)])
        assert.equal(Number(SAID[language].exec(text)?.[1]), days, text);
    });
  }

  it('counts from the arrival where nobody decides, and has a last day from then on', async () => {
    const { person, receipt } = await handIn(LANDLORD, OWNER);
    const days = daysOf(LANDLORD);
    assert.match(main(person), new RegExp(`${days} Tage \\(etwa 6 Monate\\) auf, gerechnet ab dem Eingang`));
    await office.work();
    // 23 November 2026 and 194 days.
    const status = await openStatus(receipt);
    assert.match(main(status), /bis zum 5\. Juni 2027[\s\S]*Prüft das Amt noch etwas/);
    await withdraw(status);
    const over = main(await openStatus(receipt));
    assert.match(over, /noch bis zum 5\. Juni 2027 auf/);
    assert.doesNotMatch(over, /Prüft das Amt noch etwas/, 'nobody checks what is off');
    assert.match(await receiptOf(person, receipt), /bis zum 5\. Juni 2027/);
  });

  it('has a last day when the case is closed', async () => {
    const { receipt } = await handIn('sperrmuell', household(11));
    const person = await openStatus(receipt);
    await withdraw(person);
    const last = new Date(Date.UTC(2026, 10, 23 + daysOf('sperrmuell')));
    const day = new Intl.DateTimeFormat('de-DE', { dateStyle: 'long', timeZone: 'UTC' }).format(last);
    for (const text of [main(person), await receiptOf(person, receipt)])
      assert.ok(text.includes(`bis zum ${day}`), text);
  });
});

async function withdraw(person: Citizen): Promise<void> {
  const form = person.form('/status/case/withdraw');
  form.fill('sure', 'yes');
  await person.press(form.press());
}

describe('a receipt that is printed later', () => {
  it('says nothing more while the case is as it was handed in', async () => {
    const { person, receipt } = await handIn('sperrmuell', household(21));
    const text = await receiptOf(person, receipt);
    assert.match(text, /So geht es weiter/);
    assert.doesNotMatch(text, /Stand am/);
  });

  it('has the new date of a case that was moved, and says that it was', async () => {
    const { receipt } = await handIn('sperrmuell', household(22));
    const person = await openStatus(receipt);
    await person.open('/status/case/date');
    const move = person.form('/status/case/date');
    const [old] =
      /\d{1,2}\. \w+ 2026/.exec(
        await receiptOf(person, receipt).then((text) => text.slice(text.indexOf('Ihr Termin'))),
      ) ?? [];
    const later = findAll(person.page, ({ attributes }) => attributes.name === 'slot').at(-1)?.attributes
      .value;
    move.fill('slot', later ?? '');
    await person.press(move.press());
    const text = await receiptOf(person, receipt);
    assert.match(text, /Stand am 23\. November 2026/);
    const [, moved = ''] =
      /Termin verschoben, 23\. November 2026\. Ihr Termin: (\d{1,2}\. \w+ 202\d)/.exec(text) ?? [];
    assert.notEqual(moved, '');
    assert.notEqual(moved, old);
    assert.ok(old && !text.includes(old), `${old} in ${text}`);
    assert.equal(
      text.split(moved).length,
      6,
      'as the date, in what is new, in what was said, in what comes next',
    );
  });

  it('says that the case was withdrawn, and promises no date and no steps any more', async () => {
    const { receipt } = await handIn('sperrmuell', household(23));
    const person = await openStatus(receipt);
    await withdraw(person);
    const text = await receiptOf(person, receipt);
    assert.match(text, /Stand am 23\. November 2026 Zurückgezogen: /);
    assert.doesNotMatch(text, /So geht es weiter|Ihr Termin/);
  });

  it('says that the office has rejected it, and has no code that counts', async () => {
    const { person, receipt } = await handIn(LANDLORD, OWNER);
    assert.match(await receiptOf(person, receipt), /Zuordnungsmerkmal/);
    await office.work();
    const clerk = await signIn(office.origin, 'oa');
    const path = (await clerk.find(receipt.number)) ?? '';
    await clerk.act(path, 'take');
    await clerk.act(path, 'decide', { decision: 'rejected', text: 'Die Vollmacht fehlt.' });
    const text = await receiptOf(person, receipt);
    assert.match(text, /Abgelehnt: Die Meldebehörde kann die Bestätigung so nicht anerkennen/);
    assert.doesNotMatch(text, /So geht es weiter|Mit diesem Code findet|schreibt auf Deutsch/);
    await choose(person, 'en');
    const english = await receiptOf(person, receipt);
    assert.match(english, /2026\. Die Vollmacht fehlt\. The office writes in German\..* Call 115 /);
  });
});
