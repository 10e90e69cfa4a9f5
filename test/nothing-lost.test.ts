import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { findAll, sampleFile, textOf } from '#play';
import {
  arrive,
  type ChosenFile,
  type Citizen,
  CONFIRMATION,
  type Fill,
  household,
  SOFA,
} from '#test/citizen';
import { type RunningOffice, startRunningOffice } from '#test/running-office';

let office: RunningOffice;
before(async () => {
  office = await startRunningOffice();
});
after(() => office.close());

/** A page with something typed on it that is not sent: how somebody comes there, and what they type. */
interface Typing {
  service: string;
  answers: Fill;
  page: string;
  types: Record<string, string>;
  /** Pressed before anything is typed. */
  first?: { name: string; value: string };
  /** Chosen on the computer, by the name of its field. */
  chooses?: Record<string, ChosenFile>;
}

const SAMPLE = sampleFile('sample.pdf');
const MANDATE: ChosenFile = {
  ...{ name: 'vollmacht.pdf', mediaType: 'application/pdf', content: SAMPLE?.content ?? Buffer.alloc(0) },
};
const WITH_MANDATE: Fill = { ...CONFIRMATION, mandate: MANDATE };

/** One of each way that questions are asked, in the services where they are. */
const TYPING: Record<string, Typing> = {
  'a choice': {
    service: 'sperrmuell',
    answers: SOFA,
    page: 'what',
    types: { kind: 'bulky' },
  },
  'how many of each': {
    ...{ service: 'sperrmuell', answers: SOFA, page: 'bulkyItems' },
    types: { 'items.sofa': '2' },
  },
  'an address': {
    ...{ service: 'sperrmuell', answers: SOFA, page: 'address' },
    types: { 'address.street': 'Kaiserstr', 'address.houseNumber': '7x' },
  },
  'lines of text': {
    ...{ service: 'sperrmuell', answers: SOFA, page: 'contact' },
    types: { phone: '0721 1', email: 'dang@' },
  },
  'a date': {
    ...{ service: 'wohnungsgeberbestaetigung', answers: WITH_MANDATE, page: 'moveIn' },
    types: { 'moveIn.day': '3', 'moveIn.month': '13', 'moveIn.year': '20' },
  },
  'several people, one of them just begun': {
    ...{ service: 'wohnungsgeberbestaetigung', answers: WITH_MANDATE, page: 'persons' },
    first: { name: '_action', value: 'add:persons' },
    types: { 'persons[1].givenNames': 'Łukasz Maria' },
  },
  'a file': {
    ...{ service: 'wohnungsgeberbestaetigung', answers: CONFIRMATION, page: 'mandate' },
    ...{ types: {}, chooses: { mandate: MANDATE } },
  },
};

async function typingAt({ service, answers, page, first, chooses }: Typing): Promise<Citizen> {
  // What is on a person's own disk is chosen at their own screen.
  const person = await arrive(office.origin, chooses ? undefined : 'rathaus-1');
  await person.walk(service, answers, page);
  if (first) await person.press(person.fill(service, answers).press(first));
  return person;
}

function typed(person: Citizen, { service, page, types, chooses = {} }: Typing) {
  const form = person.form(`/service/${service}/${page}`);
  for (const [name, value] of Object.entries({ ...types, ...chooses })) form.fill(name, value);
  return form;
}

/** Presses a button of the bar that sends the page's form elsewhere. */
async function sendTo(person: Citizen, typing: Typing, action: string): Promise<void> {
  const sent = typed(person, typing).press();
  const entries = sent.entries.filter(([name]) => name !== '_action');
  await person.press({ ...sent, entries, action: `${office.origin}${action}` });
}

function assertStands(person: Citizen, { service, page, types, chooses = {} }: Typing): void {
  assert.equal(person.at, page);
  const kept = findAll(person.page, ({ attributes }) => attributes.class === 'file-kept')
    .map(textOf)
    .join();
  for (const { name } of Object.values(chooses)) assert.ok(kept.includes(name), `${name} is kept`);
  const form = person.form(`/service/${service}/${page}`);
  const chosen = findAll(person.page, ({ attributes }) => 'checked' in attributes);
  for (const [name, value] of Object.entries(types)) {
    const is = chosen.find(({ attributes }) => attributes.name === name)?.attributes.value;
    assert.equal(form.holds(name) ?? is, value, name);
  }
}

describe('what was typed and not sent', () => {
  for (const [name, typing] of Object.entries(TYPING)) {
    it(`survives help, the end and the way to the phone: ${name}`, async () => {
      const person = await typingAt(typing);
      const path = `/service/${typing.service}/${typing.page}`;
      await sendTo(person, typing, '/visit/help');
      assert.equal(person.at, 'help');
      await person.open(path);
      assertStands(person, typing);
      await sendTo(person, typing, '/visit/end');
      assert.equal(person.at, 'end', 'it is asked first');
      await person.open(path);
      assertStands(person, typing);
      if (typing.chooses) return;
      await sendTo(person, typing, '/visit/handover');
      assert.equal(person.at, 'handover');
      await person.press(person.form('/visit/handover').press({ name: '_action', value: 'back' }));
      assertStands(person, typing);
    });

    it(`survives another language, size and contrast: ${name}`, async () => {
      const person = await typingAt(typing);
      for (const button of [
        { name: 'language', value: 'en' },
        { name: 'size', value: '2' },
        { name: 'contrast', value: 'on' },
      ]) {
        await person.press(typed(person, typing).press(button));
        assertStands(person, typing);
      }
    });

    it(`survives the way home and back: ${name}`, async () => {
      const person = await typingAt(typing);
      const path = `/service/${typing.service}/${typing.page}`;
      await sendTo(person, typing, '/visit/help');
      await person.open('/');
      const [, there] = /class="draft-card".*?href="(.*?)"/s.exec(person.shown.text) ?? [];
      assert.ok(there, 'the way back stands first');
      if (!typing.chooses) assert.equal(there, path);
      await person.open(path);
      assertStands(person, typing);
    });
  }
});

describe('the end', () => {
  it('comes at once where nothing would be lost', async () => {
    const person = await arrive(office.origin, 'rathaus-1');
    await person.open('/service/sperrmuell');
    await person.press(person.form('/service/sperrmuell').press());
    await person.press(person.form('/visit/end').press());
    assert.equal(person.at, 'farewell');
  });

  it('is asked about, and comes for whoever wants it', async () => {
    const person = await arrive(office.origin, 'rathaus-1');
    await person.walk('sperrmuell', SOFA, 'contact');
    await person.press(person.form('/visit/end').press());
    assert.match(person.shown.text, /Besuch beenden\?/);
    await person.press(person.form('/visit/end').press({ name: '_sure', value: 'yes' }));
    assert.equal(person.at, 'farewell');
    await person.open('/service/sperrmuell/address');
    assert.doesNotMatch(person.shown.text, /Kaiserstraße/);
  });

  it('is not asked about where nobody answers at a terminal', async () => {
    const person = await arrive(office.origin, 'rathaus-1');
    await person.walk('sperrmuell', SOFA, 'contact');
    const end = person.form('/visit/end').press();
    await person.press({ ...end, entries: [...end.entries, ['_idle', 'yes']] });
    assert.equal(person.at, 'farewell');
  });
});

it('whoever comes home in the middle of something is led back first', async () => {
  const person = await arrive(office.origin, 'rathaus-1');
  await person.open('/');
  assert.doesNotMatch(person.shown.text, /draft-card/);
  await person.walk('sperrmuell', SOFA, 'contact');
  await person.open('/');
  assert.match(person.shown.text, /class="draft-card"/);
  assert.match(person.shown.text, /href="\/service\/sperrmuell\/contact"/);
  await person.walk('sperrmuell', household(93));
  await person.handIn('sperrmuell');
  await person.open('/');
  assert.doesNotMatch(person.shown.text, /draft-card/);
});
