import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { findAll, sampleFile } from '#play';
import { arrive, type Citizen, CONFIRMATION, ending, type Handed, household, type Sent } from '#test/citizen';
import { signIn } from '#test/clerk';
import { hiddenField } from '#test/client';
import { loseAnswer } from '#test/lost';
import { type RunningOffice, startRunningOffice } from '#test/running-office';
import { choose } from '#test/sign-in';

const CONFIRM = 'wohnungsgeberbestaetigung';
const PERSONS = `/service/${CONFIRM}/persons`;

let office: RunningOffice;
before(async () => {
  office = await startRunningOffice();
});
after(() => office.close());

const pathOf = (person: Citizen): string => new URL(person.shown.url).pathname;

/** Sends a form, never hears of it, and sends the same once more, as a browser does that loads the page again. */
async function twice(person: Citizen, sent: Sent): Promise<void> {
  await loseAnswer(person, sent);
  await person.press(sent);
}

const names = ({ shown }: Citizen): string[] =>
  ['Ayşe', 'Zoë', 'Łukasz'].filter((name) => shown.text.includes(name));

describe('people who live together, on a form that is sent twice', () => {
  /** Three entries, of which none is open. */
  async function three(): Promise<Citizen> {
    const person = await arrive(office.origin);
    const mandate = sampleFile('sample.pdf');
    assert.ok(mandate);
    await person.walk(CONFIRM, { ...CONFIRMATION, mandate }, 'persons');
    for (const [index, givenNames] of ['Ayşe', 'Zoë', 'Łukasz'].entries()) {
      const form = person.form(PERSONS);
      form.fill(`persons[${index}].givenNames`, givenNames);
      form.fill(`persons[${index}].familyName`, 'Ünlü');
      await person.press(form.press({ name: '_action', value: index < 2 ? 'add:persons' : 'next' }));
    }
    await person.open(PERSONS);
    assert.deepEqual(names(person), ['Ayşe', 'Zoë', 'Łukasz']);
    return person;
  }

  it('one is removed, not the next one as well', async () => {
    const person = await three();
    await twice(person, person.form(PERSONS).press({ name: '_action', value: 'remove:persons:0' }));
    await person.open(PERSONS);
    assert.deepEqual(names(person), ['Zoë', 'Łukasz']);
  });

  it('one is added', async () => {
    const person = await three();
    const form = person.form(PERSONS);
    await twice(person, form.press({ name: '_action', value: 'add:persons' }));
    const again = person.form(PERSONS);
    again.fill('persons[3].givenNames', 'Łukasz');
    again.fill('persons[3].familyName', 'Groß');
    await twice(person, again.press({ name: '_action', value: 'next' }));
    await person.open(PERSONS);
    assert.equal(person.shown.text.split('remove:persons:').length - 1, 4);
  });
});

/** A case of bulky waste, opened with number and code. */
async function opened(houseNumber: number): Promise<{ person: Citizen; handed: Handed }> {
  const owner = await arrive(office.origin);
  await owner.walk('sperrmuell', household(houseNumber));
  const handed = await owner.handIn('sperrmuell');
  await office.work();
  const person = await arrive(office.origin);
  await person.openCase(handed);
  return { person, handed };
}

/** What is written down about a case, without what the office's program does. */
async function events({ number }: Handed): Promise<string[]> {
  const rows = await office.db
    .selectFrom('case_event')
    .innerJoin('cases', 'cases.id', 'case_event.case_id')
    .select('kind')
    .where('number', '=', number)
    .where('actor_kind', '<>', 'system')
    .orderBy('case_event.id')
    .execute();
  return rows.map(({ kind }) => kind).filter((kind) => kind !== 'created' && kind !== 'submitted');
}

describe('what somebody does with their case, sent twice', () => {
  it('an answer with a file arrives once, and the page says that it was sent', async () => {
    const { person, handed } = await opened(301);
    const file = sampleFile('sample.pdf');
    assert.ok(file);
    const form = person.form('/status/case/answer');
    form.fill('text', 'Das Sofa ist rot.');
    form.fill('file', file);
    await twice(person, form.press());
    assert.deepEqual([person.shown.status, pathOf(person)], [200, '/status/case']);
    assert.match(person.shown.text, /<title>Ihre Antwort ist abgesendet/);
    assert.deepEqual(await events(handed), ['answer']);
    const { files } = await office.db
      .selectFrom('case_file')
      .innerJoin('cases', 'cases.id', 'case_file.case_id')
      .select((eb) => eb.fn.countAll<string>().as('files'))
      .where('number', '=', handed.number)
      .executeTakeFirstOrThrow();
    assert.equal(files, '1');
  });

  it('an answer in the same words, written again, is another one', async () => {
    const { person, handed } = await opened(302);
    for (let times = 0; times < 2; times += 1) {
      const form = person.form('/status/case/answer');
      form.fill('text', 'Bitte melden Sie sich.');
      await person.press(form.press());
    }
    assert.deepEqual(await events(handed), ['answer', 'answer']);
  });

  it('an answer that arrived was sent, though the office decided meanwhile', async () => {
    const { person, handed } = await opened(303);
    const form = person.form('/status/case/answer');
    form.fill('text', 'Das Sofa ist rot.');
    await loseAnswer(person, form.press());
    const clerk = await signIn(office.origin, 'tsk');
    const path = (await clerk.find(handed.number)) ?? '';
    await clerk.act(path, 'take');
    await clerk.act(path, 'decide', { decision: 'rejected', text: 'Zu groß.' });
    await person.press(form.press());
    assert.deepEqual([person.shown.status, pathOf(person)], [200, '/status/case']);
    assert.equal((await events(handed)).filter((kind) => kind === 'answer').length, 1);
  });

  it('a date is moved once, and the page says so', async () => {
    const { person, handed } = await opened(304);
    await person.open('/status/case/date');
    const form = person.form('/status/case/date');
    const dates = findAll(person.page, ({ attributes }) => attributes.name === 'slot');
    form.fill('slot', dates.at(-1)?.attributes.value ?? '');
    await twice(person, form.press());
    assert.equal(person.shown.status, 200);
    assert.match(person.shown.text, /<title>Ihr Termin ist verschoben/);
    assert.deepEqual(await events(handed), ['moved']);
  });

  it('a case is taken back once, and the page says so', async () => {
    const { person, handed } = await opened(305);
    const form = person.form('/status/case/withdraw');
    form.fill('sure', 'yes');
    await twice(person, form.press());
    assert.equal(person.shown.status, 200);
    assert.match(person.shown.text, /<title>Ihr Antrag ist zurückgezogen/);
    assert.deepEqual(await events(handed), ['withdrawn']);
  });

  it('number and code open the case', async () => {
    const { handed } = await opened(306);
    const person = await arrive(office.origin);
    await person.open('/status');
    const form = person.form('/status');
    form.fill('number', handed.number);
    form.fill('code', handed.code);
    await twice(person, form.press());
    assert.deepEqual([person.shown.status, pathOf(person)], [200, '/status/case']);
  });
});

describe('the end of a visit, sent twice', () => {
  it('says goodbye in the same words, but for number and day, which nobody knows any more', async () => {
    for (const until of ['rules', 'done']) {
      const person = await arrive(office.origin);
      await person.walk(
        'sperrmuell',
        household(until === 'done' ? 307 : 308),
        until === 'done' ? 'review' : until,
      );
      if (until === 'done') await person.handIn('sperrmuell');
      await choose(person, 'en');
      const end = ending(person);
      const first = await (await arriveWith(person)).send(end);
      const second = await person.send(end);
      const [told = '', again] = [first, second].map(({ headers }) => headers.get('location'));
      assert.match(told ?? '', /^\/farewell\/en\?/);
      assert.equal(again, told);
    }
  });
});

/** Another window of the same browser, which hears what this one never does. */
async function arriveWith(person: Citizen): Promise<Citizen> {
  const other = await arrive(office.origin);
  for (const cookie of person.client.cookies()) {
    const at = cookie.indexOf('=');
    other.client.plant('127.0.0.1', cookie.slice(0, at), cookie.slice(at + 1));
  }
  await other.open(pathOf(person));
  return other;
}

describe('what a clerk does, sent twice', () => {
  it('is done once', async () => {
    const { handed } = await opened(309);
    const clerk = await signIn(office.origin, 'tsk');
    const path = (await clerk.find(handed.number)) ?? '';
    const acts = [
      ['take', {}],
      ['note', { text: 'Anrufen' }],
      ['ask', { text: 'Welche Farbe?' }],
      ['decide', { decision: 'rejected', text: 'Zu groß.' }],
    ] as const;
    for (const [action, fields] of acts) {
      const { text } = await clerk.get(path);
      const hidden = { _csrf: hiddenField(text, '_csrf') ?? '', version: hiddenField(text, 'version') ?? '' };
      const send = () => clerk.post(`${path}/${action}`, { ...hidden, ...fields });
      assert.equal((await send()).status, 303, action);
      const again = await send();
      assert.deepEqual([again.status, again.headers.get('location')], [303, path], action);
    }
    const done = (await events(handed)).filter((kind) => !/^opened/.test(kind));
    assert.equal(new Set(done).size, done.length, done.join());
    assert.equal(done.length, acts.length, done.join());
  });
});
