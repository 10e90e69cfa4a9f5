import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { findAll, sampleFile } from '#play';
import {
  arrive,
  type ChosenFile,
  type Citizen,
  CONFIRMATION,
  type Handed,
  household,
  SOFA,
} from '#test/citizen';
import { type RunningOffice, startRunningOffice } from '#test/running-office';

const SERVICE = 'wohnungsgeberbestaetigung';
const PAGE = `/service/${SERVICE}/mandate`;
const ANSWER = '/status/case/answer';
const ENGLISH = { name: 'language', value: 'en' };
const EASY = { name: 'language', value: 'leicht' };
const LARGER = { name: 'size', value: '2' };

let office: RunningOffice;
let handed: Handed;
before(async () => {
  office = await startRunningOffice();
  const person = await arrive(office.origin);
  await person.walk('sperrmuell', household(81));
  handed = await person.handIn('sperrmuell');
});
after(() => office.close());

const file = (name: string, content = sampleFile('sample.pdf')?.content ?? Buffer.alloc(0)): ChosenFile => ({
  ...{ name, mediaType: 'application/pdf', content },
});
const WRONG = file('falsch.pdf', Buffer.from('GIF89a'.padEnd(100, 'x')));

async function atFile(): Promise<Citizen> {
  const person = await arrive(office.origin);
  await person.walk(SERVICE, CONFIRMATION, 'mandate');
  return person;
}

async function atCase(): Promise<Citizen> {
  const person = await arrive(office.origin);
  await person.openCase(handed);
  return person;
}

/** Number and code, letters that nobody else is given, in every line the office has written. */
const isTold = (secret: string): boolean => office.logged().includes(secret);

describe('language, text size and contrast, pressed before a page was sent', () => {
  it('keep the file that was just chosen on a page of a journey', async () => {
    const person = await atFile();
    for (const [button, name] of [
      [ENGLISH, 'erste.pdf'],
      [LARGER, 'zweite.pdf'],
    ] as const) {
      const form = person.form(PAGE);
      form.fill('mandate', file(name));
      await person.press(form.press(button));
      assert.equal(new URL(person.shown.url).pathname, PAGE);
      assert.match(person.shown.text, new RegExp(name));
    }
    assert.doesNotMatch(person.shown.text, /erste\.pdf/, 'the one chosen last');
    await person.press(person.form(PAGE).press({ name: '_action', value: 'next' }));
    assert.notEqual(person.at, 'mandate');
  });

  it('say what is wrong with a chosen file, and that one is still missing only while it is', async () => {
    const person = await atFile();
    await person.press(person.form(PAGE).press({ name: '_action', value: 'next' }));
    assert.equal(person.errors.length, 1);
    const form = person.form(PAGE);
    form.fill('mandate', WRONG);
    await person.press(form.press(ENGLISH));
    assert.deepEqual(person.errors, ['mandate: fileWrongType']);
    const again = person.form(PAGE);
    again.fill('mandate', file('richtig.pdf'));
    await person.press(again.press(EASY));
    assert.deepEqual(person.errors, []);
    assert.match(person.shown.text, /richtig\.pdf/);
  });

  it('say of what was wrong only what still is', async () => {
    const person = await arrive(office.origin);
    await person.walk('sperrmuell', {}, 'what');
    const at = () => `/service/sperrmuell/${person.at}`;
    const next = { name: '_action', value: 'next' };
    await person.press(person.form(at()).press(next));
    assert.deepEqual(person.errors, ['kind: required']);
    await person.press(person.form(at()).press(ENGLISH));
    assert.deepEqual(person.errors, ['kind: required'], 'nothing is chosen yet');
    const form = person.form(at());
    form.fill('kind', 'bulky');
    await person.press(form.press(EASY));
    assert.deepEqual(person.errors, []);
    assert.match(person.shown.text, /<title>(?!Fehler)/);
    await person.walk('sperrmuell', SOFA, 'address');
    const wrong = person.fill('sperrmuell', household(82));
    wrong.fill('address.postcode', '1');
    wrong.fill('address.street', '');
    await person.press(wrong.press(next));
    assert.deepEqual(person.errors, ['address.street: required', 'address.postcode: notAPostcode']);
    const half = person.form(at());
    half.fill('address.street', 'Kaiserstraße');
    await person.press(half.press(LARGER));
    assert.deepEqual(person.errors, ['address.postcode: notAPostcode']);
    const whole = person.form(at());
    whole.fill('address.postcode', '76133');
    await person.press(whole.press(ENGLISH));
    assert.deepEqual(person.errors, []);
    await person.press(person.form(at()).press(next));
    assert.notEqual(person.at, 'address');
  });

  it('keep text and files of an answer to the office, and what is wrong with them', async () => {
    const person = await atCase();
    const form = person.form(ANSWER);
    form.fill('text', 'Der Schlüssel hängt am Haken.');
    form.fill('file', file('skizze.pdf'));
    await person.press(form.press(ENGLISH));
    assert.equal(person.at, 'status-case');
    assert.match(person.shown.text, /<html lang="en"/);
    assert.equal(person.form(ANSWER).holds('text'), 'Der Schlüssel hängt am Haken.');
    assert.match(person.shown.text, /skizze\.pdf/);
    const wrong = person.form(ANSWER);
    wrong.fill('file', WRONG);
    await person.press(wrong.press({ name: '_action', value: 'next' }));
    assert.equal(person.shown.status, 422);
    await person.press(person.form(ANSWER).press(EASY));
    assert.match(person.shown.text, /data-error="fileWrongType"/);
    assert.match(person.shown.text, /skizze\.pdf/);
    await person.press(person.form(ANSWER).press(ENGLISH));
    assert.match(person.shown.text, /data-error="fileWrongType"/, 'a second time, too');
    await person.press(person.form(ANSWER).press({ name: '_action', value: 'next' }));
    assert.match(person.shown.text, /Der Schlüssel hängt am Haken\./);
    assert.doesNotMatch(person.shown.text, /data-error/);
    assert.equal(person.form(ANSWER).holds('text'), '');
  });

  it('say once more that an answer needs words or a file, as long as it has neither', async () => {
    const person = await atCase();
    await person.press(person.form(ANSWER).press());
    await person.press(person.form(ANSWER).press(ENGLISH));
    assert.match(person.shown.text, /data-error="required"/);
    const form = person.form(ANSWER);
    form.fill('text', 'Ja');
    await person.press(form.press(EASY));
    assert.doesNotMatch(person.shown.text, /data-error/);
    assert.equal(person.form(ANSWER).holds('text'), 'Ja');
  });

  it('keep the date that was chosen instead of the booked one, and that none was', async () => {
    const DATE = '/status/case/date';
    const person = await atCase();
    await person.open(DATE);
    await person.press(person.form(DATE).press());
    await person.press(person.form(DATE).press(ENGLISH));
    assert.match(person.shown.text, /Please choose the new date/);
    const form = person.form(DATE);
    form.fill('slot', 'first-free');
    await person.press(form.press(EASY));
    assert.equal(person.at, 'status-date');
    assert.doesNotMatch(person.shown.text, /Bitte wählen Sie den neuen Termin/);
    assert.match(person.shown.text, /<title>(?!Fehler)/);
    const chosen = findAll(person.page, ({ attributes }) => 'checked' in attributes);
    assert.deepEqual(
      chosen.map(({ attributes }) => attributes.name),
      ['slot'],
    );
  });

  for (const [path, wrong] of [
    ['/status', 'wrong'],
    ['/echt', 'unknown'],
  ] as const)
    it(`keep number and code on ${path}, and what was wrong with them; once, and nowhere else`, async () => {
      const person = await arrive(office.origin);
      await person.open(path);
      const form = person.form(path);
      form.fill('number', handed.number);
      form.fill('code', 'ZUUVG-8YKW9-AEVJV');
      await person.press(form.press(ENGLISH));
      const held = () => ['number', 'code'].map((name) => person.form(path).holds(name));
      assert.deepEqual(held(), [handed.number, 'ZUUVG-8YKW9-AEVJV']);
      assert.doesNotMatch(person.shown.text, /data-error/);
      await person.press(person.form(path).press());
      assert.match(person.shown.text, new RegExp(`data-error="${wrong}"`));
      for (const button of [EASY, LARGER]) {
        await person.press(person.form(path).press(button));
        assert.match(person.shown.text, new RegExp(`data-error="${wrong}"`));
        assert.deepEqual(held(), [handed.number, 'ZUUVG-8YKW9-AEVJV']);
        assert.equal(new URL(person.shown.url).search, '');
      }
      const other = person.form(path);
      other.fill('code', 'ZUUVG-8YKW9-AEVJU');
      await person.press(other.press(EASY));
      assert.doesNotMatch(person.shown.text, /data-error/, 'nobody has looked this code up yet');
      const short = person.form(path);
      short.fill('number', '12345');
      await person.press(short.press());
      await person.press(person.form(path).press(ENGLISH));
      assert.match(person.shown.text, /data-error="numberLength"/);
      await person.open('/');
      await person.open(path);
      assert.deepEqual(held(), ['', '']);
      assert.doesNotMatch(person.shown.text, /data-error/);
      assert.equal(isTold('ZUUVG'), false);
    });
});

describe('language, pressed in a visit that has run out', () => {
  const end = (person: Citizen) =>
    office.db
      .deleteFrom('visit')
      .where('id', '=', /__Host-visit=([0-9a-f-]{36})/.exec(person.client.cookies().join(';'))?.[1] ?? '')
      .execute();

  it('still says so afterwards, in that language', async () => {
    const person = await atFile();
    const form = person.form(PAGE);
    await end(person);
    await person.press(form.press(ENGLISH));
    assert.equal(person.shown.status, 410);
    assert.match(person.shown.text, /Nothing has been sent/);
    await person.open('/');
    assert.match(person.shown.text, /Your answers to “[^”]*” have been deleted/);
  });

  it('keeps what was written to the office, and asks for number and code', async () => {
    const person = await atCase();
    const form = person.form(ANSWER);
    form.fill('text', 'Der Hund beißt nicht.');
    form.fill('file', file('hund.pdf'));
    await end(person);
    await person.press(form.press(ENGLISH));
    assert.equal(person.at, 'status');
    assert.match(person.shown.text, /We still have your text here.*choose the file again/);
    const again = person.form('/status');
    again.fill('code', handed.code);
    await person.press(again.press(EASY));
    await person.press(person.form('/status').press());
    assert.equal(person.at, 'status-case');
    assert.equal(person.form(ANSWER).holds('text'), 'Der Hund beißt nicht.');
    await end(person);
    const empty = person.form(ANSWER);
    empty.fill('text', '');
    await person.press(empty.press(ENGLISH));
    assert.match(person.shown.text, /Your visit had run out.*enter number and code once more/);
  });

  it('or a link pressed there: says why number and code are asked for again', async () => {
    for (const path of ['/status/case', '/status/case/date']) {
      const person = await atCase();
      await person.press(person.form(ANSWER).press(ENGLISH));
      await end(person);
      await person.open(path);
      assert.equal(person.at, 'status', path);
      assert.match(person.shown.text, /Your visit had run out.*enter number and code once more/, path);
      assert.doesNotMatch(person.shown.text, /Nothing has been changed/, 'it may have been');
      await person.press(person.form('/status').press(EASY));
      assert.match(person.shown.text, /Bitte schreiben Sie die Nummer und den Code noch einmal/, path);
    }
    const stranger = await arrive(office.origin);
    await stranger.open('/status/case');
    assert.doesNotMatch(stranger.shown.text, /abgelaufen/);
  });
});
