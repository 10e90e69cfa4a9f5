import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type PrivatePostgres, startPrivatePostgres } from '#db';
import { findAll } from '#play';
import { virtualCard } from '#sandbox/ausweisapp';
import { asStored, dump, filesBelow, found } from '#test/canaries';
import { arrive, type Citizen, ending } from '#test/citizen';
import { signIn } from '#test/clerk';
import { createClient } from '#test/client';
import { toDevice, typeAt } from '#test/device';
import { type RunningOffice, startRunningOffice } from '#test/running-office';
import { signInAs } from '#test/sign-in';

/** What IDs and accounts tell of the people below; each word stands nowhere else. */
const TOLD = {
  hans: ['Hans-Jürgen', 'Erzbergerstraße', '1958-02-28', 'Rastatt', '28. Februar 1958'],
  lena: ['Yıldız', '2006-04-09', 'Kriegsstraße'],
  mai: ['Thị Mai', 'Đặng', '1992-11-30', 'Rüppurrer Straße'],
};
/** What the register has entered about Hans-Jürgen. */
const ENTERED = ['51.2-096 020', '51.2-100 418', '6 Cs 410 Js 20881', 'Trunkenheit im Verkehr'];
/** What is typed at the card: PUK, CAN, old and new PIN. */
const PUK = '8264917350';
const DIGITS = ['384716', '475869', '509137', '111222'];

const people = Object.values(TOLD).flat();
const folder = mkdtempSync(join(tmpdir(), 'amtomat-told-'));
const plainFetch = globalThis.fetch;
/** Addresses and headers that went between browsers and the office. */
const envelopes: string[] = [];
let postgres: PrivatePostgres;
let office: RunningOffice;
let ended: Citizen;
let endedCookie: string;
let casePath: string;
let outcomes: string[];

async function watchedFetch(input: URL | RequestInfo, init?: RequestInit): Promise<Response> {
  const answer = await plainFetch(input, init);
  if (String(input).startsWith(office.origin)) envelopes.push(String(input), ...[...answer.headers].flat());
  return answer;
}

before(async () => {
  postgres = await startPrivatePostgres(join(folder, 'postgres'), { searchPath: process.env.PATH ?? '' });
  office = await startRunningOffice({ DATABASE_URL: postgres.url });
  globalThis.fetch = watchedFetch;
  await askRegister();
  await leaveBehind();
  await handIn();
  outcomes = [
    await setPin('blocked', 'blocked', [PUK, DIGITS[0] ?? '', DIGITS[1] ?? '', DIGITS[1] ?? '']),
    await setPin('oneTryLeft', 'own', [DIGITS[2] ?? '', DIGITS[3] ?? '', PUK, DIGITS[0] ?? '']),
  ];
  await office.work();
});
after(async () => {
  globalThis.fetch = plainFetch;
  await office?.close();
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function goOn(
  person: Citizen,
  service: string,
  answers: Record<string, string>,
  until: string,
): Promise<void> {
  for (let pages = 0; person.at !== until && pages < 20; pages += 1) {
    const form = person.fill(service, answers);
    const next = { name: '_action', value: 'next' };
    await person.press(form.press(form.offers(next.name, next.value) ? next : undefined));
  }
  assert.equal(person.at, until, person.errors.join());
}

/** Has a paper sent to the phone from a terminal, and fetches it there. @returns of what type it came */
async function takenAlong(person: Citizen, service: string): Promise<string | null> {
  await person.press(person.form(`/service/${service}/print`).press());
  const [code] = findAll(person.page, ({ attributes }) => 'data-paper' in attributes);
  const path = new URL(code?.attributes['data-paper'] ?? '').pathname;
  const phone = await arrive(office.origin);
  await phone.open(path);
  return (await phone.send(phone.form(path).press())).headers.get('content-type');
}

/** Asks the register for the screen and on paper, in every way in which it does or does not answer; then ends the visit. */
async function askRegister(): Promise<void> {
  const service = 'punkteauskunft';
  ended = await arrive(office.origin, 'rathaus-1');
  await ended.walk(service, { way: 'online' }, 'identity');
  await signInAs(ended, office.origin, 'hans');
  await goOn(ended, service, {}, 'review');
  const review = ended.review(service);
  for (const trouble of ['tampered', 'anotherPerson', 'garbage', undefined] as const) {
    office.standIns.registers.setTrouble(trouble);
    await ended.press(review);
  }
  for (const word of ENTERED) assert.ok(ended.shown.text.includes(word), `the screen shows ${word}`);
  assert.equal(await takenAlong(ended, service), 'application/pdf');
  // Once more, and nobody fetches it.
  await ended.press(review);
  await ended.press(ended.form(`/service/${service}/print`).press());
  endedCookie = ended.client.cookies().join('; ');
  await ended.open('/');
  await ended.press(ending(ended));
}

/** Identified, tried with a wrong answer first, and left behind without an end. */
async function leaveBehind(): Promise<void> {
  const person = await arrive(office.origin);
  await person.walk('punkteauskunft', { way: 'online' }, 'identity');
  await signInAs(person, office.origin, 'petra');
  await signInAs(person, office.origin, 'lena');
  assert.match(person.shown.text, /Yıldız/);
}

async function handIn(): Promise<void> {
  const service = 'abmeldung-ins-ausland';
  const answers = {
    'moveOut.day': '27',
    'moveOut.month': '11',
    'moveOut.year': '2026',
    dwellingStatus: 'sole',
    state: 'ESP',
  };
  const person = await arrive(office.origin);
  await person.walk(service, { situation: 'abroad', who: 'alone' }, 'identity');
  await signInAs(person, office.origin, 'mai');
  await goOn(person, service, { ...answers, addressKnown: 'no', correct: 'yes' }, 'review');
  const { number } = await person.handIn(service);
  await office.work();
  casePath = (await (await signIn(office.origin, 'oa')).find(number)) ?? '';
  await person.open('/');
  await person.press(ending(person));
}

/** @returns the outcome that the device brings back */
async function setPin(card: 'blocked' | 'oneTryLeft', situation: string, digits: string[]): Promise<string> {
  office.standIns.ausweisapp.insert(virtualCard(card));
  const person = await arrive(office.origin, 'rathaus-1');
  await person.walk('online-ausweis', { situation }, 'pin');
  const back = await typeAt(person, await toDevice(person), digits, office.origin);
  await person.open(back.href);
  return back.searchParams.get('outcome') ?? '';
}

/** @returns digits that stand there by themselves, not as a part of something longer */
const digitsIn = (heap: string): string[] =>
  DIGITS.filter((one) => new RegExp(`(?<![0-9a-fA-F])${one}(?![0-9a-fA-F])`).test(heap));

describe('who somebody is, what a register knows of them, and what they type at their card', () => {
  it('stands in no table, but sealed in the visit and the case', async () => {
    const everything = await dump(office.db);
    assert.deepEqual(found(everything, ['punkteauskunft', 'identity.refused']), [
      'punkteauskunft',
      'identity.refused',
    ]);
    assert.deepEqual(found(everything, [...people, ...ENTERED, PUK]), []);
    assert.deepEqual(digitsIn(everything.toString('latin1')), []);
    const clerk = await signIn(office.origin, 'oa');
    const { text } = await clerk.get(casePath);
    for (const word of ['Thị Mai', 'Đặng', 'Rüppurrer Straße'])
      assert.ok(text.includes(word), 'the office knows');
  });

  it('stands nowhere on the disk of the database, its log included', async () => {
    const disk = filesBelow(join(folder, 'postgres'));
    assert.deepEqual(found(disk, ['punkteauskunft'], asStored), ['punkteauskunft']);
    assert.deepEqual(found(disk, [...people, ...ENTERED, PUK], asStored), []);
    assert.deepEqual(digitsIn(disk.toString('latin1')), []);
  });

  it('stands in no line of the log', () => {
    const log = office.logged();
    for (const route of ['/identity/:provider/complete', '/service/:slug/:page', '/eid/:id'])
      assert.ok(log.includes(`"route":"${route}"`), route);
    assert.match(log, /"register":"faer"/, 'trouble with the register was logged');
    assert.deepEqual(found(Buffer.from(log), [...people, ...ENTERED, PUK]), []);
    assert.deepEqual(digitsIn(log), []);
  });

  it('stands in no address, no cookie and no other header', () => {
    const all = envelopes.join('\n');
    assert.match(all, /\/identity\/bundid\/complete/);
    assert.match(all, /outcome=done/);
    assert.deepEqual(found(Buffer.from(all), [...people, ...ENTERED, PUK, 'SAMLResponse']), []);
    assert.deepEqual(digitsIn(all), []);
  });

  it('is nowhere once the visit has ended: its cookie opens nothing, and its row is gone', async () => {
    for (const page of ['identity', 'review', 'print']) {
      const answer = await createClient(office.origin).send(`/service/punkteauskunft/${page}`, {
        headers: { cookie: endedCookie },
      });
      assert.doesNotMatch(answer.text, /Hans-J|Rastatt/);
      assert.notEqual(answer.status, 200);
    }
    const id = /__Host-visit=([\w-]+)\./.exec(endedCookie)?.[1] ?? '';
    assert.deepEqual(await office.db.selectFrom('visit').select('id').where('id', '=', id).execute(), []);
  });

  it('was really typed and really done', () => {
    assert.deepEqual(outcomes, ['done', 'unblocked']);
  });
});
