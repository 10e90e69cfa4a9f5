import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { findAll, sampleFile } from '#play';
import { arrive, type Citizen, CONFIRMATION, household } from '#test/citizen';
import { type RunningOffice, startRunningOffice } from '#test/running-office';

const SERVICE = 'sperrmuell';
const NEXT = { name: '_action', value: 'next' };
const BACK = { name: '_action', value: 'back' };
/** No number that could be called. */
const HALF = '0721 1';

let office: RunningOffice;
before(async () => {
  office = await startRunningOffice();
});
after(() => office.close());

const pathOf = (id: string | undefined, service = SERVICE): string => `/service/${service}/${id}`;

/** Types something on the page that is shown and presses a button. */
async function type(person: Citizen, fields: Record<string, string>, button: typeof NEXT): Promise<void> {
  const form = person.form(pathOf(person.at));
  for (const [name, value] of Object.entries(fields)) form.fill(name, value);
  await person.press(form.press(button));
}

const held = (person: Citizen, name: string): string | undefined =>
  person.form(pathOf(person.at)).holds(name);

async function atContact(number: number): Promise<Citizen> {
  const person = await arrive(office.origin);
  await person.walk(SERVICE, household(number), 'contact');
  return person;
}

describe('a step back', () => {
  it('keeps what was typed, also where it is wrong, and shows it again without a word of blame', async () => {
    const person = await atContact(61);
    await type(person, { phone: HALF }, BACK);
    assert.notEqual(person.at, 'contact');
    await type(person, {}, NEXT);
    assert.equal(person.at, 'contact');
    assert.equal(held(person, 'phone'), HALF);
    assert.deepEqual(person.errors, []);
    await type(person, {}, NEXT);
    assert.deepEqual(person.errors, ['phone: phoneTooShort'], 'it is judged when it is sent');
  });

  it('to change another answer ends the blame for what was sent empty', async () => {
    const person = await atContact(60);
    await type(person, { phone: '' }, NEXT);
    await type(person, {}, { name: 'language', value: 'en' });
    assert.deepEqual(person.errors, ['phone: required'], 'also in another language');
    await person.open(pathOf('address'));
    await type(person, {}, NEXT);
    for (let pages = 0; person.at !== 'contact' && pages < 9; pages += 1) await type(person, {}, NEXT);
    assert.deepEqual([person.at, person.errors], ['contact', []]);
  });

  it('keeps what was typed on each page that was left so', async () => {
    const person = await atContact(62);
    await type(person, { phone: HALF }, BACK);
    const before = person.at;
    await person.open(pathOf('address'));
    await type(person, { 'address.houseNumber': '63' }, BACK);
    await person.open(pathOf('address'));
    assert.equal(held(person, 'address.houseNumber'), '63');
    await type(person, {}, NEXT);
    for (let pages = 0; person.at !== 'contact' && pages < 9; pages += 1) await type(person, {}, NEXT);
    assert.notEqual(before, 'contact');
    assert.equal(held(person, 'phone'), HALF);
  });

  it('from an answered page: nothing is handed in without what was typed there having been looked at', async () => {
    const person = await arrive(office.origin);
    await person.walk(SERVICE, household(64));
    const handIn = person.review(SERVICE);
    await person.open(pathOf('contact'));
    await type(person, { phone: '0721 999999' }, BACK);
    await person.open(pathOf('review'));
    assert.equal(person.at, 'contact');
    assert.equal(held(person, 'phone'), '0721 999999');
    await person.press(handIn);
    assert.equal(person.at, 'contact');
    await type(person, {}, NEXT);
    assert.equal(person.at, 'review');
    assert.match(person.shown.text, /999999/);
    await person.handIn(SERVICE);
  });

  const mandate = {
    ...{ name: 'vollmacht.pdf', mediaType: 'application/pdf' },
    content: sampleFile('sample.pdf')?.content ?? Buffer.alloc(0),
  };
  const WAYS = { [SERVICE]: household(65), wohnungsgeberbestaetigung: { ...CONFIRMATION, mandate } };
  for (const [service, answers] of Object.entries(WAYS))
    it(`with nothing changed keeps nobody from handing in: ${service}`, async () => {
      const person = await arrive(office.origin);
      await person.walk(service, answers);
      const passed: string[] = [];
      while (person.at) {
        passed.push(person.at);
        await person.open(pathOf('review', service));
        assert.equal(person.at, 'review', `after ${passed.join(', ')}`);
        await person.open(pathOf(passed.at(-1), service));
        const [link] = findAll(person.page, ({ attributes }) => attributes.class === 'back');
        if (link?.tag === 'a') await person.open(link.attributes.href ?? '');
        else await person.press(person.form(pathOf(person.at, service)).press(BACK));
      }
      assert.ok(passed.length > 5, passed.join(', '));
    });

  it('from the first page leads to the service, which goes on with what was typed', async () => {
    const person = await arrive(office.origin);
    await person.open(`/service/${SERVICE}`);
    await person.press(person.form(`/service/${SERVICE}`).press());
    const first = person.at;
    await type(person, { kind: 'bulky' }, BACK);
    assert.equal(new URL(person.shown.url).pathname, `/service/${SERVICE}`);
    await person.press(person.form(`/service/${SERVICE}`).press());
    assert.equal(person.at, first);
    assert.match(person.shown.text, /value="bulky"[^>]* checked/);
  });

  it('keeps a file that was chosen', async () => {
    const service = 'wohnungsgeberbestaetigung';
    const person = await arrive(office.origin);
    await person.walk(service, CONFIRMATION, 'mandate');
    const form = person.form(pathOf('mandate', service));
    form.fill('mandate', mandate);
    await person.press(form.press(BACK));
    assert.notEqual(person.at, 'mandate');
    await person.open(pathOf('mandate', service));
    assert.match(person.shown.text, /vollmacht\.pdf/);
  });

  it('is not what Enter means', async () => {
    const person = await atContact(66);
    const [first] = findAll(
      person.page,
      ({ tag, attributes, parent }) =>
        tag === 'button' && (attributes.form === 'page-form' || parent?.attributes.id === 'page-form'),
    );
    assert.equal(first?.attributes.value, 'next');
    assert.equal(first?.attributes.formaction, undefined);
  });
});
