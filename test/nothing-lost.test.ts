import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { findAll } from '#play';
import { arrive, type Citizen, household, SOFA } from '#test/citizen';
import { type RunningOffice, startRunningOffice } from '#test/running-office';

let office: RunningOffice;
before(async () => {
  office = await startRunningOffice();
});
after(() => office.close());

/** A page with something typed on it that is not sent: how somebody comes there, and what they type. */
interface Typing {
  service: string;
  answers: Record<string, string>;
  page: string;
  types: Record<string, string>;
}

/** One of each way that questions are asked, in the services where they are. */
const TYPING: Record<string, Typing> = {
  'a choice': {
    service: 'sperrmuell',
    answers: SOFA as Record<string, string>,
    page: 'what',
    types: { kind: 'bulky' },
  },
  'how many of each': {
    ...{ service: 'sperrmuell', answers: SOFA as Record<string, string>, page: 'bulkyItems' },
    types: { 'items.sofa': '2' },
  },
  'an address': {
    ...{ service: 'sperrmuell', answers: SOFA as Record<string, string>, page: 'address' },
    types: { 'address.street': 'Kaiserstr', 'address.houseNumber': '7x' },
  },
  'lines of text': {
    ...{ service: 'sperrmuell', answers: SOFA as Record<string, string>, page: 'contact' },
    types: { phone: '0721 1', email: 'dang@' },
  },
};

async function typingAt({ service, answers, page }: Typing): Promise<Citizen> {
  const person = await arrive(office.origin, 'rathaus-1');
  await person.walk(service, answers, page);
  return person;
}

/** Presses a button of the bar that sends the page's form elsewhere. */
async function sendTo(person: Citizen, { service, page, types }: Typing, action: string): Promise<void> {
  const form = person.form(`/service/${service}/${page}`);
  for (const [name, value] of Object.entries(types)) form.fill(name, value);
  const sent = form.press();
  const entries = sent.entries.filter(([name]) => name !== '_action');
  await person.press({ ...sent, entries, action: `${office.origin}${action}` });
}

function assertStands(person: Citizen, { service, page, types }: Typing): void {
  assert.equal(person.at, page);
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
      await sendTo(person, typing, '/visit/handover');
      assert.equal(person.at, 'handover');
      await person.press(person.form('/visit/handover').press({ name: '_action', value: 'back' }));
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
