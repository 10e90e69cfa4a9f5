import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Language } from '#language';
import { newCode } from '#seal';
import { arrive, type Citizen, type Fill, type Handed } from '#test/citizen';
import { signIn } from '#test/clerk';
import { QUOTED } from '#test/languages';
import { type RunningOffice, startRunningOffice } from '#test/running-office';
import { choose, signInAs } from '#test/sign-in';

const SERVICE = 'abmeldung-ins-ausland';

/** What the law lets stand on the confirmation, and much that it does not. */
const ANSWERS: Fill = {
  ...{ situation: 'abroad', who: 'family', usualName: 'Erika', birthName: 'Gabler' },
  ...{ 'moveOut.day': '27', 'moveOut.month': '11', 'moveOut.year': '2026' },
  ...{ addition: 'Hinterhof-Zusatz', storey: 'Stockwerk drei', flatNumber: 'Nr 77', dwellingStatus: 'main' },
  ...{ 'otherDwellings[0].address.street': 'Schlossallee', 'otherDwellings[0].address.houseNumber': '5' },
  ...{ 'otherDwellings[0].address.postcode': '70173', 'otherDwellings[0].address.city': 'Stuttgart' },
  ...{ 'family[0].familyName': 'Nguyễn', 'family[0].givenNames': 'Văn Minh', 'family[0].usualName': 'Minh' },
  ...{ 'family[0].doctoralDegree': 'Dr.', 'family[0].birthDate.day': '30', 'family[0].birthDate.month': '1' },
  ...{
    'family[0].birthDate.year': '1982',
    'family[0].serialNumber': 'C01X00T47',
    familyRenamed: 'yes',
    familyBirthNames: 'Geburtsname Trần',
  },
  ...{ state: 'ESP', addressKnown: 'yes', newStreet: 'Calle de Alcalá 45', newPostcode: '28014' },
  ...{
    newCity: 'Madrid',
    email: 'erika@example.org',
    phone: '0721 133112',
    correct: 'yes',
  },
};
/** Somebody who goes on without signing in says all of it, and the number of an ID. */
const PAPER: Fill = {
  ...{
    ...ANSWERS,
    documentType: 'idCard',
    serialNumber: 'L01X00T47',
    familyName: 'Nowak',
    givenNames: 'Erika Marie',
  },
  ...{ 'birthDate.day': '3', 'birthDate.month': '5', 'birthDate.year': '1984' },
  ...{ 'dwelling.street': 'Waldstraße', 'dwelling.houseNumber': '3' },
  ...{ 'dwelling.postcode': '76133', 'dwelling.city': 'Karlsruhe' },
};
/** What § 24 Abs. 2 BMG does not name. */
const OTHERS =
  /Gabler|Trần|Geburtsname|Zusatz|Stockwerk|Nr 77|Stuttgart|Schlossallee|Spanien|Madrid|Alcalá|example\.org|133112|Seriennummer|[LC]01X00T47|BundID|Staatsang/;

let office: RunningOffice;
before(async () => {
  office = await startRunningOffice();
});
after(() => office.close());
// Whoever tried codes in another test is not slowed down in this one.
beforeEach(() => office.db.deleteFrom('access_attempt').execute());

/** Hands in, with an ID or with the number of one. */
async function deregister(
  answers: Fill,
  who: string | undefined,
  language: Language = 'de',
): Promise<Handed & { person: Citizen }> {
  const person = await arrive(office.origin);
  await person.walk(SERVICE, answers, 'identity');
  await choose(person, language);
  if (who) await signInAs(person, office.origin, who);
  else
    await person.press(
      person.form(`/service/${SERVICE}/identity`).press({ name: '_action', value: 'without' }),
    );
  for (let pages = 0; person.at !== 'review' && pages < 25; pages += 1) {
    const form = person.fill(SERVICE, answers);
    const next = { name: '_action', value: 'next' };
    await person.press(form.press(form.offers(next.name, next.value) ? next : undefined));
    assert.deepEqual(person.errors, []);
  }
  const receipt = await person.handIn(SERVICE);
  await office.work();
  return { ...receipt, person };
}

async function openStatus(handed: Handed, language: Language = 'de'): Promise<Citizen> {
  const person = await arrive(office.origin);
  await person.open('/');
  await choose(person, language);
  await person.openCase(handed);
  return person;
}

async function decide(number: string, decision: string, text: string): Promise<void> {
  const clerk = await signIn(office.origin, 'oa');
  const path = (await clerk.find(number)) ?? '';
  await clerk.act(path, 'take');
  await clerk.act(path, 'decide', { decision, text, compared: 'yes' });
}

/** @returns the confirmation as it is read, or undefined when there is none */
async function confirmation(
  person: Citizen,
  number: string,
  paper: 'document' | 'receipt' = 'document',
): Promise<{ text: string; pdf: Buffer } | undefined> {
  const cookie = person.client.cookies().join('; ');
  const answer = await fetch(`${office.origin}/papers/${number}/${paper}.pdf`, { headers: { cookie } });
  if (answer.status !== 200) return undefined;
  const pdf = Buffer.from(await answer.arrayBuffer());
  return { pdf, text: execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf, encoding: 'utf8' }) };
}

/** @returns label and value of each line of the list on a paper, its broken labels joined again */
function linesOf(text: string): [label: string, value: string][] {
  const lines: [string, string][] = [];
  for (const line of text.split('\n')) {
    const [, label, value] = /^(\S+(?: \S+)*) {2,}(\S.*)$/.exec(line) ?? [];
    const last = lines.at(-1);
    if (label !== undefined && value !== undefined) lines.push([label, value.trim()]);
    else if (last && line.trim() === '') break;
    else if (last) last[0] = `${last[0]} ${line.trim()}`.replace('\u00ad ', '');
  }
  return lines;
}

/** @returns the text behind the paragraph that says what is confirmed */
const listIn = (text: string): string => text.slice(text.search(/24/));

describe('leaving for abroad', () => {
  it('is confirmed when a clerk has said yes, with what the law says and nothing else', async () => {
    const receipt = await deregister(ANSWERS, 'erika');
    const { number, person } = receipt;
    assert.equal(await confirmation(person, number), undefined, 'not with the receipt');
    const waiting = await openStatus(receipt);
    assert.doesNotMatch(waiting.shown.text, /document\.pdf/);
    assert.equal(await confirmation(waiting, number), undefined, 'not before anybody has looked');
    const clerk = await signIn(office.origin, 'oa');
    await clerk.act((await clerk.find(number)) ?? '', 'take');
    assert.equal(await confirmation(waiting, number), undefined, 'not while somebody works on it');
    await decide(number, 'done', 'Alles in Ordnung, sagt Kollegin Vermerk.');
    const decided = await openStatus(receipt);
    assert.match(decided.shown.text, /data-state="done"/);
    assert.match(decided.shown.text, /document\.pdf/);
    // The register changes on the day of moving out, which is still to come (§ 17 Abs. 2 S. 2 BMG).
    assert.match(decided.shown.text, /gilt ab dem Tag des Auszugs\./);
    const paper = await confirmation(decided, number);
    assert.ok(paper);
    assert.deepEqual(linesOf(listIn(paper.text)), [
      ['Familienname', 'Mustermann'],
      ['Vornamen', 'Erika'],
      ['Geburtsdatum', '12. August 1964'],
      ['Tag des Auszugs', '27. November 2026'],
      ['Datum der Abmeldung', '23. November 2026'],
      ['Anschrift', 'Kaiserstraße 97, 76133 Karlsruhe'],
      ['Art der Wohnung', 'Hauptwohnung'],
      ['Person 1: Familienname', 'Nguyễn'],
      ['Person 1: Vornamen', 'Văn Minh'],
      ['Person 1: Gebräuchlicher Vorname', 'Minh'],
      ['Person 1: Doktorgrad', 'Dr.'],
      ['Person 1: Geburtsdatum', '30. Januar 1982'],
    ]);
    assert.doesNotMatch(paper.text, OTHERS);
    assert.doesNotMatch(paper.text, /Vermerk/);
    assert.match(paper.pdf.toString('latin1'), /pdfuaid:part>1</, 'it can be read aloud (PDF/UA-1)');
    assert.equal(await confirmation(await arrive(office.origin), number), undefined, 'nobody else gets it');
  });

  it('is confirmed in the words of every language, with the same facts', async () => {
    const { usualName: _, ...answers } = ANSWERS;
    const receipt = await deregister(answers, 'hans', 'leicht');
    await decide(receipt.number, 'done', 'gut');
    for (const language of QUOTED) {
      const paper = await confirmation(await openStatus(receipt, language), receipt.number);
      assert.ok(paper);
      const values = linesOf(listIn(paper.text)).map(([, value]) => value);
      for (const value of [
        'Groß',
        'Hans-Jürgen',
        'Dr.',
        'Erzbergerstraße 12, 76133 Karlsruhe',
        'Nguyễn',
        'Văn Minh',
      ])
        assert.ok(values.includes(value), `${value} in ${language}`);
      assert.equal(values.length, 13, language);
    }
  });

  it('is not confirmed when the clerk says no, and the citizen reads why', async () => {
    const receipt = await deregister(PAPER, undefined);
    await decide(receipt.number, 'rejected', 'Die Seriennummer gehört zu einem anderen Ausweis.');
    const person = await openStatus(receipt);
    assert.match(person.shown.text, /data-state="rejected"/);
    assert.match(person.shown.text, /gehört zu einem anderen Ausweis/);
    assert.doesNotMatch(person.shown.text, /document\.pdf/);
    assert.equal(await confirmation(person, receipt.number), undefined);
    assert.equal(await confirmation(receipt.person, receipt.number), undefined);
  });

  it('shows the clerk how sure it is who it was, or that nobody has shown an ID', async () => {
    const clerk = await signIn(office.origin, 'oa');
    const said = async ({ number }: Handed) => (await clerk.get((await clerk.find(number)) ?? '')).text;
    const { usualName: _, ...answers } = ANSWERS;
    assert.match(
      await said(await deregister(answers, 'petra')),
      /BundID, [^<]+, Vertrauensniveau substanziell/,
    );
    const without = await said(await deregister(PAPER, undefined));
    assert.doesNotMatch(without, /BundID, /);
    assert.match(without, /L01X00T47/);
  });
});

/** Types number and code of a paper on the office's page. @returns status and page */
async function check(number: string, code: string): Promise<{ status: number; text: string }> {
  const person = await arrive(office.origin);
  await person.open('/echt');
  const form = person.form('/echt');
  form.fill('number', number);
  form.fill('code', code);
  await person.press(form.press());
  return { status: person.shown.status, text: person.shown.text };
}

const codeOn = (text: string): string => /([2-9A-Z]{5}-){2}[2-9A-Z]{5}/.exec(text)?.[0] ?? '';

describe('a confirmation that was wrong', () => {
  it('is seen at the desk as it was issued, is taken back with a reason, and is issued anew', async () => {
    const receipt = await deregister(PAPER, undefined);
    await decide(receipt.number, 'done', 'gut');
    const clerk = await signIn(office.origin, 'oa');
    const path = (await clerk.find(receipt.number)) ?? '';
    const issued = await clerk.get(`${path}/paper`);
    assert.equal(issued.status, 200);
    assert.match(issued.text, /Ausgestellt am[^<]*[\s\S]*Nowak/);
    assert.doesNotMatch(issued.text, /<input[^>]*name="familyName"/);
    const before = await confirmation(await openStatus(receipt), receipt.number);
    assert.ok(before);
    const first = codeOn(before.text);
    assert.ok(first, before.text);
    const unsaid = await clerk.act(path, 'revoke', { text: ' ' });
    assert.equal(unsaid.status, 422);
    assert.match(unsaid.text, /begründen Sie, warum das Papier zurückgenommen wird/);
    assert.match((await check(receipt.number, first)).text, /data-paper="genuine"/);
    assert.equal((await clerk.act(path, 'revoke', { text: 'Der Name war falsch.' })).status, 303);
    const revoked = await check(receipt.number, first);
    assert.match(revoked.text, /data-paper="revoked"/);
    assert.match(revoked.text, /zurückgenommen\. Es gilt nicht mehr/);
    assert.doesNotMatch(revoked.text, /Nowak|Der Name war falsch/);
    const person = await openStatus(receipt);
    assert.match(person.shown.text, /Ihr Papier gilt nicht mehr/);
    assert.match(person.shown.text, /Das Amt entscheidet neu/);
    assert.match(person.shown.text, /Der Name war falsch\./);
    assert.doesNotMatch(person.shown.text, /document\.pdf|\/status\/case\/withdraw/);
    assert.equal(await confirmation(person, receipt.number), undefined);
    assert.match((await clerk.get(path)).text, /Zurückgenommen am/);
    await clerk.act(path, 'paper', { familyName: 'Nowák' });
    await clerk.act(path, 'decide', { decision: 'done', text: 'jetzt richtig', compared: 'yes' });
    const anew = await openStatus(receipt);
    assert.match(anew.shown.text, /Ihr altes Papier gilt nicht mehr[\s\S]*Das Amt hat ein neues ausgestellt/);
    assert.doesNotMatch(anew.shown.text, /Das Amt entscheidet neu/);
    const paper = await confirmation(anew, receipt.number);
    assert.ok(paper);
    assert.match(paper.text, /Nowák/);
    assert.match((await check(receipt.number, codeOn(paper.text))).text, /data-paper="genuine"/);
    assert.match((await check(receipt.number, first)).text, /data-paper="revoked"/);
  });
});

describe('a confirmation that was taken back and is not issued again', () => {
  it('is promised to nobody, on page and receipt, which say why', async () => {
    const receipt = await deregister(PAPER, undefined);
    await decide(receipt.number, 'done', 'gut');
    const clerk = await signIn(office.origin, 'oa');
    const path = (await clerk.find(receipt.number)) ?? '';
    await clerk.act(path, 'revoke', { text: 'Falsche Person.' });
    await clerk.act(path, 'decide', { decision: 'rejected', text: 'Sie wohnen noch dort.' });
    const person = await openStatus(receipt);
    const printed = (await confirmation(person, receipt.number, 'receipt'))?.text.replace(/\s+/g, ' ') ?? '';
    for (const text of [person.shown.text, printed]) {
      assert.match(text, /Ein neues stellt das Amt nicht aus/);
      assert.doesNotMatch(text, /Das Amt entscheidet neu|hat ein neues ausgestellt/);
      assert.match(text, /Falsche Person\.[\s\S]*Sie wohnen noch dort\./);
    }
  });
});

describe('a move-out that the office corrects', () => {
  const moveOut = (day: string, month: string): Record<string, string> => ({
    ...{ 'moveOut.day': day, 'moveOut.month': month, 'moveOut.year': '2026' },
  });

  it('is late or in time by the day that was corrected, for desk and citizen', async () => {
    const receipt = await deregister({ ...PAPER, ...moveOut('2', '11') }, undefined);
    const clerk = await signIn(office.origin, 'oa');
    const path = (await clerk.find(receipt.number)) ?? '';
    const late = /Verspätet/;
    const facts = async (): Promise<string> => (await clerk.get(path)).text.split('>Vorgang</h2>')[1] ?? '';
    const said = async (): Promise<string> =>
      (await openStatus(receipt)).shown.text.split('class="summary"').slice(1).join();
    assert.match(await facts(), late);
    assert.match(await said(), /die Frist lief bis/);
    await clerk.act(path, 'paper', { ...moveOut('20', '11'), _confirmed: 'yes' });
    assert.doesNotMatch(await facts(), late);
    assert.doesNotMatch(await said(), /die Frist lief bis/);
    assert.match((await openStatus(receipt)).shown.text, /Daraus folgt: [^<]*trifft nicht mehr zu/);
    await clerk.act(path, 'paper', { ...moveOut('3', '11'), _confirmed: 'yes' });
    assert.match(await facts(), late);
    assert.match(await said(), /die Frist lief bis[\s\S]{0,60}17\. November 2026/);
  });
});

describe('the confirmation of a deregistration', () => {
  it('is corrected by the clerk, who must compare it first; desk and status page show what was corrected', async () => {
    const receipt = await deregister(PAPER, undefined);
    const clerk = await signIn(office.origin, 'oa');
    const path = (await clerk.find(receipt.number)) ?? '';
    const page = (await clerk.get(`${path}/paper`)).text;
    assert.match(page, /name="familyName"[^>]* value="Nowak"|value="Nowak"[^>]* name="familyName"/);
    const date = { 'birthDate.day': '31', 'birthDate.month': '2', 'birthDate.year': '1984' };
    const refused = await clerk.act(path, 'paper', { familyName: 'Nowák', ...date });
    assert.equal(refused.status, 422);
    assert.match(refused.text, /value="Nowák"/, 'what was right is still there');
    assert.match(refused.text, /data-field="birthDate"/);
    const saved = await clerk.act(path, 'paper', { familyName: 'Nowák', doctoralDegree: 'Dr.' });
    assert.equal(saved.status, 303);
    const shown = (await clerk.get(path)).text;
    assert.match(shown, /Familienname: Nowak → Nowák/);
    assert.match(shown, /berichtigt, angegeben war: Nowak/);
    const early = await clerk.act(path, 'decide', { decision: 'done', text: 'gut' });
    assert.equal(early.status, 422, 'not before it was compared');
    assert.match(early.text, /Vergleichen Sie es zuerst mit dem Register/);
    await decide(receipt.number, 'done', 'gut');
    const person = await openStatus(receipt);
    assert.match(person.shown.text, /Familienname: Nowák \(vorher: Nowak\)/);
    const summary = person.shown.text.slice(person.shown.text.indexOf('class="summary"'));
    assert.match(summary, /Nowak/, 'what was handed in stays as it was');
    const paper = await confirmation(person, receipt.number);
    assert.ok(paper?.text.includes('Nowák') && !paper.text.includes('Nowak'));
    const printed = (await confirmation(person, receipt.number, 'receipt'))?.text.replace(/\s+/g, ' ') ?? '';
    assert.match(printed, /Stand am .* Familienname: Nowák \(vorher: Nowak\)/);
  });

  it('is held against itself and the calendar when it is corrected, and the register may know better', async () => {
    const receipt = await deregister(PAPER, undefined);
    const clerk = await signIn(office.origin, 'oa');
    const path = (await clerk.find(receipt.number)) ?? '';
    const day = (name: string, written: string): Record<string, string> => {
      const [year = '', month = '', date = ''] = written.split('-');
      return { [`${name}.year`]: year, [`${name}.month`]: month, [`${name}.day`]: date };
    };
    const before = (await clerk.get(path)).text;
    for (const [wrong, field] of [
      [{ usualName: 'Fritz' }, 'usualName'],
      [{ givenNames: 'Karla' }, 'usualName'],
      [day('birthDate', '2028-05-03'), 'birthDate'],
      [day('moveOut', '1983-05-03'), 'moveOut'],
      [day('declared', '2030-01-01'), 'declared'],
      [{ 'family[0].usualName': 'Fritz' }, 'family[0].usualName'],
      [day('family[0].birthDate', '2026-11-28'), 'family[0].birthDate'],
    ] as const) {
      const refused = await clerk.act(path, 'paper', { ...wrong, _confirmed: 'yes' });
      assert.equal(refused.status, 422, field);
      assert.match(refused.text, /So kann es nicht sein/);
      assert.ok(refused.text.includes(`data-field="${field}"`), field);
      assert.doesNotMatch(refused.text, /name="_confirmed"/, field);
    }
    const later = day('moveOut', '2027-11-13');
    const doubted = await clerk.act(path, 'paper', later);
    assert.equal(doubted.status, 422);
    assert.match(doubted.text, /Noch nicht gespeichert[\s\S]*mehr als 7 Tage[\s\S]*name="_confirmed"/);
    assert.equal(
      (await clerk.get(path)).text.split('class="timeline"')[1],
      before.split('class="timeline"')[1],
    );
    assert.equal((await clerk.act(path, 'paper', { ...later, _confirmed: 'yes' })).status, 303);
    const both = { givenNames: 'Erika Fritz', usualName: 'Fritz', ...day('declared', '2026-11-20') };
    assert.equal((await clerk.act(path, 'paper', both)).status, 303, 'together they are right');
    await decide(receipt.number, 'done', 'gut');
    const { text } = (await openStatus(receipt)).shown;
    assert.match(text, /Abgemeldet ab[\s\S]{0,80}13\. November 2027/);
    assert.match(text, /Abmeldung abgegeben am[\s\S]{0,80}20\. November 2026/);
  });

  it('is confirmed to whoever holds it, and to nobody else', async () => {
    const receipt = await deregister(ANSWERS, 'erika', 'en');
    await decide(receipt.number, 'done', 'gut');
    const paper = await confirmation(await openStatus(receipt, 'en'), receipt.number);
    assert.ok(paper);
    const code = codeOn(paper.text);
    const { status, text } = await check(receipt.number, code.toLowerCase());
    assert.equal(status, 200);
    for (const part of ['data-paper="genuine"', 'Mustermann', '12 August 1964', 'Văn Minh'])
      assert.ok(text.includes(part), part);
    const other = await check(receipt.number, receipt.code);
    assert.equal(other.status, 422, 'the code of the receipt proves nothing');
    assert.doesNotMatch(other.text, /Mustermann|data-paper/);
    const slip = await check(
      receipt.number,
      code.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')),
    );
    assert.equal(slip.status, 422);
    assert.match(slip.text, /In diesem Code ist ein Zeichen falsch/);
    let slowed = { status: 0, text: '' };
    for (let guess = 0; guess < 10 && slowed.status !== 429; guess += 1)
      slowed = await check(receipt.number, newCode());
    assert.equal(slowed.status, 429, 'guessing is slowed down');
    assert.match(slowed.text, /zu viele Versuche/);
    assert.equal((await check(receipt.number, code)).status, 429, 'also with the right code');
  });
});

describe('the list of who leaves as well', () => {
  const ERIKA = {
    ...{
      'family[0].familyName': 'Mustermann',
      'family[0].givenNames': 'Erika',
      'family[0].serialNumber': 'C01X00T47',
    },
    ...{
      'family[0].birthDate.day': '12',
      'family[0].birthDate.month': '8',
      'family[0].birthDate.year': '1964',
    },
  };

  it('lets one remove what does not belong there, and shows the others while one is wrong', async () => {
    const person = await arrive(office.origin);
    await person.walk(SERVICE, { ...ANSWERS, signIn: 'erika' }, 'family');
    const press = (answers: Fill, value: string) =>
      person.press(person.fill(SERVICE, answers).press({ name: '_action', value }));
    await press(ERIKA, 'next');
    assert.deepEqual([person.shown.status, ...person.errors], [422, 'family: yourself']);
    await press({}, 'remove:family:0');
    assert.deepEqual([person.shown.status, person.at], [200, 'family']);
    assert.doesNotMatch(person.shown.text, /12\. August 1964/);
    await press(ANSWERS, 'add:family');
    await press({ 'family[1].familyName': 'Nguyễn' }, 'next');
    assert.deepEqual([person.shown.status, ...person.errors], [422, 'family[1].birthDate: required']);
    assert.match(person.shown.text, /30\. Januar 1982/, 'the first entry is still there to be read');
  });
});
