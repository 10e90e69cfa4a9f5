import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { virtualCard } from '#sandbox/ausweisapp';
import { outcomeWord } from '#seal';
import { arrive, type Citizen } from '#test/citizen';
import { toDevice, typeAt } from '#test/device';
import { type RunningOffice, startRunningOffice } from '#test/running-office';

const SERVICE = 'online-ausweis';
const PAGE = `/service/${SERVICE}/pin`;
const RETURN = `${PAGE}/return`;
const OTHER_STATE = 'A'.repeat(24);

let office: RunningOffice;
before(async () => {
  office = await startRunningOffice();
});
after(() => office.close());

async function atDevice(situation = 'own'): Promise<Citizen> {
  const person = await arrive(office.origin, 'rathaus-1');
  await person.walk(SERVICE, { situation }, 'pin');
  return person;
}

const at = (person: Citizen): string => new URL(person.shown.url).pathname;

/** Comes back from the device with something, and with its word on exactly that. */
async function comeBack(
  person: Citizen,
  state: string | undefined,
  outcome: string,
  word = outcomeWord(office.standIns.deviceKey, state ?? '', outcome),
): Promise<void> {
  const query = new URLSearchParams({ ...(state !== undefined && { state }), outcome, word });
  await person.open(`${RETURN}?${query}`);
}

/** The step is still to be done: nothing of what came was taken. */
async function assertOpen(person: Citizen, why: string): Promise<void> {
  assert.deepEqual([at(person), person.at], [PAGE, 'pin'], why);
  for (const page of ['pinSet', 'stopped', 'failed', 'unblocked']) {
    await person.open(`/service/${SERVICE}/${page}`);
    assert.equal(at(person), PAGE, `${why}: ${page} is not reached`);
  }
}

describe('coming back from a device', () => {
  it('counts only with the state that was given on the way there', async () => {
    const [person, other] = [await atDevice(), await atDevice()];
    await comeBack(person, OTHER_STATE, 'done');
    await assertOpen(person, 'before anything was begun');
    const state = (await toDevice(person)).searchParams.get('state') ?? '';
    const foreign = (await toDevice(other)).searchParams.get('state') ?? '';
    assert.ok(state.length >= 20 && foreign !== state);
    const wrong = [undefined, '', OTHER_STATE, foreign, state.slice(1), `${state}A`, state.toLowerCase()];
    for (const one of wrong) {
      await comeBack(person, one, 'done');
      await assertOpen(person, `state ${one === foreign ? 'of another visit' : one}`);
    }
    await comeBack(person, state, 'done');
    assert.equal(person.at, 'pinSet');
  });

  it('is not believed without the word of the terminal’s own program on exactly this', async () => {
    const [person, other] = [await atDevice(), await atDevice()];
    const state = (await toDevice(person)).searchParams.get('state') ?? '';
    const foreign = (await toDevice(other)).searchParams.get('state') ?? '';
    const { deviceKey } = office.standIns;
    const right = outcomeWord(deviceKey, state, 'done');
    for (const [what, word] of [
      ['none', ''],
      ['on another outcome', outcomeWord(deviceKey, state, 'cancelled')],
      ['on another visit', outcomeWord(deviceKey, foreign, 'done')],
      ['with another key', outcomeWord(Buffer.alloc(32), state, 'done')],
      ['cut', right.slice(0, -1)],
      ['longer', `${right}A`],
      ['the state', state],
    ] as const) {
      await comeBack(person, state, 'done', word);
      await assertOpen(person, `a word: ${what}`);
    }
    await comeBack(person, state, 'done', right);
    assert.equal(person.at, 'pinSet');
  });

  it('is not believed at another machine than the one that was sent there', async () => {
    const person = await atDevice();
    const state = (await toDevice(person)).searchParams.get('state') ?? '';
    await person.open('/terminal/rathaus-2');
    await comeBack(person, state, 'done');
    assert.notEqual(person.at, 'pinSet');
  });

  it('counts once', async () => {
    const person = await atDevice();
    const state = (await toDevice(person)).searchParams.get('state') ?? '';
    await comeBack(person, state, 'cancelled');
    assert.equal(person.at, 'stopped');
    await comeBack(person, state, 'done');
    await person.open(`/service/${SERVICE}/pinSet`);
    assert.notEqual(person.at, 'pinSet');
    await person.open(`/service/${SERVICE}/stopped`);
    assert.equal(person.at, 'stopped', 'it ended as it had ended');
  });

  it('counts for the last time it was begun', async () => {
    const person = await atDevice();
    const [first, second] = [await toDevice(person), await toDevice(person)];
    await comeBack(person, first.searchParams.get('state') ?? '', 'done');
    await assertOpen(person, 'the first way there');
    await comeBack(person, second.searchParams.get('state') ?? '', 'done');
    assert.equal(person.at, 'pinSet');
  });

  it('does not take an outcome that the service does not know', async () => {
    const person = await atDevice();
    const state = (await toDevice(person)).searchParams.get('state') ?? '';
    for (const outcome of [
      '',
      'fremd',
      'DONE',
      'done ',
      'constructor',
      '__proto__',
      'done,done',
      '<script>',
    ]) {
      await comeBack(person, state, outcome);
      await assertOpen(person, `outcome "${outcome}"`);
    }
    await comeBack(person, state, 'timeOver');
    assert.equal(person.at, 'stopped', 'and the person can still come back');
  });

  it('is not brought about by a form', async () => {
    const person = await atDevice();
    const { entries, ...form } = person.form(PAGE).press();
    for (const action of ['next', 'no-device', 'done']) {
      const forged = [
        ['pin', 'done'],
        ['outcome', 'done'],
        ['_action', action],
      ] as const;
      await person.press({
        ...form,
        entries: [...entries.filter(([name]) => name !== '_action'), ...forged],
      });
      assert.equal(person.shown.status, 422, action);
      await person.open(PAGE);
      await assertOpen(person, action);
    }
  });

  it('leads nobody to another service or page', async () => {
    const person = await atDevice();
    const state = (await toDevice(person)).searchParams.get('state') ?? '';
    for (const path of ['sperrmuell/address', `${SERVICE}/situation`, `${SERVICE}/pinSet`, 'fremd/pin']) {
      await person.open(`/service/${path}/return?state=${state}&outcome=done`);
      assert.notEqual(person.at, 'pinSet', path);
    }
    await person.open(PAGE);
    await assertOpen(person, 'elsewhere');
  });
});

describe('what a device did', () => {
  /** Answers the first question once more, as somebody does who has gone back to it. */
  async function sayAgain(person: Citizen, situation: string): Promise<void> {
    await person.open(`/service/${SERVICE}/situation`);
    const form = person.form(`/service/${SERVICE}/situation`);
    form.fill('situation', situation);
    await person.press(form.press());
  }

  for (const [first, outcome, then] of [
    ['transport', 'done', 'own'],
    ['transport', 'done', 'blocked'],
    ['transport', 'done', 'transport'],
    ['blocked', 'pukUsedUp', 'transport'],
    ['own', 'unsure', 'blocked'],
  ] as const)
    it(`does not answer for another card: ${first} ${outcome}, then ${then}`, async () => {
      const person = await atDevice(first);
      const state = (await toDevice(person)).searchParams.get('state') ?? '';
      await comeBack(person, state, outcome);
      assert.notEqual(person.at, 'pin');
      await sayAgain(person, then);
      for (let pages = 0; pages < 5 && at(person) !== PAGE; pages += 1)
        await person.press(person.form(at(person)).press());
      await assertOpen(person, 'the card has not been touched');
      await comeBack(person, state, outcome);
      await assertOpen(person, 'nor is it the way to the device of before');
    });
});

describe('setting a PIN at the terminal', () => {
  it('tells the office how it ended, and nothing of what was typed', async () => {
    office.standIns.ausweisapp.insert(virtualCard('own'));
    const person = await atDevice();
    const there = await toDevice(person);
    assert.notEqual(there.origin, office.origin);
    assert.deepEqual([...there.searchParams.keys()].sort(), [
      'contrast',
      'language',
      'mode',
      'reach',
      'return',
      'size',
      'state',
    ]);
    const back = await typeAt(person, there, ['384716', '475869', '475869'], office.origin);
    assert.deepEqual([...back.searchParams.keys()].sort(), ['outcome', 'state', 'word']);
    await person.open(back.href);
    assert.equal(person.at, 'pinSet');
    assert.equal(office.standIns.ausweisapp.card?.pin, '475869', 'the card has the new PIN');
    for (const path of ['/', PAGE, `/service/${SERVICE}/pinSet`]) {
      await person.open(path);
      assert.doesNotMatch(person.shown.text.replace(/[0-9a-f]{10,}/g, ''), /384716|475869/, path);
    }
    const cases = await office.db.selectFrom('cases').select('id').execute();
    assert.deepEqual(cases, [], 'nothing was handed in');
    const [measure] = await office.db
      .selectFrom('measure')
      .selectAll()
      .where('name', '=', 'service.finished')
      .where('service', '=', SERVICE)
      .execute();
    assert.equal(measure?.value, 'finished');
  });

  it('can be ended without anything typed', async () => {
    office.standIns.ausweisapp.insert(virtualCard('own'));
    const person = await atDevice();
    const back = await typeAt(person, await toDevice(person), [], office.origin);
    await person.open(back.href);
    assert.equal(person.at, 'stopped');
    assert.equal(office.standIns.ausweisapp.card?.pin, '384716');
  });
});
