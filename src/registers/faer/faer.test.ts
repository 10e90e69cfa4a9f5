import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import {
  createFaer,
  type FaerQuery,
  faerProtocol,
  RegisterError,
  type RegisterProblem,
  reportPoints,
} from '#registers';
import { type RunningRegisters, startRegisters, TROUBLES, type Trouble } from '#sandbox/registers';
import { type Clock, civilDate } from '#time';

const { FAER_PATH, SIGNATURE_HEADER, signatureOf } = faerProtocol;

let now = new Date('2026-11-23T09:00:00Z');
const clock: Clock = { now: () => new Date(now) };
let register: RunningRegisters;
before(async () => {
  register = await startRegisters({ port: 0, clock });
});
after(() => register.stop());

const erika: FaerQuery = { familyName: 'Mustermann', givenNames: 'Erika', birthDate: '1964-08-12' };
const faer = (more: { key?: Buffer; origin?: string; timeoutMs?: number } = {}) =>
  createFaer({ origin: register.origin, key: register.key, clock, ...more });
const ask = (query: FaerQuery, client = faer()) => client.ask(query, new AbortController().signal);

/** Demands a problem, and that its message tells nothing of the person or the answer. */
async function refused(asked: Promise<unknown>, code: RegisterProblem): Promise<void> {
  await assert.rejects(asked, (error) => {
    assert.ok(error instanceof RegisterError);
    assert.equal(error.code, code);
    assert.equal(error.cause, undefined);
    assert.doesNotMatch(`${error.stack}`, /Mustermann|Erika|1964|points|StVO/);
    return true;
  });
}

describe('the register of driving aptitude', () => {
  it('answers for every test person what the report adds up to, at any time of the year', async () => {
    const expected: Record<string, [points: number, step: string, seminar: string]> = {
      Mustermann: [2, 'noted', 'possible'],
      Nowak: [5, 'admonition', 'possible'],
      Đặng: [0, 'none', 'noPoints'],
      Groß: [8, 'withdrawal', 'noLicence'],
      Suharto: [0, 'none', 'noPoints'],
      Yıldız: [1, 'noted', 'possible'],
    };
    assert.deepEqual(
      register.persons.map(({ familyName }) => familyName).sort(),
      Object.keys(expected).sort(),
    );
    for (const instant of ['2026-11-23T09:00:00Z', '2027-08-31T10:00:00Z', '2028-02-29T12:00:00Z']) {
      now = new Date(instant);
      for (const { description: _description, ...person } of register.persons) {
        const report = reportPoints(await ask(person), civilDate(now));
        const { points, step, addsUp, seminar } = report;
        assert.deepEqual([points, step, seminar.code], expected[person.familyName], person.familyName);
        assert.equal(addsUp, true, person.familyName);
      }
    }
    now = new Date('2026-11-23T09:00:00Z');
  });

  it('knows the states of entries: counting, in the Überliegefrist, held by the Probezeit', async () => {
    const states = async (person: FaerQuery) =>
      reportPoints(await ask(person), civilDate(now)).entries.map(({ state }) => state);
    assert.deepEqual(await states({ familyName: 'Suharto', birthDate: '1970-06-15' }), [
      'waiting',
      'waiting',
    ]);
    const lena = { familyName: 'Yıldız', givenNames: 'Lena', birthDate: '2006-04-09' };
    assert.deepEqual(await states(lena), ['counts', 'stored', 'waiting']);
  });

  it('has nothing about people it does not know, and mixes up nobody', async () => {
    for (const other of [
      { ...erika, birthDate: '1964-08-13' },
      { ...erika, givenNames: 'Erik' },
      { familyName: 'Mustermann', birthDate: erika.birthDate },
    ]) {
      const { points, entries, person } = await ask(other);
      assert.deepEqual([points, entries], [0, []]);
      assert.equal(person.birthDate, other.birthDate);
    }
    const hans = { givenNames: 'Hans-Jürgen'.normalize('NFD'), birthDate: '1958-02-28' };
    assert.equal(
      (await ask({ ...hans, familyName: 'groß' })).points,
      8,
      'the way of writing does not matter',
    );
  });

  it('refuses who has another key, asks at another time, twice, or without the eID', async () => {
    await refused(ask(erika, faer({ key: randomBytes(32) })), 'refused');
    const late: Clock = { now: () => new Date(now.getTime() + 6 * 60_000) };
    await refused(
      ask(erika, createFaer({ origin: register.origin, key: register.key, clock: late })),
      'refused',
    );
    const question = {
      version: 1,
      id: '0b6c1f6e-3d0a-4a35-8a53-6f3a3f0c1c11',
      at: now.toISOString(),
      proof: 'eid',
      person: erika,
    };
    const post = async (body: string, signature = signatureOf(register.key, body), path = FAER_PATH) => {
      const headers = { [SIGNATURE_HEADER]: signature };
      const response = await fetch(new URL(path, register.origin), { method: 'POST', body, headers });
      await response.body?.cancel();
      return response.status;
    };
    const body = JSON.stringify(question);
    assert.equal(await post(body, ''), 401);
    assert.equal(await post(body, signatureOf(register.key, body, 'x')), 401, 'signed as an answer');
    assert.equal(await post(body), 200);
    assert.equal(await post(body), 409);
    assert.equal(await post(JSON.stringify({ ...question, proof: 'password' })), 403);
    assert.equal(await post(JSON.stringify({ ...question, more: 1 })), 400);
    assert.equal(await post('{'), 400);
    assert.equal(await post('x'.repeat(20_000)), 413);
    assert.equal(await post(body, undefined, '/v1/anything'), 404);
  });

  it('is not asked what it could not be asked', async () => {
    await refused(ask({ ...erika, birthDate: '1964-02-30' }), 'refused');
    await refused(ask({ ...erika, familyName: `Muster\u0000mann` }), 'refused');
  });
});

describe('a register in trouble', () => {
  const codes: Record<Trouble, RegisterProblem> = {
    slow: 'tooLate',
    down: 'unreachable',
    garbage: 'invalid',
    unsigned: 'invalid',
    tampered: 'invalid',
    anotherPerson: 'invalid',
    anotherQuestion: 'invalid',
    huge: 'invalid',
  };

  for (const trouble of TROUBLES) {
    it(`${trouble}: is ${codes[trouble]}, and fine again afterwards`, async (t) => {
      t.after(() => register.setTrouble(undefined));
      assert.equal((await ask(erika)).points, 2);
      register.setTrouble(trouble);
      await refused(ask(erika, faer(trouble === 'slow' ? { timeoutMs: 50 } : {})), codes[trouble]);
      register.setTrouble(undefined);
      assert.equal((await ask(erika)).points, 2);
    });
  }

  it('is given up when the visit ends', { timeout: 5_000 }, async (t) => {
    t.after(() => register.setTrouble(undefined));
    register.setTrouble('slow');
    const visit = new AbortController();
    const asked = faer({ timeoutMs: 600_000 }).ask(erika, visit.signal);
    visit.abort();
    await refused(asked, 'tooLate');
  });

  it('that is not there is unreachable, and one that sends elsewhere is not followed', async () => {
    const elsewhere = createServer((_, response) => {
      response.writeHead(307, { location: `${register.origin}${FAER_PATH}` }).end();
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
    await refused(ask(erika, faer({ origin })), 'unreachable');
    await new Promise((resolve) => elsewhere.close(resolve));
    await refused(ask(erika, faer({ origin })), 'unreachable');
  });
});

describe('an answer', () => {
  const right = {
    version: 1,
    query: 'x'.repeat(43),
    on: '2026-11-23',
    person: { familyName: 'Mustermann', givenNames: 'Erika', birthDate: '1964-08-12' },
    points: 1,
    licence: { barredForever: false },
    entries: [
      {
        id: '1',
        kind: 'minorOffence',
        authority: 'Stadt Karlsruhe',
        reference: '1',
        actedOn: '2026-05-01',
        decidedOn: '2026-06-01',
        finalOn: '2026-06-20',
      },
    ],
  };
  const [entry] = right.entries;
  const takes = (answer: object) => faerProtocol.answerShape.safeParse(answer).success;

  it('is taken only as it is described: known kinds, dates that exist and follow each other, nothing more', () => {
    assert.equal(takes(right), true);
    const wrong: Record<string, object> = {
      'unknown field': { ...right, extra: 1 },
      version: { ...right, version: 2 },
      'negative points': { ...right, points: -1 },
      'half points': { ...right, points: 0.5 },
      'same id twice': { ...right, entries: [entry, entry] },
      'final in future': { ...right, on: '2026-06-19' },
      ...Object.fromEntries(
        Object.entries({
          kind: { kind: 'murder' },
          'no such day': { finalOn: '2027-02-29' },
          'acted after decision': { actedOn: '2026-06-02' },
          'decided after final': { decidedOn: '2026-06-21' },
          'offence without act': { actedOn: undefined },
          'control characters': { offence: 'a\u001bb' },
          'turned writing': { offence: 'a\u202eb' },
          'long text': { offence: 'x'.repeat(601) },
        }).map(([name, change]) => [name, { ...right, entries: [{ ...entry, ...change }] }]),
      ),
    };
    for (const [name, answer] of Object.entries(wrong)) assert.equal(takes(answer), false, name);
  });
});
