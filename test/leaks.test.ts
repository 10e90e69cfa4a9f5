import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { type PrivatePostgres, startPrivatePostgres } from '#db';
import { sampleFile } from '#play';
import { formatCode, formatNumber } from '#seal';
import { asStored, dump, filesBelow, found, hex } from '#test/canaries';
import { arrive, CONFIRMATION, ending, type Fill, SOFA } from '#test/citizen';
import { signIn } from '#test/clerk';
import { type RunningOffice, startRunningOffice } from '#test/running-office';

/** What people type and say; each word stands nowhere else. */
const WORDS = {
  family: 'Kanarienđvogl',
  street: 'Zwitscherđgasse',
  unknownStreet: 'Piepmatzđweg',
  place: 'Neben dem Futterhäuschenđ',
  phone: '+49 721 98765432',
  email: 'wellensittich@voliere.example',
  agent: 'Hausverwaltung Amselđnest',
  landlord: 'Rotkehlchenđ Stieglitz',
  given: 'Zeisigđ',
  file: 'vollmacht-von-nachtigallđ.pdf',
  question: 'Rückfrage zum Käfigđ',
  answer: 'Antwort vom Papageiđ',
  attachment: 'brief-vom-kakaduđ.png',
  note: 'Vermerk über Spechtđ',
  reason: 'Begründung mit Kolibriđ',
  search: 'Suchwort-Pirolđ',
  guess: 'Rateversuch-Uhuđ',
};
const HOME: Fill = {
  ...SOFA,
  familyName: WORDS.family,
  place: 'other',
  placeDetails: WORDS.place,
  phone: WORDS.phone,
  email: WORDS.email,
};
const LANDLORD: Fill = {
  ...CONFIRMATION,
  agentName: WORDS.agent,
  'agentAddress.street': WORDS.street,
  landlordName: WORDS.landlord,
  'landlordAddress.street': WORDS.street,
  'persons[0].givenNames': WORDS.given,
  'persons[0].familyName': WORDS.family,
};
/** What stands on receipts. The number may stand in the database; the codes may not. */
const secrets: string[] = [];
const numbers: string[] = [];
/** Addresses asked for and headers that came, cookies included. */
const envelopes: string[] = [];
const errorPages: string[] = [];

const folder = mkdtempSync(join(tmpdir(), 'amtomat-leaks-'));
let postgres: PrivatePostgres;
let office: RunningOffice;
const plainFetch = globalThis.fetch;

/** Watches from outside what goes over the wire beside the pages themselves. */
async function watchedFetch(input: URL | RequestInfo, init?: RequestInit): Promise<Response> {
  const answer = await plainFetch(input, init);
  envelopes.push(String(input), ...[...answer.headers].flat());
  return answer;
}

before(async () => {
  postgres = await startPrivatePostgres(join(folder, 'postgres'), { searchPath: process.env.PATH ?? '' });
  office = await startRunningOffice({ DATABASE_URL: postgres.url });
  globalThis.fetch = watchedFetch;
  await play();
});
after(async () => {
  globalThis.fetch = plainFetch;
  await office?.close();
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function refused(answer: Promise<{ status: number; text: string }>, status: number): Promise<void> {
  const { status: came, text } = await answer;
  assert.equal(came, status);
  errorPages.push(text);
}

async function playPickUp(): Promise<void> {
  const person = await arrive(office.origin, 'rathaus-1');
  await person.walk('sperrmuell', HOME, 'address');
  person.fill('sperrmuell', { ...HOME, 'address.street': WORDS.unknownStreet });
  const form = person.fill('sperrmuell', { ...HOME, 'address.street': WORDS.unknownStreet });
  await person.press(form.press({ name: '_action', value: 'next' }));
  assert.equal(person.shown.status, 422);
  await person.walk('sperrmuell', HOME);
  const { number, code } = await person.handIn('sperrmuell');
  secrets.push(code);
  numbers.push(number);
  await person.press(person.form(`/papers/${number}/receipt.pdf`).press());
  await person.press(await endOf(person));
}

async function endOf(person: Awaited<ReturnType<typeof arrive>>) {
  await person.open('/');
  return ending(person);
}

/** Hands in with an upload, is asked back, answers with a file, and is rejected. */
async function playConfirmation(): Promise<void> {
  const sample = sampleFile('sample.pdf');
  const picture = sampleFile('sample.png');
  assert.ok(sample && picture);
  const person = await arrive(office.origin);
  await person.walk('wohnungsgeberbestaetigung', { ...LANDLORD, mandate: { ...sample, name: WORDS.file } });
  const { number, code, lookupCode = '' } = await person.handIn('wohnungsgeberbestaetigung');
  secrets.push(code, lookupCode);
  numbers.push(number);
  await office.work();
  const clerk = await signIn(office.origin, 'oa');
  const path = await clerk.find(number);
  assert.ok(path);
  await clerk.act(path, 'take');
  await clerk.act(path, 'note', { text: WORDS.note });
  await clerk.act(path, 'ask', { text: WORDS.question });
  await person.open('/status');
  const form = person.form('/status');
  form.fill('number', number);
  form.fill('code', code);
  await person.press(form.press());
  assert.ok(person.shown.text.includes(WORDS.question));
  const reply = person.form('/status/case/answer');
  reply.fill('text', WORDS.answer);
  reply.fill('file', { ...picture, name: WORDS.attachment });
  await person.press(reply.press());
  assert.ok((await clerk.get(path)).text.includes(WORDS.answer), 'the answer has come');
  await clerk.act(path, 'decide', { decision: 'rejected', text: WORDS.reason });
  await clerk.post('/desk/lookup', { code: lookupCode });
  // A draft with an upload, begun and left behind.
  const other = await arrive(office.origin);
  const begun = { ...LANDLORD, mandate: { ...sample, name: WORDS.file } };
  await other.walk('wohnungsgeberbestaetigung', begun, 'persons');
}

/** Asks for what is not there with words that are somebody's. */
async function playWrongTurns(): Promise<void> {
  const person = await arrive(office.origin);
  const word = encodeURIComponent(WORDS.guess);
  for (const path of ['', 'service/', 'service/sperrmuell/', 'handover/', 'farewell/', 'terminal/', 'api/'])
    await person.client.get(`/${path}${word}`);
  await refused(person.client.get(`/papers/${numbers[0]}/${word}.pdf`), 404);
  await refused(person.client.get(`/${word}/${secrets[0]}/${numbers[0]}?name=${word}`), 404);
  await person.client.get(`/search?q=${encodeURIComponent(WORDS.search)}`);
  await person.client.get(`/desk/cases/${word}?number=${numbers[0]}`);
  await person.client.post('/status', { number: numbers[0] ?? '', code: WORDS.guess });
  await refused(person.client.post('/status', { number: WORDS.guess, code: secrets[0] ?? '' }), 422);
  await person.client.send('/status', { method: 'POST', body: WORDS.guess });
}

/** The database refuses to write, and quotes the row. */
async function playFailure(): Promise<void> {
  const person = await arrive(office.origin);
  await person.walk('sperrmuell', { ...HOME, 'address.houseNumber': '12' });
  await sql`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$BEGIN RAISE EXCEPTION 'no: %', NEW; END$$`.execute(office.db);
  await sql`CREATE TRIGGER refuse BEFORE INSERT ON cases FOR EACH ROW EXECUTE FUNCTION refuse()`.execute(
    office.db,
  );
  await refused(person.send(person.review('sperrmuell')), 500);
  await sql`DROP TRIGGER refuse ON cases`.execute(office.db);
}

async function play(): Promise<void> {
  await playPickUp();
  await playConfirmation();
  await playFailure();
  envelopes.push('— from here on words are put into addresses on purpose —');
  await playWrongTurns();
  await office.work();
}

const typed = Object.values(WORDS);
const spoken = (): string[] => [...secrets, ...secrets.map(formatCode)];
const counted = (): string[] => [...numbers, ...numbers.map(formatNumber)];

describe('what people type', () => {
  it('is found where it is looked for', () => {
    const heap = (text: string | Buffer) => Buffer.concat([Buffer.from('x'), Buffer.from(text)]);
    for (const word of typed) {
      const ways = [word, Buffer.from(word).toString('base64'), hex(word, 'utf8'), encodeURIComponent(word)];
      for (const way of [...ways, Buffer.from(word, 'utf16le')])
        assert.deepEqual(found(heap(way), [word]), [word]);
    }
  });

  it('stands in no table', async () => {
    const everything = await dump(office.db);
    assert.ok(everything.length > 10_000 && found(everything, ['wohnungsgeberbestaetigung']).length === 1);
    assert.deepEqual(found(everything, [...typed, ...spoken()]), []);
  });

  it('stands nowhere on the disk of the database, its log included', async () => {
    const disk = filesBelow(join(folder, 'postgres'));
    assert.deepEqual(found(disk, ['wohnungsgeberbestaetigung'], asStored), ['wohnungsgeberbestaetigung']);
    assert.deepEqual(found(disk, [...typed, ...spoken()], asStored), []);
    const log = readFileSync(join(folder, 'postgres/server.log'));
    assert.deepEqual(found(log, counted()), []);
  });

  it('stands in no line of the log, neither do numbers and codes', () => {
    const log = office.logged();
    assert.match(log, /"route":"\/papers\/:number\/:paper","status":200/);
    assert.match(log, /"failed"/, 'the failure was logged');
    assert.deepEqual(found(Buffer.from(log), [...typed, ...spoken(), ...counted()]), []);
  });

  it('stands in no address, no cookie and no other header', () => {
    const own = envelopes.slice(
      0,
      envelopes.findIndex((text) => text.startsWith('—')),
    );
    assert.ok(own.some((text) => text.includes('__Host-visit')));
    assert.deepEqual(found(Buffer.from(own.join('\n')), [...typed, ...spoken()]), []);
  });

  it('stands on no page that says that something went wrong', () => {
    const all = errorPages.join('\n');
    assert.equal(errorPages.length, 4);
    assert.deepEqual(
      found(Buffer.from(all.replace(/value="[^"]*"/g, '')), [...typed, ...spoken(), ...counted()]),
      [],
    );
    assert.doesNotMatch(all, /\bat \S+ \(|\.ts:\d|node_modules|PL\/pgSQL|exception/i);
  });
});
